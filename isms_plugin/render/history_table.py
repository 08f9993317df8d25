"""History as tables: what was put in force, by whom and how that is proven; and every revision in git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from isms_plugin.analysis.approvals import LEVELS, Issue, Standing
from isms_plugin.model.approval import Approval
from isms_plugin.model.history import Revision
from isms_plugin.render.cells import day
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


def issues_table(view: View, standing: Standing, uris: Mapping[str, str]) -> str:
    """Return the issued versions, newest first: who wrote and who approved them, why, and how that is proven."""
    rows = [Row(cells=cells) for cells in _versions(view, standing, uris)]
    if not rows:
        return '<p class="isms-notice">No version was ever issued: no approval is on record, and no change note names one.</p>'
    headings = ("Version", "Date", "Author", "Approved by", "What changed", "Approval", "Difference")
    return table(headings, rows, caption=f"Versions of {standing.document.id}", css="isms-table--versions")


def _versions(view: View, standing: Standing, uris: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    document = standing.document
    if "draft" in uris:
        label = f"{escape(document.version or 'draft')} <small>(draft)</small>"
        link = f'<a href="isms:{uris["draft"]}">{label}</a>'
        yield link, "", "", "<small>not approved</small>", _note(view, standing, document.version), "", _compared(uris["draft"])
    for issue in standing.issues:
        yield _issue_cells(view, standing, issue, uris)
        yield from (_record_cells(view, review) for review in issue.reviews)
    recorded = {issue.version for issue in standing.issues}
    for change in document.changes:
        if change.version not in recorded and not ("draft" in uris and change.version == document.version):
            author = view.links.to(change.by) if change.by else "<small>unknown</small>"
            noted = escape(change.note or "")
            yield (
                escape(change.version or ""),
                day(change.on),
                author,
                "<small>not on record</small>",
                noted,
                f"<small>{LEVELS[0]}</small>",
                "",
            )


def _issue_cells(view: View, standing: Standing, issue: Issue, uris: Mapping[str, str]) -> tuple[str, ...]:
    uri = uris.get(issue.approval.id, "")
    version = escape(issue.version) + (" <small>(in force)</small>" if issue is standing.current and standing.state != "withdrawn" else "")
    noted = next((change.by for change in standing.document.changes if change.version == issue.version and change.by), None)
    author = view.links.to(noted) if noted else ", ".join(escape(name) for name in issue.authors) or "<small>unknown</small>"
    compared = _compared(uri) if uri and issue is not standing.issues[-1] else ""
    return (
        f'<a href="isms:{uri}">{version}</a>' if uri else version,
        day(issue.approval.decided_on),
        author,
        view.links.to(issue.approval.person or ""),
        _note(view, standing, issue.version),
        f"{_record(view, issue.approval)}<br><small>{issue.level}: {LEVELS[issue.level]}</small>",
        compared,
    )


def _record_cells(view: View, review: Approval) -> tuple[str, ...]:
    remarks = view.prose.inline(review.note) if review.note else "Reviewed, no change"
    person = view.links.to(review.person or "")
    return (
        f"{escape(review.version or '')} <small>(reviewed)</small>",
        day(review.decided_on),
        "",
        person,
        remarks,
        _record(view, review),
        "",
    )


def _record(view: View, record: Approval) -> str:
    reference = f"<br>{escape(record.reference)}" if record.reference else ""
    return view.links.to(record.id, (record.method or "record").replace("_", " ")) + reference


def _note(view: View, standing: Standing, version: str | None) -> str:
    notes = (change.note for change in standing.document.changes if change.version == version and change.note)
    return "<br>".join(view.prose.inline(note) for note in notes) or "<small>no change note</small>"


def _compared(uri: str) -> str:
    return f'<a href="isms:{uri}#since-1">to the one before</a>'
