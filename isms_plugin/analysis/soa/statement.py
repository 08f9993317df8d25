"""Statement of applicability (clause 6.1.3 d): a row for every control, with what calls for it and what stands behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from isms_plugin.analysis.trace import Trace
from isms_plugin.model.action import Action
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.control import Control, ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.isms import Isms
from isms_plugin.model.organization import ContextIssue, InterestedParty
from isms_plugin.model.requirement import Requirement
from isms_plugin.model.risk import Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class SoaRow:
    """A control, the decision on it, and the ids that its relations lead to; nothing retired."""

    control: Control
    decision: ControlDecision | None
    risks: tuple[str, ...] = ()
    """Risks that it treats."""
    requirements: tuple[str, ...] = ()
    """Requirements that it meets."""
    others: tuple[str, ...] = ()
    """What else calls for it: expectations, issues, and what the decision names besides."""
    counted_on: tuple[str, ...] = ()
    """Risks whose assessment counts on it; they do not call for it, but they say that it is there."""
    actions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    """Audit findings and nonconformities that are about it."""
    verified_on: date | None = None
    """When somebody last saw it work: the day of the decision's own, else the newest on which evidence was taken."""

    @property
    def drivers(self) -> tuple[str, ...]:
        """All that calls for it: risks, requirements, others."""
        return (*self.risks, *self.requirements, *self.others)

    @property
    def driven(self) -> bool:
        """Whether something calls for it, be it a decision of management alone."""
        return bool(self.drivers or (self.decision and self.decision.business_decision))


def statement_of_applicability(isms: Isms, trace: Trace) -> list[SoaRow]:
    """One row for each control, Annex A first, then the organization's own."""
    decisions = decisions_on(isms)
    return [_row(isms, control, decisions.get(control.id, []), trace) for control in isms.of(Control)]


def decisions_on(isms: Isms) -> dict[str, list[ControlDecision]]:
    """Return the decisions that are not retired, by the id of their control."""
    found: dict[str, list[ControlDecision]] = defaultdict(list)
    for decision in isms.of(ControlDecision):
        if decision.control and not decision.retired:
            found[decision.control].append(decision)
    return found


def _row(isms: Isms, control: Control, decisions: list[ControlDecision], trace: Trace) -> SoaRow:
    decision = decisions[0] if decisions else None
    subjects = [control.id, *([decision.id] if decision else [])]
    named = {key: list(getattr(decision, key)) if decision else [] for key in ("drivers", "actions", "documents", "evidence")}
    risks = _living(isms, trace.sources(control.id, Risk, "controls"), _of(isms, Risk, named["drivers"]))
    requirements = _living(isms, trace.sources(control.id, Requirement, "met_by"), _of(isms, Requirement, named["drivers"]))
    linked = [*trace.sources(control.id, InterestedParty, "met_by"), *trace.sources(control.id, ContextIssue, "leads_to")]
    others = (name for name in _living(isms, linked, named["drivers"]) if name not in risks and name not in requirements)
    evidence = _living(isms, *(trace.sources(subject, Evidence, "proves") for subject in subjects), named["evidence"])
    return SoaRow(
        control=control,
        decision=decision,
        risks=risks,
        requirements=requirements,
        others=tuple(others),
        counted_on=_living(isms, trace.sources(control.id, Risk, "existing")),
        actions=_living(isms, named["actions"], *(trace.sources(subject, Action, "purpose") for subject in subjects)),
        documents=_living(isms, trace.sources(control.id, Document, "controls"), named["documents"]),
        evidence=evidence,
        findings=_findings(isms, subjects, trace),
        verified_on=_verified_on(isms, decision, evidence),
    )


def _of(isms: Isms, declaration: type[Risk | Requirement], identifiers: Iterable[str]) -> list[str]:
    return [identifier for identifier in identifiers if isinstance(isms.entries.get(identifier), declaration)]


def _findings(isms: Isms, subjects: Iterable[str], trace: Trace) -> tuple[str, ...]:
    kinds, fields = (AuditFinding, Nonconformity), ("requirement", "concerns")
    return _living(isms, *(trace.sources(subject, kind, field) for subject in subjects for kind in kinds for field in fields))


def _verified_on(isms: Isms, decision: ControlDecision | None, evidence: Iterable[str]) -> date | None:
    if decision is not None and decision.verified_on is not None:
        return decision.verified_on
    days = [entry.taken_on for entry in (isms.get(Evidence, identifier) for identifier in evidence) if entry and entry.taken_on]
    return max(days, default=None)


def _living(isms: Isms, *lists: list[str]) -> tuple[str, ...]:
    """Each id once, less those of retired entries: a tombstone neither calls for a control nor supports one."""
    named = dict.fromkeys(identifier for found in lists for identifier in found)
    return tuple(identifier for identifier in named if not (identifier in isms.entries and isms.entries[identifier].retired))
