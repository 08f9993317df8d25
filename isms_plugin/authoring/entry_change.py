"""Changes of one entry, held against the declaration of its kind and the other entries before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from isms_plugin.analysis.trace import trace
from isms_plugin.authoring.entry_text import edited, text_of
from isms_plugin.authoring.field_change import Change, applied
from isms_plugin.authoring.field_edit import with_changes
from isms_plugin.authoring.field_path import allowed
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Diagnostic, Place, Pointer
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.near import no_such
from isms_plugin.sources.markdown_reader import read_markdown
from isms_plugin.sources.snapshot import Snapshot
from isms_plugin.sources.validation import read_identified
from isms_plugin.sources.yaml_reader import read_yaml


def writable_entry(isms: Isms, name: str) -> Entry:
    """Return the entry of an id as it is written down somewhere; raises IsmsError where there is none, several, or one of the catalogue."""
    entry = isms.entries.get(name)
    if entry is None:
        raise IsmsError(no_such(name, "entry", isms.entries))
    if not isms.place(entry).path:
        raise IsmsError(f"{name}: comes with the program, not from a file; what you decide about it stands in the register soa")
    again = [fault.place for fault in isms.faults if fault.code == "duplicate-id" and fault.entry == name]
    if again:
        places = ", ".join(f"{place.path}:{place.line}" for place in (isms.place(entry), *again))
        raise IsmsError(f"{name}: stands at {places}; give all but one of them an id of their own first")
    return entry


def changed_file(isms: Isms, snapshot: Snapshot, entry: Entry, changes: Sequence[Change]) -> bytes:
    """Return the file of an entry with changes made to it and nothing else.

    Raises IsmsError for values that the declaration does not take, ids that lead nowhere, and forms that cannot be changed in place.
    """
    place = isms.place(entry)
    _refuse_parts_of_identity(entry, changes)
    data = snapshot.read(place.path)
    _refuse_text_below(entry, data, place.path, changes)
    before = written_data(data, place)
    after = before
    for change in changes:
        after = _applied(entry, after, change)
    refuse_mistakes(isms, type(entry), entry.id, after, changes, before)
    try:
        return edited(data, place, lambda text, pointer: with_changes(text, pointer, changes))
    except IsmsError as error:
        raise IsmsError(f"{entry.id}: {error}") from None


def _applied(entry: Entry, data: Any, change: Change) -> Any:
    try:
        return applied(data, change)
    except IsmsError as error:
        raise IsmsError(f"{entry.id}: {error}") from None


def written_data(data: bytes, place: Place) -> Any:
    """Return what a file says at a place, as plain values; raises IsmsError where that cannot be told."""
    text, pointer = text_of(data, place)
    value = read_yaml(text).value
    for step in pointer:
        value = value[step]
    return value


def _refuse_parts_of_identity(entry: Entry, changes: Iterable[Change]) -> None:
    fixed = ("id", entry.KIND.key)
    name = next((change.name for change in changes if change.pointer[0] in fixed), "")
    if name and name == entry.KIND.key:
        raise IsmsError(f"{entry.id}: goes by its {name}, which stays; begin another one with `isms new`, and retire this one")
    if name:
        raise IsmsError(f"{entry.id}: {name} makes the id; `isms rename {entry.id} NEW` changes it, with all that refers to it")


def _refuse_text_below(entry: Entry, data: bytes, path: str, changes: Iterable[Change]) -> None:
    """Refuse to hide the text of an entry that is kept as Markdown behind a field of the same meaning."""
    if isinstance(entry, Document) or not is_markdown(path):
        return
    text, key = read_markdown(data), entry.KIND.body
    if any(change.pointer[0] == key for change in changes) and text.body.strip() and (text.data or {}).get(key) is None:
        raise IsmsError(f"{entry.id}: its {key} is the text below the front matter of {path}; change it there")


def refuse_mistakes(isms: Isms, kind: type[Entry], name: str, data: Any, changes: Iterable[Change], before: Any = None) -> Entry:
    """Return an entry as plain data make it.

    Raises IsmsError for values that cannot be read and ids that lead nowhere, unless they were there before.
    """
    old, known = read_identified(kind, name, before or {"id": name}, Place())
    made, faults = read_identified(kind, name, data, Place())
    told_before = {fault.message for fault in known}
    wrong = [fault for fault in faults if fault.message not in told_before] or _wrong_references(isms, old, made)
    if wrong:
        told = [f"{name}: {_told(fault)}" for fault in wrong]
        named = dict.fromkeys(change.name for change in changes if any(_concerns(fault, change.pointer) for fault in wrong))
        raise IsmsError("\n    ".join([*told, *(allowed(kind, field) for field in named)]))
    return made


def _told(fault: Diagnostic) -> str:
    field = ".".join(map(str, fault.place.pointer))
    message = fault.message if fault.message.startswith(field.partition(".")[0]) else f"{field}: {fault.message}"
    return f"{message}; {fault.hint}" if fault.hint and fault.code != "invalid-value" else message


def _concerns(fault: Diagnostic, pointer: Pointer) -> bool:
    shared = min(len(fault.place.pointer), len(pointer))
    return fault.place.pointer[:shared] == pointer[:shared]


def _wrong_references(isms: Isms, entry: Entry, made: Entry) -> list[Diagnostic]:
    """Return what the references of a changed entry bring up and those of the entry as it was do not."""
    if entry == made:
        return []
    known = {entry.id: Place("-")}
    found = [trace(replace(isms, entries={**isms.entries, entry.id: each}, places=known, pages={}))[1] for each in (entry, made)]
    old = {(item.code, item.message) for item in found[0] if item.entry == entry.id}
    return [item for item in found[1] if item.entry == entry.id and (item.code, item.message) not in old]
