"""When a minor counts as a major: it came back, it stayed open past its day at a later audit, or its finding was graded so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from isms_plugin.analysis.corrective_action.finding import findings_behind
from isms_plugin.analysis.corrective_action.state import open_actions
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.audit import Audit
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.isms import Isms

ANSWER_DAYS: Final = 90
"""Days after which a nonconformity without any day of its own is late: the longest that bodies publish for the answer to a minor."""


class Escalation(NamedTuple):
    """One reason why a nonconformity counts as a major: the code that reports it, if one does, and the field it stands in."""

    code: Literal["nonconformity-repeated", "minor-unclosed", ""]
    why: str
    field: str


def effective_grade(isms: Isms, trace: Trace, item: Nonconformity, today: date) -> Literal["minor", "major"] | None:
    """Return the grade that counts; None where none is recorded and nothing makes it a major."""
    return "major" if item.grade == "major" or any(escalations(isms, trace, item, today)) else item.grade


def escalations(isms: Isms, trace: Trace, item: Nonconformity, today: date) -> Iterator[Escalation]:
    """Yield why an open nonconformity counts as a major, beside the grade of its own."""
    if item.closed:
        return
    earlier = isms.get(Nonconformity, item.follows)
    if earlier is not None and _came_back(earlier, item):
        yield Escalation("nonconformity-repeated", f"came back: {earlier.id} had been closed on {earlier.closed_on}", "follows")
    if item.grade != "major":
        audit = _late_at(isms, trace, item, today)
        if audit is not None:
            yield Escalation("minor-unclosed", f"was still open, past its day, when {audit.id} ended on {audit.ended_on}", "raised_on")
        for finding in findings_behind(isms, trace, item):
            if finding.grade == "major":
                yield Escalation("", f"is the major {finding.id}", "grade")


def _came_back(earlier: Nonconformity, item: Nonconformity) -> bool:
    closed, raised = earlier.closed_on, item.raised_on
    return closed is not None and raised is not None and closed <= raised and earlier.id != item.id


def _late_at(isms: Isms, trace: Trace, item: Nonconformity, today: date) -> Audit | None:
    """Return the first later audit at whose end a nonconformity was past its day and its effect not verified."""
    raising = {finding.audit for finding in findings_behind(isms, trace, item)}
    ended = [(audit.ended_on, audit) for audit in isms.of(Audit) if audit.ended_on and audit.living]
    for day, audit in sorted(ended, key=lambda pair: (pair[0], pair[1].id)):
        if day <= today and audit.id not in raising and _after(audit, day, item) and _late(isms, item, day):
            return audit
    return None


def _after(audit: Audit, ended: date, item: Nonconformity) -> bool:
    """Whether an audit came later: one during which a nonconformity was raised raised it."""
    if item.raised_on is None or ended <= item.raised_on:
        return False
    return audit.started_on is None or item.raised_on < audit.started_on


def _late(isms: Isms, item: Nonconformity, day: date) -> bool:
    body = item.certification_body
    if body and body.deadline and body.deadline < day and (body.accepted_on is None or body.accepted_on > day):
        return True
    verified = item.verified_on is not None and item.verified_on <= day
    return not verified and _own_day(isms, item) < day


def _own_day(isms: Isms, item: Nonconformity) -> date:
    """Return the day that an open nonconformity has to be done with: of the check of effect, else of its last open action."""
    planned = item.effect_due or max((action.due for action in open_actions(isms, item) if action.due), default=None)
    return planned or (item.raised_on or date.min) + timedelta(days=ANSWER_DAYS)
