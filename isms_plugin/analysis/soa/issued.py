"""Which version of the statement of applicability a state held, and who approved it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from isms_plugin.model.approval import ISSUES, Approval, decision_order
from isms_plugin.model.document import Document
from isms_plugin.model.state import EntryState, State

SOA: Final = "soa"
"""The group of changes, and what the document of the statement answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoaVersion:
    """The statement as a state held it: the document that issues it with its version, and the approval of exactly that text."""

    document: str
    version: str
    record: str = ""
    person: str = ""
    day: str = ""


def soa_version(state: State) -> SoaVersion | None:
    """Return the version of the statement that a state held, if it had a document for it."""
    for entry in state.entries.values():
        data = entry.data
        if entry.kind == Document.KIND.name and SOA in data.get("answers", ()) and data.get("status") != "withdrawn":
            version = str(data.get("version", ""))
            record = _approval(state, entry, version)
            return SoaVersion(
                document=entry.id,
                version=version,
                record=record.id if record else "",
                person=str(record.data.get("person", "")) if record else "",
                day=str(record.data.get("decided_on", "")) if record else "",
            )
    return None


def _approval(state: State, document: EntryState, version: str) -> EntryState | None:
    """Return the newest approval of a text, bound to it by its hash."""
    found = [
        entry
        for entry in state.entries.values()
        if entry.kind == Approval.KIND.name
        and entry.data.get("document") == document.id
        and entry.data.get("content_hash") == document.text != ""
        and entry.data.get("decision") in ISSUES
        and entry.data.get("status") == "active"
    ]
    return max(found, key=lambda entry: decision_order(str(entry.data.get("decided_on", "")), version, entry.id), default=None)
