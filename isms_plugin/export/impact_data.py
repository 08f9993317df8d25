"""What a change means for the ISMS as data (schema isms-impact/1)."""

from __future__ import annotations

from typing import Any

from isms_plugin.analysis.changes import EntryChange
from isms_plugin.analysis.check_report import Reported
from isms_plugin.analysis.impact.acknowledgements import AcknowledgementImpact
from isms_plugin.analysis.impact.approvals import NeededApproval
from isms_plugin.analysis.impact.documents import DocumentImpact
from isms_plugin.analysis.impact.impact import Impact
from isms_plugin.analysis.impact.touched import Touched
from isms_plugin.export.check_formats.plain_json import as_json


def impact_json(found: Impact) -> str:
    """Return it as JSON, one line break at its end."""
    return as_json(impact_data(found))


def impact_data(found: Impact) -> dict[str, Any]:
    """Return it as plain values, in the order in which a comment tells them."""
    compared, comparison = found.compared, found.check.comparison
    return {
        "schema": "isms-impact/1",
        "as_of": found.today.isoformat(),
        "base": {"name": compared.base, "commit": compared.commit},
        "head": {"name": compared.head, "commit": compared.head_commit},
        "merged": compared.merged,
        "gap": compared.gap,
        "conflicts": list(compared.conflicts),
        "files": list(compared.files),
        "steering": list(compared.steering),
        "effort": _effort(found),
        "approvals": [_approval(item) for item in found.approvals],
        "decisions": [item._asdict() for item in found.decisions],
        "documents": [_document(item) for item in found.documents],
        "entries": [_entry(change) for _, changes in found.rows for change in changes],
        "touched": [
            {"kind": group.kind, "direct": [_touched(item) for item in group.direct], "related": [_touched(item) for item in group.related]}
            for group in found.touched
        ],
        "suspect_links": [
            {"source": link.source, "target": link.target, "fields": list(link.fields), "since": link.since} for link in found.suspects
        ],
        "links_reviewed": found.reviewed,
        "acknowledgements": [_acknowledgement(item) for item in found.acknowledgements],
        "diagnostics": {
            "new": [_diagnostic(item) for item in found.check.reported],
            "fixed": [_diagnostic(item) for item in comparison.fixed] if comparison else [],
            "standing": comparison.standing if comparison else 0,
        },
    }


def _effort(found: Impact) -> dict[str, int]:
    effort = found.effort
    return {name: getattr(effort, name) for name in ("words", "documents", "rows", "links", "approvals")}


def _approval(item: NeededApproval) -> dict[str, Any]:
    return {
        "what": item.what,
        "id": item.id,
        "title": item.title,
        "why": item.why,
        "role": item.role,
        "role_title": item.role_title,
        "held_by": [{"id": person.id, "name": person.name} for person in item.holders],
        "gap": item.gap,
        "draft": item.draft,
    }


def _document(item: DocumentImpact) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "path": item.path,
        "change": item.change,
        "text_changed": item.text_changed,
        "old_version": item.old_version,
        "new_version": item.new_version,
        "version_raised": item.raised,
        "change_note": item.note,
        "old_status": item.old_status,
        "status": item.status,
        "approval": item.approval or "",
        "record": item.record,
        "words_added": item.words_added,
        "words_removed": item.words_removed,
        "passages": [[{"mark": piece.mark, "text": " ".join(piece.words)} for piece in passage] for passage in item.passages],
    }


def _entry(change: EntryChange) -> dict[str, Any]:
    return {
        "change": change.change,
        "id": change.id,
        "kind": change.kind,
        "title": change.title,
        "fields": [{"field": field.key, "title": field.title, "old": field.old, "new": field.new} for field in change.fields],
    }


def _touched(item: Touched) -> dict[str, Any]:
    return {"id": item.id, "title": item.title, "change": item.change, "via": list(item.via)}


def _acknowledgement(item: AcknowledgementImpact) -> dict[str, Any]:
    return {
        "document": item.document,
        "title": item.title,
        "stale": list(item.stale),
        "first": list(item.first),
        "asked": item.asked,
        "approved": item.approved,
    }


def _diagnostic(found: Reported) -> dict[str, Any]:
    item = found.item
    return {
        "grade": found.grade.word,
        "code": item.code,
        "entry": item.entry,
        "message": item.message,
        "hint": item.hint,
        "path": item.place.path,
        "line": item.place.line,
        "fingerprint": found.fingerprint,
        "excuse": found.excuse,
    }
