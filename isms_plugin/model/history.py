"""History of a document or register, as git proves it (clause 7.5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


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

    @property
    def short(self) -> str:
        """The commit as people write it."""
        return self.commit[:10]


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

    def of(self, path: str) -> tuple[Revision, ...]:
        """Return the revisions of a file, newest first; empty when none is known."""
        return self.revisions.get(path, ())

    def last(self, path: str) -> Revision | None:
        """Return the newest revision of a file, if one is known."""
        return next(iter(self.of(path)), None)
