"""Where a value stands in a YAML text, and what takes its place without touching the comments around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import yaml

from isms_plugin.authoring.row_edit import end_of
from isms_plugin.authoring.text_edit import BREAK, Edit, line_break, line_end

_HEADER: Final = re.compile(r"[|>][-+0-9]*(?P<comment>[ \t]+#[^\r\n]*)?")


@dataclass(frozen=True, slots=True)
class Slot:
    """A value, its key if it stands under one, the column of the mapping or list it belongs to, and whether brackets are around."""

    text: str
    node: yaml.Node
    key: yaml.Node | None
    column: int
    flow: bool

    @property
    def indent(self) -> int:
        """Column in which further lines of a text begin: where they did, else two more than the entry has."""
        node = self.node
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            _, *lines = BREAK.split(self.text[node.start_mark.index : node.end_mark.index])
            first = next((line for line in lines if line.strip(" ")), "")
            width = len(first) - len(first.lstrip(" "))
            if width > self.column:
                return width
        return self.column + 2

    def replaced(self, value: str) -> list[Edit]:
        """Return edits that put a value in the place of this one; its lines are divided by line feeds."""
        text = self.text
        start, end = value_span(self)
        comment, ending = header_comment(text, self.node), end
        if _in_block(self.node) and self.key is not None:
            comment, ending = text[start : line_end(text, start)].rstrip(), line_end(text, end)
        elif "\n" in value and text[end : line_end(text, end)].lstrip().startswith("#"):
            comment, ending = text[end : line_end(text, end)], line_end(text, end)
        head, mark, rest = value.partition("\n")
        space = " " if start == end or text[start - 1 : start] == ":" else ""
        return [Edit(start, ending, f"{space}{head}{comment}{mark}{rest}".replace("\n", line_break(text)))]


def _in_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def value_span(slot: Slot) -> tuple[int, int]:
    """Return where the text of a value begins and ends; one in a block, or none at all, begins right behind the colon of its key."""
    node, text = slot.node, slot.text
    end = end_of(text, node)
    if _in_block(node) and slot.key is not None:
        return text.index(":", slot.key.end_mark.index) + 1, end
    return node.start_mark.index, end


def header_comment(text: str, node: yaml.Node) -> str:
    """Return the comment behind the sign that begins a block of text, with the space before it; empty without."""
    found = _HEADER.match(text, node.start_mark.index) if getattr(node, "style", None) in ("|", ">") else None
    return (found["comment"] or "") if found else ""
