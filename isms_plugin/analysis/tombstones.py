"""Ids are permanent (clause 7.5.2): what is over stays as a tombstone, and its id never stands for anything else.

Judged by the baselines, the states that an organization froze and others may have seen, and by the commits that took an id away
on the main line of the history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.entry import Entry
from isms_plugin.model.former import Former, FormerEntry
from isms_plugin.model.isms import Isms
from isms_plugin.model.nil_return import NilReturn

_HIDES_NOTHING: Final = frozenset(("unknown-field", "invalid-value", "duplicate-key", "empty-register", "conflict-marker"))
"""Faults of reading after which every entry of the file is there all the same."""


def check_tombstones(isms: Isms, former: Sequence[Former], deleted: Sequence[Former] = ()) -> Iterator[Diagnostic]:
    """Report ids that stood for something else, and what the newest baseline held and is gone.

    `former` is what the baselines held, newest first; `deleted` what ids stood for when a commit took them away.
    """
    reused = {item.entry: item for item in (*_reused_since_deletion(isms, deleted), *_reused(isms, former))}
    yield from reused.values()
    if former:
        yield from _deleted(isms, former[0])


def _reused(isms: Isms, former: Sequence[Former]) -> Iterator[Diagnostic]:
    """Go back from now: an id has to stand for the same kind, and for the same thing where it was missing for a while."""
    places = {identifier: place.path for identifier, place in isms.places.items() if place.path and identifier in isms.entries}
    waiting, always = set(places), set(places)
    for state in former:
        held = waiting & state.entries.keys()
        for identifier in sorted(name for name in held if _differs(isms.entries[name], state.entries[name], gap=name not in always)):
            waiting.discard(identifier)
            yield _reuse(isms, isms.entries[identifier], state)
        always -= {name for name in always - state.entries.keys() if places[name] not in state.unread}


def _reused_since_deletion(isms: Isms, deleted: Sequence[Former]) -> Iterator[Diagnostic]:
    for state in deleted:
        for identifier, old in state.entries.items():
            entry = isms.entries.get(identifier)
            if entry is not None and _permanent(type(entry)) and isms.place(entry).path and _differs(entry, old, gap=True):
                yield _reuse(isms, entry, state)


def _differs(entry: Entry, old: FormerEntry, *, gap: bool) -> bool:
    """Whether an id means something else: another kind at any time, another name once it had been missing in between."""
    return old.kind != entry.KIND.name or (gap and _plain(old.title) != _plain(entry.name))


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _reuse(isms: Isms, entry: Entry, state: Former) -> Diagnostic:
    old = state.entries[entry.id]
    return Diagnostic(
        code="id-reused",
        message=f"{entry.id} ({entry.name}) stood for the {_kind(isms, old)} {old.title!r} in {state.name}",
        hint=f"give the new one an id of its own, and bring {entry.id} back as what it was, retired or withdrawn",
        entry=entry.id,
        place=isms.place(entry).at("id"),
    )


def _kind(isms: Isms, old: FormerEntry) -> str:
    return next((kind.KIND.title.lower() for kind in isms.kinds if kind.KIND.name == old.kind), old.kind.replace("_", " "))


def _deleted(isms: Isms, newest: Former) -> Iterator[Diagnostic]:
    kept = {kind.KIND.name: kind for kind in isms.kinds if _permanent(kind)}
    hidden = {fault.place.path for fault in isms.faults if fault.code not in _HIDES_NOTHING}
    for identifier, old in newest.entries.items():
        if identifier not in isms.entries and old.kind in kept and not _excused(identifier, old, hidden):
            yield _deletion(identifier, old, newest, tombstone="withdrawn" if kept[old.kind] is Document else "retired")


def _permanent(kind: type[Entry]) -> bool:
    """Whether ids of a kind are given by people and stay: those made of other fields go with them, records have their own retention."""
    return not kind.KIND.record and not kind.KIND.key and kind is not NilReturn


def _excused(identifier: str, old: FormerEntry, hidden: AbstractSet[str]) -> bool:
    """Whether an entry was a draft, went by its path, or may still be there in a file that cannot be read."""
    return old.status in ("draft", "in_review") or is_markdown(identifier) or old.path in hidden


def _deletion(identifier: str, old: FormerEntry, newest: Former, tombstone: str) -> Diagnostic:
    return Diagnostic(
        code="entry-deleted",
        message=f"{identifier} ({old.title}) stood in {newest.name} and was deleted since",
        hint=f"bring it back with `status: {tombstone}`, so that its id stays taken and the trail does not break",
        entry=identifier,
        place=Place(old.path),
    )
