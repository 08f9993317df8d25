"""What falls due and when: worked out from the declarations of all kinds, the reviews of documents and their promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any, Final, Literal, NamedTuple

from isms_plugin.analysis.calendar.promises import Record
from isms_plugin.analysis.documents.approvals import Standing
from isms_plugin.model.cadence import following
from isms_plugin.model.diagnostic import Diagnostic, Pointer
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Due, Entry, Part
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person, Role

State = Literal["overdue", "soon", "later"]

ANSWERING: Final = ("owner", "holder", "person", "held_by")
"""Fields with whoever has to see to it, the first filled one."""
_HINTS: Final[Mapping[str, str]] = {
    "exception-expired": "end it with `ended_on`, or have it approved again until a new day",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One thing that falls due, and who has to see to it."""

    day: date
    what: str
    entry: Entry
    pointer: Pointer
    owner: Person | None
    state: State
    """Overdue from the day after, soon within the days of the settings, the day itself included."""
    code: str
    """Code that reports it once it is overdue; empty where another check does."""

    @property
    def uid(self) -> str:
        """What identifies it whatever its day is."""
        return f"{self.entry.id}/{'.'.join(map(str, self.pointer))}"


class _Found(NamedTuple):
    entry: Entry
    due: Due
    holder: Part
    pointer: Pointer
    day: date | None
    """None for what never falls due, which may still take the place of something that does."""


def schedule(
    isms: Isms, standings: Mapping[str, Standing], promised: Iterable[Record], today: date, soon: int
) -> tuple[DueItem, ...]:  # fmt: skip
    """Return all that falls due, by day; `soon` is the number of days that count as near."""
    items = [*_from_declarations(isms, standings, today, soon), *_from_promises(isms, promised, today, soon)]
    return tuple(sorted(items, key=lambda item: (item.day, item.entry.id, item.pointer[0], item.what, str(item.pointer))))


def check_schedule(isms: Isms, items: Iterable[DueItem]) -> Iterator[Diagnostic]:
    """Report what is overdue and no other check reports."""
    for item in items:
        if item.state == "overdue" and item.code:
            owner = f" ({item.owner.name})" if item.owner else ""
            yield Diagnostic(
                code=item.code,
                message=f"{item.entry.id}: {item.what} was due on {item.day.isoformat()}{owner}",
                hint=_HINTS.get(item.code, _hint(item)),
                entry=item.entry.id,
                place=isms.place(item.entry).at(*item.pointer),
            )


def _hint(item: DueItem) -> str:
    if any(spec.name == "replanned" for spec in fields_of(type(item.entry))):
        return "record that it is done, or set a new day and keep this one with the reason in `replanned`"
    return "record that it is done, or set a new day"


def _from_declarations(isms: Isms, standings: Mapping[str, Standing], today: date, soon: int) -> Iterator[DueItem]:
    for found in _latest(_candidates(isms, standings)):
        if found.day is None or (found.due.ends and found.day < today):
            continue
        yield DueItem(
            day=found.day,
            what=_what(found),
            entry=found.entry,
            pointer=found.pointer,
            owner=_responsible(isms, found.entry, found.due.by),
            state=_state(found.day, today, soon),
            code=found.due.code,
        )


def _from_promises(isms: Isms, promised: Iterable[Record], today: date, soon: int) -> Iterator[DueItem]:
    for record in promised:
        yield DueItem(
            day=record.next_due,
            what=record.what,
            entry=record.document,
            pointer=("promises", record.position),
            owner=_responsible(isms, record.document, ""),
            state=_state(record.next_due, today, soon),
            code="",
        )


def _candidates(isms: Isms, standings: Mapping[str, Standing]) -> Iterator[_Found]:
    for entry in isms.entries.values():
        if entry.retired or entry.closed:
            continue
        for due in entry.KIND.due:
            if not isinstance(entry, Document):
                yield from _of_entry(entry, due)
            elif entry.in_force:
                # records of approval may have moved the day, and nothing but a document in force is reviewed
                yield _Found(entry, due, entry, (due.field,), standings[entry.id].next_review)


def _of_entry(entry: Entry, due: Due) -> Iterator[_Found]:
    *way, last = due.field.split(".")
    holders = list(_holders(entry, way))
    for pointer, holder in holders:
        day = _day(entry, due, getattr(holder, last))
        if (day is not None or due.per) and not (due.unless and getattr(holder, due.unless)):
            yield _Found(entry, due, holder, (*pointer, _key(holder, last)), day)
    if due.every and not holders:
        yield _Found(entry, due, entry, (_key(entry, way[0]),), _day(entry, due, entry.created))


def _holders(entry: Entry, way: list[str]) -> Iterator[tuple[Pointer, Part]]:
    """Return the entry itself, or the parts that a field holds, with the way to each."""
    if not way:
        yield (), entry
        return
    held = getattr(entry, way[0])
    key = _key(entry, way[0])
    if isinstance(held, tuple):
        yield from (((key, position), part) for position, part in enumerate(held))
    elif held is not None:
        yield (key,), held


def _day(entry: Entry, due: Due, day: date | None) -> date | None:
    """Return the day itself or, for something regular, the end of the calendar period after it with the days that are given."""
    if not due.every:
        return day
    every = getattr(entry, due.every)
    if every is None or day is None:
        return None
    own = getattr(entry, due.grace) if due.grace else None
    return following(every, day).last + timedelta(days=due.days if own is None else own)


def _latest(found: Iterable[_Found]) -> Iterator[_Found]:
    """Return of those that take each other's place only the latest; one without a day never falls due and so is later than any."""
    latest: dict[Any, _Found] = {}
    for item in found:
        for group in _groups(item.due, item):
            key = (item.entry.KIND.name, item.due.field, *group)
            known = latest.get(key)
            if known is None or (known.day or date.max) <= (item.day or date.max):
                latest[key] = item
    yield from {(item.entry.id, item.pointer, item.due.what): item for item in latest.values()}.values()


def _groups(due: Due, item: _Found) -> Iterator[tuple[Any, ...]]:
    """Return what else could take the place of an item: one group, or one for each value of a list."""
    if item.holder is not item.entry:
        yield (item.entry.id, *(getattr(item.holder, name) for name in due.per), *(() if due.per or due.every else item.pointer))
    elif not due.per:
        yield (item.entry.id,)
    else:
        values = (getattr(item.holder, name) for name in due.per)
        yield from product(*(value if isinstance(value, tuple) and value else (value,) for value in values))


def _what(found: _Found) -> str:
    """Return what falls due, for one of several parts with what tells it from the others."""
    apart = [str(getattr(found.holder, name)) for name in found.due.per] if found.holder is not found.entry else []
    return f"{found.due.what}: {', '.join(apart)}" if apart else found.due.what


def _responsible(isms: Isms, entry: Entry, by: str) -> Person | None:
    """Return the person who has to see to an entry; for a role its holder."""
    for name in (by, *ANSWERING):
        named = isms.entries.get(getattr(entry, name, None) or "") if name else None
        holder = isms.get(Person, named.holder) if isinstance(named, Role) else named
        if isinstance(holder, Person):
            return holder
    return None


def _state(day: date, today: date, soon: int) -> State:
    if day < today:
        return "overdue"
    return "soon" if day <= today + timedelta(days=soon) else "later"


def _key(holder: Part, name: str) -> str:
    specs: Iterable[FieldSpec] = fields_of(type(holder))
    return next(spec.key for spec in specs if spec.name == name)
