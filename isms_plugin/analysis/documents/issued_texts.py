"""Texts of documents that apply or once did, as readers could confirm them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from isms_plugin.analysis.documents.approvals import Issue, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedText:
    """A text that readers could confirm, and the day from which they could; None where that is unknown."""

    version: str
    content_hash: str
    since: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Version and hash, by which records name it."""
        return (self.version, self.content_hash)


def text_in_force(standing: Standing) -> IssuedText | None:
    """Return the text that applies: the approved one, else the working text of a document that says so itself."""
    if standing.document.retired:
        return None
    return _approved(standing.current) if standing.current else _by_word(standing)


def issued_texts(standing: Standing) -> tuple[IssuedText, ...]:
    """Return every text of a document that ever applied, newest first."""
    own = _by_word(standing)
    return (*([own] if own else ()), *map(_approved, standing.issues))


def _approved(issue: Issue) -> IssuedText:
    return IssuedText(version=issue.version, content_hash=issue.approval.content_hash or "", since=issue.approval.decided_on)


def _by_word(standing: Standing) -> IssuedText | None:
    """Return the working text where nothing but the document itself says that it applies."""
    document = standing.document
    if not document.in_force or standing.state != "never":
        return None
    return IssuedText(version=document.version or "", content_hash=standing.working, since=document.approved_on)
