"""Writing an approval record: everything an auditor would object to later is refused now (clause 7.5.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Final

from isms_plugin.analysis.documents.approvals import Standing, written_by
from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.front_matter import with_status
from isms_plugin.authoring.identifiers import free_id
from isms_plugin.authoring.yaml_text import entry_yaml
from isms_plugin.errors import IsmsError
from isms_plugin.model.approval import ISSUES, Approval, signed_bytes
from isms_plugin.model.document import Document
from isms_plugin.model.fields import fields_of
from isms_plugin.model.near import no_such
from isms_plugin.model.people import Person, Role

STATUS: Final = {"approved": "approved", "withdrawn": "withdrawn"}
"""What a decision makes of the status of a document; other decisions leave it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, as the person who records it says."""

    document: str
    person: str
    decided_on: date
    decision: str = "approved"
    method: str = "record"
    role: str = ""
    reference: str = ""
    remarks: str = ""
    self_approval: str = ""
    next_review: date | None = None
    file: str = ""
    sha256: str = ""


def make_record(facts: Facts, decision: Decision) -> Approval:
    """Return the record of a decision on the text of the facts; raises IsmsError where it would not stand up."""
    document = _document(facts, decision.document)
    standing = facts.standings[document.id]
    person = find_person(facts, decision.person)
    role = _role(facts, document, person, decision)
    _refuse(facts, standing, person, decision)
    taken = {identifier.lower() for identifier in facts.isms.entries}
    data = {
        "id": record_id(document.id, document.version or "", lambda name: name.lower() in taken),
        "document": document.id,
        "version": document.version,
        "content_hash": standing.working,
        "decision": decision.decision,
        "person": person.id,
        "role": role.id,
        "decided_on": decision.decided_on,
        "method": decision.method,
        "reference": decision.reference or None,
        "file": decision.file or None,
        "sha256": decision.sha256 or None,
        "commit": facts.history.head or None,
        "next_review": _next_review(document, decision),
        "self_approval": decision.self_approval or None,
        "remarks": decision.remarks or None,
    }
    return Approval.model_validate({key: value for key, value in data.items() if value is not None})


def files_of(facts: Facts, record: Approval, source: bytes) -> dict[str, str | bytes]:
    """Return the files that a record writes by path: itself, and the document where its status follows the decision."""
    path, text = record_file(facts.settings.registers, record)
    files: dict[str, str | bytes] = {path: text}
    document = facts.isms.get(Document, record.document)
    status = STATUS.get(record.decision or "")
    if document is not None and status and document.status != status:
        files[facts.isms.texts[document.id].path] = with_status(source, status)
    return files


def with_signature(record: Approval, sign: Callable[[bytes], str]) -> Approval:
    """Return a record with the signature over it; a plain record becomes a signed one."""
    method = "signed_record" if record.method == "record" else record.method
    record = record.model_copy(update={"method": method})
    return record.model_copy(update={"signature": sign(signed_bytes(record)).strip() + "\n"})


def request_page(facts: Facts, name: str) -> str:
    """Return an approval request for a document as a complete HTML page."""
    from isms_plugin.render.approval_request import approval_request
    from isms_plugin.render.environment import make_view

    document = _document(facts, name)
    return approval_request(make_view(facts, {}), facts.standings[document.id])


def record_id(document: str, version: str, taken: Callable[[str], bool]) -> str:
    """Return the id of a record: document and version, with a number where there is one for them already."""
    return free_id(f"{Approval.KIND.prefix}-{document}-{version}", taken)


def record_file(registers: str, record: Approval) -> tuple[str, str]:
    """Return path and text of a record; its fields stand in the order in which the register declares them."""
    filled = record.model_dump(by_alias=True, exclude_defaults=True)
    keys = {spec.name: spec.key for spec in fields_of(Approval)}
    names = ("id", *(name for name in Approval.__annotations__ if name in keys))
    path = f"{registers}/{Approval.KIND.register}/{record.id.removeprefix(f'{Approval.KIND.prefix}-')}.yml"
    return path, entry_yaml({keys[name]: filled[keys[name]] for name in names if keys[name] in filled})


def find_person(facts: Facts, name: str) -> Person:
    """Return the person of an id, a name, an address or an account; raises IsmsError where it is nobody's or several people's."""
    people = list(facts.isms.of(Person))
    found = [person for person in people if person.id == name] or [person for person in people if person.known_as(name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise IsmsError(f"{name}: could be {' or '.join(person.id for person in found)}; name one by its id")
    raise IsmsError(no_such(name, "person in the register", (known for person in people for known in (person.id, person.name))))


def _document(facts: Facts, name: str) -> Document:
    document = facts.isms.get(Document, name)
    if document is None:
        raise IsmsError(no_such(name, "document", (item.id for item in facts.isms.of(Document))))
    if not document.identified or not document.version:
        raise IsmsError(f"{name}: give it an id and a version first; an approval names both")
    if facts.isms.texts[document.id].path in facts.history.uncommitted:
        raise IsmsError(f"{name}: the text differs from the last commit; commit it first, so that what is approved stays")
    return document


def _role(facts: Facts, document: Document, person: Person, decision: Decision) -> Role:
    role = facts.isms.get(Role, decision.role or document.approver_role)
    if role is None:
        raise IsmsError(f"{document.id}: nothing says which role approves it; set `approver_role`, or name one with --role")
    if not role.held_by(person.id, decision.decided_on):
        raise IsmsError(f"{person.id} ({person.name}) did not hold {role.id} ({role.name}) on {decision.decided_on}")
    if not person.active(decision.decided_on):
        raise IsmsError(f"{person.id} ({person.name}) was not active on {decision.decided_on}")
    return role


def _refuse(facts: Facts, standing: Standing, person: Person, decision: Decision) -> None:
    document = standing.document
    other = [issue for issue in standing.issues if issue.version == document.version and issue.approval.content_hash != standing.working]
    if decision.decision == "approved" and other:
        raise IsmsError(f"{document.id}: version {document.version} is another text already; raise the version and say what changed")
    if decision.decision == "reviewed_no_change" and standing.state != "approved":
        raise IsmsError(f"{document.id}: the text is not the one in force, so a review cannot confirm it; approve it instead")
    if decision.decided_on > facts.today + timedelta(days=1):
        raise IsmsError(f"{decision.decided_on}: the ISMS speaks of {facts.today}; nobody decides on a day to come")
    due = _next_review(document, decision)
    if decision.decision in ISSUES and due is not None and due <= decision.decided_on:
        raise IsmsError(f"{document.id}: the next review would be on {due}, before it is decided on; name a later day with --next-review")
    noted = {change.by for change in document.changes if change.version == document.version}
    since = standing.current.text.revision if standing.current and standing.current.text else None
    written = written_by(facts.history.of(facts.isms.texts[document.id].path), standing.working, since)
    wrote = person.id in noted or any(person.known_as(revision.author, revision.email) for revision in written)
    if decision.decision == "approved" and wrote and not decision.self_approval:
        raise IsmsError(
            f"{person.name} wrote {document.id} {document.version}; somebody else has to approve it, or give --self-approval REASON"
        )


def _next_review(document: Document, decision: Decision) -> date | None:
    """Return the next review: as given, as the document says, or the review interval after the decision."""
    if decision.decision not in ISSUES:
        return None
    if decision.next_review:
        return decision.next_review
    if document.review_interval and (decision.decision != "approved" or not document.next_review):
        return document.interval_after(decision.decided_on)
    return document.next_review


def kept_answer(record_id: str, folder: str, name: str) -> str:
    """Return where a signed answer is kept in the repository."""
    return f"{folder}/approvals/{record_id}{PurePosixPath(name).suffix.lower()}"
