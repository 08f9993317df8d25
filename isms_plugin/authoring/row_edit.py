"""Fields of one entry in a register, set in place: every other byte of the file stays as it was.

The places come from the marks of composed nodes. What comes out is read again and compared, so that a form nobody
thought of is refused instead of damaged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import yaml

from isms_plugin.authoring.text_edit import BREAK, Edit, line_break, line_end, with_edits
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Pointer
from isms_plugin.sources.yaml_reader import NULLS, YamlText, read_yaml

_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@/-]*")


def set_fields(text: str, pointer: Pointer, values: Mapping[str, str | None]) -> str:
    """Return a YAML text with some fields of the mapping at a pointer set to texts, or to null.

    A field that is there gets its value replaced; a new one is put after the field named before it in `values` if that
    one is there, else after the last. A field to be null that is not there stays away. Raises IsmsError where the text
    cannot be changed so that everything else keeps its meaning.
    """
    before = read_clean(text)
    mapping = mapping_at(text, pointer)
    changed = with_edits(text, _edits(text, mapping, values))
    after = read_yaml(changed)
    if after.faults or after.value != _expected(before.value, pointer, values):
        raise IsmsError("the entry is written in a way that cannot be changed in place; write it as plain `key: value` lines")
    return changed


def read_clean(text: str) -> YamlText:
    """Return what a YAML text says; raises IsmsError, with the first of them, where it has mistakes."""
    read = read_yaml(text)
    if read.faults:
        fault = read.faults[0]
        raise IsmsError(f"line {fault.line}: {fault.message}; clear the mistakes of the file first")
    return read


def mapping_at(text: str, pointer: Pointer) -> yaml.MappingNode:
    """Return the composed mapping at a pointer, its marks in characters; raises IsmsError where there is none."""
    try:
        # the reader in Python counts in characters; libyaml counts in bytes
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        raise IsmsError("the file cannot be read a second time; write it as plain YAML") from None
    for step in pointer:
        node = _step(node, step)
    if not isinstance(node, yaml.MappingNode):
        raise IsmsError("there is no entry at this place")
    return node


def _step(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _edits(text: str, mapping: yaml.MappingNode, values: Mapping[str, str | None]) -> list[Edit]:
    """Return one edit for each field that is there, and one for each place where new ones go."""
    held = {key.value: value for key, value in mapping.value}
    replaced: list[Edit] = []
    new: dict[str, list[tuple[str, str]]] = {}
    anchor = ""
    for key, value in values.items():
        if key in held:
            replaced.append(_replacement(text, held[key], value))
            anchor = key
        elif value is not None:
            new.setdefault(anchor or next(reversed(held), ""), []).append((key, value))
    added = [_insertion(text, mapping, held.get(after), fields) for after, fields in new.items()]
    return _joined(replaced, added)


def _joined(replaced: list[Edit], added: list[Edit]) -> list[Edit]:
    """Put what goes right after a replaced value into the same edit: of two at one place the order would be chance."""
    rest = {edit.start: edit for edit in added}
    joined = []
    for edit in replaced:
        following = rest.pop(edit.end, None)
        joined.append(edit._replace(text=edit.text + following.text) if following else edit)
    return [*joined, *rest.values()]


def _replacement(text: str, node: yaml.Node, value: str | None) -> Edit:
    if not isinstance(node, yaml.ScalarNode):
        raise IsmsError("a list or mapping stands where a single value belongs; correct the entry first")
    start, end = node.start_mark.index, end_of(text, node)
    space = " " if start == end or text[start - 1 : start] not in (" ", "\t", "\n") else ""
    return Edit(start, end, space + _scalar(value))


def _insertion(text: str, mapping: yaml.MappingNode, after: yaml.Node | None, fields: list[tuple[str, str]]) -> Edit:
    pairs = [f"{key}: {_scalar(value)}" for key, value in fields]
    if after is None:  # an empty mapping is written as {}
        at = mapping.start_mark.index + 1
        return Edit(at, at, ", ".join(pairs))
    if mapping.flow_style:
        end = end_of(text, after)
        return Edit(end, end, "".join(f", {pair}" for pair in pairs))
    indent = " " * mapping.value[0][0].start_mark.column
    return lines_after(text, after, [f"{indent}{pair}" for pair in pairs])


def lines_after(text: str, node: yaml.Node, lines: Sequence[str]) -> Edit:
    """Return the edit that puts whole lines below a node, which has to be the last on its line but for a comment."""
    newline = line_break(text)
    if _keeps(text, node):  # empty lines belong to its value
        at = node.end_mark.index
        return Edit(at, at, "".join(f"{line}{newline}" for line in lines))
    at = line_end(text, end_of(text, node))
    return Edit(at, at, "".join(f"{newline}{line}" for line in lines))


def _keeps(text: str, node: yaml.Node) -> bool:
    """Whether the last thing in a node is a block of text that keeps the empty lines after it."""
    last = _last(node)
    if not isinstance(last, yaml.ScalarNode) or last.style not in ("|", ">"):
        return False
    header = BREAK.split(text[last.start_mark.index : last.end_mark.index], maxsplit=1)[0]
    return "+" in header.partition("#")[0]


def _last(node: yaml.Node) -> yaml.Node:
    """Return the last leaf of a node; marks of block collections end where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node


def end_of(text: str, node: yaml.Node) -> int:
    """Return where the text of a node ends, without the white space after it."""
    last = _last(node)
    start, end = last.start_mark.index, last.end_mark.index
    return start + len(text[start:end].rstrip()) if end > start else int(start)


def _scalar(value: str | None) -> str:
    if value is None:
        return "null"
    if _PLAIN.fullmatch(value) and value not in NULLS:
        return value
    return str(yaml.dump(value, Dumper=yaml.SafeDumper, default_style='"', allow_unicode=True, width=10**9)).strip()


def _expected(value: Any, pointer: Pointer, values: Mapping[str, str | None]) -> Any:
    """Return what the changed text has to say."""
    return with_inner(value, pointer, lambda held: {**held, **{key: new for key, new in values.items() if new is not None or key in held}})


def with_inner(value: Any, pointer: Pointer, change: Callable[[Any], Any]) -> Any:
    """Return plain data in which what stands at a pointer was changed."""
    if not pointer:
        return change(value)
    step, *rest = pointer
    inner = with_inner(value[step], tuple(rest), change)
    return {**value, step: inner} if isinstance(value, dict) else [*value[:step], inner, *value[int(step) + 1 :]]
