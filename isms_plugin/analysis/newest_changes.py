"""The newest of what changed since a baseline, and how much changed in each register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from isms_plugin.analysis.changes import Changes, EntryChange

_LATER: Final = datetime.max.replace(tzinfo=UTC)


class Counted(NamedTuple):
    """How much changed in one register: title, entries added, changed and removed."""

    title: str
    added: int
    changed: int
    removed: int
    record: bool

    @property
    def words(self) -> str:
        """What there is of it, such as `2 added, 1 changed`."""
        counts = (("added", self.added), ("changed", self.changed), ("removed", self.removed))
        return ", ".join(f"{count} {word}" for word, count in counts if count)


class Newest(NamedTuple):
    """A change with the day of its last commit; None where it is not committed or no commit is known."""

    change: EntryChange
    day: date | None


def counted(found: Changes) -> list[Counted]:
    """Return the registers in which something changed, in the order of the groups."""
    return [Counted(group.title, *_counts(group.changes), group.record) for group in found.groups if group.changes]


def newest(found: Changes, limit: int) -> list[Newest]:
    """Return the newest changes, what is not committed first; records, which only prove other entries, are left out."""
    ordered = sorted(_committed(found), key=lambda pair: pair[0], reverse=True)
    return [Newest(change, None if change.uncommitted else _day(change)) for _, change in ordered[:limit]]


def _committed(found: Changes) -> Iterator[tuple[datetime, EntryChange]]:
    changes = (change for group in found.groups if not group.record for change in group.changes)
    for change in changes:
        commits = change.commits
        yield (_LATER if change.uncommitted else commits[0].date if commits else datetime.min.replace(tzinfo=UTC)), change


def _day(change: EntryChange) -> date | None:
    return change.commits[0].date.date() if change.commits else None


def _counts(changes: tuple[EntryChange, ...]) -> tuple[int, int, int]:
    found = Counter(change.change for change in changes)
    return found["added"], found["changed"], found["removed"]
