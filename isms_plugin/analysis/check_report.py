"""What a check reports: everything that is wrong, or what a change causes, with what of it is known or waived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.waivers import waived_in_words
from isms_plugin.model.diagnostic import Diagnostic, Grade, Place
from isms_plugin.model.known import Identity, Known, identity_of


class Reported(NamedTuple):
    """A diagnostic as it is reported; `fingerprint` stays when lines move, and is no other's in the same report."""

    item: Diagnostic
    grade: Grade
    fingerprint: str
    waived_by: str = ""
    waived: str = ""
    """By which exception it is waived, in words; empty where it is not."""
    known: Known | None = None

    @property
    def excuse(self) -> str:
        """Why it does not count; empty where it does."""
        reason = f": {self.known.reason}" if self.known and self.known.reason else ""
        return self.waived or (f"known{reason}" if self.known else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a change was compared with, what it cleared, and how many diagnostics it did not touch."""

    base: str
    """The name that was given."""
    commit: str
    merged: bool
    """Whether the change was merged with it in memory first."""
    fixed: tuple[Reported, ...] = ()
    standing: int = 0
    gap: str = ""
    """What keeps it from being the merged result; empty when it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All that a check reports, in the order of places; with a comparison only what is new."""

    reported: tuple[Reported, ...]
    threshold: Grade
    today: date
    commit: str = ""
    prefix: str = ""
    """Path from the top of the repository to the ISMS, empty or ending in `/`."""
    comparison: Comparison | None = None

    def fails(self, found: Reported) -> bool:
        """Whether one of them counts and reaches the threshold."""
        return found.grade >= self.threshold > Grade.OFF and not found.excuse

    @property
    def failing(self) -> int:
        """How many of them count and reach the threshold."""
        return sum(map(self.fails, self.reported))


def reported(facts: Facts, found: Iterable[Diagnostic]) -> tuple[Reported, ...]:
    """Return diagnostics with grade, fingerprint and what excuses them, in the order of their places."""
    return tuple(_reported(facts, item, print_) for item, print_ in _with_fingerprints(sorted(found, key=lambda item: item.order)))


def _reported(facts: Facts, item: Diagnostic, fingerprint: str) -> Reported:
    waiver = facts.waiver(item)
    return Reported(
        item=item,
        grade=facts.grade(item),
        fingerprint=fingerprint,
        waived_by=waiver.id if waiver else "",
        waived=waived_in_words(waiver),
        known=facts.known.get(item) if facts.known.items else None,
    )


def _with_fingerprints(found: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    times: dict[Identity, int] = defaultdict(int)
    for item in found:
        identity = identity_of(item)
        times[identity] += 1
        yield item, identity.digest if times[identity] == 1 else f"{identity.digest}-{times[identity]}"


def difference(old: Sequence[Reported], new: Sequence[Reported]) -> tuple[tuple[Reported, ...], tuple[Reported, ...]]:
    """Return what is new and what is fixed; what was there before with a lower grade, as when it was waived, is new."""
    before = {item.fingerprint: item for item in old}
    after = {item.fingerprint for item in new}
    fresh = tuple(item for item in new if item.fingerprint not in before or item.grade > before[item.fingerprint].grade)
    return fresh, tuple(item for item in old if item.fingerprint not in after)


def gone(facts: Facts) -> Iterator[Diagnostic]:
    """Report what counts as known and is no longer there, so that the file shrinks; what the settings turn off is still there."""
    known = facts.known
    there = {identity_of(item) for item in (*facts.diagnostics, *facts.silenced)} if known.items else ()
    for identity, item in known.items.items():
        if identity not in there:
            yield Diagnostic(
                code="known-gone",
                message=f"{identity.subject}: {identity.code} is no longer there" if identity.subject else f"{identity.code} is gone",
                hint=f"delete it here, or run `isms check --write-known {known.path}`",
                entry=identity.subject if identity.subject in facts.isms.entries else "",
                place=Place(known.path, item.line, 1),
            )
