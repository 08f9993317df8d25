"""Approvals: which text of each document is in force, who put it there, and how well that is proven (clause 7.5.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from isms_plugin.model.approval import SIGNED_METHODS, Approval, decision_order
from isms_plugin.model.document import Document
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.history import Completeness, History, Revision, StoredText
from isms_plugin.model.isms import NO_TEXT, Isms
from isms_plugin.model.people import Person, Role
from isms_plugin.model.settings import Settings
from isms_plugin.model.signing import UNSIGNED, Signature, SigningKey

State = Literal["approved", "changed", "draft", "never", "withdrawn"]
"""Of the text in the repository: approved as it stands, changed since, a newer draft, never approved, or withdrawn."""

LEVELS: Final = (
    "Not proven: nothing but commits says that it was approved",
    "Somebody's word: another person is named, nothing binds the name to this text",
    "Reviewed under rules: as before, and the platform's rules are on file",
    "On record: a named person approved exactly this text",
    "Signed: the approver's own key vouches for exactly this text",
)
"""What each level of approval evidence means, from 0 to 4."""

WORD, RULES, RECORD, SIGNED = 1, 2, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A version that was put in force: the record, the text it is bound to, and who had written that."""

    approval: Approval
    text: StoredText | None
    """None where the text stands in the working tree alone, or the history that holds it is not here."""
    written: tuple[Revision, ...]
    """Commits that changed what is read since the issue before, newest first."""
    level: int
    signature: Signature
    reviews: tuple[Approval, ...] = ()
    """Later records that confirmed it without a change."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Those who wrote it, the last one first."""
        return tuple(dict.fromkeys(revision.author for revision in self.written))

    @property
    def version(self) -> str:
        """The version as the record names it."""
        return self.approval.version or ""

    @property
    def last(self) -> Approval:
        """The newest decision that keeps it in force."""
        return self.reviews[-1] if self.reviews else self.approval


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a document stands: `issues` newest first, `current` the one in force."""

    document: Document
    working: str
    """Hash of the text in the repository."""
    state: State
    level: int
    current: Issue | None = None
    issues: tuple[Issue, ...] = ()
    records: tuple[Approval, ...] = ()
    """Every decision on it, newest first, those that do not count included."""
    unbound: tuple[Approval, ...] = ()
    """Records that name a text which the document never had in that version."""
    rejected: Approval | None = None
    """The record that turned down the text in the repository."""
    known: bool = True
    """Whether all texts that records name could be looked for."""

    @property
    def next_review(self) -> date | None:
        """Day of the next review: the last record's, else the document's own; a withdrawn one needs none."""
        if self.document.retired:
            return None
        recorded = self.current.last.next_review if self.current else None
        return recorded or self.document.next_review


def standings(isms: Isms, history: History, settings: Settings) -> dict[str, Standing]:
    """Return where each document stands."""
    records: dict[str, list[Approval]] = {}
    for approval in isms.of(Approval):
        if approval.document and approval.living:
            records.setdefault(approval.document, []).append(approval)
    rules = isms.get(Evidence, settings.review_rules)
    made = _Standings(isms, history, settings, rules)
    return {document.id: made.of(document, records.get(document.id, [])) for document in isms.of(Document)}


@dataclass(frozen=True, slots=True)
class _Standings:
    isms: Isms
    history: History
    settings: Settings
    rules: Evidence | None

    def of(self, document: Document, records: list[Approval]) -> Standing:
        """Go through the records of a document in the order of their days."""
        text = self.isms.texts.get(document.id) or NO_TEXT
        working = self.isms.text_hash(document)
        revisions = self.history.of(text.path)
        issues: list[Issue] = []
        current: Issue | None = None
        unbound, rejected = [], None
        ordered = sorted(records, key=_order)
        for record in ordered:
            bound, stored = self._bound(document, text.path, working, record)
            if not bound:
                unbound.append(record)
            elif record.decision == "rejected":
                rejected = record if record.content_hash == working else rejected
            elif record.decision == "withdrawn":
                current = None
            elif not self._counts(record):
                continue
            elif current is not None and _same_text(current, record):
                current = issues[-1] = _confirmed(current, record)
                rejected = None
            else:
                since = current.text.revision if current and current.text else None
                current = self._issue(record, stored, revisions, since)
                issues.append(current)
                rejected = None
        return Standing(
            document=document,
            working=working,
            state=_state(document, working, current),
            level=current.level if current else self._word(document, revisions),
            current=current,
            issues=tuple(reversed(issues)),
            records=tuple(reversed(ordered)),
            unbound=tuple(unbound),
            rejected=rejected,
            known=self._known(text.path),
        )

    def _bound(self, document: Document, path: str, working: str, record: Approval) -> tuple[bool, StoredText | None]:
        """Whether the document had the text that a record names, in the version that it names; and that text in git."""
        stored = self.history.texts.get((path, record.content_hash or ""))
        if stored is not None and any(
            revision.text == record.content_hash and revision.version == record.version for revision in self.history.of(path)
        ):
            return True, stored
        if record.content_hash == working and record.version == document.version:
            return True, stored
        # without its history a text can be neither found nor missed
        return stored is None and not self._known(path) and record.content_hash != working, None

    def _known(self, path: str) -> bool:
        """Whether all texts that a document ever had can be looked for: it has a history, which is complete and lacks no text."""
        revisions = self.history.of(path)
        here = all(revision.text or not revision.blob for revision in revisions)
        return self.history.completeness is Completeness.COMPLETE and bool(revisions) and here

    def _counts(self, record: Approval) -> bool:
        state = signature_of(self.isms, record).state
        if state == "none" and record.method in SIGNED_METHODS:
            return False  # it claims a signature that is not there
        return state != "bad" and (state == "good" or not signature_required(record, self.isms, self.settings))

    def _issue(self, record: Approval, stored: StoredText | None, revisions: tuple[Revision, ...], since: Revision | None) -> Issue:
        signature = signature_of(self.isms, record)
        return Issue(
            approval=record,
            text=stored,
            written=written_by(revisions, record.content_hash or "", since),
            level=self._level(record, signature),
            signature=signature,
        )

    def _level(self, record: Approval, signature: Signature) -> int:
        role = self.isms.get(Role, record.role)
        if role is None or not role.held_by(record.person or "", record.decided_on or date.min):
            return 0
        if signature.state == "good":
            return SIGNED
        if record.method in SIGNED_METHODS:
            return WORD  # nothing here could verify what it rests on
        person = self.isms.get(Person, record.person)
        written = self.history.of(self.isms.place(record).path)
        own = bool(person and written and person.known_as(written[-1].author, written[-1].email))
        return RECORD if record.reference or record.file or own else WORD

    def _word(self, document: Document, revisions: tuple[Revision, ...]) -> int:
        """Return what is proven without any record: at most that somebody else looked at it."""
        versions = [revision for revision in revisions if revision.version == (document.version or "")]
        reviewed = any(name.partition(" <")[0] != revision.author for revision in versions for name in revision.reviewers)
        return (RULES if self.rules else WORD) if reviewed else 0


def signature_of(isms: Isms, record: Approval) -> Signature:
    """Return what became of the signature of a record; one by a key that was not the person's is bad."""
    found = isms.signatures.get(record.id, UNSIGNED)
    if found.state != "good":
        return found
    day = record.decided_on or date.min
    keys = [key for key in isms.of(SigningKey) if key.identifier == found.key and key.person == record.person]
    if any(key.valid(day) for key in keys):
        return found
    reason = f"{found.key} is no key of {record.person}" + (f" on {day.isoformat()}" if keys else "")
    return Signature(state="bad", key=found.key, told=reason)


