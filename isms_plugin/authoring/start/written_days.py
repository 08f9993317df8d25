"""Days as people write them, read only where they can mean one day alone."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner", "february feb februar", "march mar märz mär mrz", "april apr", "may mai", "june jun juni",
            "july jul juli", "august aug", "september sep sept", "october oct oktober okt", "november nov", "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WORD: Final = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))

_ISO: Final = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?")
_DOTTED: Final = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_DAY_FIRST: Final = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?[ -](?:of )?({_WORD})\.?,?[ -](\d{{4}})", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(rf"({_WORD})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.IGNORECASE)
_SLASHED: Final = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")


class WrittenDay(NamedTuple):
    """A day, or why the text names none."""

    day: date | None
    why: str = ""


def written_day(text: str) -> WrittenDay:
    """Return the day that a text names, as 2024-03-05, 5.3.2024, 5 March 2024, March 5, 2024 or 5. März 2024.

    Where day and month cannot be told apart, or the day is missing, there is none.
    """
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[3], found[4])
    if found := _DOTTED.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if found := _DAY_FIRST.fullmatch(text):
        return _day(found[3], _MONTHS[found[2].lower()], found[1])
    if found := _MONTH_FIRST.fullmatch(text):
        return _day(found[3], _MONTHS[found[1].lower()], found[2])
    if found := _SLASHED.fullmatch(text):
        return _slashed(found[1], found[3], found[4])
    return WrittenDay(None, "names no single day")


def _slashed(first: str, second: str, year: str) -> WrittenDay:
    """Take what can be a day alone for the day; where both numbers can be months, they have to be the same."""
    if int(first) > 12 or first == second:
        return _day(year, second, first)
    if int(second) > 12:
        return _day(year, first, second)
    return WrittenDay(None, "day and month cannot be told apart")


def _day(year: str, month: str | int, day: str) -> WrittenDay:
    try:
        return WrittenDay(date(int(year), int(month), int(day)))
    except ValueError:
        return WrittenDay(None, "is no day of the calendar")
