"""A Markdown text as lines that may say something of the document itself: its head, and its sections on control."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from isms_plugin.authoring.start.words import heads_control, heads_history

_FENCE: Final = re.compile(r"^\s*(```+|~~~+)")
_HEADING: Final = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$")
_UNDERLINE: Final = re.compile(r"^(=+|-+)[ \t]*$")
_LONGEST: Final = 2000
"""Letters of a line; a longer one is no control data, and would take long to look through."""
_QUOTE: Final = re.compile(r"^\s*>\s?")


class MarkedLine(NamedTuple):
    """One line, with its number in the file, and whether it stands below a heading of a version history."""

    number: int
    text: str
    history: bool


class Heading(NamedTuple):
    """A heading with its number in the file."""

    number: int
    text: str


def title_heading(body: str, first_line: int) -> Heading | None:
    """Return the first heading of the highest level, wherever fenced code does not hold it."""
    return next((Heading(number, text) for number, level, text in _headings(body, first_line) if level == 1), None)


def control_lines(body: str, first_line: int) -> list[MarkedLine]:
    """Return the lines of the head, up to the first heading that is neither title nor control, and those of sections on control."""
    headings = {number: text for number, _, text in _headings(body, first_line)}
    title = next(iter(headings), None)
    found: list[MarkedLine] = []
    inside, history = True, False
    for number, line in _unfenced(body, first_line):
        if number in headings:
            inside = number == title or heads_control(headings[number])
            history = heads_history(headings[number])
        elif inside:
            found.append(MarkedLine(number, _QUOTE.sub("", line).strip(), history))
    return found


def _headings(body: str, first_line: int) -> Iterator[tuple[int, int, str]]:
    before = (0, "")
    for number, line in _unfenced(body, first_line):
        if found := _HEADING.match(line):
            yield number, len(found[1]), found[2]
        elif (found := _UNDERLINE.match(line)) and before[0] == number - 1 and before[1].strip() and "|" not in before[1]:
            yield before[0], 1 if found[1][0] == "=" else 2, before[1].strip()
        before = (number, line)


def _unfenced(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(body.split("\n"), start=first_line):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            yield number, line if len(line) <= _LONGEST else ""
