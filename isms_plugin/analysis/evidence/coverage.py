"""Coverage of the audited period: for which calendar periods there is evidence, and for which there is none (clause 8.1).

A calendar period counts when it ends within the audited period; one that is not over yet is open, not missing. A piece
of evidence counts for every calendar period of which it covers at least half the days, and where it covers half of
none, for the one in which it ends: a review of the third quarter that began in June proves nothing about the second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from isms_plugin.analysis.evidence.state import in_future
from isms_plugin.model.cadence import Every, Period, periods
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.isms import Isms

Mark = Literal["covered", "missing", "open"]
_WORDS: dict[Every, tuple[str, str]] = {
    "week": ("week", "weeks"), "month": ("month", "months"), "quarter": ("quarter", "quarters"), "half_year": ("half-year", "half-years"),
    "year": ("year", "years"), "two_years": ("period of two years", "periods of two years"),
    "three_years": ("period of three years", "periods of three years"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredPeriod:
    """One calendar period and the evidence that counts for it."""

    name: str
    period: Period
    evidence: tuple[str, ...]
    over: bool
    """Whether it has to be covered by now."""

    @property
    def mark(self) -> Mark:
        """What became of it."""
        return "covered" if self.evidence else "missing" if self.over else "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCoverage:
    """A proved entry and how often evidence for it is due, with the calendar periods of the audited period."""

    target: str
    every: Every
    evidence: tuple[Evidence, ...]
    """All that counts as one series: the same cadence, the same entry proved."""
    periods: tuple[CoveredPeriod, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the periods without evidence."""
        return tuple(item.name for item in self.periods if item.mark == "missing")

    @property
    def sentence(self) -> str:
        """Return the coverage in words: 3 of 4 quarters, 2026 Q2 missing."""
        due = [item for item in self.periods if item.over]
        one, many = _WORDS[self.every]
        if not due:
            return f"no {one} of the audited period is over yet"
        covered = sum(item.mark == "covered" for item in due)
        told = f"{covered} of {len(due)} {one if len(due) == 1 else many}"
        return f"{told}, {', '.join(self.missing)} missing" if self.missing else told


def evidence_coverage(isms: Isms, audited: Period, today: date) -> tuple[EvidenceCoverage, ...]:
    """Return the coverage of every proved entry and cadence, in the order of the entries."""
    series: dict[tuple[str, Every], list[Evidence]] = defaultdict(list)
    for evidence in isms.of(Evidence):
        if evidence.every and evidence.living:
            for target in dict.fromkeys(evidence.proves):
                series[target, evidence.every].append(evidence)
    order = {identifier: number for number, identifier in enumerate(isms.entries)}
    known = sorted((key for key in series if key[0] in order), key=lambda key: (order[key[0]], key[1]))
    return tuple(_coverage(target, every, series[target, every], audited, today) for target, every in known)


def _coverage(target: str, every: Every, found: list[Evidence], audited: Period, today: date) -> EvidenceCoverage:
    counted: dict[str, list[str]] = defaultdict(list)
    for evidence in found:
        if not in_future(evidence, today):
            for name in counts_for(evidence, every):
                counted[name].append(evidence.id)
    end = min(audited.last, today)
    shown = tuple(
        CoveredPeriod(name=name, period=period, evidence=tuple(counted.get(name, ())), over=period.last <= end)
        for name, period in periods(every, Period(audited.first, max(audited.first, end)))
    )
    return EvidenceCoverage(target=target, every=every, evidence=tuple(found), periods=shown)


def counts_for(evidence: Evidence, every: Every) -> Iterator[str]:
    """Names of the calendar periods that a piece of evidence counts for; none while its last day is unknown."""
    last = evidence.period_to or evidence.taken_on
    if last is None:
        return
    span = Period(min(evidence.period_from or last, last), last)
    touched = list(periods(every, span))
    halves = [name for name, period in touched if 2 * _days(span, period) >= (period.last - period.first).days + 1]
    yield from halves or [touched[-1][0]]


def _days(span: Period, period: Period) -> int:
    """How many days two overlapping spans share."""
    return (min(span.last, period.last) - max(span.first, period.first)).days + 1


Gap = tuple[Evidence, Every, tuple[str, ...]]
"""The newest evidence of a series, its cadence, and the names of the periods that have none."""


def gaps(coverage: Iterable[EvidenceCoverage]) -> dict[Gap, list[EvidenceCoverage]]:
    """Return coverages with missing periods, those together whose newest evidence and gap are the same."""
    found: dict[Gap, list[EvidenceCoverage]] = defaultdict(list)
    for item in coverage:
        if item.missing:
            newest = max(item.evidence, key=lambda evidence: (evidence.period_to or date.min, evidence.id))
            found[newest, item.every, item.missing].append(item)
    return found
