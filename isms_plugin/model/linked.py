"""Links between entries in one state, with what each target meant: enough to see which links have to be looked at again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.isms import KINDS, Isms
from isms_plugin.model.meaning import fingerprint, meant_values
from isms_plugin.model.state import EntryState, State, entry_state

_LOOSE: Final = frozenset(("links", "related", "evidence", "owner", "supersedes", "audits", "waives_for"))
"""Fields that name others without relying on what those say."""
_NOT_IN_FORCE: Final = ("draft", "in_review", "retired", "withdrawn")


class Link(NamedTuple):
    """A link by both ends and the key of the field it stands in, the outermost one where that is a part."""

    source: str
    field: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """All links that rely on their targets, in the order of the sources; targets without a meaning are left out."""

    name: str = ""
    """Baseline or commit, empty for the files as they are."""
    links: tuple[Link, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    """Fingerprint of what each entry means, by its id."""
    drafts: frozenset[str] = frozenset()
    """Entries that are not in force yet, or no more."""


def linked_of(isms: Isms) -> Linked:
    """Return the links of an ISMS as it is here, what is withheld from readers included."""
    return linked(_states(isms), isms.kinds)


def linked_in(state: State, kinds: Sequence[type[Entry]] = KINDS) -> Linked:
    """Return the links of a state."""
    return linked(state.entries.values(), kinds, state.label)


def linked(entries: Iterable[EntryState], kinds: Sequence[type[Entry]], name: str = "") -> Linked:
    """Return the links of entries; a control means what is decided on it as well, as does everything that a kind decides on."""
    declared = {declaration.KIND.name: declaration for declaration in kinds}
    meant: dict[str, list[Any]] = defaultdict(list)
    links: list[Link] = []
    drafts: set[str] = set()
    for entry in entries:
        declaration = declared.get(entry.kind)
        if declaration is None or declaration.KIND.historical:
            continue
        values = meant_values(declaration, entry.data, entry.text)
        meant[entry.id].append(values)
        if declaration.KIND.page == "shared":
            meant[str(entry.data.get(declaration.KIND.key, ""))].append(values)
        if entry.data.get("status") in _NOT_IN_FORCE:
            drafts.add(entry.id)
        links += _links(declaration, entry)
    meanings = {identifier: fingerprint(values) for identifier, values in meant.items() if any(values)}
    return Linked(name=name, links=tuple(link for link in links if link.target in meanings), meanings=meanings, drafts=frozenset(drafts))


def _states(isms: Isms) -> Iterator[EntryState]:
    """Yield what counts of entries, those of the catalogue left out; the rest of their values is not needed."""
    for entry in map(isms.whole_of, isms.entries.values()):
        place = isms.place(entry)
        if place.path and not entry.KIND.historical:
            text = isms.text_hash(entry) if isinstance(entry, Document) and entry.id in isms.texts else ""
            yield entry_state(entry, place.path, {}, text=text)


def _links(declaration: type[Entry], entry: EntryState) -> Iterator[Link]:
    if _over(declaration, entry):
        return
    found: dict[Link, None] = {}
    for spec in _linking(declaration):
        if spec.name not in _LOOSE and spec.name != declaration.KIND.key:
            found.update(dict.fromkeys(Link(entry.id, spec.key, target) for target in _targets(spec, entry.data.get(spec.key))))
    yield from (link for link in found if link.target != entry.id)


def _over(declaration: type[Entry], entry: EntryState) -> bool:
    """Whether an entry relies on nothing: it is no longer in force, or it is done with."""
    closed = declaration.KIND.closed
    return entry.data.get("status") in ("retired", "withdrawn") or bool(closed and entry.data.get(closed))


@cache
def _linking(declaration: type[BaseModel]) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in fields_of(declaration) if spec.ref or (spec.part and _linking(spec.part)))


def _targets(spec: FieldSpec, held: Any) -> Iterator[str]:
    for item in (held or ()) if spec.many else (held,):
        if spec.ref and isinstance(item, str):
            yield item
        elif spec.part is not None and isinstance(item, Mapping):
            for inner in _linking(spec.part):
                yield from _targets(inner, item.get(inner.key))
