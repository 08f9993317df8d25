"""What the inputs of a review are made of: the registers as of its day, the time it looks back on, and the reviews before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple, TypeVar

from isms_plugin.analysis.as_of import isms_as_of
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.management_review import ManagementReview

E = TypeVar("E", bound=Entry)


class Item(NamedTuple):
    """An entry with a few words on where it stood; `late` where a day had gone by, or something had run out."""

    entry: Entry
    words: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the registers say on one input: in a sentence, entry by entry, and what is missing by name."""

    summary: str
    items: tuple[Item, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The registers as of a day, and what a review of that day looks back on."""

    isms: Isms
    """As of the day."""
    relations: Trace
    """As of today; what was not there yet is not in `isms`."""
    day: date
    since: date | None
    """First day of the time it looks back on; None for the first review, which looks back on everything."""
    earlier: tuple[ManagementReview, ...]
    """Reviews held before it, oldest first."""

    def within(self, day: date | None) -> bool:
        """Whether a day lies in the time that is looked back on, both ends included; an unknown day does not."""
        return day is not None and day <= self.day and (self.since is None or self.since <= day)

    def just_before(self, day: date | None) -> bool:
        """Whether a day lies in the time before, which is as long."""
        if day is None or self.since is None or day >= self.since:
            return False
        return day >= self.since - (self.day - self.since) - timedelta(days=1)

    def living(self, declaration: type[E]) -> tuple[E, ...]:
        """Entries of a kind that are neither drafts nor retired."""
        return self.isms.living(declaration)

    def past(self, day: date | None) -> bool:
        """Whether a day has gone by; the day itself has not."""
        return day is not None and day < self.day


def moment_of(isms: Isms, relations: Trace, review: ManagementReview, day: date) -> Moment:
    """Return the moment of a review."""
    return Moment(
        isms=isms_as_of(isms, relations, day),
        relations=relations,
        day=day,
        since=looks_back_to(isms, review, day),
        earlier=earlier_reviews(isms, review, day),
    )


def looks_back_to(isms: Isms, review: ManagementReview, day: date) -> date | None:
    """Return the first day that a review looks back on: its own, else the day after what the review before looked at."""
    if review.period_from:
        return review.period_from
    before = earlier_reviews(isms, review, day)
    last = (before[-1].period_to or before[-1].held_on) if before else None
    return last + timedelta(days=1) if last else None


def earlier_reviews(isms: Isms, review: ManagementReview, day: date) -> tuple[ManagementReview, ...]:
    """Return the reviews held before one, oldest first; of two on one day the one with the lower id comes before."""
    held = [(other.held_on, other.id, other) for other in isms.of(ManagementReview) if other.held_on and other.living]
    before = sorted(item for item in held if item[2] is not review and _precedes(item[0], item[1], review, day))
    return tuple(other for _, _, other in before)


def _precedes(held_on: date, identifier: str, review: ManagementReview, day: date) -> bool:
    return (held_on, identifier) < (review.held_on, review.id) if review.held_on else held_on <= day


def counted(number: int, what: str, many: str = "") -> str:
    """Return a number with its word: 1 action, 2 actions."""
    return f"{number} {what if number == 1 else many or what + 's'}"


class Line(NamedTuple):
    """Entries of which the same is told."""

    entries: tuple[Entry, ...]
    words: str
    late: bool


def lines(items: Iterable[Item]) -> list[Line]:
    """Return items with those that follow each other and say the same put together."""
    groups = groupby(items, key=lambda item: (item.words, item.late))
    return [Line(tuple(item.entry for item in found), words, late) for (words, late), found in groups]
