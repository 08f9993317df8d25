"""What is missing about controls: an approved statement, and evidence that they work (clauses 6.1.3 and 8.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from isms_plugin.analysis.documents.approvals import Issue
from isms_plugin.analysis.evidence.state import Check, State
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage, register_place
from isms_plugin.analysis.readiness.documented_information import documents_of
from isms_plugin.analysis.readiness.operation import Operation, OperationState, operation
from isms_plugin.analysis.soa.issued import SOA
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.document import Document
from isms_plugin.model.history import Completeness

_BROKEN: Final = (Check.CHANGED, Check.MISSING)


def find_statement(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report rows that decide nothing yet, and a statement that is not approved or not frozen."""
    yield from _undecided(facts)
    documents = documents_of(facts.isms, SOA)
    issued = [(document, issue) for document in documents if (issue := facts.standings[document.id].current)]
    decided = any(row.decision and row.decision.decision for row in facts.soa)
    if not decided or not issued:
        yield _not_approved(facts, documents, decided=decided)
        return
    document, issue = issued[0]
    day = issue.approval.decided_on or date.min
    frozen = any(baseline.date.date() >= day for baseline in facts.history.baselines)
    # a clone without its whole history may lack the tag
    if not frozen and facts.history.completeness is Completeness.COMPLETE:
        yield _not_frozen(facts, document, issue)


def _undecided(facts: Facts) -> Iterator[Diagnostic]:
    """Report drafts without a decision, which `isms check` lets be; where nothing is decided at all, one sentence says so."""
    if not any(row.decision and row.decision.decision for row in facts.soa):
        return
    for row in facts.soa:
        if row.decision is not None and row.decision.draft and row.decision.decision is None:
            yield Diagnostic(
                code="no-decision",
                message=f"{row.control.id} {row.control.name} has a draft that decides nothing yet",
                hint="fill in `decision` and `reason`",
                entry=row.decision.id,
                place=facts.isms.place(row.decision),
            )


def _not_approved(facts: Facts, documents: Sequence[Document], *, decided: bool) -> Diagnostic:
    named = ", ".join(document.id for document in documents)
    if not decided:
        told = "no control has a decision, so there is no statement of applicability to approve"
        hint = "decide on every control in the register `soa`, and have the statement approved"
    elif not documents:
        told = "no document is the statement of applicability, so nothing shows who approved it"
        hint = f"write its cover document with scope, version and `answers: [{SOA}]`, and have it approved"
    else:
        told = f"{named}: no version of the statement of applicability is approved"
        hint = f"have it approved and put the decision on record: `isms approve {documents[0].id}`"
    missing = not decided or not documents
    return Diagnostic(
        code="soa-not-approved",
        message=told,
        hint=hint,
        entry="" if missing else documents[0].id,
        place=register_place(facts, ControlDecision) if missing else facts.isms.place(documents[0]).at("status"),
    )


def _not_frozen(facts: Facts, document: Document, issue: Issue) -> Diagnostic:
    newest = facts.history.baselines[0] if facts.history.baselines else None
    last = f"the newest, {newest.name}, is of {newest.date.date()}" if newest else "there is none at all"
    return Diagnostic(
        code="soa-not-frozen",
        message=f"{document.id} {issue.version} was approved on {issue.approval.decided_on}, and no baseline is as new: {last}",
        hint="freeze what was approved: `isms baseline create NAME`",
        entry=document.id,
        place=facts.isms.place(document).at("version"),
    )


def find_unproved(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report implemented controls that nothing shows to work, less those that other checks of the same report already."""
    for row in facts.soa:
        found = operation(facts, row)
        if row.decision is None or found.state is not OperationState.UNPROVED or _told_already(facts, row, found):
            continue
        yield Diagnostic(
            code="control-unproved",
            message=f"{row.control.id} {row.control.name} is implemented, but nothing shows that it works: {found.reason}",
            hint=f"register evidence with `for: [{row.control.id}]`, as `isms evidence request` says",
            entry=row.decision.id,
            place=facts.isms.place(row.decision).at("state"),
        )


def _told_already(facts: Facts, row: SoaRow, found: Operation) -> bool:
    """Whether it has neither document nor evidence, or evidence that has run out or is not the file it was: these have their own codes."""
    if not row.documents and not row.evidence:
        return True
    subjects = {row.control.id, row.decision.id if row.decision else ""}
    standings = [facts.evidence[name] for name in found.stale if name in facts.evidence]
    expired = (item.state is State.EXPIRED and subjects.intersection(item.unfollowed) for item in standings)
    return any(expired) or any(item.check in _BROKEN for item in standings)
