"""Retiring an entry: it stays as a tombstone, since its id is permanent (clause 7.5.2), and says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.trace import trace
from isms_plugin.authoring.entry_change import changed_file, writable_entry, written_data
from isms_plugin.authoring.entry_text import edited
from isms_plugin.authoring.field_change import Change
from isms_plugin.authoring.text_extension import with_sentence
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.sources.markdown_reader import read_markdown
from isms_plugin.sources.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """An entry as it will be kept: its file, its new status, and what refers to it still, each with its place."""

    entry: Entry
    status: str
    path: str
    content: bytes
    referring: tuple[Diagnostic, ...]


def retire(facts: Facts, snapshot: Snapshot, name: str, reason: str = "") -> Retirement:
    """Return an entry retired, or a document withdrawn; raises IsmsError for what is so already, and for records."""
    isms = facts.isms
    entry = writable_entry(isms, name)
    if entry.retired:
        raise IsmsError(f"{name}: is {entry.status} already")
    if entry.KIND.record:
        raise IsmsError(f"{name}: is a record of what was; it stays as it is")
    status = "withdrawn" if isinstance(entry, Document) else "retired"
    place = isms.place(entry)
    keys = _keys_before(type(entry), "status")
    content = changed_file(isms, snapshot, entry, [Change(pointer=("status",), action="set", value=status, before=keys)])
    if reason.strip():
        sentence = f"{status.capitalize()} on {facts.today.isoformat()}: {' '.join(reason.split())}"
        content = _with_reason(content, place, entry, sentence)
    return Retirement(entry=entry, status=status, path=place.path, content=content, referring=_referring(facts, entry, status))


def _keys_before(kind: type[Entry], key: str) -> tuple[str, ...]:
    keys = [spec.key for spec in fields_of(kind)]
    return tuple(keys[: keys.index(key)])


def _with_reason(data: bytes, place: Place, entry: Entry, sentence: str) -> bytes:
    """Put a sentence behind the note of an entry, or behind the text below the front matter where that is its note."""
    note: FieldSpec = next(spec for spec in fields_of(type(entry)) if spec.name == "note")
    if is_markdown(place.path) and not isinstance(entry, Document) and entry.KIND.body == note.key:
        body = read_markdown(data).body
        if body.strip() and written_data(data, place).get(note.key) is None:
            ends = b"\r\n" if b"\r\n" in data else b"\n"
            return data.rstrip() + ends * 2 + sentence.encode() + ends
    before = _keys_before(type(entry), note.key)
    return edited(data, place, lambda text, pointer: with_sentence(text, pointer, note.key, sentence, before))


def _referring(facts: Facts, entry: Entry, status: str) -> tuple[Diagnostic, ...]:
    """Return what a check will report once the entry is retired: references to it from what is in force."""
    isms = facts.isms
    retired = entry.model_copy(update={"status": status})
    found = trace(replace(isms, entries={**isms.entries, entry.id: retired}))[1]
    told = f"{entry.id} is {status}"
    return tuple(facts.locate(item for item in found if item.code == "retired-reference" and item.message == told))


def to_do(facts: Facts, entry: Entry) -> Sequence[str]:
    """Return what people do beside it, in sentences."""
    if isinstance(entry, Document) and facts.standings[entry.id].current:
        return (f"Commit it, then record who decided on it: isms approve {entry.id} --decision withdrawn",)
    return ()
