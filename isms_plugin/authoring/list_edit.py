"""A structured value added to a list of one entry in a register, in place: every other byte of the file stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from isms_plugin.authoring.row_edit import end_of, lines_after, mapping_at, read_clean, with_inner
from isms_plugin.authoring.text_edit import Edit, with_edits
from isms_plugin.authoring.yaml_text import flow_yaml, item_yaml
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Pointer
from isms_plugin.sources.yaml_reader import read_yaml


def append_item(text: str, pointer: Pointer, key: str, item: Mapping[str, Any]) -> str:
    """Return a YAML text in which the list `key` of the mapping at a pointer has one more item; without the list, it begins with it.

    Raises IsmsError where the text cannot be changed so that everything else keeps its meaning.
    """
    before = read_clean(text)
    changed = with_edits(text, [_edit(text, mapping_at(text, pointer), key, item)])
    after = read_yaml(changed)
    if after.faults or after.value != _expected(before.value, pointer, key, read_yaml(item_yaml(item)).value):
        raise IsmsError(f"`{key}` is written in a way that nothing can be added to in place; write it as a plain list")
    return changed


def _edit(text: str, mapping: yaml.MappingNode, key: str, item: Mapping[str, Any]) -> Edit:
    held = next((value for name, value in mapping.value if name.value == key), None)
    if isinstance(held, yaml.SequenceNode):
        return _in_brackets(text, held, item) if held.flow_style else _below(text, held, item)
    if held is not None or not mapping.value:
        raise IsmsError(f"`{key}` is no list; take it out, or make it one")
    last_key, last = mapping.value[-1]
    if mapping.flow_style:
        end = end_of(text, last)
        return Edit(end, end, f", {key}: [{flow_yaml(item)}]")
    indent = " " * last_key.start_mark.column
    lines = [f"{key}:", *(f"  {line}" for line in item_yaml(item).splitlines())]
    return lines_after(text, last, [indent + line for line in lines])


def _in_brackets(text: str, held: yaml.SequenceNode, item: Mapping[str, Any]) -> Edit:
    if not held.value:
        at = held.start_mark.index + 1
        return Edit(at, at, flow_yaml(item))
    at = end_of(text, held.value[-1])
    return Edit(at, at, f", {flow_yaml(item)}")


def _below(text: str, held: yaml.SequenceNode, item: Mapping[str, Any]) -> Edit:
    indent = " " * held.start_mark.column
    return lines_after(text, held.value[-1], [indent + line for line in item_yaml(item).splitlines()])


def _expected(value: Any, pointer: Pointer, key: str, added: list[Any]) -> Any:
    """Return what the changed text has to say."""
    return with_inner(value, pointer, lambda held: {**held, key: [*held.get(key, []), *added]})
