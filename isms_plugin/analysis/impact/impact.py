"""Everything that a change means for the ISMS, worked out of its two sides; the same sides give the same answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from isms_plugin.analysis.changes import Changes, EntryChange, changes
from isms_plugin.analysis.check_report import CheckReport
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.impact.acknowledgements import AcknowledgementImpact, acknowledgement_impacts
from isms_plugin.analysis.impact.approvals import NeededApproval, needed_approvals
from isms_plugin.analysis.impact.decisions import BroughtDecision, brought_decisions
from isms_plugin.analysis.impact.documents import DocumentImpact, document_impacts
from isms_plugin.analysis.impact.touched import TouchedGroup, touched
from isms_plugin.analysis.suspect_links import SuspectLink, newly_suspect, reviews_of
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.link_review import LinkReview
from isms_plugin.model.linked import linked_of
from isms_plugin.model.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The ISMS before or after a change."""

    facts: Facts
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was compared, and how: names as given and commits; `files` and `conflicts` by path as seen from the ISMS."""

    base: str
    head: str
    """Empty for the working tree."""
    commit: str = ""
    """Commit of the base."""
    head_commit: str = ""
    merged: bool = False
    gap: str = ""
    conflicts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """Every file that differs, also where no entry does."""
    steering: tuple[str, ...] = ()
    """Files that differ and say what is checked, by whom and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What reviewers have to read and decide, counted; nobody's time is guessed."""

    words: int
    """Words of documents that came or went."""
    documents: int
    rows: int
    """Entries of registers that changed, records aside."""
    links: int
    """Links to be looked at again."""
    approvals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """All that follows from a change."""

    compared: Compared
    today: date
    changes: Changes
    documents: tuple[DocumentImpact, ...]
    touched: tuple[TouchedGroup, ...]
    suspects: tuple[SuspectLink, ...]
    reviewed: int
    """Reviews of links that come with the change."""
    acknowledgements: tuple[AcknowledgementImpact, ...]
    approvals: tuple[NeededApproval, ...]
    decisions: tuple[BroughtDecision, ...]
    check: CheckReport

    @property
    def effort(self) -> Effort:
        """What there is to review."""
        return Effort(
            words=sum(item.words_added + item.words_removed for item in self.documents),
            documents=len(self.documents),
            rows=self.changes.total - len(self.documents),
            links=len(self.suspects),
            approvals=sum(not item.draft for item in self.approvals),
        )

    @property
    def rows(self) -> Iterator[tuple[str, tuple[EntryChange, ...]]]:
        """Title and changes of every group in which entries of registers changed, records included."""
        for group in self.changes.groups:
            found = tuple(change for change in group.changes if change.kind != Document.KIND.name)
            if found:
                yield group.title, found


def impact(old: Side, new: Side, compared: Compared, check: CheckReport) -> Impact:
    """Return what a change from one side to the other means; the report tells what is wrong once it is merged."""
    found = changes(old.state, new.state, _kinds(old, new))
    every = [change for group in found.groups for change in group.changes]
    documents = tuple(document_impacts((change for change in every if change.kind == Document.KIND.name), old.facts, new.facts))
    return Impact(
        compared=compared,
        today=new.facts.today,
        changes=found,
        documents=documents,
        touched=touched([change for change in every if not _record(change, new)], old.facts, new.facts),
        suspects=newly_suspect(linked_of(old.facts.isms), linked_of(new.facts.isms), reviews_of(new.facts.isms)),
        reviewed=sum(change.kind == LinkReview.KIND.name and change.change == "added" for change in every),
        acknowledgements=tuple(acknowledgement_impacts(documents, old.facts, new.facts)),
        approvals=needed_approvals(documents, every, new.facts),
        decisions=tuple(brought_decisions(every, new.facts)),
        check=replace(check, prefix=""),
    )


def _kinds(old: Side, new: Side) -> Sequence[type[Entry]]:
    """Return the kinds of both sides: a change may take away a register of the organization's own."""
    known = {declaration.KIND.name for declaration in new.facts.isms.kinds}
    return (*new.facts.isms.kinds, *(declaration for declaration in old.facts.isms.kinds if declaration.KIND.name not in known))


def _record(change: EntryChange, new: Side) -> bool:
    return any(declaration.KIND.record for declaration in new.facts.isms.kinds if declaration.KIND.name == change.kind)
