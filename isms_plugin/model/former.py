"""What a baseline or an older commit held, reduced to which id stood for what, and to measured values.

Enough to see whether an id is used again, or a value was written over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class FormerEntry(NamedTuple):
    """What an id stood for: name of the kind, what people called it, the file, and where it stood in its life."""

    kind: str
    title: str
    path: str
    status: str


class FormerValue(NamedTuple):
    """A measured value as it was written, days as YYYY-MM-DD."""

    period_from: str
    period_to: str
    recorded_on: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The entries of one baseline by id, those of the catalogue left out; or those that the commit after it took away."""

    name: str
    """Name of the baseline, or the commit."""
    entries: Mapping[str, FormerEntry] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    """Files that could not be read in full, so that what is missing from them is not known to be gone."""
    values: Mapping[str, tuple[FormerValue, ...]] = field(default_factory=dict)
    """Measured values by the id of their measure."""
