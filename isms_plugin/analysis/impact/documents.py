"""Documents that a change touches: what reads differently, whether the version says so, and where its approval stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from isms_plugin.analysis.changes import TEXT, EntryChange
from isms_plugin.analysis.documents.approvals import State
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.impact.passages import Passage, counted, passages
from isms_plugin.model.document import Document
from isms_plugin.model.version import order


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentImpact:
    """One document before and after; versions are empty where there is none."""

    id: str
    title: str
    path: str
    change: Literal["added", "removed", "withdrawn", "changed"]
    text_changed: bool
    old_version: str = ""
    new_version: str = ""
    note: str = ""
    """What its change note says of the new version."""
    old_status: str = ""
    status: str = ""
    approval: State | None = None
    """Of the new text; None where the document is gone."""
    record: str = ""
    """Id of the approval of exactly the new text."""
    passages: tuple[Passage, ...] = ()

    @property
    def raised(self) -> bool:
        """Whether the version is a later one."""
        return order(self.new_version) > order(self.old_version)

    @property
    def words_added(self) -> int:
        """How many words came."""
        return counted(self.passages, "added")

    @property
    def words_removed(self) -> int:
        """How many words went."""
        return counted(self.passages, "removed")


def document_impacts(found: Iterable[EntryChange], old: Facts, new: Facts) -> Iterator[DocumentImpact]:
    """Yield every document that is new, gone or changed, in the order of the changes."""
    for change in found:
        before, after = old.isms.get(Document, change.id), new.isms.get(Document, change.id)
        shown = after or before
        if shown is not None:
            yield _impact(change, shown, before, after, (old, new))


def _impact(
    change: EntryChange, shown: Document, before: Document | None, after: Document | None, facts: tuple[Facts, Facts]
) -> DocumentImpact:
    old, new = facts
    standing = new.standings.get(change.id) if after else None
    text_changed = any(field.key == TEXT and field.title == "Text" for field in change.fields)
    return DocumentImpact(
        id=shown.id,
        title=shown.name,
        path=(new if after else old).isms.place(shown).path,
        change=_change(before, after),
        text_changed=text_changed,
        old_version=(before.version or "") if before else "",
        new_version=(after.version or "") if after else "",
        note=_note(after),
        old_status=before.status if before else "",
        status=after.status if after else "",
        approval=standing.state if standing else None,
        record=standing.current.last.id if standing and standing.state == "approved" and standing.current else "",
        passages=passages(_text(old, before), _text(new, after)) if text_changed else (),
    )


def _change(before: Document | None, after: Document | None) -> Literal["added", "removed", "withdrawn", "changed"]:
    if before is None or after is None:
        return "added" if after else "removed"
    return "withdrawn" if after.retired and not before.retired else "changed"


def _note(document: Document | None) -> str:
    """Return what the change note of the version of a document says; empty without one."""
    notes = (note.note for note in document.changes if document.version and note.version == document.version) if document else iter(())
    return next(filter(None, notes), "")


def _text(facts: Facts, document: Document | None) -> tuple[str, str] | None:
    """Return title and body of a document; None where it is not there."""
    text = facts.isms.texts.get(document.id) if document else None
    return (document.title or "", text.body) if document and text else None
