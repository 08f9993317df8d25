"""What a comparison of a register with an export found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, get_args

from isms_plugin.model.diagnostic import Place
from isms_plugin.model.reconciliation import Sort
from isms_plugin.model.table import folded

_NOWHERE: Final = Place()
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing on which register and export do not agree; `told` says it without naming row and entry."""

    sort: Sort
    key: str
    told: str
    entry: str = ""
    place: Place = _NOWHERE
    rows: tuple[str, ...] = ()
    """Places of the rows of the export."""
    field: str = ""
    """Field of the register, of a condition the column of the export."""
    registered: str = ""
    exported: str = ""
    requirement: str = ""
    """Control or clause that a condition names."""
    near: str = ""
    """Entry with a key that looks alike; never taken for the same."""
    personal: bool = False
    """Whether it names people that the register does not hold, whom findings leave out."""
    private: bool = False
    """Of a condition, whether the cell may name people."""
    names: tuple[str, ...] = ()
    """Everything by which it can be ignored."""

    @property
    def order(self) -> tuple[int, str, str, str, tuple[str, ...]]:
        """Sort key: what it is, then by key."""
        return (SORTS.index(self.sort), folded(self.key), self.entry, self.field, self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unregistered:
    """A thing that no entry stands for: what its row says in the terms of the register, and the cells by heading."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """All differences, in an order that the order of rows does not change."""

    rows: int
    compared: int
    """Rows that take part."""
    entries: int
    """Entries that take part, those that stand for many not counted."""
    matched: int
    differences: tuple[Difference, ...]
    ignored: tuple[Difference, ...] = ()
    unregistered: tuple[Unregistered, ...] = ()
    together: Mapping[str, int] = field(default_factory=dict)
    """Of how many rows entries are made that stand for many, by id."""
    idle: tuple[str, ...] = ()
    """Keys to be ignored that no difference has any more."""
