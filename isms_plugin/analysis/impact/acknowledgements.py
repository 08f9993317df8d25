"""Acknowledgements that a change makes stale, now or once the new text is approved (clause 7.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from isms_plugin.analysis.documents.acknowledgements import DocumentCoverage
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.impact.documents import DocumentImpact
from isms_plugin.model.document import Document
from isms_plugin.model.version import major


class AcknowledgementImpact(NamedTuple):
    """Who has to confirm a document again, and who for the first time; ids of people. `asked` is how many it is for in all."""

    document: str
    title: str
    stale: tuple[str, ...]
    first: tuple[str, ...]
    asked: int
    approved: bool
    """Whether that is so at once; else once the new text is approved."""


def acknowledgement_impacts(documents: Sequence[DocumentImpact], old: Facts, new: Facts) -> Iterator[AcknowledgementImpact]:
    """Yield every document to be acknowledged whose text, version or readers change."""
    changed = {item.id for item in documents}
    for document in new.isms.of(Document):
        before, after = old.coverage.of(document.id), new.coverage.of(document.id)
        if not document.ack_required or document.retired or after is None:
            continue
        approved = new.standings[document.id].state == "approved"
        stale = _stale(before, after) if approved or document.id not in changed else _stale_later(document, after)
        first = tuple(name for name in _people(after) if name not in _people(before))
        if stale or first:
            yield AcknowledgementImpact(
                document=document.id, title=document.name, stale=stale, first=first, asked=len(after.confirmations), approved=approved
            )  # fmt: skip


def _people(found: DocumentCoverage | None) -> tuple[str, ...]:
    return tuple(item.person.id for item in found.confirmations) if found else ()


def _confirmed(found: DocumentCoverage | None) -> tuple[str, ...]:
    return tuple(item.person.id for item in found.of("acknowledged")) if found else ()


def _stale(before: DocumentCoverage | None, after: DocumentCoverage) -> tuple[str, ...]:
    """Return who had confirmed the text in force and has not confirmed the one that takes its place."""
    still, asked = _confirmed(after), _people(after)
    return tuple(name for name in _confirmed(before) if name in asked and name not in still)


def _stale_later(document: Document, after: DocumentCoverage) -> tuple[str, ...]:
    """Return who has confirmed the text in force, where the new one has another major version."""
    return _confirmed(after) if major(document.version) != major(after.text.version) else ()
