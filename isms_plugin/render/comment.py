"""A comment on a merge request: a few lines to begin with, sections that unfold, and never more than platforms take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LIMIT: Final = 60_000
"""Letters of a comment; GitHub takes 65,536 at most."""
_SPARE: Final = 1200
"""Letters that are kept for telling what was left out."""
_NAMED: Final = 3
"""Sections that are named there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part that unfolds: its summary in HTML, items in Markdown, each of one line or more. The lowest rank is kept longest."""

    summary: str
    items: tuple[str, ...]
    rank: int
    what: str
    """What the items are called where some are left out."""


def comment(head: Sequence[str], sections: Iterable[Section], foot: str, rest: str) -> str:
    """Return the comment; what does not fit is left out from the end of the sections with the highest ranks, and counted.

    Summaries come first, so that each section is named as long as there is room. `rest` says where everything can be had.
    """
    wanted = list(sections)
    room = LIMIT - _SPARE - sum(len(line) + 1 for line in head) - len(foot)
    ranked = sorted(range(len(wanted)), key=lambda position: (wanted[position].rank, position))
    kept: dict[int, int] = {}
    for position in ranked:
        size = _size(wanted[position])
        if size <= room:
            kept[position], room = 0, room - size
    for position in ranked:
        if position in kept:
            kept[position], room = _fitting(wanted[position], room)
    lines = [*head, *(line for position in sorted(kept) for line in _unfolding(wanted[position], kept[position]))]
    left = [(len(section.items) - kept.get(position, 0), section.what) for position, section in enumerate(wanted)]
    told = [f"{count} {what}" for count, what in left if count]
    if told:
        lines += ["", f"**Left out**, since a comment holds {LIMIT:,} letters: {_some(told)}. {rest}"]
    return "\n".join((*lines, "", foot)) + "\n"


def _size(section: Section) -> int:
    """Return how many letters a section takes without items, with the line that says how many are left out."""
    return sum(len(line) + 1 for line in _unfolding(section, 0))


def _fitting(section: Section, room: int) -> tuple[int, int]:
    """Return how many items of a section fit, and the room that is left."""
    count = 0
    for item in section.items:
        if len(item) + 1 > room:
            break
        room -= len(item) + 1
        count += 1
    return count, room


def _unfolding(section: Section, count: int) -> list[str]:
    more = len(section.items) - count
    told = ["", f"*{more} more are left out.*"] if more else []
    return ["", f"<details><summary>{section.summary}</summary>", "", *section.items[:count], *told, "", "</details>"]


def _some(left: Sequence[str]) -> str:
    shown = ", ".join(left[:_NAMED])
    more = len(left) - _NAMED
    return f"{shown}, and more in {more} further parts" if more > 0 else shown
