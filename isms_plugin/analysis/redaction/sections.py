"""Sections of a text for some readers only, between marks that no Markdown viewer shows.

`<!-- audience: board, auditor -->` and `<!-- /audience -->` stand on lines of their own; in fenced code they are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.isms import Isms
from isms_plugin.model.profile import WITHHELD

_OPEN: Final = re.compile(r"\s*<!--\s*audience:(?P<names>[^<>]*?)-->\s*", re.IGNORECASE)
_CLOSE: Final = re.compile(r"\s*<!--\s*/audience\s*-->\s*", re.IGNORECASE)
_LIKE: Final = re.compile(r"`[^`]*`|(?P<mark><!--\s*/?\s*audien(?:[^>]*?-->|[^>]*))", re.IGNORECASE)
"""Anything that somebody may have meant as a mark; in code it is text."""
_FENCE: Final = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})(?P<info>.*)")


class Section(NamedTuple):
    """A section by the lines of its marks, from 0, and its audiences."""

    first: int
    last: int
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The sections of a text, and the first mark that has no meaning: its line, why, and from where on nothing can be told."""

    sections: tuple[Section, ...] = ()
    fault: tuple[int, str] | None = None
    unsure: int = 0


NONE: Final = Marks()


def marks_of(body: str) -> Marks:
    """Return the sections of a text; reading stops at the first mark without a meaning."""
    if "audien" not in body.lower():
        return NONE
    lines = body.split("\n")
    found: list[Section] = []
    opened: tuple[int, tuple[str, ...]] | None = None
    for number in _outside(lines):
        line = lines[number]
        begins, ends = _OPEN.fullmatch(line), _CLOSE.fullmatch(line)
        fault = _fault(line, begins, ended=bool(ends), opened=opened is not None) or _broken(lines, number)
        if fault:
            start = opened[0] if opened else number if begins else found[-1].last + 1 if found else 0
            return Marks(sections=tuple(found), fault=(number, fault), unsure=start)
        if begins:
            opened = (number, _names(begins["names"]))
        elif ends and opened:
            found.append(Section(opened[0], number, opened[1]))
            opened = None
    if opened:
        return Marks(sections=tuple(found), fault=(opened[0], "has no end"), unsure=opened[0])
    return Marks(sections=tuple(found))


def _fault(line: str, begins: re.Match[str] | None, *, ended: bool, opened: bool) -> str:
    if begins:
        return "stands within another section" if opened else "" if _names(begins["names"]) else "names no audience"
    if ended:
        return "" if opened else "ends a section that has no beginning"
    return "is no mark" if any(match["mark"] for match in _LIKE.finditer(line)) else ""


def _broken(lines: list[str], number: int) -> str:
    """Tell of a mark that goes over several lines."""
    follows = lines[number + 1].strip().lower() if lines[number].rstrip().endswith("<!--") and number + 1 < len(lines) else ""
    return "is no mark" if follows.startswith(("audien", "/audien")) else ""


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _outside(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that are not in fenced code; a fence without an end is none."""
    number = 0
    while number < len(lines):
        found = _FENCE.fullmatch(lines[number])
        code = found and not (found["fence"][0] == "`" and "`" in found["info"])  # else it is code within a line
        end = _end_of_fence(lines, number, found["fence"]) if found and code else None
        if end is None:
            yield number
        number = number + 1 if end is None else end + 1


def _end_of_fence(lines: list[str], start: int, fence: str) -> int | None:
    for number in range(start + 1, len(lines)):
        found = _FENCE.fullmatch(lines[number])
        if found and found["fence"].startswith(fence) and not found["info"].strip():
            return number
    return None


class Kept(NamedTuple):
    """A text as some readers see it, the lines that they do not see, and the number of the sections that these were."""

    body: str
    withheld: tuple[str, ...]
    sections: int


def for_readers(body: str, allows: Callable[[tuple[str, ...]], bool]) -> Kept:
    """Return a text without the sections that are not for its readers; where marks have no meaning, without the rest of it."""
    marks, lines = marks_of(body), body.split("\n")
    hidden = [section for section in marks.sections if not allows(section.audiences)]
    if marks.fault and not allows(()):
        hidden.append(Section(marks.unsure, len(lines) - 1, ()))
    shown: list[str] = []
    last = 0
    for section in hidden:
        shown += [*lines[last : section.first], "", WITHHELD, ""]
        last = section.last + 1
    withheld = tuple(line for section in hidden for line in lines[section.first : section.last + 1])
    return Kept(without_marks("\n".join((*shown, *lines[last:]))), tuple(filter(str.strip, map(_unmarked, withheld))), len(hidden))


def without_marks(body: str) -> str:
    """Return a text whose lines of marks are empty; every other line stays where it was."""
    if "audien" not in body.lower():
        return body
    lines = body.split("\n")
    for number in _outside(lines):
        lines[number] = _unmarked(lines[number])
    return "\n".join(lines)


def _unmarked(line: str) -> str:
    return _LIKE.sub(lambda match: "" if match["mark"] else match[0], line) if "<!--" in line else line


def check_audience_marks(isms: Isms) -> Iterator[Diagnostic]:
    """Report marks that leave it open who may read what."""
    for identifier, text in chain(isms.texts.items(), (("", page) for page in isms.pages.values())):
        fault = marks_of(text.body).fault
        if fault:
            yield Diagnostic(
                code="audience-mark",
                message=f"the mark of an audience {fault[1]}",
                hint="write `<!-- audience: NAME -->` and `<!-- /audience -->` on lines of their own, one section after the other;"
                " until then a pack withholds the rest of the text",
                entry=identifier,
                place=Place(text.path, text.first_line + fault[0], 1),
            )
