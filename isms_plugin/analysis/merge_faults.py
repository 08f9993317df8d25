"""What goes wrong when a change is merged with the branch that it is meant for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.state import EntryState, State

_OF_IDS: Final = frozenset(("duplicate-id", "case-of-id"))
"""Codes that are told of files in conflict too; there, all others would speak of a mixture that nobody wrote."""


def merge_faults(found: Iterable[Diagnostic], conflicts: Iterable[str], taken: Iterable[EntryState], base: str) -> list[Diagnostic]:
    """Return the diagnostics of a merged state with its conflicts in the place of what these lead to, and ids that both sides took."""
    found = list(found)
    paths = frozenset(conflicts)
    kept = [item for item in found if item.place.path not in paths or item.code in _OF_IDS]
    told = {item.entry for item in kept if item.code == "duplicate-id"}
    starts = {item.place.path: item.place for item in reversed(found) if item.code == "conflict-marker"}
    conflicting = (_conflict(starts.get(path, Place(path)), base) for path in sorted(paths))
    return [*kept, *conflicting, *(_taken(entry, base) for entry in taken if entry.id not in told)]


def taken_by_both(ancestor: State, base: State, change: State) -> Iterator[EntryState]:
    """Return the entries of a change whose ids the other side gave to something else since both parted."""
    for identifier, entry in change.entries.items():
        other = base.entries.get(identifier)
        if other is not None and identifier not in ancestor.entries and (entry.kind, entry.data, entry.text) != (
            other.kind, other.data, other.text
        ):  # fmt: skip
            yield entry


def _conflict(place: Place, base: str) -> Diagnostic:
    return Diagnostic(
        code="merge-conflict",
        message=f"git cannot merge {place.path}: {base} and this change both changed it",
        hint=f"merge {base} or rebase on it, and keep what both sides meant; until then only ids are told of this file",
        place=place,
    )


def _taken(entry: EntryState, base: str) -> Diagnostic:
    return Diagnostic(
        code="duplicate-id",
        message=f"{entry.id} ({entry.title}) is already taken in {base}",
        hint="give the new one another id",
        entry=entry.id,
        place=Place(entry.path),
    )
