"""Revision history as a table: version, date, author, what changed, commit."""

from __future__ import annotations

from html import escape

from isms_plugin.model.history import Revision
from isms_plugin.render.environment import View
from isms_plugin.render.tables import Row, table


def history_table(view: View, path: str, caption: str) -> str:
    """Return the revisions of a file, newest first; what is unknown is said, never invented."""
    history = view.facts.history
    note = f'<p class="isms-notice">{escape(view.history_note)}</p>' if view.history_note else ""
    if path in history.uncommitted:
        note += '<p class="isms-notice">The text shown differs from the last commit: an uncontrolled draft.</p>'
    revisions = history.of(path)
    if not revisions:
        return note or '<p class="isms-notice">No revision: this file was never committed.</p>'
    rows = [Row(cells=_cells(revision)) for revision in revisions]
    headings = ("Date", "Version", "Author", "What changed", "Commit")
    return note + table(headings, rows, caption=caption, css="isms-table--history")


def _cells(revision: Revision) -> tuple[str, ...]:
    moved = f" <small>({revision.change}: {escape(revision.path)})</small>" if revision.change in ("renamed", "deleted") else ""
    return (
        f'<time datetime="{revision.date.isoformat()}">{revision.date.date().isoformat()}</time>',
        escape(revision.version) or "<small>none</small>",
        escape(revision.author),
        escape(revision.summary) + moved,
        f"<code>{revision.short}</code>",
    )
