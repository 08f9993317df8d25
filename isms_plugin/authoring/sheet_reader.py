"""Items of a filled-in work sheet understood: what was graded, how, and on which day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.audit import Audit
from isms_plugin.model.control import Clause, Control
from isms_plugin.model.near import no_such
from isms_plugin.model.work_sheet import GRADES, NO_OCCASION, NOT_LOOKED_AT, Mistake, SheetItem, WorkSheet

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERED: Final = re.compile(r"[A-Z]+-[0-9]+")
_WORDLESS: Final = ("compliant",)
"""Grades that need no words; any other says what was seen."""


class Graded(NamedTuple):
    """An item that becomes a finding: what it is about, and the day it was found on; None where nothing says it."""

    item: SheetItem
    subject: Clause | Control
    day: date | None


class SheetReader:
    """Finds what items speak of; whatever it cannot find is a mistake at its place."""

    def __init__(self, facts: Facts, audit: Audit, sheet: WorkSheet) -> None:
        self.facts = facts
        self.audit = audit
        self.sheet = sheet
        self._prefixes = {kind.KIND.prefix for kind in facts.isms.kinds if kind.KIND.prefix}
        subjects: list[Clause | Control] = [*facts.isms.of(Clause), *facts.isms.of(Control)]
        self.subjects = {subject.id: subject for subject in subjects}
        self._told: dict[str, list[str]] = defaultdict(list)

    def read(self, item: SheetItem) -> Graded | list[Mistake]:
        """Return an item that can become a finding, or everything that is wrong with it."""
        subject = self.subjects.get(item.id)
        mistakes = [*self._about(item), *self._graded(item), *self._days(item)]
        if subject is None or mistakes:
            return mistakes
        day = self._day(item)
        self._tell_day(item, day)
        self._tell_samples(item)
        return Graded(item, subject, day)

    def _about(self, item: SheetItem) -> Iterator[Mistake]:
        subject = self.subjects.get(item.id)
        if subject is None:
            yield Mistake(item.place("id"), no_such(item.id or "nothing", "clause or control", self.subjects))
        elif subject.retired:
            yield Mistake(item.place("id"), f"{item.id}: is {subject.status}")

    def _graded(self, item: SheetItem) -> Iterator[Mistake]:
        if item.grade not in GRADES:
            yield Mistake(item.place("grade"), f"{item.id}: {item.grade!r} is no grade; there are {', '.join(GRADES)}")
        elif item.grade not in (*_WORDLESS, NOT_LOOKED_AT, NO_OCCASION) and not item.notes:
            yield Mistake(item.place("grade"), f"{item.id}: {item.grade} without notes; write down what was seen")

    def _days(self, item: SheetItem) -> Iterator[Mistake]:
        """Yield what is wrong with the day that counts for an item; that of the sheet is told once."""
        written, place = (item.seen_on, item.place("seen_on")) if item.seen_on else (self.sheet.audited_on, self.sheet.place)
        if written and _day_of(written) is None:
            yield Mistake(place, f"{item.id}: {written!r} is no date as YYYY-MM-DD")

    def _day(self, item: SheetItem) -> date | None:
        """Return the day of the item, else of the sheet, else the last of the audit."""
        return _day_of(item.seen_on or self.sheet.audited_on) or self.audit.ended_on

    def _tell_day(self, item: SheetItem, day: date | None) -> None:
        audit = self.audit
        if day is None:
            self._told["nothing says on which day it was found; fill in `found_on`"].append(item.id)
        elif (audit.started_on and day < audit.started_on) or (audit.ended_on and day > audit.ended_on):
            self._told[f"found on {day}, outside of the days of {audit.id}"].append(item.id)
        elif day > self.facts.today:
            self._told[f"found on {day}, and the ISMS is read as of {self.facts.today}"].append(item.id)

    def _tell_samples(self, item: SheetItem) -> None:
        """Tell of samples that look like ids of registers and are none: they stay words."""
        for sample in item.samples:
            if sample not in self.facts.isms.entries and sample.rpartition("-")[0] in self._prefixes and _NUMBERED.fullmatch(sample):
                self._told[f"{sample} is no entry, and stays a word"].append(item.id)

    @property
    def told(self) -> list[str]:
        """What is to be told of the items that were read, each once with their ids."""
        return [f"{text}: {', '.join(names)}" for text, names in self._told.items()]


def _day_of(text: str) -> date | None:
    """Return a day; None for what is none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
