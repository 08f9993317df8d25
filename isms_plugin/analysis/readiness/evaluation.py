"""What is missing in evaluation: measurements, audits, reviews (clauses 9.1 to 9.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from isms_plugin.analysis.audits.programme import coverage
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.measurement import measure_state
from isms_plugin.analysis.readiness.check import Stage, register_place
from isms_plugin.model.audit import Audit, AuditProgramme
from isms_plugin.model.cadence import later
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.model.objective import Measure, Objective
from isms_plugin.model.organization import Site


def find_measurement(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report objectives in force of which no measure has a current value."""
    for objective in facts.isms.of(Objective):
        measures = [measure for name in objective.measures if (measure := facts.isms.get(Measure, name)) and not measure.retired]
        if not objective.living or objective.closed or any(_current(facts, measure) for measure in measures):
            continue
        told = ", ".join(measure.id for measure in measures)
        yield Diagnostic(
            code="objective-unmeasured",
            message=f"{objective.id} {objective.name}: " + (f"no current value of {told}" if told else "nothing measures it"),
            hint="add the value of the last period to the measure, or name a measure that has one",
            entry=objective.id,
            place=facts.isms.place(objective).at("measures") if objective.measures else facts.isms.place(objective),
        )


def _current(facts: Facts, measure: Measure) -> bool:
    """Whether a measure has a value and the next one is not late, or has none because the first is not due yet."""
    state = measure_state(measure, facts.today)
    return state.current or (state.due is not None and facts.today <= state.due)


def find_audits(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report a missing programme, what it leaves out, and that no internal audit took place in time."""
    living = facts.isms.living(AuditProgramme)
    covering = [item for item in living if _covers_today(facts, item)]
    approved = [item for item in covering if item.approved_by and item.approved_on and item.approved_on <= facts.today]
    if not approved:
        yield _no_programme(facts, living, covering)
    for programme in covering:
        yield from _uncovered(facts, programme)
    internal = [item for item in facts.isms.of(Audit) if item.kind == "internal" and item.living]
    under_way = any(item.started_on and item.started_on <= facts.today and not item.closed for item in internal)
    planned = [item.planned for item in internal if not item.closed]
    planned += [row.planned for programme in approved for row in programme.audits if not row.audit]
    held = any(_in_time(facts, item.ended_on) for item in internal)
    if not held and not (stage.planned_suffices and (under_way or _planned_in_time(facts, planned))):
        yield _not_held(facts, stage, Audit, "no-internal-audit", "internal audit", _last(facts, (item.ended_on for item in internal)))


def _covers_today(facts: Facts, programme: AuditProgramme) -> bool:
    """Whether today lies in the cycle of a programme; an end that is unknown is open."""
    first, last = programme.period_from or date.min, programme.period_to or date.max
    return first <= facts.today <= last


def _no_programme(facts: Facts, living: Sequence[AuditProgramme], covering: list[AuditProgramme]) -> Diagnostic:
    names = ", ".join(item.id for item in covering or living)
    told = f"nobody has approved {names}" if covering else f"{names} does not cover {facts.today}" if living else "there is none"
    found = next(iter(covering or living), None)
    return Diagnostic(
        code="no-audit-programme",
        message=f"programme of internal audits: {told}",
        hint="plan audits that cover all clauses and applicable controls in `audit-programme`, and have the programme approved",
        entry=found.id if found else "",
        place=facts.isms.place(found) if found else register_place(facts, AuditProgramme),
    )


def _uncovered(facts: Facts, programme: AuditProgramme) -> Iterator[Diagnostic]:
    """Report clauses and applicable controls that no audit of a programme reaches; that sites are visited the standard does not ask."""
    left = coverage(facts.isms, programme, facts.today).uncovered
    asked = [identifier for identifier in left if not isinstance(facts.isms.entries[identifier], Site)]
    if asked:
        yield Diagnostic(
            code="audit-coverage-gap",
            message=f"{programme.id} {programme.name}: no audit of it has covered or will cover {', '.join(asked)}",
            hint="add them to `covers` of an audit that is still to come",
            entry=programme.id,
            place=facts.isms.place(programme).at("audits") if programme.audits else facts.isms.place(programme),
        )


def find_reviews(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report that top management has not reviewed the ISMS in time."""
    reviews = facts.isms.living(ManagementReview)
    held = any(_in_time(facts, item.held_on) for item in reviews)
    planned = [item.planned for item in reviews if not item.held_on or item.held_on > facts.today]
    if not held and not (stage.planned_suffices and _planned_in_time(facts, planned)):
        last = _last(facts, (item.held_on for item in reviews))
        yield _not_held(facts, stage, ManagementReview, "no-management-review", "management review", last)


def _in_time(facts: Facts, day: date | None) -> bool:
    """Whether a day lies within the interval up to today; the day on which the interval ends counts."""
    return day is not None and day <= facts.today <= later(day, facts.settings.evaluation_interval)


def _planned_in_time(facts: Facts, days: Iterable[date | None]) -> bool:
    """Whether something is planned for today or for a day within the interval after it."""
    return any(day is not None and facts.today <= day <= later(facts.today, facts.settings.evaluation_interval) for day in days)


def _last(facts: Facts, days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day and day <= facts.today), default=None)


def _not_held(
    facts: Facts, stage: Stage, declaration: type[Audit] | type[ManagementReview], code: str, what: str, last: date | None
) -> Diagnostic:
    interval = facts.settings.evaluation_interval
    told = f"the last {what} was on {last}, more than {interval} months ago" if last else f"no {what} has taken place"
    return Diagnostic(
        code=code,
        message=f"{told}{', and none is planned' if stage.planned_suffices else ''}",
        hint=f"plan one in `{declaration.KIND.register}` within {interval} months"
        if stage.planned_suffices
        else f"hold one, and register it with its result in `{declaration.KIND.register}`",
        place=register_place(facts, declaration),
    )
