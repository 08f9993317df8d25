"""Edits of a text by spans, and the lines around a place in it; lines end as YAML knows them, however they end in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

BREAK: Final = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line in YAML 1.1."""


class Edit(NamedTuple):
    """A span of the text and what takes its place; an empty span is an insertion."""

    start: int
    end: int
    text: str


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, whose spans do not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def line_start(text: str, position: int) -> int:
    """Return where the line of a position begins."""
    return max((found.end() for found in BREAK.finditer(text, 0, position)), default=0)


def line_end(text: str, position: int) -> int:
    """Return where the line of a position ends, before its line break."""
    found = BREAK.search(text, position)
    return found.start() if found else len(text)


def line_break(text: str) -> str:
    """Return the line break that a text uses first."""
    found = BREAK.search(text)
    return found[0] if found else "\n"
