"""Answers of the command line as data and as text."""

from __future__ import annotations

from typing import Any

from isms_plugin.analysis.documents.approvals import Issue
from isms_plugin.analysis.facts import Facts
from isms_plugin.errors import IsmsError
from isms_plugin.model.document import Document
from isms_plugin.model.history import Completeness


def history_data(facts: Facts, name: str) -> dict[str, Any]:
    """Return the history of an entry or file (schema isms-history/1); raises IsmsError for a name that is neither."""
    entry = facts.isms.entries.get(name)
    path = facts.isms.place(entry).path if entry else name
    known = {place.path for place in facts.isms.places.values()} | set(facts.isms.pages)
    if path not in known or not path:
        raise IsmsError(f"{name}: neither an id nor the path of a document or register")
    if entry is None:
        entry = next((item for item in facts.isms.of(Document) if facts.isms.place(item).path == path), None)
    return {
        "schema": "isms-history/1",
        "id": entry.id if entry else "",
        "path": path,
        "complete": facts.history.completeness is Completeness.COMPLETE,
        "reason": facts.history.reason,
        "uncommitted": path in facts.history.uncommitted,
        "state": facts.standings[entry.id].state if isinstance(entry, Document) else "",
        "versions": versions_data(facts, entry) if isinstance(entry, Document) else [],
        "revisions": [
            {
                "commit": revision.commit,
                "date": revision.date.isoformat(),
                "author": revision.author,
                "summary": revision.summary,
                "path": revision.path,
                "version": revision.version,
                "change": revision.change,
            }
            for revision in facts.history.of(path)
        ],
    }


def versions_data(facts: Facts, document: Document) -> list[dict[str, Any]]:
    """Return the versions of a document, newest first: those that were issued, then those that only its change notes name."""
    issues = facts.standings[document.id].issues
    issued = [_issue(document, issue) for issue in issues]
    known = {issue.version for issue in issues}
    noted = [change.version or "" for change in document.changes if change.version not in known]
    newer = [version for version in noted if version == document.version]
    return [
        *(_noted(document, version) for version in newer),
        *issued,
        *(_noted(document, version) for version in noted if version not in newer),
    ]


def _issue(document: Document, issue: Issue) -> dict[str, Any]:
    record = issue.approval
    return _noted(document, issue.version) | {
        "date": record.decided_on.isoformat() if record.decided_on else "",
        "author": ", ".join(issue.authors),
        "approved_by": record.person or "",
        "method": record.method or "",
        "level": issue.level,
        "record": record.id,
        "content_hash": record.content_hash or "",
        "commit": issue.text.revision.commit if issue.text else "",
    }


def _noted(document: Document, version: str) -> dict[str, Any]:
    change = next((change for change in document.changes if change.version == version), None)
    return {
        "version": version,
        "date": change.on.isoformat() if change and change.on else "",
        "author": (change.by if change else "") or "",
        "note": (change.note if change else "") or "",
        "approved_by": "",
        "level": 0,
    }


def _version_line(item: dict[str, Any]) -> str:
    approved = f"approved by {item['approved_by']} (level {item['level']})" if item["approved_by"] else "no approval on record"
    return f"  version {item['version']}  {item['date'] or 'no date'}  {item['author']}  {approved}  {item['note']}".rstrip()


def history_text(data: dict[str, Any]) -> str:
    """Return the history as lines to read."""
    lines = [f"{data['id']} {data['path']}".strip()]
    if not data["complete"]:
        lines.append(f"history incomplete: {data['reason'] or 'the clone is shallow'}")
    if data["uncommitted"]:
        lines.append("the text differs from the last commit")
    lines += [_version_line(item) for item in data["versions"]]
    lines += [
        f"  {item['commit'][:10]}  {item['date'][:10]}  {item['author']}  {item['summary']}"
        + (f"  (version {item['version']})" if item["version"] else "")
        + (f"  ({item['change']}: {item['path']})" if item["change"] in ("renamed", "deleted") else "")
        for item in data["revisions"]
    ]
    return "\n".join(lines)
