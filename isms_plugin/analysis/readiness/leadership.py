"""What is missing in leadership: the policy of top management, deputies (clauses 5.2 and 5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from isms_plugin.analysis.documents.approvals import Issue
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.documented_information import documents_of
from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.approval import Approval
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.organization import Communication
from isms_plugin.model.people import Person, Role

POLICY: Final = "policy"
"""What the document of the policy answers."""


def find_policy(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report a policy that nobody of top management approved, or that nobody was told of."""
    documents = documents_of(facts.isms, POLICY)
    issued = [(document, issue) for document in documents if (issue := facts.standings[document.id].current)]
    if not any(_by_top_management(facts, issue) for _, issue in issued):
        yield _not_by_top_management(facts, documents, [issue for _, issue in issued])
    if issued and not any(_communicated(facts, document) for document, _ in issued):
        document = issued[0][0]
        yield Diagnostic(
            code="policy-not-communicated",
            message=f"{document.id} {document.name}: nobody has acknowledged it, and no communication that was done names it",
            hint=f"have it acknowledged (`isms ack`), or link {document.id} to the entry of `communication` that tells when it was told",
            entry=document.id,
            place=facts.isms.place(document).at("ack_required") if document.ack_required else facts.isms.place(document),
        )


def _by_top_management(facts: Facts, issue: Issue) -> bool:
    """Whether somebody approved or confirmed it who held a role of top management on that day."""
    top = [role for role in facts.isms.of(Role) if role.top_management and not role.draft]
    return any(_decided_as(facts, record, role) for record in (issue.approval, *issue.reviews) for role in top)


def _decided_as(facts: Facts, record: Approval, role: Role) -> bool:
    """Whether a named person decided who held a role; a deputy has to have decided in that role."""
    person = facts.isms.get(Person, record.person)
    if person is None or not role.held_by(person.id, record.decided_on or date.min):
        return False
    return record.role == role.id or role.deputy != person.id


def _not_by_top_management(facts: Facts, documents: list[Document], issues: list[Issue]) -> Diagnostic:
    hint = "have it approved by a person with a role of top management: `isms approve`"
    if not documents:
        told = "there is no information security policy that top management could have approved"
    elif not issues:
        told = f"{documents[0].id} {documents[0].name}: no version of the information security policy is approved"
    else:
        last = issues[0].last
        told = f"{documents[0].id} {issues[0].version} was approved by {last.person} on {last.decided_on}"
        if any(role.top_management and not role.draft for role in facts.isms.of(Role)):
            told += ", who held no role of top management on that day"
        else:
            told += ", and no role is marked as top management"
            hint = "set `top_management: true` in the role of whoever directs the organization"
    return Diagnostic(
        code="policy-not-by-top-management",
        message=told,
        hint=hint,
        entry=documents[0].id if documents else "",
        place=facts.isms.place(documents[0]).at("approver_role") if documents else Place(),
    )


def _communicated(facts: Facts, document: Document) -> bool:
    """Whether somebody acknowledged it, or it was told by a communication that links or names it."""
    acknowledged = any(
        item.document == document.id and item.living and (item.acknowledged_on or date.max) <= facts.today
        for item in facts.isms.of(Acknowledgement)
    )
    return acknowledged or any(_told(facts, item, document) for item in facts.isms.of(Communication))


def _told(facts: Facts, item: Communication, document: Document) -> bool:
    if not item.living:
        return False
    done = [time for time in item.done if time.told_on is None or time.told_on <= facts.today]
    named = any(relation.target == document.id for relation in facts.trace.outgoing.get(item.id, ()))
    word = re.compile(rf"(?<![\w-]){re.escape(document.id)}(?![\w-])")
    return bool(done and named) or any(word.search(time.reference or "") for time in done)


def find_roles(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report key roles for which nobody stands in: those of top management, and those that approve documents in force.

    Without their holder nothing can be decided or put in force; for all others it is the organization's own choice.
    """
    approving = {document.approver_role for document in facts.isms.of(Document) if document.in_force}
    for role in facts.isms.of(Role):
        key = role.top_management or role.id in approving
        if not role.living or not role.holder or not key or _stands_in(facts, role):
            continue
        why = f"deputy {role.deputy} is not here or holds it too" if role.deputy else "nobody stands in"
        yield Diagnostic(
            code="no-deputy",
            message=f"{role.id} {role.name}: {why}, and it {'is top management' if role.top_management else 'approves documents'}",
            hint="name a `deputy` who is here",
            entry=role.id,
            place=facts.isms.place(role).at("deputy") if role.deputy else facts.isms.place(role),
        )


def _stands_in(facts: Facts, role: Role) -> bool:
    person = facts.isms.get(Person, role.deputy)
    return person is not None and person.id != role.holder and not person.retired and person.active(facts.today)
