"""Measures on a day: which values stand, whether the next one is due, and what they say of the target (clause 9.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from isms_plugin.model.cadence import following, name_of
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.former import Former, FormerValue
from isms_plugin.model.history import History
from isms_plugin.model.isms import Isms
from isms_plugin.model.objective import GRACE_DAYS, Measure, Measurement

Timing = Literal["no value", "fresh", "in grace", "stale", "no cadence"]
"""Nothing measured; the next value is not asked for yet; its period is over and the days of grace run; those are over too;
nothing says how often.
"""
Result = Literal["reached", "missed", "no target"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureState:
    """Where a measure stands on a day."""

    timing: Timing
    latest: Measurement | None = None
    before: Measurement | None = None
    """The value of the period before the latest one."""
    result: Result | None = None
    """What the latest value says of the target; None while there is no value."""
    due: date | None = None
    """Last day on which the next value is in time."""

    @property
    def current(self) -> bool:
        """Whether there is a value, and the next one is not late."""
        return self.timing in ("fresh", "in grace", "no cadence")


class Correction(NamedTuple):
    """A value that stands, and those for the same period that it took the place of, oldest first."""

    standing: Measurement
    replaced: tuple[Measurement, ...]


def measure_state(measure: Measure, day: date) -> MeasureState:
    """Return where a measure stands on a day; values recorded later do not count."""
    standing = standing_values(measure, day)
    if not standing:
        return MeasureState(timing="no value", due=_first_due(measure))
    latest = standing[-1]
    timing, due = _timing(measure, latest, day)
    return MeasureState(
        timing=timing, latest=latest, before=standing[-2] if len(standing) > 1 else None, result=result_of(measure, latest), due=due
    )


def standing_values(measure: Measure, day: date | None = None) -> list[Measurement]:
    """Return the values that stand, on a day if one is given, the oldest period first."""
    return [correction.standing for correction in _by_period(measure, day)]


def corrections(measure: Measure, day: date | None = None) -> list[Correction]:
    """Return the values that took the place of others, the oldest period first."""
    return [correction for correction in _by_period(measure, day) if correction.replaced]


def result_of(measure: Measure, value: Measurement) -> Result | None:
    """Return what a value says of the target; None for one without a number."""
    if value.value is None:
        return None
    if measure.target is None:
        return "no target"
    reached = value.value <= measure.target if measure.direction == "at_most" else value.value >= measure.target
    return "reached" if reached else "missed"


def period_name(measure: Measure, value: Measurement) -> str:
    """Return the period of a value as people say it; its last day where the measure has no cadence."""
    if measure.every and value.period_from:
        return name_of(measure.every, value.period_from)
    return value.period_to.isoformat() if value.period_to else ""


def _by_period(measure: Measure, day: date | None) -> list[Correction]:
    """Return what stands for each period: of several values the one recorded last corrects the others."""
    found: dict[tuple[date, date], list[tuple[date, Measurement]]] = defaultdict(list)
    for value in measure.values:
        if value.value is None or value.period_from is None or value.period_to is None or value.recorded_on is None:
            continue
        if day is None or value.recorded_on <= day:
            found[value.period_to, value.period_from].append((value.recorded_on, value))
    ordered = (sorted(found[period], key=lambda pair: pair[0]) for period in sorted(found))
    return [Correction(values[-1][1], tuple(value for _, value in values[:-1])) for values in ordered]


def _timing(measure: Measure, latest: Measurement, day: date) -> tuple[Timing, date | None]:
    if measure.every is None or latest.period_to is None:
        return "no cadence", None
    end = following(measure.every, latest.period_to).last
    due = end + _grace(measure)
    return "fresh" if day <= end else "in grace" if day <= due else "stale", due


def _first_due(measure: Measure) -> date | None:
    """Return the day by which the first value is due; None where nothing says since when it is measured."""
    return following(measure.every, measure.created).last + _grace(measure) if measure.every and measure.created else None


def _grace(measure: Measure) -> timedelta:
    return timedelta(days=GRACE_DAYS if measure.grace_days is None else measure.grace_days)


def check_measures(isms: Isms, history: History) -> Iterator[Diagnostic]:
    """Report measured values that a baseline held and that are gone or another number now."""
    unread = {fault.entry for fault in isms.faults if fault.code == "invalid-value"}
    for measure in isms.of(Measure):
        if not measure.retired and measure.id not in unread:
            yield from _rewritten(isms, measure, history.former)


def _rewritten(isms: Isms, measure: Measure, former: Sequence[Former]) -> Iterator[Diagnostic]:
    now = [_former(value) for value in measure.values]
    told = set(now)
    for state in former:
        for old in state.values.get(measure.id, ()):
            if old in told:
                continue
            told.add(old)
            position = next((place for place, value in enumerate(now) if value[:3] == old[:3]), None)
            became = "is gone" if position is None else f"is {now[position].value:.12g} now"
            yield Diagnostic(
                code="value-rewritten",
                message=f"{measure.id}: the value of {old.period_from} to {old.period_to}, recorded on {old.recorded_on}, was "
                f"{old.value:.12g} in {state.name} and {became}",
                hint="bring it back as it was; a correction is a further value for the same period with a `recorded_on` of its own",
                entry=measure.id,
                place=isms.place(measure).at("values", *(() if position is None else (position, "value"))),
            )


def _former(value: Measurement) -> FormerValue:
    number = float("nan") if value.value is None else value.value
    return FormerValue(_iso(value.period_from), _iso(value.period_to), _iso(value.recorded_on), number)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
