"""Inputs on how the ISMS performs: nonconformities, measurements, audits, objectives, with their trends (clause 9.3.2 d)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from isms_plugin.analysis.corrective_action.finding import finding_state
from isms_plugin.analysis.corrective_action.state import progress
from isms_plugin.analysis.management_review.moment import Found, Item, Moment, counted
from isms_plugin.analysis.measurement import MeasureState, measure_state, period_name
from isms_plugin.model.audit import Audit, AuditFinding
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.objective import Measure, Measurement, Objective

_GRADES: Final = ("major", "minor", "ofi", "compliant")


def nonconformities(moment: Moment) -> Found:
    """Return nonconformities that are open, or were raised or closed in this period, and statements that there was none."""
    known = moment.living(Nonconformity)
    shown = [item for item in known if not item.closed or moment.within(item.raised_on) or moment.within(item.closed_on)]
    raised = [item for item in known if moment.within(item.raised_on)]
    closed = [item for item in known if moment.within(item.closed_on)]
    nil = [item for item in moment.living(NilReturn) if _states_none(moment, item)]
    before = sum(moment.just_before(item.raised_on) for item in known)
    trend = f" ({before} in as many days before)" if moment.since else ""
    still = sum(not item.closed for item in known)
    items = [*(_nonconformity(moment, item) for item in shown), *(Item(item, f"stated on {item.stated_on}") for item in nil)]
    return Found(
        summary=f"{len(raised)} raised in this period{trend}, {len(closed)} closed, {still} open.",
        items=tuple(items),
        missing=() if raised or nil else ("no nonconformity was raised in this period, and no nil return says that there was none",),
    )


def _states_none(moment: Moment, item: NilReturn) -> bool:
    named = item.register_name == Nonconformity.KIND.register and item.stated_on is not None and item.stated_on <= moment.day
    return named and item.period_to is not None and (moment.since is None or item.period_to >= moment.since)


def _nonconformity(moment: Moment, item: Nonconformity) -> Item:
    if item.closed:
        return Item(item, f"{item.grade or 'no grade'}, closed on {item.closed_on}")
    now = progress(moment.isms, item, moment.day)
    return Item(item, f"{item.grade or 'no grade'}, {now.sentence}", now.timing == "overdue")


def measurements(moment: Moment) -> Found:
    """Return the latest value of each measure, held against its target and against the value before."""
    states = [(measure, measure_state(measure, moment.day)) for measure in moment.living(Measure)]
    results = Counter(state.result for _, state in states)
    stale = sum(state.timing == "stale" for _, state in states)
    return Found(
        summary=f"{counted(len(states), 'measure')}: target reached by {results['reached']}, missed by {results['missed']}, "
        f"{results['no target']} without a target; {stale} without a current value.",
        items=tuple(Item(measure, measure_words(measure, state), state.timing == "stale") for measure, state in states),
        missing=tuple(_without_value(states)) if states else ("no measure is registered",),
    )


def _without_value(states: list[tuple[Measure, MeasureState]]) -> Iterator[str]:
    for measure, state in states:
        if state.latest is None:
            yield f"{measure.id}: no measured value"
        elif state.timing == "stale":
            yield f"{measure.id}: no measured value since {state.latest.period_to}, the next was due on {state.due}"


def measure_words(measure: Measure, state: MeasureState) -> str:
    """Return the latest value of a measure in words: its period, the target, and the value before."""
    if state.latest is None:
        return "no value"
    aim = (
        [f"{'at most' if measure.direction == 'at_most' else 'at least'} {measure.target:g}: {state.result}"]
        if measure.target is not None
        else []
    )
    before = [f"before {_value(measure, state.before)}"] if state.before else []
    beside = f" ({'; '.join((*aim, *before))})" if aim or before else ""
    return f"{_value(measure, state.latest)} in {period_name(measure, state.latest)}{beside}"


def _value(measure: Measure, value: Measurement) -> str:
    unit = f" {measure.unit}" if measure.unit and measure.unit != "number" else ""
    return "" if value.value is None else f"{value.value:g}{unit}"


def audits(moment: Moment) -> Found:
    """Return audits that ended in this period with what they found, those that are planned, and findings that are not settled."""
    known = moment.living(Audit)
    ended = [audit for audit in known if moment.within(audit.ended_on)]
    planned = [audit for audit in known if not audit.closed and audit.planned]
    findings = moment.living(AuditFinding)
    still = [finding for finding in findings if finding_state(moment.isms, moment.relations, finding).open]
    items = [Item(audit, f"ended on {audit.ended_on}: {_findings(audit, findings)}") for audit in ended]
    items += [
        Item(finding, f"{finding.grade or 'no grade'}, {finding_state(moment.isms, moment.relations, finding).value}") for finding in still
    ]
    items += [Item(audit, f"planned for {audit.planned}", moment.past(audit.planned)) for audit in planned]
    return Found(
        summary=f"{counted(len(ended), 'audit')} ended in this period; {counted(len(still), 'finding')} not settled.",
        items=tuple(items),
        missing=tuple(f"{audit.id} was planned for {audit.planned} and has not ended" for audit in planned if moment.past(audit.planned)),
    )


def _findings(audit: Audit, findings: Sequence[AuditFinding]) -> str:
    grades = Counter(finding.grade for finding in findings if finding.audit == audit.id)
    return ", ".join(f"{grades[grade]} {grade}" for grade in _GRADES if grades[grade]) or "no finding"


def objectives(moment: Moment) -> Found:
    """Return objectives that are open or were judged in this period, with the latest values of their measures."""
    shown = [item for item in moment.living(Objective) if not item.closed or moment.within(item.closed_on)]
    open_ones = sum(not item.closed for item in shown)
    missing = [f"{item.id}: no measured value" for item in shown if not item.closed and not _measured(moment, item)]
    return Found(
        summary=f"{open_ones} open, {len(shown) - open_ones} judged in this period.",
        items=tuple(_objective(moment, item) for item in shown),
        missing=tuple(missing) if shown else ("no objective is registered",),
    )


def _measured(moment: Moment, item: Objective) -> list[tuple[Measure, MeasureState]]:
    """Return the measures of an objective that have a value."""
    named = (moment.isms.get(Measure, identifier) for identifier in item.measures)
    states = ((measure, measure_state(measure, moment.day)) for measure in named if measure is not None)
    return [(measure, state) for measure, state in states if state.latest]


def _objective(moment: Moment, item: Objective) -> Item:
    if item.closed:
        return Item(item, f"{item.outcome or 'no outcome'}, judged on {item.closed_on}")
    values = "; ".join(f"{measure.id} {measure_words(measure, state)}" for measure, state in _measured(moment, item))
    late = moment.past(item.due)
    due = f"{'was due' if late else 'due'} on {item.due}" if item.due else "no day"
    return Item(item, "; ".join(filter(None, (due, values))), late)
