"""History of a document or register, as git proves it (clause 7.5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from isms_plugin.model.former import Former
from isms_plugin.model.linked import Linked
from isms_plugin.model.signing import UNSIGNED, Signature


class Completeness(Enum):
    """How far the history can be trusted."""

    COMPLETE = "complete"
    SHALLOW = "shallow"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One commit that changed a file; `version` is the version its text carried, empty when it carried none.

    `date` is the author's date with its offset: the day the change was made where it was made.
    """

    commit: str
    date: datetime
    author: str
    email: str
    summary: str
    path: str
    version: str = ""
    change: str = ""
    """What happened to the file: added, modified, renamed, deleted."""
    blob: str = ""
    """Name of the stored text in git; empty for a deletion."""
    text: str = ""
    """Hash of the text as its readers see it, for documents under approval; see `model.fingerprint`."""
    reviewers: tuple[str, ...] = ()
    """People whom the commit names as its reviewers (`Reviewed-by`, `Approved-by`, `Acked-by`)."""

    @property
    def short(self) -> str:
        """The commit as people write it."""
        return self.commit[:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """A text of a document as git holds it, and the newest revision that carried it."""

    revision: Revision
    path: str
    """Where it lay, relative to the ISMS."""
    title: str
    version: str
    body: str
    first_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A frozen state of the whole ISMS: an annotated tag."""

    name: str
    commit: str
    tagger: str
    date: datetime
    message: str = ""
    signature: Signature = UNSIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Revisions by path of the current text, newest first, and the paths that differ from the last commit."""

    completeness: Completeness = Completeness.UNKNOWN
    head: str = ""
    committed_on: datetime | None = None
    reason: str = ""
    """Why the history is unknown."""
    revisions: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    uncommitted: frozenset[str] = frozenset()
    texts: Mapping[tuple[str, str], StoredText] = field(default_factory=dict)
    """Texts that approvals name, by path of the current text and hash."""
    commits: frozenset[str] = frozenset()
    """Commits that approvals name and that the history holds."""
    baselines: tuple[Baseline, ...] = ()
    """Baselines that the history leads to, newest first."""
    former: tuple[Former, ...] = ()
    """What those held, newest first; empty where their commits are not in this clone."""
    deleted: tuple[Former, ...] = ()
    """What ids of today stood for when a commit took them away; empty where a commit is not in this clone."""
    linked: Linked | None = None
    """Links of the newest baseline; None where there is none, or its commit is not in this clone."""

    def of(self, path: str) -> tuple[Revision, ...]:
        """Return the revisions of a file, newest first; empty when none is known."""
        return self.revisions.get(path, ())

    def last(self, path: str) -> Revision | None:
        """Return the newest revision of a file, if one is known."""
        return next(iter(self.of(path)), None)
