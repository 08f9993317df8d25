"""What became of the findings of audits: taken up, settled, declined, or nothing yet (clauses 9.2.2 and 10.2)."""

from __future__ import annotations

from enum import Enum
from typing import Final

from isms_plugin.analysis.trace import Trace
from isms_plugin.model.action import Action
from isms_plugin.model.audit import Audit, AuditFinding
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.isms import Isms

OF_THE_BODY: Final = ("stage_1", "stage_2", "surveillance", "recertification")
"""Kinds of audit that the certification body makes."""
_NONCONFORMING: Final = ("minor", "major")


class FindingState(Enum):
    """Where a finding stands."""

    COMPLIANT = "compliant"
    NOT_TAKEN_UP = "not taken up"
    TAKEN_UP = "taken up"
    SETTLED = "settled"
    DECLINED = "declined"

    @property
    def open(self) -> bool:
        """Whether something is still to be done or decided."""
        return self in (FindingState.NOT_TAKEN_UP, FindingState.TAKEN_UP)


def finding_state(isms: Isms, trace: Trace, finding: AuditFinding) -> FindingState:
    """Return where a finding stands; a nonconformity cannot be declined, whatever its entry says."""
    if finding.grade == "compliant":
        return FindingState.COMPLIANT
    if finding.declined and not nonconforming(finding):
        return FindingState.DECLINED
    taker = taken_up_by(isms, trace, finding)
    if taker is None:
        return FindingState.NOT_TAKEN_UP
    return FindingState.SETTLED if taker.closed else FindingState.TAKEN_UP


def nonconforming(finding: AuditFinding) -> bool:
    """Whether a requirement was not met."""
    return finding.grade in _NONCONFORMING


def taken_up_by(isms: Isms, trace: Trace, finding: AuditFinding) -> Entry | None:
    """Return what takes a finding up: what it becomes, else an action that serves it; the open one before one that is done."""
    became = isms.entries.get(finding.becomes or "")
    if became is not None and not became.retired:
        return became
    serving = (isms.get(Action, identifier) for identifier in trace.sources(finding.id, Action, "purpose"))
    actions = [action for action in serving if action is not None and not action.retired]
    return min(actions, key=lambda action: action.closed, default=None)


def findings_behind(isms: Isms, trace: Trace, item: Nonconformity) -> list[AuditFinding]:
    """Return the findings that became a nonconformity."""
    found = (isms.get(AuditFinding, identifier) for identifier in trace.sources(item.id, AuditFinding, "becomes"))
    return [finding for finding in found if finding is not None and not finding.retired]


def found_by_body(isms: Isms, finding: AuditFinding) -> bool:
    """Whether the certification body found it; an area of concern of Stage 1 counts as the finding that it would be in Stage 2."""
    audit = isms.get(Audit, finding.audit)
    return audit is not None and audit.kind in OF_THE_BODY


def raised_by_body(isms: Isms, trace: Trace, item: Nonconformity) -> bool:
    """Whether the certification body raised a nonconformity."""
    named = item.source == "certification_body" or item.certification_body is not None
    return named or any(found_by_body(isms, finding) for finding in findings_behind(isms, trace, item))
