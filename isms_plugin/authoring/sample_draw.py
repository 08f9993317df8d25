"""A sample drawn from a register with a seed, and the row that records it so that anybody can draw it again (clause 9.2.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from isms_plugin.analysis.audits.sampling import METHOD, dated, draw, population, population_hash, registers
from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.entry_text import edited
from isms_plugin.authoring.list_edit import append_item
from isms_plugin.authoring.named_entry import named_entry
from isms_plugin.errors import IsmsError
from isms_plugin.model.audit import Audit
from isms_plugin.model.entry import Entry
from isms_plugin.model.near import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be drawn: how many from which register, beginning with which seed, of a period both ends of which may be open."""

    register: str
    size: int
    seed: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was drawn, in its order, and from what."""

    wish: Wish
    title: str
    """What the population is called, with its period."""
    ids: tuple[str, ...]
    """The population."""
    items: tuple[Entry, ...]
    day: date

    @property
    def population_hash(self) -> str:
        """The hash of the population."""
        return population_hash(self.ids)

    @property
    def row(self) -> dict[str, Any]:
        """The sample as an audit records it, by the keys of its fields; what is unknown is None."""
        return {
            "population": self.title,
            "count": len(self.ids),
            "method": METHOD,
            "register": self.wish.register,
            "period_from": self.wish.first,
            "period_to": self.wish.last,
            "seed": self.wish.seed,
            "drawn_on": self.day,
            "population_hash": self.population_hash,
            "items": [item.id for item in self.items],
        }


def draw_sample(facts: Facts, wish: Wish) -> Drawn:
    """Return a sample; raises IsmsError where there is no such register, nothing in it, or less than is wanted."""
    declaration = _register(facts, wish)
    if not wish.seed.strip():
        raise IsmsError("--seed: is empty; choose a word or number before the draw, and tell it")
    entries = population(facts.isms, declaration, wish.first, wish.last)
    ids = tuple(entry.id for entry in entries)
    title = declaration.KIND.plural + _period(wish)
    try:
        names = draw(ids, wish.size, wish.seed)
    except ValueError:
        raise IsmsError(f"--n {wish.size}: {title} are {len(ids)}; draw at least one and no more than there are") from None
    by_id = {entry.id: entry for entry in entries}
    return Drawn(wish=wish, title=title, ids=ids, items=tuple(by_id[name] for name in names), day=facts.today)


def files_with_sample(facts: Facts, name: str, drawn: Drawn, read: Callable[[str], bytes]) -> Mapping[str, bytes]:
    """Return the file of an audit, by its path, with a sample added to it; raises IsmsError where that would not be right."""
    audit = named_entry(facts.isms, Audit, name)
    _refuse(audit, drawn)
    place = facts.isms.place(audit)
    return {place.path: edited(read(place.path), place, lambda text, pointer: append_item(text, pointer, "samples", drawn.row))}


def _refuse(audit: Audit, drawn: Drawn) -> None:
    if audit.retired:
        raise IsmsError(f"{audit.id}: is retired")
    if audit.ended_on is not None and audit.ended_on < drawn.day:
        raise IsmsError(f"{audit.id}: ended on {audit.ended_on}; what is drawn after it was not audited in it")
    wish = drawn.wish
    for sample in audit.samples:
        same = (sample.register_name, sample.period_from, sample.period_to) == (wish.register, wish.first, wish.last)
        if same and sample.seed == wish.seed:
            raise IsmsError(f"{audit.id}: has a sample of {wish.register} with seed {wish.seed!r} already; take that out first")


def _register(facts: Facts, wish: Wish) -> type[Entry]:
    known = registers(facts.isms)
    declaration = known.get(wish.register)
    if declaration is None:
        hint = did_you_mean(wish.register, known) or f"there are {', '.join(known)}"
        raise IsmsError(f"{wish.register}: no such register; {hint}")
    if wish.first is None and wish.last is None:
        return declaration
    if not dated(declaration):
        raise IsmsError(f"{wish.register}: its entries have no day on which they happened, so no period can be drawn from")
    if wish.first and wish.last and wish.last < wish.first:
        raise IsmsError(f"--from {wish.first} --to {wish.last}: the period ends before it begins")
    return declaration


def _period(wish: Wish) -> str:
    if wish.first and wish.last:
        return f", {wish.first} to {wish.last}"
    return f", from {wish.first}" if wish.first else f", up to {wish.last}" if wish.last else ""
