r"""Samples that anybody can draw again: the population, its hash, and the draw with a seed (clause 9.2.2).

The draw is `isms-draw-1`. Of each id the SHA-256 of seed, a line feed and the id, as UTF-8, is written in hexadecimal;
the ids are sorted by it, and the first ones are the sample. So neither the order of a register nor this program matters,
and a larger sample begins with the smaller one. In a shell, with one id a line in `ids`:

    while read -r id; do echo "$(printf '%s\n%s' "$seed" "$id" | sha256sum | cut -c1-64) $id"; done < ids | LC_ALL=C sort | head -n 5

The hash of a population is the SHA-256 of its ids, sorted, with a line feed after each: `LC_ALL=C sort -u ids | sha256sum`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Final, NamedTuple

from isms_plugin.analysis.calendar.nil_returns import day_of
from isms_plugin.model.audit import Sample
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms

METHOD: Final = "isms-draw-1"
"""Name of the way to draw; a change of it gets another."""


def draw(ids: Iterable[str], size: int, seed: str) -> tuple[str, ...]:
    """Return that many ids in the order in which they are drawn; raises ValueError for none, or for more than there are."""
    population = set(ids)
    if not 1 <= size <= len(population):
        raise ValueError(f"a sample of {size} cannot be drawn from {len(population)}")
    return tuple(sorted(population, key=lambda item: (_digest(f"{seed}\n{item}"), item))[:size])


def population_hash(ids: Iterable[str]) -> str:
    """Return the hash of a population, whatever its order."""
    return _digest("".join(f"{item}\n" for item in sorted(set(ids))))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def registers(isms: Isms) -> dict[str, type[Entry]]:
    """Return what a sample can be drawn from, by name: registers, those of the organization's own too, documents and clauses."""
    return {kind.KIND.register or kind.KIND.plural.lower(): kind for kind in isms.kinds}


def dated(declaration: type[Entry]) -> bool:
    """Whether entries of a kind have a day on which they happened, so that a period can be drawn from."""
    return bool(declaration.KIND.happened or declaration.KIND.occasion)


def population(isms: Isms, declaration: type[Entry], first: date | None = None, last: date | None = None) -> tuple[Entry, ...]:
    """Return the living entries of a kind in the order of the sources, of a period those that happened from its first to its last day."""
    living = isms.living(declaration)
    if first is None and last is None:
        return tuple(living)
    return tuple(entry for entry in living if (day := day_of(entry)) and (first or date.min) <= day <= (last or date.max))


class Repeat(Enum):
    """What becomes of a draw when it is made again."""

    SAME = "gives the same items"
    CHANGED = "the register has changed since"
    OTHER = "gives other items"
    IMPOSSIBLE = "cannot be made again"
    NONE = "no draw with a seed"


class Repetition(NamedTuple):
    """What came of drawing again, and why where it did not give the same."""

    outcome: Repeat
    why: str = ""
    again: tuple[str, ...] = ()
    """What the seed gives from the same population; empty where nobody knows."""


def repeat(isms: Isms, sample: Sample) -> Repetition:
    """Draw a sample again from the register as it is; only where its population is still the same can that say anything."""
    if not sample.seed:
        return Repetition(Repeat.NONE)
    lacking = _lacking(isms, sample)
    declaration = registers(isms).get(sample.register_name or "")
    if lacking or declaration is None:
        return Repetition(Repeat.IMPOSSIBLE if lacking else Repeat.NONE, lacking)
    ids = [entry.id for entry in population(isms, declaration, sample.period_from, sample.period_to)]
    if population_hash(ids) != sample.population_hash:
        return Repetition(Repeat.CHANGED)
    if sample.count != len(ids):
        return Repetition(Repeat.OTHER, f"the population has {len(ids)} entries, not {sample.count}")
    if len(set(sample.items)) > len(ids):
        return Repetition(Repeat.OTHER, f"more items than the {len(ids)} there were")
    again = draw(ids, len(set(sample.items)), sample.seed)
    if set(again) != set(sample.items):
        return Repetition(Repeat.OTHER, f"the seed gives {', '.join(again)}", again)
    return Repetition(Repeat.SAME, "", again)


def _lacking(isms: Isms, sample: Sample) -> str:
    """Return what a draw lacks to be made again; nothing for one from outside of the registers that says how many there were."""
    if sample.count is None:
        return "no `count` says how many there were"
    if sample.register_name is None:
        return "no `register` says what the items were drawn from" if sample.items else ""
    if sample.register_name not in registers(isms):
        return f"there is no register {sample.register_name!r}"
    if not sample.items:
        return "no `items` were drawn"
    return "" if sample.population_hash else "no `population_hash` says what was in the register"
