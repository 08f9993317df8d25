"""Approvals that a change needs: of which document, statement or risk, from which role, and who holds that today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from isms_plugin.analysis.changes import EntryChange
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.impact.documents import DocumentImpact
from isms_plugin.analysis.risk.acceptance import acceptance_state, needs_acceptance, over_limit
from isms_plugin.analysis.risk.profile import Rated, rate
from isms_plugin.analysis.soa.issued import SOA
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.people import Person, Role
from isms_plugin.model.risk import Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededApproval:
    """One decision that somebody has to take; `gap` says why nobody can, and is empty where somebody does."""

    what: Literal["document", "statement", "risk"]
    id: str
    title: str
    why: str
    role: str = ""
    """Id of the role, empty where none is named or the owner of a risk decides."""
    role_title: str = ""
    holders: tuple[Person, ...] = ()
    """Who can give it today: whoever holds the role, then whoever stands in."""
    gap: str = ""
    draft: bool = False
    """Whether it can wait, since a draft does not count yet."""


def needed_approvals(
    documents: Sequence[DocumentImpact], found: Iterable[EntryChange], new: Facts
) -> tuple[NeededApproval, ...]:  # fmt: skip
    """Return all approvals that are needed before the change counts; what is approved as it stands needs none."""
    changed = list(found)
    of_documents = list(_documents(documents, new))
    statement = _statements(changed, {item.id for item in documents}, new)
    return (*of_documents, *statement, *_risks(changed, new))


def _documents(documents: Iterable[DocumentImpact], new: Facts) -> Iterator[NeededApproval]:
    for item in documents:
        document = new.isms.get(Document, item.id)
        if document is None:
            continue
        if item.change == "withdrawn":
            decided = any(record.decision == "withdrawn" for record in new.standings[item.id].records)
            why = "" if decided else "is withdrawn, and no decision on that is on record"
        elif document.retired or item.approval == "approved" or not (item.text_changed or item.old_version != item.new_version):
            continue
        else:
            why = "is a draft, and needs one before it counts" if document.status == "draft" else _changed_why(item)
        if why:
            yield _by_role("document", document, why, new)


def _changed_why(item: DocumentImpact) -> str:
    if item.change == "added":
        return "is new"
    if not item.text_changed:
        return "has another version, and the text under that version is not approved"
    return "has another text, and that is not approved"


def _statements(changed: Iterable[EntryChange], documents: set[str], new: Facts) -> Iterator[NeededApproval]:
    """Yield the statement of applicability where decisions in it changed and no new version of it comes along."""
    rows = sum(change.kind == ControlDecision.KIND.name for change in changed)
    if not rows:
        return
    why = f"{rows} decision{'s' if rows > 1 else ''} on controls changed, and no new version of the statement comes along"
    issuing = [document for document in new.isms.of(Document) if SOA in document.answers and not document.retired]
    for document in issuing:
        if document.id not in documents:
            yield _by_role("statement", document, why, new)
    if not issuing:
        yield NeededApproval(what="statement", id="", title="Statement of applicability", why=why, gap="no document issues the statement")


def _by_role(what: Literal["document", "statement"], document: Document, why: str, new: Facts) -> NeededApproval:
    role = new.isms.get(Role, document.approver_role)
    holders, gap = _holders(document, role, new)
    return NeededApproval(
        what=what, id=document.id, title=document.name, why=why,
        role=role.id if role else "", role_title=role.name if role else "", holders=holders, gap=gap, draft=document.status == "draft",
    )  # fmt: skip


def _holders(document: Document, role: Role | None, new: Facts) -> tuple[tuple[Person, ...], str]:
    """Return who holds a role today or stands in, and why nobody does."""
    if role is None:
        named = document.approver_role
        return (), f"{named} does not exist" if named else f"{document.id} names no approver role"
    people = [new.isms.get(Person, name) for name in (role.holder, role.deputy)]
    here = tuple(
        person for person in people if person and not person.retired and role.held_by(person.id, new.today) and person.active(new.today)
    )
    if here:
        return here, ""
    holder = people[0]
    if holder is None:
        return (), f"{role.id} is held by nobody"
    left = f"left on {holder.active_to}" if holder.active_to and holder.active_to < new.today else "is not there"
    return (), f"{role.id} is held by {holder.id}, who {left}"


def _risks(changed: Iterable[EntryChange], new: Facts) -> Iterator[NeededApproval]:
    for change in changed:
        risk = new.isms.get(Risk, change.id)
        if risk is None or not risk.living:
            continue
        item = rate(new.isms, risk)
        why = _risk_why(item, new)
        if why:
            owner = new.isms.get(Person, risk.owner)
            here = bool(owner and not owner.retired and owner.active(new.today))
            gap = "" if here else f"its owner {risk.owner} is not here" if risk.owner else "it has no owner"
            yield NeededApproval(
                what="risk",
                id=risk.id,
                title=risk.name,
                why=why,
                role_title="risk owner",
                holders=(owner,) if owner and here else (),
                gap=gap,
            )


def _risk_why(item: Rated, new: Facts) -> str:
    if over_limit(item):
        return ""  # there is nothing to accept: treatment goes on, as a diagnostic says
    state = acceptance_state(item, new.today)
    if state in ("stale", "expired", "by another"):
        return {
            "stale": "changed after it was accepted", "expired": "was accepted until a day gone by",
            "by another": "was accepted by somebody who is not its owner",
        }[state]  # fmt: skip
    return "keeps a level that its owner has to accept" if state == "none" and needs_acceptance(item) else ""