def signature_required(record: Approval, isms: Isms, settings: Settings) -> bool:
    """Whether the settings ask for a signature of the approval."""
    document = isms.get(Document, record.document)
    return "all" in settings.signatures or bool(document and document.kind in settings.signatures)


def _order(record: Approval) -> tuple[str, tuple[int, ...], int, str]:
    return decision_order(record.decided_on.isoformat() if record.decided_on else "", record.version or "", record.id)


def _same_text(issue: Issue, record: Approval) -> bool:
    return (issue.approval.content_hash, issue.version) == (record.content_hash, record.version or "")


def _confirmed(issue: Issue, record: Approval) -> Issue:
    return replace(issue, reviews=(*issue.reviews, record))


def _state(document: Document, working: str, current: Issue | None) -> State:
    if document.retired:
        return "withdrawn"
    if current is None:
        return "never"
    if (current.approval.content_hash, current.version) == (working, document.version or ""):
        return "approved"
    return "changed" if document.in_force else "draft"


def written_by(revisions: tuple[Revision, ...], text: str, since: Revision | None) -> tuple[Revision, ...]:
    """Return the commits that wrote a text: all that changed what is read, back to the issue before.

    Commits that move a file or change control data alone write nothing.
    """
    position = next((number for number, revision in enumerate(revisions) if revision.text == text), None)
    if position is None:
        return ()
    written = []
    for number in range(position, len(revisions)):
        revision = revisions[number]
        if since is not None and revision.text == since.text:
            break
        older = revisions[number + 1].text if number + 1 < len(revisions) else ""
        if revision.text and revision.text != older:
            written.append(revision)
    return tuple(written)
