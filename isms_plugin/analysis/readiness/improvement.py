"""What is missing in improvement: open majors, an empty log (clauses 10.1 and 10.2)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.calendar.nil_returns import nil_returns
from isms_plugin.analysis.corrective_action.escalation import escalations
from isms_plugin.analysis.corrective_action.finding import finding_state, taken_up_by
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage, register_place
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.improvement import Improvement, Nonconformity


def find(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report majors that are open, and that nothing was ever recorded."""
    yield from _open_nonconformities(facts)
    yield from _open_findings(facts)
    recorded = (item for kind in (Nonconformity, Improvement) for item in facts.isms.of(kind))
    stated = (*nil_returns(facts.isms, Nonconformity.KIND.register), *nil_returns(facts.isms, Improvement.KIND.register))
    if all(item.retired for item in recorded) and not stated:
        yield Diagnostic(
            code="no-improvement-log",
            message="no nonconformity and no improvement is recorded, and nobody stated that there was none",
            hint="register what was found and improved, or add `- nil_return:` to `nonconformities` with its period and basis",
            place=register_place(facts, Nonconformity),
        )


def _open_nonconformities(facts: Facts) -> Iterator[Diagnostic]:
    """Report open majors, drafts included: what is open is open however it is written down.

    A minor that came back or stayed open too long is reported by a code of its own; one whose finding was graded major is reported here.
    """
    for item in facts.isms.of(Nonconformity):
        reasons = escalations(facts.isms, facts.trace, item, facts.today)
        graded = item.grade == "major" or any(reason.code == "" for reason in reasons)
        if graded and not item.closed and not item.retired:
            yield _open(facts, item, f"raised on {item.raised_on}" if item.raised_on else "raised on an unknown day")


def _open_findings(facts: Facts) -> Iterator[Diagnostic]:
    """Report majors that audits found and that no nonconformity stands for."""
    for item in facts.isms.of(AuditFinding):
        taker = taken_up_by(facts.isms, facts.trace, item)
        if item.grade != "major" or item.retired or isinstance(taker, Nonconformity):
            continue
        if finding_state(facts.isms, facts.trace, item).open:
            yield _open(facts, item, f"taken up by {taker.id}, which is no nonconformity" if taker else "taken up by nothing")


def _open(facts: Facts, item: Nonconformity | AuditFinding, told: str) -> Diagnostic:
    return Diagnostic(
        code="open-major",
        message=f"{item.id} {item.name}: an open major, {told}",
        hint="correct it, remove its cause, have the effect verified by somebody else, and close it",
        entry=item.id,
        place=facts.isms.place(item).at("grade"),
    )
