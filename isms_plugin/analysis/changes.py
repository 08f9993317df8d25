"""What changed between two states of the ISMS: entry by entry and field by field, in groups as an auditor asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from isms_plugin.model.control import Control, ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.history import Revision
from isms_plugin.model.isms import KINDS
from isms_plugin.model.natural_order import natural
from isms_plugin.model.people import Person, Role
from isms_plugin.model.risk import Risk
from isms_plugin.model.state import EntryState, State

TEXT: Final = "text"
"""Stands for the text of a document where fields are named."""

SCOPE: Final = "scope"
"""The group, and what the document of the scope answers."""

_FIRST: Final[tuple[tuple[type[Entry], str, str], ...]] = (
    (Document, "documents", "Documents"),
    (ControlDecision, "soa", "Statement of applicability"),
    (Control, "controls", "Own controls"),
    (Risk, "risks", "Risks"),
    (Evidence, "evidence", "Evidence"),
    (Person, "people", "People"),
    (Role, "roles", "Roles"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field before and after as plain text; None is what could not be read. Items of lists are told as well."""

    key: str
    title: str
    old: str | None
    new: str | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The approval of a document that was in force in the newer state; `level` is None where nothing here can tell it."""

    record: str
    person: str
    day: str
    level: int | None
    same_text: bool
    """Whether it is bound to the text of that state, not to an earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """One entry that was added, removed or changed; the commits that did it stand newest first."""

    change: Literal["added", "removed", "changed"]
    id: str
    kind: str
    title: str
    fields: tuple[FieldChange, ...]
    commits: tuple[Revision, ...] = ()
    uncommitted: bool = False
    """Whether part of it stands in the working tree alone."""
    approval: InForce | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The changes of one sort; records tell of what was done rather than change the ISMS."""

    name: str
    title: str
    changes: tuple[EntryChange, ...]
    record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that changed between two states, which stand here without their entries. Every group is named, also where nothing did."""

    old: State
    new: State
    groups: tuple[Group, ...]
    gap: str = ""
    """Why commits may be missing; empty when all are here."""

    @property
    def total(self) -> int:
        """How many entries changed, records aside."""
        return sum(len(group.changes) for group in self.groups if not group.record)

    @property
    def records(self) -> int:
        """How many records were added, removed or changed."""
        return sum(len(group.changes) for group in self.groups if group.record)

    @property
    def counted(self) -> str:
        """How many entries and records changed, in words."""
        changes = f"{self.total} change{'' if self.total == 1 else 's'}"
        return f"{changes}, {self.records} record{'' if self.records == 1 else 's'}" if self.records else changes

    @property
    def unread(self) -> list[tuple[str, list[str]]]:
        """What could not be read in either state, and what in both, each under a label."""
        old, new = self.old, self.new
        told = [
            (old.label, [fault for fault in old.faults if fault not in new.faults]),
            (new.label, [fault for fault in new.faults if fault not in old.faults]),
            ("both", [fault for fault in old.faults if fault in new.faults]),
        ]
        return [(label, faults) for label, faults in told if faults]


def changes(old: State, new: State, kinds: Sequence[type[Entry]] = KINDS) -> Changes:
    """Compare two states. An entry that moved to another place, file or line is not a change."""
    declared = {declaration.KIND.name: declaration for declaration in kinds}
    before, after = ({(entry.kind, entry.id): entry for entry in state.entries.values()} for state in (old, new))
    differing = [key for key in before | after if not _says_the_same(before.get(key), after.get(key))]
    names = {declaration: name for declaration, name, _ in _FIRST}
    found: dict[str, list[EntryChange]] = {}
    for kind, identifier in sorted(differing, key=lambda key: (natural(key[1]), key[0])):
        pair = before.get((kind, identifier)), after.get((kind, identifier))
        change = _change(declared[kind], *pair)
        if change is not None:
            name = SCOPE if any(map(_is_scope, pair)) else names.get(declared[kind], kind)
            found.setdefault(name, []).append(change)
    return Changes(old=replace(old, entries={}), new=replace(new, entries={}), groups=tuple(_groups(found, kinds)))


def _says_the_same(before: EntryState | None, after: EntryState | None) -> bool:
    return before is not None and after is not None and before.data == after.data and before.text == after.text


def _groups(found: Mapping[str, list[EntryChange]], kinds: Sequence[type[Entry]]) -> Iterator[Group]:
    known = {declaration for declaration, _, _ in _FIRST}
    for _, name, title in (*_FIRST, (Document, SCOPE, "Scope")):
        yield Group(name=name, title=title, changes=tuple(found.get(name, ())))
    for declaration in kinds:
        kind = declaration.KIND
        if kind.register and declaration not in known:
            yield Group(name=kind.name, title=kind.plural, changes=tuple(found.get(kind.name, ())), record=kind.record)


def _is_scope(entry: EntryState | None) -> bool:
    return entry is not None and entry.kind == Document.KIND.name and SCOPE in entry.data.get("answers", ())


def _change(declaration: type[Entry], before: EntryState | None, after: EntryState | None) -> EntryChange | None:
    fields = tuple(_fields(declaration, before, after))
    shown = after or before
    if shown is None or (before and after and not fields):
        return None
    return EntryChange(
        change="changed" if before and after else "added" if after else "removed",
        id=shown.id,
        kind=shown.kind,
        title=shown.title,
        fields=fields,
    )


def _fields(declaration: type[Entry], before: EntryState | None, after: EntryState | None) -> Iterator[FieldChange]:
    hashes = [entry.text if entry else "" for entry in (before, after)]
    if hashes[0] != hashes[1]:
        yield FieldChange(key=TEXT, title="Text", old=hashes[0], new=hashes[1])
    for spec in fields_of(declaration):
        old, new = (entry.data.get(spec.key) if entry else None for entry in (before, after))
        if not _same(spec, old, new):
            unread = [bool(entry and spec.key in entry.unread) for entry in (before, after)]
            if not all(unread):
                yield _field(spec, old, new, unread)
    for key, title in declaration.KIND.computed:
        values = [_plain(entry.data.get(key) if entry else None) for entry in (before, after)]
        if values[0] != values[1]:
            yield FieldChange(key=key, title=title, old=values[0], new=values[1])


def _same(spec: FieldSpec, old: Any, new: Any) -> bool:
    if spec.many and spec.ref:
        return set(old or ()) == set(new or ())
    return bool(old == new)


def _field(spec: FieldSpec, old: Any, new: Any, unread: Sequence[bool]) -> FieldChange:
    items = [[_plain(item) for item in value or ()] if spec.many else [] for value in (old, new)]
    texts = ["; ".join(part) if spec.many else _plain(value) for part, value in zip(items, (old, new), strict=True)]
    return FieldChange(
        key=spec.key,
        title=spec.title,
        old=None if unread[0] else texts[0],
        new=None if unread[1] else texts[1],
        added=tuple(item for item in items[1] if item not in items[0]),
        removed=tuple(item for item in items[0] if item not in items[1]),
    )


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(filter(None, map(_plain, value.values())))
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return str(value)
