"""Answers of the command line as data and as text."""

from __future__ import annotations

from typing import Any

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
        "versions": [_version(change) for change in entry.changes] if isinstance(entry, Document) else [],
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


def _version(change: Any) -> dict[str, str]:
    return {
        "version": change.version or "",
        "date": change.on.isoformat() if change.on else "",
        "author": change.by or "",
        "note": change.note or "",
    }


def history_text(data: dict[str, Any]) -> str:
    """Return the history as lines to read."""
    lines = [f"{data['id']} {data['path']}".strip()]
    if not data["complete"]:
        lines.append(f"history incomplete: {data['reason'] or 'the clone is shallow'}")
    if data["uncommitted"]:
        lines.append("the text differs from the last commit")
    lines += [f"  version {item['version']}  {item['date'] or 'no date'}  {item['author']}  {item['note']}" for item in data["versions"]]
    lines += [
        f"  {item['commit'][:10]}  {item['date'][:10]}  {item['author']}  {item['summary']}"
        + (f"  (version {item['version']})" if item["version"] else "")
        + (f"  ({item['change']}: {item['path']})" if item["change"] in ("renamed", "deleted") else "")
        for item in data["revisions"]
    ]
    return "\n".join(lines)
