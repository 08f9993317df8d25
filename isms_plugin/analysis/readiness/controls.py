"""State of every applicable control as an audit of Stage 2 sees it: design, operation, and what was found (clause 8.1, Annex A)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.clauses import in_force
from isms_plugin.analysis.readiness.concerns import Concern, by_clause, by_entry, merged
from isms_plugin.analysis.readiness.mock_audit import MockAudit
from isms_plugin.analysis.readiness.open_findings import OpenFinding, open_findings
from isms_plugin.analysis.readiness.operation import Operation, OperationState, operation
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.document import Document


class Design(Enum):
    """Whether something written says how a control works here."""

    IN_FORCE = "in force"
    CHANGED = "changed since approval"
    DRAFT = "draft only"
    NONE = "no document"


class ControlState(Enum):
    """What an auditor would note of a control, what weighs most first."""

    MAJOR = "major"
    MINOR = "minor"
    OFI = "opportunity for improvement"
    NOT_IMPLEMENTED = "not implemented yet"
    UNPROVED = "not shown"
    NO_OCCASION = "no occasion yet"
    COMPLIANT = "compliant"


_OF_GRADE: Final = {Grade.MAJOR: ControlState.MAJOR, Grade.MINOR: ControlState.MINOR, Grade.OFI: ControlState.OFI}
_OF_OPERATION: Final = {
    OperationState.NOT_IMPLEMENTED: ControlState.NOT_IMPLEMENTED,
    OperationState.UNPROVED: ControlState.UNPROVED,
    OperationState.NO_OCCASION: ControlState.NO_OCCASION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlStanding:
    """An applicable control: what says how it works, what shows that it does, and what is open about it."""

    row: SoaRow
    design: Design
    operation: Operation
    opened: tuple[OpenFinding, ...] = ()
    """Findings and nonconformities that are not settled."""
    concerns: tuple[Concern, ...] = ()
    """What a mock audit raises about it, its decision, its evidence or its actions."""

    @property
    def grade(self) -> Grade:
        """The gravest grade of what is open about it; off where nothing is."""
        return max((*(item.grade for item in self.opened), *(item.finding.grade for item in self.concerns)), default=Grade.OFF)

    @property
    def state(self) -> ControlState:
        """What an auditor would note today."""
        return _OF_GRADE.get(self.grade) or _OF_OPERATION.get(self.operation.state, ControlState.COMPLIANT)

    @property
    def reason(self) -> str:
        """Why, in a sentence without its full stop."""
        raised = [f"{item.entry.id} is open: {item.state}" for item in self.opened if item.grade is self.grade]
        raised += [_lower(CODES[item.finding.code].meaning) for item in self.concerns if item.finding.grade is self.grade]
        return "; ".join(raised) or self.operation.reason


def control_standings(facts: Facts, audit: MockAudit) -> dict[str, ControlStanding]:
    """Return the standing of every control that is applicable, by its id."""
    quoting, naming, opened = by_clause(facts, audit), by_entry(audit), open_findings(facts)
    found = {}
    for row in facts.soa:
        if row.decision is not None and row.decision.included:
            concerns = merged(quoting.get(row.control.id, ()), *(naming.get(name, ()) for name in _subjects(row)))
            found[row.control.id] = ControlStanding(
                row=row,
                design=design(facts, row),
                operation=operation(facts, row),
                opened=opened.get(row.control.id, ()),
                concerns=concerns,
            )
    return found


def excluded(facts: Facts) -> list[SoaRow]:
    """Return the controls that the statement leaves out."""
    return [row for row in facts.soa if row.decision is not None and row.decision.decision == "excluded"]


def undecided(facts: Facts) -> list[SoaRow]:
    """Return the controls on which nobody has decided."""
    return [row for row in facts.soa if row.decision is None or row.decision.decision is None]


def design(facts: Facts, row: SoaRow) -> Design:
    """Return whether a document in force says how a control works here; of several the best counts."""
    documents = [document for name in row.documents if (document := facts.isms.get(Document, name))]
    if any(in_force(facts, document) and facts.standings[document.id].state != "changed" for document in documents):
        return Design.IN_FORCE
    if any(in_force(facts, document) for document in documents):
        return Design.CHANGED
    return Design.DRAFT if documents else Design.NONE


def _subjects(row: SoaRow) -> Iterator[str]:
    """Ids of what a finding about the control may name; not its documents, which are found once and not with every control."""
    yield row.control.id
    if row.decision is not None:
        yield row.decision.id
    yield from row.evidence
    yield from row.actions


def _lower(meaning: str) -> str:
    return meaning[:1].lower() + meaning[1:].removesuffix(".")
