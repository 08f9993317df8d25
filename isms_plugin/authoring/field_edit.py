"""Any field of one entry in a YAML text changed in place: every other byte of the text stays as it was.

Values may be texts, lists and mappings, in blocks or in brackets. What comes out is read again and compared, so that a form
nobody thought of is refused instead of damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import islice, pairwise
from typing import Any, Final

import yaml

from isms_plugin.authoring.field_change import Change, applied, position_of
from isms_plugin.authoring.field_removal import removed_item, removed_key
from isms_plugin.authoring.row_edit import end_of, lines_after, mapping_at, read_clean, with_inner
from isms_plugin.authoring.text_edit import BREAK, Edit, line_break, line_end, with_edits
from isms_plugin.authoring.value_place import Slot
from isms_plugin.authoring.value_yaml import field_lines, in_line, item_lines, plain, scalars
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Pointer
from isms_plugin.sources.yaml_reader import read_yaml

_ITEM: Final = re.compile(r" *-(?:[ \t\r\n]|$)")
_REFUSED: Final = "is written in a way that cannot be changed in place; write the entry as plain `key: value` lines"


def with_changes(text: str, pointer: Pointer, changes: Iterable[Change]) -> str:
    """Return a YAML text with changes made to the mapping at a pointer, one after the other.

    Raises IsmsError where the text has mistakes, where there is no place for a change, and where it cannot be made so that
    everything else keeps its meaning.
    """
    before = read_clean(text)
    start, end = _span_of_item(text, before.lines, pointer)
    piece, within = (text[start:end], (0, *pointer[1:])) if pointer and (start, end) != (0, len(text)) else (text, pointer)
    made = tuple(changes)
    for change in made:
        piece = _changed(piece, within, change)
    whole = text[:start] + piece + text[end:]
    after = read_yaml(whole)
    if after.faults or after.value != _expected(before.value, pointer, made):
        raise IsmsError(_REFUSED)
    return whole


def _span_of_item(text: str, lines: list[int], pointer: Pointer) -> tuple[int, int]:
    """Return where the item of a list stands, so that only it has to be composed; the whole text where that cannot be told."""
    return next(((start, end) for start, end, item in spans_of_items(text, lines) if pointer[:1] == (item,)), (0, len(text)))


def spans_of_items(text: str, lines: list[int]) -> list[tuple[int, int, int | None]]:
    """Return where each item of a list begins and ends, and its position; where that cannot be told, the whole text, without one.

    `lines` are those on which the items begin, from 1; a text that is no list has none.
    """
    starts = [0, *(found.end() for found in BREAK.finditer(text))]
    begins = [starts[line - 1] for line in lines]
    if not begins or len(set(begins)) < len(begins) or not all(_ITEM.match(text, begin) for begin in begins):
        return [(0, len(text), None)]
    return [(begin, end, position) for position, (begin, end) in enumerate(pairwise((*begins, len(text))))]


def _expected(value: Any, pointer: Pointer, changes: Iterable[Change]) -> Any:
    """Return what the changed text has to say."""
    return with_inner(value, pointer, lambda held: reduce(applied, changes, held))


def _changed(text: str, pointer: Pointer, change: Change) -> str:
    """Return a text with one change, in the first form that reads as it should."""
    wanted = _expected(read_yaml(text).value, pointer, (change,))
    for edits in islice(_attempts(text, pointer, change), 8):
        found = with_edits(text, edits)
        after = read_yaml(found)
        if not after.faults and after.value == wanted:
            return found
    raise IsmsError(f"{change.name}: {_REFUSED}")


def _attempts(text: str, pointer: Pointer, change: Change) -> Iterator[list[Edit]]:
    """Yield edits that should make a change, the most faithful first."""
    node: yaml.Node = mapping_at(text, pointer)
    flow = _in_brackets(node)
    for step in change.pointer[:-1]:
        node = _inner(node, step)
        flow = flow or _in_brackets(node)
    last = change.pointer[-1]
    if isinstance(node, yaml.SequenceNode) and isinstance(last, int):
        if change.action == "unset" and len(node.value) == 1:
            yield from _attempts(text, pointer, replace(change, pointer=change.pointer[:-1], action="set", value=[]))
        elif change.action == "unset":
            yield removed_item(text, node, last)
        else:
            slot = Slot(text, node.value[last], None, node.value[last].start_mark.column, flow or bool(node.flow_style))
            yield from _replaced(slot, change.value)
    elif isinstance(node, yaml.MappingNode):
        yield from _in_mapping(text, node, change, flow=flow)


def _in_brackets(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _inner(node: yaml.Node, step: str | int) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        found: yaml.Node = next(value for key, value in node.value if key.value == step)
    else:
        found = node.value[step]
    return found


def _in_mapping(text: str, node: yaml.MappingNode, change: Change, *, flow: bool) -> Iterator[list[Edit]]:
    key = change.pointer[-1]
    pair = next((pair for pair in node.value if pair[0].value == key), None)
    if pair is None:
        value = [change.value] if change.action == "add" else change.value
        lines = [field_lines(str(key), value), [in_line({str(key): value})[1:-1]]]
        yield from ([_inserted(text, node, change.before, found, flow=flow)] for found in lines)
    elif change.action == "unset":
        yield removed_key(text, node, str(key))
    elif change.action == "set" or not isinstance(pair[1], yaml.SequenceNode):
        value = [change.value] if change.action == "add" else change.value
        yield from _replaced(Slot(text, pair[1], pair[0], node.value[0][0].start_mark.column, flow), value)
    elif change.action == "add":
        yield from ([_appended(text, pair[1], change.value, flow=form)] for form in (_braces(pair[1]), True))
    elif len(pair[1].value) == 1:
        yield from _in_mapping(text, node, replace(change, action="set", value=[]), flow=flow)
    else:
        yield removed_item(text, pair[1], position_of(_plain_of(pair[1]), change))


def _plain_of(node: yaml.SequenceNode) -> list[Any]:
    """Return the items of a list as the reader gives them."""
    return [_value(item) for item in node.value]


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    return _plain_of(node) if isinstance(node, yaml.SequenceNode) else node.value


def _replaced(slot: Slot, value: Any) -> Iterator[list[Edit]]:
    """Yield edits that put a value in the place of another."""
    if isinstance(value, str):
        indent = slot.indent
        for found in scalars(value, indent=indent, style=getattr(slot.node, "style", None), block=not slot.flow):
            yield slot.replaced(found)
    elif slot.flow or not isinstance(slot.node, yaml.SequenceNode) or slot.node.flow_style or not value or not isinstance(value, list):
        yield slot.replaced(in_line(value))
    else:
        yield [_list_of(slot.text, slot.node, value)]


def _list_of(text: str, node: yaml.SequenceNode, items: list[Any]) -> Edit:
    """Return the edit that makes a list in a block hold other items; those it held keep their lines, with the comments on them."""
    margin, lines = " " * node.start_mark.column, list[str]()
    held = [(_value(item), _line_of(text, item)) for item in node.value]
    for item in items:
        same = next((pair for pair in held if pair[0] == plain(item)), None)
        if same is None:
            lines += item_lines(item, flow=_braces(node))
        else:
            held.remove(same)
            lines.append(same[1])
    start, end = node.start_mark.index, line_end(text, end_of(text, node))
    return Edit(start, end, (line_break(text) + margin).join(lines))


def _line_of(text: str, item: yaml.Node) -> str:
    return text[text.rfind("-", 0, item.start_mark.index) : line_end(text, end_of(text, item))]


def _braces(node: yaml.SequenceNode) -> bool:
    """Whether the items of a list are mappings in braces."""
    return bool(node.value) and isinstance(node.value[-1], yaml.MappingNode) and bool(node.value[-1].flow_style)


def _inserted(text: str, node: yaml.MappingNode, before: tuple[str, ...], lines: list[str], *, flow: bool) -> Edit:
    """Return the edit that puts a new field behind the nearest of those that stand before it, else at the end.

    In brackets it has to be a single line.
    """
    if not node.value:
        at = node.start_mark.index + 1
        return Edit(at, at, lines[-1])
    held = {name.value: inner for name, inner in node.value}
    after = next((held[name] for name in reversed(before) if name in held), node.value[-1][1])
    if flow or node.flow_style:
        end = end_of(text, after)
        return Edit(end, end, f", {' '.join(lines)}")
    margin = " " * node.value[0][0].start_mark.column
    return lines_after(text, after, [margin + line if line else line for line in lines])


def _appended(text: str, node: yaml.SequenceNode, value: Any, *, flow: bool) -> Edit:
    """Return the edit that puts an item behind the last one of a list; of mappings in a block in braces or not."""
    if not node.value:
        at = node.start_mark.index + 1
        return Edit(at, at, in_line(value))
    last = node.value[-1]
    if node.flow_style:
        end = end_of(text, last)
        return Edit(end, end, f", {in_line(value)}")
    margin = " " * node.start_mark.column
    return lines_after(text, last, [margin + line if line else line for line in item_lines(value, flow=flow)])
