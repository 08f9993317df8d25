"""The part of a work sheet about one clause, control or other entry: what answers it, what is known of it, and places for notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from isms_plugin.analysis.audits.scope import audited_in, findings_on
from isms_plugin.analysis.corrective_action.finding import finding_state, findings_behind, taken_up_by
from isms_plugin.analysis.corrective_action.state import progress
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.clauses import ClauseStanding, clause_standings
from isms_plugin.analysis.readiness.concerns import Concern
from isms_plugin.analysis.readiness.controls import ControlStanding, control_standings
from isms_plugin.analysis.readiness.mock_audit import MockAudit
from isms_plugin.analysis.soa.statement import decisions_on
from isms_plugin.model.audit import Audit, AuditFinding
from isms_plugin.model.control import Control
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Nonconformity

NOTES: Final = ("Facts:", "Samples:", "Grade (compliant, OFI, minor, major):")
"""Places for what is written by hand."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of everything before the audit begins."""

    facts: Facts
    audit: Audit
    clauses: Mapping[str, ClauseStanding]
    controls: Mapping[str, ControlStanding]

    @classmethod
    def of(cls, facts: Facts, audit: Audit, mock: MockAudit) -> Known:
        """Work out what is known, with what a mock audit raises."""
        return cls(facts, audit, clause_standings(facts, mock), control_standings(facts, mock))


def subject_lines(known: Known, subject: Entry) -> Iterator[str]:
    """Return the section of one entry as lines of Markdown."""
    yield f"### {subject.id} {one_line(subject.name)}"
    yield ""
    clause, control = known.clauses.get(subject.id), known.controls.get(subject.id)
    if clause is not None:
        yield from _clause(known, clause)
    elif control is not None:
        yield from _control(known, control)
    else:
        yield from _other(known, subject)
    yield from _before(known, subject)
    yield ""
    for note in NOTES:
        yield from (note, "", "")


def one_line(text: str) -> str:
    """Return a text without line breaks."""
    return " ".join(text.split())


def named(facts: Facts, identifiers: Iterable[str]) -> str:
    """Return entries by id and name."""
    entries = (facts.isms.entries.get(identifier) for identifier in identifiers)
    return "; ".join(f"{entry.id} {one_line(entry.name)}" for entry in entries if entry)


def finding_words(facts: Facts, finding: AuditFinding | Nonconformity) -> str:
    """Return a finding or nonconformity with its grade, and where it stands."""
    told = f"{finding.id} {finding.grade or 'not graded'}, {one_line(finding.name)}"
    if isinstance(finding, Nonconformity):
        return f"{told}: {progress(facts.isms, finding, facts.today).sentence}"
    taker = taken_up_by(facts.isms, facts.trace, finding)
    state = finding_state(facts.isms, facts.trace, finding).value
    if taker is None:
        return f"{told}: {state}"
    where = f", {progress(facts.isms, taker, facts.today).sentence}" if isinstance(taker, Nonconformity) else ""
    return f"{told}: {state} by {taker.id}{where}"


def _clause(known: Known, standing: ClauseStanding) -> Iterator[str]:
    for piece in standing.pieces:
        documents = _documents(known.facts, piece.answered.documents)
        yield f"- Asked for: {one_line(piece.answered.item.name)}: {one_line(piece.text)}{f' ({documents})' if documents else ''}"
    registers = {kind: count for piece in standing.pieces for kind, count in piece.answered.registers} | dict(standing.registers)
    if standing.documents:
        yield f"- Documents: {_documents(known.facts, standing.documents)}"
    if registers:
        yield f"- Registers: {'; '.join(f'{kind.KIND.register}, {count} entries' for kind, count in registers.items())}"
    if standing.evidence:
        yield f"- Evidence: {named(known.facts, standing.evidence)}"
    yield f"- Today: {standing.state.value}"
    yield from _raised(standing.concerns)


def _control(known: Known, standing: ControlStanding) -> Iterator[str]:
    row = standing.row
    decision = row.decision
    if decision is not None:
        state = (decision.state or "no state recorded").replace("_", " ")
        yield f"- Decision: {decision.decision}, {state}{f', due {decision.due}' if decision.due and not decision.implemented else ''}"
        yield f"- Owner: {_person(known.facts, decision.owner)}"
        if decision.how:
            yield f"- How it is done here: {one_line(decision.how)}"
    documents = [document for name in row.documents if (document := known.facts.isms.get(Document, name))]
    yield f"- Documents: {_documents(known.facts, documents) or 'none'}"
    yield f"- Evidence: {named(known.facts, row.evidence) or 'none'}"
    if row.risks:
        yield f"- Risks: {named(known.facts, row.risks)}"
    yield f"- Today: {standing.state.value}: {one_line(standing.reason)}"
    yield from _raised(standing.concerns)


def _other(known: Known, subject: Entry) -> Iterator[str]:
    if isinstance(subject, Control):
        for decision in decisions_on(known.facts.isms).get(subject.id, [])[:1]:
            yield f"- Decision: {decision.decision}: {one_line(decision.reason or 'no reason recorded')}"
            yield f"- Owner: {_person(known.facts, decision.owner)}"
        return
    yield f"- Owner: {_person(known.facts, subject.owner)}"
    yield f"- Written in: {known.facts.isms.place(subject)}"


def _before(known: Known, subject: Entry) -> Iterator[str]:
    """Yield what earlier audits did and found."""
    facts = known.facts
    audits = audited_in(facts.isms, subject.id, known.audit)
    yield f"- Audited before: {', '.join(f'{audit.id} (ended {audit.ended_on})' for audit in audits) or 'in no audit on record'}"
    decisions = [decision.id for decision in decisions_on(facts.isms).get(subject.id, ())]
    for finding in findings_on(facts.isms, facts.trace, (subject.id, *decisions)):
        if _earlier(known, finding):
            yield f"- Found before: {finding_words(facts, finding)}"


def _earlier(known: Known, finding: AuditFinding | Nonconformity) -> bool:
    """Whether something was found before this audit, and no finding that it came from tells of it already."""
    if isinstance(finding, AuditFinding):
        return finding.audit != known.audit.id
    return not findings_behind(known.facts.isms, known.facts.trace, finding)


def _raised(concerns: Iterable[Concern]) -> Iterator[str]:
    for finding, items in concerns:
        for item in items:
            place = f" ({item.place})" if item.place.path else ""
            yield f"- A mock audit raises: {finding.grade.word}, {one_line(item.message)} [{finding.code}]{place}"


def _documents(facts: Facts, documents: Iterable[Document]) -> str:
    return "; ".join(_document(facts, document) for document in documents)


def _document(facts: Facts, document: Document) -> str:
    version = f", version {document.version}" if document.version else ""
    return f"{document.id} {one_line(document.name)}{version}, {document.status}, {_person(facts, document.owner)}"


def _person(facts: Facts, identifier: str | None) -> str:
    entry = facts.isms.entries.get(identifier or "")
    return f"{entry.name} ({entry.id})" if entry else identifier or "nobody named"
