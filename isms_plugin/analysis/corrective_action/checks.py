"""What an auditor would object to in findings and corrective action (clause 10.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from isms_plugin.analysis.corrective_action.escalation import escalations
from isms_plugin.analysis.corrective_action.finding import nonconforming, raised_by_body, taken_up_by
from isms_plugin.analysis.corrective_action.state import actions_of, doers, evidence_of
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.action import Action
from isms_plugin.model.audit import Audit, AuditFinding
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.isms import Isms

TAKE_UP_DAYS: Final = 14
"""Days that are given to enter what an audit found, from its end; ours, since reports take a while to arrive."""
_ESCALATED: Final = "treat it as a major: find the cause that was missed, and close it with evidence that its removal works"


def check_corrective_action(isms: Isms, trace: Trace, today: date) -> Iterator[Diagnostic]:
    """Report findings that nobody takes up or that were declined wrongly, minors that became majors, and closures without their parts."""
    for finding in isms.of(AuditFinding):
        if finding.living:
            yield from _declined(isms, finding)
            yield from _not_taken_up(isms, trace, finding, today)
    for item in isms.of(Nonconformity):
        if item.living:
            yield from _verified_by_doer(isms, item)
            yield from _escalated(isms, trace, item, today)
            yield from _closed(isms, trace, item)


def _declined(isms: Isms, finding: AuditFinding) -> Iterator[Diagnostic]:
    if finding.declined and nonconforming(finding):
        told = f"{finding.id} is a {finding.grade} and was declined"
        yield _at(isms, finding, "finding-declined", "declined", told, "only opportunities may be declined: take it up with `becomes`")
    elif finding.declined and not finding.declined_why:
        told = f"{finding.id} was declined, and no reason says why"
        yield _at(
            isms, finding, "finding-declined", "declined", told, "give the reason in `declined_why`; there is no obligation beyond it"
        )


def _not_taken_up(isms: Isms, trace: Trace, finding: AuditFinding, today: date) -> Iterator[Diagnostic]:
    """Report nonconformities of ended audits that nothing takes up, from the day after the days that are given."""
    audit = isms.get(Audit, finding.audit)
    ended = audit.ended_on if audit is not None else None
    if ended is None or not nonconforming(finding) or finding.declined or taken_up_by(isms, trace, finding) is not None:
        return
    last = max(ended, finding.found_on or ended) + timedelta(days=TAKE_UP_DAYS)
    if today > last:
        told = f"{finding.id}, a {finding.grade} of {finding.audit}, is taken up by nothing; {TAKE_UP_DAYS} days ended on {last}"
        yield _at(isms, finding, "finding-not-taken-up", "becomes", told, "enter the nonconformity and name it in `becomes`")


def _verified_by_doer(isms: Isms, item: Nonconformity) -> Iterator[Diagnostic]:
    if item.verified_by is not None and item.verified_by in doers(isms, item):
        done = ", ".join(action.id for action in actions_of(isms, item) if action.owner == item.verified_by)
        told = f"{item.id}: {item.verified_by} verified the effect and carried out {done}"
        yield _at(isms, item, "verified-by-doer", "verified_by", told, "have somebody else check the effect")


def _escalated(isms: Isms, trace: Trace, item: Nonconformity, today: date) -> Iterator[Diagnostic]:
    for escalation in escalations(isms, trace, item, today):
        if escalation.code:
            yield _at(isms, item, escalation.code, escalation.field, f"{item.id} {escalation.why}", _ESCALATED)


def _closed(isms: Isms, trace: Trace, item: Nonconformity) -> Iterator[Diagnostic]:
    """Report what was not there when a nonconformity was closed; that fields are empty is reported for every kind."""
    if item.closed_on is None:
        return
    faults = (*_early(item, item.closed_on, actions_of(isms, item)), *_unproved(isms, trace, item, item.closed_on))
    for field, told, hint in faults:
        yield _at(isms, item, "closed-without-parts", field, f"{item.id} was closed on {item.closed_on}, {told}", hint)


def _early(item: Nonconformity, closed: date, actions: list[Action]) -> Iterator[tuple[str, str, str]]:
    """Yield field, fact and hint for what happened in the wrong order."""
    for action in actions:
        if action.done_on is None:
            yield "closed_on", f"and {action.id} is not done", "take `closed_on` out until it is done and its effect verified"
        elif action.done_on > closed:
            yield "closed_on", f"before {action.id} was done on {action.done_on}", "close it on the day on which everything was there"
        elif item.verified_on is not None and item.verified_on < action.done_on:
            told = f"and its effect was verified on {item.verified_on}, before {action.id} was done on {action.done_on}"
            yield "verified_on", told, "verify the effect again after some time in operation"
    if item.verified_on is not None and item.verified_on > closed:
        yield "closed_on", f"before its effect was verified on {item.verified_on}", "close it on the day of the check, or later"


def _unproved(isms: Isms, trace: Trace, item: Nonconformity, closed: date) -> Iterator[tuple[str, str, str]]:
    """Yield field, fact and hint where evidence or the answer of the certification body is missing."""
    if not evidence_of(isms, trace, item, *actions_of(isms, item)):
        yield "closed_on", "and no evidence shows that it works", "register the evidence with the nonconformity or its action in `for`"
    body = item.certification_body
    accepted = body.accepted_on if body is not None else None
    if raised_by_body(isms, trace, item) and (accepted is None or accepted > closed):
        told = (
            f"before the certification body accepted the answer on {accepted}"
            if accepted
            else "and the certification body has accepted no answer"
        )
        yield "certification_body", told, "close it once the certification body has accepted the answer: `accepted_on`"


def _at(isms: Isms, entry: AuditFinding | Nonconformity, code: str, field: str, told: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, message=told, hint=hint, entry=entry.id, place=isms.place(entry).at(field))
