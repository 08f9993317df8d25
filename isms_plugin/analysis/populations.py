"""Registers as whole populations: how many entries, how many of the audited period, and why numbers are missing (clause 9.2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from isms_plugin.analysis.audits.sampling import dated
from isms_plugin.analysis.calendar.nil_returns import day_of, nil_returns
from isms_plugin.analysis.facts import Facts
from isms_plugin.model.cadence import Period
from isms_plugin.model.entry import Entry
from isms_plugin.model.former import Former
from isms_plugin.model.isms import Isms
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.profile import Withheld

_NUMBERED: Final = re.compile(r"([A-Za-z]+-)([0-9]{1,18})")
"""Ids that are counted: letters and a number. Those made of other fields go with them."""


class Gap(NamedTuple):
    """Numbers of a register that no entry has, those beside each other together; `first` and `last` are the ids they would make."""

    first: str
    last: str
    numbers: int
    """How many."""
    held: str
    """Name of the newest baseline that held them; empty where none did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """A register with everything in it, and what of it belongs to the audited period."""

    declaration: type[Entry]
    entries: tuple[Entry, ...]
    """All of them in the order of the sources, drafts and retired ones included."""
    day_field: str
    """Field with the day of an entry: of the occasion, on which it happened, else on which it was made; empty where none has a day."""
    within: tuple[Entry, ...]
    """Living ones of the audited period, the oldest first; the first and the last day count."""
    undated: int
    """Living ones without a day."""
    first_day: date | None
    last_day: date | None
    gaps: tuple[Gap, ...] = ()
    returned: tuple[NilReturn, ...] = ()
    """Statements that nothing happened, for days of the audited period."""
    withheld: tuple[Withheld, ...] = ()
    """Whole entries that these readers do not see."""
    days_withheld: int = 0
    """Living ones whose day these readers do not see, so that nobody can tell whether they belong to the period."""

    @property
    def living(self) -> tuple[Entry, ...]:
        """What a sample may be drawn from: neither drafts nor retired ones."""
        return tuple(entry for entry in self.entries if entry.living)

    @property
    def retired(self) -> tuple[Entry, ...]:
        """Those that are kept as tombstones, so that their numbers are explained."""
        return tuple(entry for entry in self.entries if entry.retired)

    @property
    def drafts(self) -> int:
        """How many may still be incomplete."""
        return sum(entry.draft for entry in self.entries)

    @property
    def ends(self) -> tuple[str, ...]:
        """The first and the last id, numbers taken as numbers; one where there is no other."""
        ids = sorted((entry.id for entry in self.entries), key=_counted)
        return tuple(dict.fromkeys((*ids[:1], *ids[-1:])))

    @property
    def name(self) -> str:
        """Name of the register, as commands take it."""
        return self.declaration.KIND.register


def _counted(identifier: str) -> list[tuple[str, int]]:
    """Return an id as pairs of letters and number, so that 10 comes after 9."""
    return [(letters, int(digits or 0)) for letters, digits in re.findall(r"([^0-9]*)([0-9]{0,18})", identifier)]


def populations(facts: Facts) -> list[Population]:
    """Return every register, empty ones too, in the order in which readers meet them."""
    return [_population(facts, kind) for kind in facts.isms.kinds if kind.KIND.register]


def _population(facts: Facts, declaration: type[Entry]) -> Population:
    entries = tuple(facts.isms.of(declaration))
    field = _day_field(facts.isms, declaration, entries)
    living = [entry for entry in entries if entry.living]
    days = sorted(((day, entry) for entry in living if (day := _day(entry, field))), key=lambda pair: pair[0])
    hidden = sum(field in facts.isms.withheld_from(entry) for entry in living)
    audited = facts.settings.period(facts.today)
    withheld = tuple(item for item in facts.withheld if item.source == declaration.KIND.register and not item.field)
    return Population(
        declaration=declaration,
        entries=entries,
        day_field=field,
        within=tuple(entry for day, entry in days if day in audited and day <= facts.today),
        undated=len(living) - len(days) - hidden if field else 0,
        first_day=days[0][0] if days else None,
        last_day=days[-1][0] if days else None,
        gaps=tuple(_gaps(entries, () if withheld else facts.history.former)),
        returned=tuple(_returned(facts, declaration, audited)),
        withheld=withheld,
        days_withheld=hidden,
    )


def _day_field(isms: Isms, declaration: type[Entry], entries: Iterable[Entry]) -> str:
    """Return the field that tells the day; when an entry was made says nothing where some come from the catalogue."""
    kind = declaration.KIND
    if dated(declaration):
        return kind.occasion or kind.happened
    made = any(entry.created or "created" in isms.withheld_from(entry) for entry in entries)
    return "created" if made and all(isms.place(entry).path for entry in entries) else ""


def _day(entry: Entry, field: str) -> date | None:
    return entry.created if field == "created" else day_of(entry)


def _returned(facts: Facts, declaration: type[Entry], audited: Period) -> Iterator[NilReturn]:
    for item in nil_returns(facts.isms, declaration.KIND.register):
        if item.period is not None and item.period.overlaps(audited):
            yield item


def _gaps(entries: Iterable[Entry], former: Iterable[Former]) -> Iterator[Gap]:
    """Yield what is missing of the numbers of each prefix; each that a baseline held for itself, also before and after those of today."""
    held = _held(former)
    for prefix, found in _by_prefix(entry.id for entry in entries if not entry.KIND.key).items():
        gone = {number: name for number, name in held.get(prefix, {}).items() if number not in found}
        numbers = sorted({*found, *gone})
        width = min(map(len, found.values()))
        for number, following in zip(numbers, [*numbers[1:], numbers[-1] + 1], strict=True):
            if number in gone:
                yield Gap(_id(prefix, number, width), _id(prefix, number, width), 1, gone[number])
            if following - number > 1:
                yield Gap(_id(prefix, number + 1, width), _id(prefix, following - 1, width), following - number - 1, "")


def _id(prefix: str, number: int, width: int) -> str:
    return f"{prefix}{number:0{width}}"


def _by_prefix(ids: Iterable[str]) -> dict[str, dict[int, str]]:
    """Return the numbers in use by what stands before them, each as it is written."""
    found: dict[str, dict[int, str]] = {}
    for match in filter(None, map(_NUMBERED.fullmatch, ids)):
        found.setdefault(match[1], {})[int(match[2])] = match[2]
    return found


def _held(former: Iterable[Former]) -> dict[str, dict[int, str]]:
    """Return the numbers that baselines held by what stands before them, each with the name of the newest such baseline."""
    found: dict[str, dict[int, str]] = {}
    for state in former:
        for prefix, numbers in _by_prefix(state.entries).items():
            found.setdefault(prefix, {}).update({number: state.name for number in numbers if number not in found.get(prefix, {})})
    return found
