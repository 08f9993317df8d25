"""A file in which an id was given another name: only at the places that refer to it, every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import yaml

from isms_plugin.authoring.entry_text import span_of_front
from isms_plugin.authoring.field_edit import spans_of_items
from isms_plugin.authoring.id_places import NewName, in_prose
from isms_plugin.authoring.row_edit import end_of, read_clean
from isms_plugin.authoring.text_edit import Edit, with_edits
from isms_plugin.authoring.value_yaml import in_quotes
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Pointer
from isms_plugin.sources.markdown_reader import read_markdown
from isms_plugin.sources.yaml_reader import read_yaml

_LINE_FEED: Final = re.compile(r"\r\n|\r")


class Renamed(NamedTuple):
    """A text after a rename, and at how many places it changed."""

    text: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """How the values of a file change: those at some pointers are ids, those that are paths of moved files follow, all others are prose."""

    name: NewName
    path: str
    ids: frozenset[Pointer]

    def edits(self, pointer: Pointer, value: str) -> list[Edit]:
        """Return what changes in a value."""
        if pointer in self.ids:
            start = value.index(self.name.old)
            return [Edit(start, start + len(self.name.old), self.name.new)]
        if value.strip() in self.name.moved:
            return [Edit(0, len(value), self.name.moved[value.strip()])]
        return in_prose(value, self.name, self.path)


def renamed_yaml(text: str, values: Values) -> Renamed:
    """Return a YAML text with the values changed; raises IsmsError where it has mistakes, or cannot be changed in place."""
    name = values.name
    if name.old not in text and not any(path in text for path in name.moved):
        return Renamed(text, 0)
    before = read_clean(text)
    wanted, places = _renamed_value(before.value, values, ())
    edits = [edit for start, end, base in spans_of_items(text, before.lines) for edit in _edits(text[start:end], start, base, values)]
    changed = with_edits(text, edits)
    after = read_yaml(changed)
    if after.faults or after.value != wanted:
        raise IsmsError(f"{name.old} stands in a form that cannot be changed in place; write plain `key: value` lines")
    return Renamed(changed, places)


def _renamed_value(value: Any, values: Values, pointer: Pointer) -> tuple[Any, int]:
    """Return what the changed text has to say, and at how many places it differs."""
    if isinstance(value, str):
        edits = values.edits(pointer, value)
        return with_edits(value, edits), len(edits)
    if isinstance(value, dict):
        found = {key: _renamed_value(inner, values, (*pointer, key)) for key, inner in value.items()}
        return {key: made for key, (made, _) in found.items()}, sum(count for _, count in found.values())
    if isinstance(value, list):
        items = [_renamed_value(inner, values, (*pointer, position)) for position, inner in enumerate(value)]
        return [made for made, _ in items], sum(count for _, count in items)
    return value, 0


def _edits(piece: str, offset: int, base: int | None, values: Values) -> Iterator[Edit]:
    """Yield the edits of one item of a list, or of a whole text; spans count from the beginning of the text."""
    if values.name.old not in piece and not any(path in piece for path in values.name.moved):
        return
    node = yaml.compose(piece, Loader=yaml.SafeLoader)
    for pointer, scalar in _scalars(node, ()):
        at = pointer if base is None else (base, *pointer[1:])
        edits = values.edits(at, scalar.value)
        if edits:
            yield from (edit._replace(start=edit.start + offset, end=edit.end + offset) for edit in _raw(piece, scalar, edits))


def _scalars(node: yaml.Node | None, pointer: Pointer) -> Iterator[tuple[Pointer, yaml.ScalarNode]]:
    if isinstance(node, yaml.ScalarNode):
        yield pointer, node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, (*pointer, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield from _scalars(item, (*pointer, position))


def _raw(piece: str, node: yaml.ScalarNode, edits: list[Edit]) -> list[Edit]:
    """Return edits in a value as edits in what is written: the same of all places at which the same words stand."""
    start, end = node.start_mark.index, end_of(piece, node)
    raw, found = piece[start:end], list[Edit]()
    for edit in edits:
        old = node.value[edit.start : edit.end]
        position = _at(raw, old, len(_finds(node.value[: edit.start], old)))
        if position is None or len(_finds(raw, old)) != len(_finds(node.value, old)):
            style = node.style if node.style in ("'", '"') else '"'
            return [Edit(start, end, in_quotes(with_edits(node.value, edits), style))]
        found.append(Edit(start + position, start + position + len(old), edit.text))
    return found


def _finds(text: str, word: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(word), text)]


def _at(raw: str, word: str, number: int) -> int | None:
    places = _finds(raw, word)
    return places[number] if number < len(places) else None


def renamed_markdown(data: bytes, text: str, name: NewName, path: str, front: Callable[[str], Renamed] | None) -> Renamed:
    """Return a Markdown file with its text changed, and its front matter too where that is of an entry."""
    places = 0
    read = read_markdown(data)
    if front is not None and read.front:
        start, end = span_of_front(data, text)
        made, places = front(text[start:end])
        text = text[:start] + made + text[end:]
    whole = _LINE_FEED.sub("\n", text)
    if read.body and not whole.endswith(read.body):
        raise IsmsError("its text cannot be told from its front matter")
    ahead = len(whole) - len(read.body)
    edits = [edit._replace(start=edit.start + ahead, end=edit.end + ahead) for edit in in_prose(read.body, name, path)]
    return Renamed(with_edits(text, _with_line_ends(text, edits)), places + len(edits))


def _with_line_ends(text: str, edits: list[Edit]) -> list[Edit]:
    """Return spans of a text in which each line end is one letter as spans of the text as it is."""
    if "\r\n" not in text or not edits:
        return edits
    places = [position for position in range(len(text)) if text[position : position + 2] != "\r\n"]
    return [Edit(places[edit.start], places[edit.end - 1] + 1, edit.text) for edit in edits]
