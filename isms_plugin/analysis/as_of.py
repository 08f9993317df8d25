"""The registers as they stood on a day, as far as the dates in them tell.

What happened or was made later is left out, and nothing names it; what was closed, decided, accepted or measured later was not yet
so; days that were moved later are as before. Everything else is as it is registered now. The day itself counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

from isms_plugin.analysis.trace import Trace
from isms_plugin.model.action import Action
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.improvement import Improvement, Nonconformity
from isms_plugin.model.isms import Isms
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.model.objective import Measure
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk

_SETTLED: Final[Mapping[type[Entry], Mapping[str, tuple[str, ...]]]] = {
    Risk: {"accepted_on": ("accepted_by", "accepted_until", "accepted_state")},
    Improvement: {"decided_on": ("decision", "why")},
    Nonconformity: {"verified_on": ("verified_by", "effect_result")},
    ManagementReview: {"approved_on": ("approved_by", "approved_state")},
}
"""Fields with a day on which something was settled, and the fields that say what; all are empty before that day."""

_ALWAYS_THERE: Final = (Person,)
"""Kinds that are there whenever they were entered."""


def isms_as_of(isms: Isms, relations: Trace, day: date) -> Isms:
    """Return the ISMS on a day, given its relations; the same one where nothing in it is later."""
    later = frozenset(entry.id for kind in isms.kinds if kind not in _ALWAYS_THERE for entry in _came_later(isms, kind, day))
    changes = {entry.id: found for kind in isms.kinds if _settles(kind) for entry in isms.of(kind) if (found := _unsettled(entry, day))}
    for identifier in {relation.source for name in later for relation in relations.incoming.get(name, ())}:
        changes[identifier] = changes.get(identifier, {}) | _without(isms.entries[identifier], later)
    if not later and not changes:
        return isms
    entries = {
        identifier: entry.model_copy(update=changes[identifier]) if changes.get(identifier) else entry
        for identifier, entry in isms.entries.items()
        if identifier not in later
    }
    return replace(isms, entries=entries)


def _settles(kind: type[Entry]) -> bool:
    """Whether entries of a kind hold days on which something was settled; most do not."""
    return bool(kind.KIND.closed) or kind in _SETTLED or kind in (Measure, Action)


def _came_later(isms: Isms, kind: type[Entry], day: date) -> Iterator[Entry]:
    """Yield the entries of a kind that were not there yet; what is planned first and happens later was."""
    planned = kind.KIND.happened == kind.KIND.closed
    for entry in isms.of(kind):
        if (entry.created is not None and entry.created > day) or (not planned and entry.day is not None and entry.day > day):
            yield entry


def _unsettled(entry: Entry, day: date) -> dict[str, Any]:
    """Return what was not settled yet on a day, with what it was instead."""
    found: dict[str, Any] = {}
    closed = getattr(entry, entry.KIND.closed) if entry.KIND.closed else None
    if isinstance(closed, date) and closed > day:
        found[entry.KIND.closed] = None
    for field, others in _SETTLED.get(type(entry), {}).items():
        settled = getattr(entry, field)
        if settled is not None and settled > day:
            found |= dict.fromkeys((field, *others))
    return found | _of_kind(entry, day)


def _of_kind(entry: Entry, day: date) -> dict[str, Any]:
    """Leave out values that were recorded later, and give an action the day back that was moved later."""
    if isinstance(entry, Measure):
        kept = tuple(value for value in entry.values if value.recorded_on is None or value.recorded_on <= day)
        return {} if len(kept) == len(entry.values) else {"values": kept}
    if isinstance(entry, Action):
        moved = [(item.on, item.due) for item in entry.replanned if item.on is not None and item.on > day]
        stays = tuple(item for item in entry.replanned if item.on is None or item.on <= day)
        return {"due": min(moved, key=lambda pair: pair[0])[1], "replanned": stays} if moved else {}
    return {}


def _without(entry: Entry, later: AbstractSet[str]) -> dict[str, Any]:
    """Leave out references to what was not there yet: nobody can have named it."""
    found: dict[str, Any] = {}
    for spec in _references(type(entry)):
        held = getattr(entry, spec.name)
        if spec.many and not later.isdisjoint(held):
            found[spec.name] = tuple(identifier for identifier in held if identifier not in later)
        elif not spec.many and held in later:
            found[spec.name] = None
    return found


@cache
def _references(declaration: type[Entry]) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in fields_of(declaration) if spec.ref)
