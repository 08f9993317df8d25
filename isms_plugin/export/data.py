"""The ISMS as data: every entry, relation, address and diagnostic (`isms.json`, schema isms-site/1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry


def site_data(facts: Facts, addresses: Mapping[str, str], url: Mapping[str, str]) -> Iterator[bytes]:
    """Everything a program may want to know of a site, piece by piece, an entry a line; the same facts give the same bytes."""
    head = {
        "schema": "isms-site/1",
        "commit": facts.history.head,
        "uncommitted": bool(facts.history.uncommitted),
        "history": facts.history.completeness.value,
        "as_of": facts.today.isoformat(),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}").encode()
    yield from _list("entries", (_entry(facts, entry, addresses, url) for entry in facts.isms.entries.values()))
    told = facts.diagnostics if facts.profile is None or facts.profile.allows_view("diagnostics") else ()
    yield from _list("diagnostics", (_diagnostic(facts, item) for item in told))
    yield b"\n}\n"


def _list(name: str, items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield f',\n "{name}": ['.encode()
    for position, item in enumerate(items):
        # an item a line: with an indent, json falls back to its slow encoder
        yield f"{',' if position else ''}\n  {json.dumps(item, ensure_ascii=False)}".encode()
    yield b"]"


def _entry(facts: Facts, entry: Entry, addresses: Mapping[str, str], url: Mapping[str, str]) -> dict[str, Any]:
    page, mark, anchor = addresses[entry.id].partition("#")
    place = facts.isms.place(entry)
    return {
        "id": entry.id,
        "kind": entry.KIND.name,
        "title": entry.name,
        "url": url.get(page, page) + mark + anchor,
        "path": place.path,
        "line": place.line,
        **_standing(facts, entry),
        "relations": [
            {"field": relation.field or "text", "label": relation.label, "target": relation.target}
            for relation in facts.trace.outgoing.get(entry.id, ())
        ],
        "named_by": list(dict.fromkeys(relation.source for relation in facts.trace.incoming.get(entry.id, ()))),
    }


def _standing(facts: Facts, entry: Entry) -> dict[str, Any]:
    """Return which text of a document is in force, and how that is proven."""
    standing = facts.standings.get(entry.id) if isinstance(entry, Document) else None
    if standing is None:
        return {}
    current = standing.current
    return {
        "approval": {
            "state": standing.state,
            "level": standing.level,
            "version": current.version if current else "",
            "record": current.approval.id if current else "",
            "content_hash": (current.approval.content_hash if current else "") or "",
        }
    }


def _diagnostic(facts: Facts, item: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic; `waived_by` is the exception that waives it, and stands only where one does."""
    waiver = facts.waiver(item)
    return {**diagnostic_data(item, facts.grade(item)), **({"waived_by": waiver.id} if waiver else {})}


def diagnostic_data(item: Diagnostic, grade: Grade) -> dict[str, Any]:
    """Return what a diagnostic and its grade say as data (schema isms-check/1)."""
    return {
        "code": item.code,
        "severity": grade.word,
        "clause": item.clause,
        "message": item.message,
        "hint": item.hint,
        "entry": item.entry,
        "path": item.place.path,
        "line": item.place.line,
        "column": item.place.column,
    }
