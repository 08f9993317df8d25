"""What an auditor objects to in acknowledgements: people who never confirmed, and records that name no text (clause 7.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from isms_plugin.analysis.documents.acknowledgements import Coverage, DocumentCoverage, named_text
from isms_plugin.analysis.documents.approvals import Standing
from isms_plugin.analysis.documents.issued_texts import issued_texts
from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms

_NAMED: Final = 5
"""People that a diagnostic names; the page of the coverage names more."""


def check_acknowledgements(isms: Isms, covered: Coverage, standings: Mapping[str, Standing]) -> Iterator[Diagnostic]:
    """Report documents that people have not confirmed in time, and records of texts that never applied."""
    for item in covered.documents:
        yield from _overdue(isms, item)
    # what a withdrawn document said while nothing but itself put it in force, nobody can tell
    recorded = {name: _recorded(standing) for name, standing in standings.items() if standing.issues or not standing.document.retired}
    for record in isms.of(Acknowledgement):
        texts = recorded.get(record.document or "")
        if texts is None or not record.living or not all(named_text(record)):
            continue  # what is missing or unknown is told already
        if named_text(record) not in texts:
            yield Diagnostic(
                code="acknowledgement-unbound",
                message=f"{record.id}: this text was never in force as version {record.version} of {record.document}",
                hint="the record does not count; `isms ack` takes the hash from the approval",
                entry=record.id,
                place=isms.place(record).at("content_hash"),
            )


def _overdue(isms: Isms, item: DocumentCoverage) -> Iterator[Diagnostic]:
    late = item.of("stale", "missing")
    if not late:
        return
    document, more = item.document, len(late) - _NAMED
    text = f"{document.id} {item.text.version}".strip()
    named = ", ".join(confirmation.person.name for confirmation in late[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    yield Diagnostic(
        code="not-acknowledged",
        message=f"{text} is not confirmed in time by {item.count('stale', 'missing')}: {named}",
        hint=f"ask them; `isms ack {document.id} --person PERSON` or `isms ack --from FILE.csv` records it",
        entry=document.id,
        place=isms.place(document).at("ack_required"),
    )


def _recorded(standing: Standing) -> set[tuple[str, str]]:
    """Return the texts that acknowledgements may name; where the history is not all here, those too that approvals name."""
    texts = {text.key for text in issued_texts(standing)}
    return texts if standing.known else texts | {(record.version or "", record.content_hash or "") for record in standing.unbound}
