"""What an auditor objects to in approvals (clause 7.5.2; the objections are those of audit practice)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

from isms_plugin.analysis.documents.approvals import Issue, Standing, signature_of, signature_required
from isms_plugin.model.approval import SIGNED_METHODS, Approval
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.history import Completeness, History
from isms_plugin.model.isms import DocumentText, Isms
from isms_plugin.model.people import Person, Role
from isms_plugin.model.settings import Settings


def check_approvals(
    isms: Isms, history: History, settings: Settings, standings: Mapping[str, Standing], today: date
) -> Iterator[Diagnostic]:
    """Report texts without approval, and approvals that would not stand up."""
    for standing in standings.values():
        yield from _state(isms, standing)
        yield from _version(isms, standing)
        yield from _reviews(isms, standing, today)
    for record in isms.of(Approval):
        if not record.living:
            continue
        bound = standings.get(record.document or "")
        yield from _authority(isms, record)
        yield from _signature(isms, settings, record)
        if bound is not None:
            yield from _binding(isms, history, bound, record)


def _state(isms: Isms, standing: Standing) -> Iterator[Diagnostic]:
    document, place = standing.document, isms.place(standing.document)
    if standing.state == "never" and document.in_force:
        told = "its approval was refused" if standing.rejected else "no approval of its text is on record"
        yield Diagnostic(
            code="never-approved",
            message=f"{document.id} counts as approved, but {told}",
            hint=f"`isms approve {document.id} --as PERSON` records an approval; until then set `status: draft`",
            entry=document.id,
            place=place.at("status"),
        )
    elif standing.state == "changed" and standing.current is not None:
        issue = standing.current
        line = _first_difference(isms.texts[document.id], issue)
        same = issue.approval.content_hash == standing.working
        what = f"version {document.version} was never approved" if same else "the text is not the one that was approved"
        yield Diagnostic(
            code="changed-since-approval",
            message=f"{document.id}: {what} (version {issue.version}, {issue.approval.decided_on}, {issue.approval.person})",
            hint=f"have it approved (`isms approve {document.id} --as PERSON`), or set `status: in_review` until it is",
            entry=document.id,
            place=Place(place.path, line, 1) if line and not same else place.at("version"),
        )


def _first_difference(text: DocumentText, issue: Issue) -> int:
    """Return the line of the file with the first word that was not approved; 0 where the approved text is not at hand."""
    if issue.text is None:
        return 0
    old = " ".join(issue.text.body.split()).split(" ")
    new = [(word, number) for number, line in enumerate(text.body.splitlines()) for word in line.split()]
    for before, (after, number) in zip_longest(old, new, fillvalue=("", len(text.body.splitlines()) - 1)):
        if before != after:
            return text.first_line + number
    return text.first_line


def _version(isms: Isms, standing: Standing) -> Iterator[Diagnostic]:
    document, place = standing.document, isms.place(standing.document)
    approved = {issue.version: issue.approval.content_hash for issue in standing.issues}
    version = document.version or ""
    if document.status == "in_review" and version in approved and approved[version] != standing.working:
        yield _not_raised(document, version, place)
    seen: dict[str, str | None] = {}
    for issue in reversed(standing.issues):
        if seen.setdefault(issue.version, issue.approval.content_hash) != issue.approval.content_hash:
            yield _not_raised(document, issue.version, isms.place(issue.approval).at("version"))
    earlier = [issue for issue in standing.issues if issue.version != version]
    if earlier and version and not document.retired and version not in {change.version for change in document.changes}:
        yield Diagnostic(
            code="no-change-note",
            message=f"{document.id}: nothing says what version {version} changed",
            hint=f'add `- {{version: "{version}", note: ...}}` to `changes`',
            entry=document.id,
            place=place.at("version"),
        )


def _not_raised(document: Document, version: str, place: Place) -> Diagnostic:
    return Diagnostic(
        code="version-not-raised",
        message=f"{document.id}: the text changed, and version {version} is already another text",
        hint="raise the version and say in `changes` what changed",
        entry=document.id,
        place=place if place.pointer else place.at("version"),
    )


def _reviews(isms: Isms, standing: Standing, today: date) -> Iterator[Diagnostic]:
    document, place = standing.document, isms.place(standing.document)
    if standing.current is None or document.retired:
        return
    last = standing.current.last
    recorded, written = last.next_review, document.next_review
    if standing.state == "approved" and recorded and written and written > recorded:
        yield Diagnostic(
            code="review-date-moved",
            message=f"{document.id}: the review of {recorded} was put off to {written}, and no review is on record",
            hint=f"`isms approve {document.id} --as PERSON --decision reviewed-no-change` records one; or set the date back",
            entry=document.id,
            place=place.at("next_review"),
        )
    due = document.interval_after(last.decided_on) if last.decided_on else None
    if due is not None and due < today:
        yield Diagnostic(
            code="approval-expired",
            message=f"{document.id} was last approved on {last.decided_on}, more than {document.review_interval} months ago",
            hint="review it and record the outcome",
            entry=document.id,
            place=place.at("review_interval"),
        )


def _authority(isms: Isms, record: Approval) -> Iterator[Diagnostic]:
    document, person = isms.get(Document, record.document), isms.get(Person, record.person)
    role, day, place = isms.get(Role, record.role), record.decided_on, isms.place(record)
    if document is None or person is None or day is None:
        return
    required = document.approver_role
    if required and record.role and record.role != required:
        yield _without_role(record, f"{document.id} is approved by {required}, this names {record.role}", place.at("role"))
    elif role is not None and not role.held_by(person.id, day):
        yield _without_role(record, f"{person.id} ({person.name}) did not hold {role.id} on {day}", place.at("person"))
    if not person.active(day):
        yield Diagnostic(
            code="approver-inactive",
            message=f"{person.id} ({person.name}) was not active on {day}",
            hint="have it approved by somebody who is here",
            entry=record.id,
            place=place.at("person"),
        )


def _without_role(record: Approval, message: str, place: Place) -> Diagnostic:
    hint = "have the holder of the role approve it; who held a role before stands in its `former_holders`"
    return Diagnostic(code="approver-without-role", message=message, hint=hint, entry=record.id, place=place)


def _signature(isms: Isms, settings: Settings, record: Approval) -> Iterator[Diagnostic]:
    signature = signature_of(isms, record)
    code, message, hint = "", signature.told, ""
    if signature.state == "bad":
        code, hint = "signature-invalid", "the record does not count; have it signed again by the person's own key"
    elif signature.state == "unknown":
        code, hint = "signature-unverified", "install the program, fetch the tags, or add the key to the register"
    elif signature.state == "none" and (signature_required(record, isms, settings) or record.method in SIGNED_METHODS):
        code, hint = "signature-missing", "the record does not count; `isms approve --sign` signs one"
        message = "it has to be signed and is not"
    if code:
        yield Diagnostic(code=code, message=f"{record.id}: {message}", hint=hint, entry=record.id, place=isms.place(record))


def _binding(isms: Isms, history: History, standing: Standing, record: Approval) -> Iterator[Diagnostic]:
    place = isms.place(record)
    if record in standing.unbound:
        yield Diagnostic(
            code="approval-unbound",
            message=f"{record.id}: {record.document} never had this text as version {record.version}",
            hint="the record does not count; approve the text that there is",
            entry=record.id,
            place=place.at("content_hash"),
        )
    elif record.commit and record.commit not in history.commits and history.completeness is Completeness.COMPLETE:
        yield Diagnostic(
            code="approval-commit-gone",
            message=f"{record.id}: commit {record.commit[:10]} is not in the history of this text",
            hint="the text itself is unchanged and stays approved; merge approved branches without squash or rebase",
            entry=record.id,
            place=place.at("commit"),
        )
    person = isms.get(Person, record.person)
    issue = next((found for found in standing.issues if found.approval.id == record.id), None)
    if person is None or issue is None or record.self_approval:
        return
    noted = {change.by for change in standing.document.changes if change.version == record.version}
    if person.id in noted or any(person.known_as(revision.author, revision.email) for revision in issue.written):
        yield Diagnostic(
            code="approved-by-author",
            message=f"{record.id}: {person.id} ({person.name}) wrote what they approved",
            hint="have somebody else approve it, or give the reason in `self_approval`",
            entry=record.id,
            place=place.at("person"),
        )
