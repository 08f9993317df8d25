"""Promises: what documents say is done how often, and whether the registers show it (clause 8.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from isms_plugin.analysis.calendar.nil_returns import answers, dated_registers, day_of, nil_returns
from isms_plugin.analysis.documents.approvals import Standing
from isms_plugin.model.cadence import Every, Period, later, periods
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.document import Document, Promise
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import references_of
from isms_plugin.model.isms import Isms
from isms_plugin.model.near import did_you_mean
from isms_plugin.model.nil_return import NilReturn

OFTEN: Final[Mapping[Every, str]] = {
    "week": "each week", "month": "each month", "quarter": "each quarter", "half_year": "each half-year", "year": "each year",
    "two_years": "every two years", "three_years": "every three years",
}  # fmt: skip
"""Cadences as people say them."""
_AHEAD: Final = 36
"""Months beyond the day: enough for the next period of the longest cadence."""
_NAMED: Final = 6
"""Periods that one message names."""

State = Literal["done", "nil", "missed", "open", "partial"]
"""Of a calendar period: done, answered by a nil return, missed, not over yet, or begun before the document was in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedPeriod:
    """One calendar period, and what shows that the promise was kept in it."""

    name: str
    period: Period
    state: State
    entries: tuple[Entry, ...] = ()
    returned: tuple[NilReturn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One promise of a document in force, held against the register that shows it."""

    document: Document
    position: int
    promise: Promise
    declaration: type[Entry]
    since: date
    """Day from which it binds: that on which the document came into force."""
    periods: tuple[PromisedPeriod, ...]
    """Calendar periods that touch the audited period or come after it, up to the present one."""
    last: Entry | None
    next_due: date
    """Last day of the next calendar period in which it has to be done."""

    @property
    def missed(self) -> tuple[PromisedPeriod, ...]:
        """Whole calendar periods that went by without it."""
        return tuple(item for item in self.periods if item.state == "missed")

    @property
    def what(self) -> str:
        """What is done, and about what."""
        about = f" ({self.promise.about})" if self.promise.about else ""
        return f"{self.promise.what or 'something'}{about}"


def promise_records(isms: Isms, standings: Mapping[str, Standing], audited: Period, today: date) -> tuple[Record, ...]:
    """Return every promise of documents in force that names a cadence and a register of what happened, in the order of the documents."""
    registers = dated_registers(isms)
    return tuple(
        _record(isms, document, position, registers[promise.register_name or ""], _since(standings[document.id], audited), audited, today)
        for document in isms.of(Document)
        if document.in_force
        for position, promise in enumerate(document.promises)
        if promise.every and promise.register_name in registers
    )


def _since(standing: Standing, audited: Period) -> date:
    """Return the day on which a document came into force; where nothing says it, the first one of the audited period."""
    document, current = standing.document, standing.current
    return document.effective_from or (current and current.approval.decided_on) or document.approved_on or audited.first


def _record(
    isms: Isms, document: Document, position: int, declaration: type[Entry], since: date, audited: Period, today: date
) -> Record:  # fmt: skip
    promise = document.promises[position]
    done = _done(isms, declaration, promise, today)
    returned = nil_returns(isms, declaration.KIND.register)
    every: Every = promise.every or "year"
    spans = list(periods(every, Period(min(since, today), later(today, _AHEAD))))
    judged = [_judged(name, span, done, returned, since, today) for name, span in spans]
    return Record(
        document=document,
        position=position,
        promise=promise,
        declaration=declaration,
        since=since,
        periods=tuple(item for item in judged if item.period.last >= audited.first and item.period.first <= today),
        last=done[-1] if done else None,
        next_due=next((item.period.last for item in judged if item.state == "open"), judged[-1].period.last),
    )


def _done(isms: Isms, declaration: type[Entry], promise: Promise, today: date) -> list[Entry]:
    """Return the entries that show it, the oldest first."""
    found = []
    for entry in isms.of(declaration):
        day = day_of(entry)
        if day is None or day > today or not entry.living:
            continue
        if promise.about is None or any(reference.target == promise.about for reference in references_of(entry)):
            found.append((day, entry))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _judged(
    name: str, span: Period, done: Sequence[Entry], returned: Sequence[NilReturn], since: date, today: date
) -> PromisedPeriod:  # fmt: skip
    entries = tuple(entry for entry in done if _counts_for(entry) in span)
    nil = tuple(item for item in returned if item.period is not None and item.period.overlaps(span))
    state: State = "missed"
    if entries:
        state = "done"
    elif answers(span, nil):
        state = "nil"
    elif span.first < since:
        state = "partial"
    elif span.last >= today:
        state = "open"
    return PromisedPeriod(name=name, period=span, state=state, entries=entries, returned=nil if state == "nil" else ())


def _counts_for(entry: Entry) -> date | None:
    """Return the day whose calendar period an entry answers: the last one it covers, so that a review in July can be that of June."""
    covered: date | None = getattr(entry, "period_to", None)
    return covered or day_of(entry)


def check_promises(isms: Isms, records: Sequence[Record]) -> Iterator[Diagnostic]:
    """Report promises that were not kept, and those that nothing can show."""
    registers = dated_registers(isms)
    for document in isms.of(Document):
        for position, promise in enumerate(document.promises if not document.retired else ()):
            yield from _unclear(isms, document, position, promise, registers)
    for record in records:
        if record.missed:
            yield _missed(isms, record)


def _missed(isms: Isms, record: Record) -> Diagnostic:
    document, register = record.document, record.declaration.KIND.register
    names = [item.name for item in record.missed]
    shown = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    often = OFTEN[record.promise.every or "year"]
    return Diagnostic(
        code="promise-missed",
        message=f"{record.what}, promised {often} by {document.id}: none in {shown}",
        hint=f"register what was done in `{register}`, state a nil return, or promise what is kept",
        entry=document.id,
        place=isms.place(document).at("promises", record.position),
    )


def _unclear(
    isms: Isms, document: Document, position: int, promise: Promise, registers: Mapping[str, type[Entry]]
) -> Iterator[Diagnostic]:  # fmt: skip
    place = isms.place(document).at("promises", position)
    name = promise.register_name
    empty = [key for key, value in (("what", promise.what), ("every", promise.every), ("register", name)) if not value]
    unread = {fault.place.pointer for fault in isms.faults if fault.entry == document.id}
    empty = [key for key in empty if place.at(key).pointer not in unread]
    if empty:
        yield Diagnostic(
            code="missing-control-data",
            message=f"{document.id}: its promise of {promise.what or 'something'} has no {', '.join(empty)}",
            hint="say what is done, how often, and in which register it shows",
            entry=document.id,
            place=place,
        )
    if name and name not in registers:
        known = any(kind.KIND.register == name for kind in isms.kinds)
        yield Diagnostic(
            code="promise-unknown-register",
            message=f"{document.id} promises {promise.what or 'something'}, but "
            + (f"entries of {name} have no day on which they happened" if known else f"no register is called {name!r}"),
            hint=did_you_mean(name, registers, "`") or "name a register of what happens, such as `restore-tests`",
            entry=document.id,
            place=place.at("register"),
        )
