"""What is missing among documented information: documents, records, versions (clauses 7.5.1 to 7.5.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from isms_plugin.analysis.calendar.nil_returns import dated_registers, nil_returns
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage, register_place
from isms_plugin.analysis.readiness.documented_information import Answered, documented_information
from isms_plugin.model.action import Action
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.history import Completeness
from isms_plugin.model.objective import Measure

ELSEWHERE: Final = frozenset({"soa", "risk-assessment-results", "audit-programme", "audit-results", "management-review-results"})
"""What other finders report under a name of its own, so that nothing is told twice."""

NEVER_DUE: Final = frozenset({"corrective-action-results"})
"""What comes with something else: each nonconformity is asked for its own result, and without any there is none to have."""


def find(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report required information that does not exist or is not approved.

    What clauses ask for in so many words is required; at Stage 1 no result of what is only under way.
    """
    for answered in documented_information(facts.isms):
        name = answered.item.id or ""
        required = answered.item.basis == "explicit" and name not in ELSEWHERE | NEVER_DUE
        if not required or (name in _RESULTS and stage.planned_suffices):
            continue
        if not (answered.documents or _recorded(facts, answered)):
            yield _missing(facts, answered)
        elif answered.item.kind == "document" and not _recorded(facts, answered) and not _approved(facts, answered):
            yield _unapproved(facts, answered)


def _recorded(facts: Facts, answered: Answered) -> bool:
    """Whether a register is the piece: with entries, with a statement that there was no occasion, or with the results that it asks for."""
    results = _RESULTS.get(answered.item.id or "")
    if results is not None:
        return results(facts)
    return any(count or nil_returns(facts.isms, kind.KIND.register) for kind, count in answered.registers)


def _approved(facts: Facts, answered: Answered) -> bool:
    """Whether a version of one of its documents is in force; that its text changed since is reported by itself."""
    return any(facts.standings[document.id].current for document in answered.documents)


def _operated(facts: Facts) -> bool:
    """Whether there is evidence, or a register of operation in which something happened."""
    dated = (kind for kind in dated_registers(facts.isms).values() if kind.KIND.group == Evidence.KIND.group)
    return any(entry.living for kind in dated for entry in facts.isms.of(kind))


def _treated(facts: Facts) -> bool:
    """Whether an action is done, or a control that treats a risk is implemented."""
    done = any(action.living and action.done_on is not None and action.done_on <= facts.today for action in facts.isms.of(Action))
    return done or any(row.risks and row.decision and row.decision.implemented for row in facts.soa)


def _measured(facts: Facts) -> bool:
    """Whether a measure has a value."""
    return any(measure.living and measure.values for measure in facts.isms.of(Measure))


_RESULTS: Final[Mapping[str, Callable[[Facts], bool]]] = {
    "operation": _operated,
    "risk-treatment-results": _treated,
    "measurement-results": _measured,
}
"""What only operation brings, and how one sees that it is there."""


def _missing(facts: Facts, answered: Answered) -> Diagnostic:
    registers = [kind for kind, _ in answered.registers]
    named = " or ".join(f"`{kind.KIND.register}`" for kind in registers if kind is not Document)
    document = f"write the document and give it `answers: [{answered.item.id}]`"
    return Diagnostic(
        code="information-missing",
        message=f"{answered.clause.id} {answered.clause.name}: nothing is registered as {answered.item.name}",
        hint=f"fill the register {named}, or {document}" if named else document,
        entry=answered.clause.id,
        place=register_place(facts, registers[0]) if named else Place(),
    )


def _unapproved(facts: Facts, answered: Answered) -> Diagnostic:
    document = answered.documents[0]
    named = ", ".join(f"{item.id} {item.name} ({_state(facts, item)})" for item in answered.documents)
    return Diagnostic(
        code="information-unapproved",
        message=f"{answered.clause.id} {answered.clause.name}: no approved version of {answered.item.name}: {named}",
        hint=f"have it approved and put the decision on record: `isms approve {document.id}`",
        entry=document.id,
        place=facts.isms.place(document).at("status"),
    )


def _state(facts: Facts, document: Document) -> str:
    if document.draft:
        return document.status.replace("_", " ")
    records = facts.standings[document.id].records
    return f"its approval {records[0].id} does not count" if records else "no approval on record"


def find_version_control(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report that nothing shows versions: no history, or documents of which none has a version."""
    documents = [document for document in facts.isms.of(Document) if not document.retired]
    if facts.history.completeness is Completeness.UNKNOWN:
        reason = f": {facts.history.reason}" if facts.history.reason else ""
        yield Diagnostic(
            code="not-version-controlled",
            message=f"the history is unknown, so nothing shows who changed which document and when{reason}",
            hint="keep documents and registers in a git repository, and work from a clone of it",
        )
    elif documents and not any(document.version for document in documents):
        yield Diagnostic(
            code="not-version-controlled",
            message=f"no document has a version: {len(documents)} in {facts.settings.policies}",
            hint="add `version` to the front matter of each document, and raise it with each change",
            place=facts.isms.place(documents[0]),
        )
