"""A state of the whole ISMS, reduced to what two of them are compared by. It can be kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms

_HARMLESS: Final = ("empty-register", "no-front-matter", "conflict-marker")
"""Faults of reading after which everything is there all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryState:
    """One entry as it was: `data` holds its filled fields by their keys in YAML, and what is worked out from them."""

    id: str
    kind: str
    title: str
    path: str
    data: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    """Hash of the text of a document; its words are kept elsewhere."""
    unread: tuple[str, ...] = ()
    """Fields whose values could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All entries at one moment, those of the catalogue left out."""

    name: str = ""
    commit: str = ""
    day: date | None = None
    entries: Mapping[str, EntryState] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    """What could not be read, with its place."""
    current: bool = False
    """Whether it is the one that was built, which may hold what is not committed."""

    @property
    def label(self) -> str:
        """What people call it: its name, else the commit."""
        return self.name or self.commit[:10]


def state_of(isms: Isms, *, name: str = "", commit: str = "", day: date | None = None, current: bool = False) -> State:
    """Return the state of an ISMS."""
    unread = _unread(isms)
    entries = {}
    for entry in isms.entries.values():
        place = isms.place(entry)
        if place.path:
            worked_out = entry.worked_out(isms.entries)
            hashed = isms.text_hash(entry) if isinstance(entry, Document) and entry.id in isms.texts else ""
            entries[entry.id] = entry_state(entry, place.path, worked_out, text=hashed, unread=unread.get(entry.id, ()))
    faults = tuple(_told(fault) for fault in isms.faults if _lost(fault, isms))
    return State(name=name, commit=commit, day=day, entries=entries, faults=faults, current=current)


def entry_state(entry: Entry, path: str, worked_out: Mapping[str, Any], *, text: str = "", unread: tuple[str, ...] = ()) -> EntryState:
    """Return the state of one entry, with what is worked out of it; `text` is the hash of a document's text."""
    data = entry.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"id"})
    data |= worked_out
    return EntryState(
        id=entry.id,
        kind=entry.KIND.name,
        title=entry.name,
        path=path,
        data={key: value for key, value in data.items() if value not in (None, "", [])},
        text=text,
        unread=unread,
    )


def as_json(state: State) -> dict[str, Any]:
    """Return a state as plain data."""
    return {
        "name": state.name,
        "commit": state.commit,
        "day": state.day.isoformat() if state.day else "",
        "entries": [
            (entry.id, entry.kind, entry.title, entry.path, entry.data, entry.text, entry.unread) for entry in state.entries.values()
        ],
        "faults": state.faults,
    }


def from_json(data: Mapping[str, Any]) -> State:
    """Return the state that plain data holds."""
    entries = {
        identifier: EntryState(id=identifier, kind=kind, title=title, path=path, data=held, text=text, unread=tuple(unread))
        for identifier, kind, title, path, held, text, unread in data["entries"]
    }
    return State(
        name=data["name"],
        commit=data["commit"],
        day=date.fromisoformat(data["day"]) if data["day"] else None,
        entries=entries,
        faults=tuple(data["faults"]),
    )


def _unread(isms: Isms) -> dict[str, tuple[str, ...]]:
    """Fields whose values could not be read, by entry."""
    found: dict[str, tuple[str, ...]] = {}
    for fault in isms.faults:
        place = isms.places.get(fault.entry, Place())
        depth = len(place.pointer)
        # of two entries with one id, the faults of the second are its own
        if fault.code == "invalid-value" and fault.place.path == place.path and fault.place.pointer[:depth] == place.pointer:
            key = str(fault.place.pointer[depth])
            found[fault.entry] = (*(known for known in found.get(fault.entry, ()) if known != key), key)
    return found


def _lost(fault: Diagnostic, isms: Isms) -> bool:
    """Whether the fault hides something: a document without an id goes by its path, a page of the site is no entry."""
    named = fault.code == "missing-id" and bool(fault.entry)
    return fault.code not in _HARMLESS and not named and fault.place.path not in isms.pages


def _told(fault: Diagnostic) -> str:
    line = f":{fault.place.line}" if fault.place.line else ""
    entry = f"{fault.entry}: " if fault.entry and fault.entry not in fault.message else ""
    return f"{fault.place.path}{line}: {entry}{fault.message}"
