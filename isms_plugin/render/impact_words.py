"""Documents in a comment: what became of version, note and approval, and the words that came and went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from isms_plugin.analysis.changes import TEXT, EntryChange, FieldChange
from isms_plugin.analysis.impact.documents import DocumentImpact
from isms_plugin.analysis.impact.passages import Passage, Piece
from isms_plugin.render.cells import words
from isms_plugin.render.comment_text import TITLE, VALUE, in_html, plain

PASSAGES: Final = 25
"""Passages of a document that are shown."""
_AROUND: Final = 7
"""Words shown before and after a change."""
_LONGEST: Final = 60
"""Words shown of what came or went in one place."""

_TOLD: Final = (TEXT, "version", "status", "changes")
"""Fields that a line of their own tells of."""

_APPROVALS: Final = {
    "approved": "approved as it stands", "changed": "changed since it was approved", "draft": "a newer draft, an earlier text is in force",
    "never": "never approved",
}  # fmt: skip


def document_summary(item: DocumentImpact) -> str:
    """Return in HTML what became of a document."""
    unit = "word" if item.words_added == 1 else "words"
    counts = f"{item.words_added} {unit} added, {item.words_removed} removed" if item.text_changed else "text unchanged"
    return f"{in_html(item.id)} {in_html(item.title)}: {_became(item)}, {counts}"


def _became(item: DocumentImpact) -> str:
    return {"added": "new", "removed": "<b>deleted</b>", "withdrawn": "withdrawn", "changed": "changed"}[item.change]


def document_lines(item: DocumentImpact, change: EntryChange) -> Iterator[str]:
    """Yield what reviewers have to know of a document, then its passages."""
    if item.change != "removed":
        yield f"- Version: {_version(item)}"
        if item.text_changed or item.old_version != item.new_version:
            yield f"- Change note: {plain(item.note) if item.note else '**none** for this version'}"
        yield f"- Status: {_status(item)}"
    if item.change == "changed":
        yield from (f"- {plain(field.title, TITLE)}: {field_words(field)}" for field in change.fields if field.key not in _TOLD)
    for passage in item.passages[:PASSAGES]:
        yield f"\n> {_passage(passage)}"
    if len(item.passages) > PASSAGES:
        yield f"\n*{len(item.passages) - PASSAGES} more passages are left out.*"


def _version(item: DocumentImpact) -> str:
    new = plain(item.new_version) or "none"
    if item.change == "added" or (not item.text_changed and item.old_version == item.new_version):
        return new
    if item.raised:
        return f"{plain(item.old_version) or 'none'} \u2192 {new}, raised"
    if item.old_version == item.new_version:
        return f"{new}, **not raised** although the text changed"
    return f"{plain(item.old_version) or 'none'} \u2192 {new}, **not raised**"


def _status(item: DocumentImpact) -> str:
    status = words(item.status) or "unknown"
    if item.change != "added" and item.old_status != item.status:
        status = f"{words(item.old_status) or 'unknown'} \u2192 {status}"
    if item.approval == "withdrawn":
        return plain(status)
    approval = _APPROVALS.get(item.approval or "", "approval unknown")
    return f"{plain(status)}; {approval} ({plain(item.record, TITLE)})" if item.record else f"{plain(status)}; {approval}"


def field_words(field: FieldChange) -> str:
    """Return the values of a field before and after, or what was taken out of a list and put in."""
    if (field.added or field.removed) and None not in (field.old, field.new):
        marked = [f"<del>{plain(value, TITLE)}</del>" for value in field.removed[:20]]
        marked += [f"<ins>{plain(value, TITLE)}</ins>" for value in field.added[:20]]
        more = max(len(field.removed) - 20, 0) + max(len(field.added) - 20, 0)
        return " ".join(marked) + (f" and {more} more" if more else "")
    return f"{_value(field.old)} \u2192 {_value(field.new)}"


def _value(value: str | None) -> str:
    return "*could not be read*" if value is None else plain(value, VALUE) or "*none*"


def _passage(passage: Passage) -> str:
    last = len(passage) - 1
    return " ".join(_piece(piece, first=position == 0, last=position == last) for position, piece in enumerate(passage))


def _piece(piece: Piece, *, first: bool, last: bool) -> str:
    if piece.mark == "same":
        return _same(piece.words, first=first, last=last)
    shown = plain(" ".join(piece.words[:_LONGEST]), limit=4 * VALUE)
    more = f" \u2026 and {len(piece.words) - _LONGEST} more words" if len(piece.words) > _LONGEST else ""
    tag = "ins" if piece.mark == "added" else "del"
    return f"<{tag}>{shown}</{tag}>{more}"


def _same(kept: tuple[str, ...], *, first: bool, last: bool) -> str:
    head, tail = (() if first else kept[:_AROUND]), (() if last else kept[-_AROUND:])
    if len(kept) <= len(head) + len(tail):
        return plain(" ".join(kept), limit=4 * VALUE)
    cut = [plain(" ".join(part), limit=4 * VALUE) if part else "" for part in (head, tail)]
    return f"{cut[0]} \u2026 {cut[1]}".strip()
