"""Versions of the statement of applicability: which baselines hold one, and what was decided anew since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from isms_plugin.analysis.baselines import Baselines, Frozen
from isms_plugin.analysis.changes import Changes, EntryChange
from isms_plugin.analysis.soa.issued import SOA

DECIDED: Final = frozenset(("control", "decision", "reason", "business_decision"))
"""Fields that the approval of the statement is about; how far controls are implemented changes with the work."""


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
