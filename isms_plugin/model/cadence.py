"""How often something is done, and the periods that follow from it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Every = Literal["week", "month", "quarter", "half_year", "year", "two_years", "three_years"]
"""How often; calendar periods, so that "each quarter" is January to March whoever asks."""

MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "two_years": 24, "three_years": 36}
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return f"{self.first.isoformat()} to {self.last.isoformat()}"


def later(day: date, months: int) -> date:
    """Return the day so many months later, or earlier for a negative number; in a month that is too short its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_after(day: date, every: Every) -> date:
    """Return the day by which something is done again that was done on a day."""
    return day + WEEK if every == "week" else later(day, MONTHS[every])


def periods(every: Every, within: Period) -> Iterator[tuple[str, Period]]:
    """Each calendar period that a span touches, under the name people give it: 2026-W07, 2026-03, 2026 Q2, 2026 H1, 2026."""
    start = _start(every, within.first)
    while start <= within.last:
        following = next_after(start, every)
        yield name_of(every, start), Period(start, following - timedelta(days=1))
        start = following


def following(every: Every, day: date) -> Period:
    """Return the calendar period after the one that a day lies in."""
    _, covered = next(periods(every, Period(day, day)))
    _, after = next(periods(every, Period(first := covered.last + timedelta(days=1), first)))
    return after


def name_of(every: Every, start: date) -> str:
    """Return the name of the calendar period that begins on a day."""
    if every == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    if every == "month":
        return f"{start:%Y-%m}"
    if every == "quarter":
        return f"{start.year} Q{(start.month + 2) // 3}"
    if every == "half_year":
        return f"{start.year} H{1 if start.month <= 6 else 2}"
    if every == "year":
        return str(start.year)
    return f"{start.year} to {later(start, MONTHS[every]).year - 1}"


def _start(every: Every, day: date) -> date:
    if every == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS[every]
    if months > 12:
        return date(day.year, 1, 1)  # periods of several years are counted from the year asked for
    return date(day.year, (day.month - 1) // months * months + 1, 1)
