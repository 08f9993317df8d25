"""Versions of the statement of applicability: which each baseline holds, who approved it, and what was decided anew since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from isms_plugin.analysis.changes import Changes, EntryChange
from isms_plugin.model.approval import ISSUES, Approval, decision_order
from isms_plugin.model.document import Document
from isms_plugin.model.state import EntryState, State

if TYPE_CHECKING:
    from isms_plugin.analysis.baselines import Baselines, Frozen

SOA: Final = "soa"
"""The group of changes, and what the document of the statement answers."""

DECIDED: Final = frozenset(("control", "decision", "reason", "business_decision"))
"""Fields that the approval of the statement is about; how far controls are implemented changes with the work."""


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


def decisions_changed(found: Changes | None) -> tuple[EntryChange, ...]:
    """Return the rows of the statement that differ between two states."""
    groups = found.groups if found else ()
    return next((group.changes for group in groups if group.name == SOA), ())


def holding(baselines: Baselines, version: str) -> list[Frozen]:
    """Return the newest baselines in a row that hold a version, newest first."""
    found: list[Frozen] = []
    for frozen in baselines.frozen:
        if frozen.soa is None or frozen.soa.version != version:
            break
        found.append(frozen)
    return found


def decided_anew(baselines: Baselines, version: str) -> tuple[str, ...]:
    """Return the controls whose decision or reason changed although the version stayed, since the first baseline that holds it."""
    return tuple(dict.fromkeys(change.id for change in _since_first(baselines, version) if _decided(change)))


def _since_first(baselines: Baselines, version: str) -> Iterator[EntryChange]:
    frozen = holding(baselines, version)
    if frozen:
        yield from decisions_changed(baselines.since)
        for newer in frozen[:-1]:
            yield from decisions_changed(newer.changes)


def _decided(change: EntryChange) -> bool:
    return change.change != "changed" or any(field.key in DECIDED for field in change.fields)
