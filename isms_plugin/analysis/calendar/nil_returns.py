"""Nil returns: which periods they answer, and whether they can be true (clause 8.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from isms_plugin.model.cadence import Period
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.near import did_you_mean
from isms_plugin.model.nil_return import NilReturn

_NAMED = 5
"""Ids that one message names."""


def dated_registers(isms: Isms) -> dict[str, type[Entry]]:
    """Return the registers whose entries have a day on which they happened, by the name of the register."""
    return {kind.KIND.register: kind for kind in isms.kinds if kind.KIND.register and (kind.KIND.happened or kind.KIND.occasion)}


def day_of(entry: Entry) -> date | None:
    """Return the day of an entry: of the occasion, else on which it happened."""
    occasion = entry.KIND.occasion
    return getattr(entry, occasion) if occasion else entry.day


def happened(isms: Isms, declaration: type[Entry], period: Period) -> list[Entry]:
    """Return the entries of a register that happened within a period, the oldest first; drafts and retired ones count for nothing."""
    found = [(day, entry) for entry in isms.of(declaration) if (day := day_of(entry)) and day in period and entry.living]
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def nil_returns(isms: Isms, register: str) -> list[NilReturn]:
    """Return the nil returns of a register that count, the oldest period first."""
    found = [(period, item) for item in isms.of(NilReturn) if item.register_name == register and (period := _counting(item))]
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def answers(period: Period, returned: Iterable[NilReturn]) -> bool:
    """Whether nil returns together cover every day of a period."""
    open_from = period.first
    for span in sorted(span for item in returned if (span := _counting(item))):
        if span.first <= open_from <= span.last:
            open_from = span.last + timedelta(days=1)
    return open_from > period.last


def check_nil_returns(isms: Isms, today: date) -> Iterator[Diagnostic]:
    """Report statements that cannot be true, speak of no register, or speak of the same days twice."""
    registers = dated_registers(isms)
    for item in isms.of(NilReturn):
        if item.retired:
            continue
        declaration = registers.get(item.register_name or "")
        if item.register_name and declaration is None:
            yield _unknown(isms, item, registers)
        yield from _period(isms, item, today)
        period = _counting(item)
        if declaration is not None and period is not None:
            yield from _contradicted(isms, item, happened(isms, declaration, period))
    for register in dict.fromkeys(item.register_name for item in isms.of(NilReturn)):
        yield from _overlaps(isms, nil_returns(isms, register or ""))


def _counting(item: NilReturn) -> Period | None:
    """Return the period of a statement that counts: neither a draft nor retired, its ends in order."""
    period = item.period
    return None if period is None or period.last < period.first or not item.living else period


def _unknown(isms: Isms, item: NilReturn, registers: Mapping[str, type[Entry]]) -> Diagnostic:
    known = any(kind.KIND.register == item.register_name for kind in isms.kinds)
    return Diagnostic(
        code="nil-return-register",
        message=f"{item.id}: entries of {item.register_name} have no day on which they happened"
        if known
        else f"{item.id}: no register is called {item.register_name!r}",
        hint=did_you_mean(item.register_name or "", registers, "`") or "name a register of what happens, such as `incidents`",
        entry=item.id,
        place=isms.place(item).at("register"),
    )


def _period(isms: Isms, item: NilReturn, today: date) -> Iterator[Diagnostic]:
    period = item.period
    if period is None:
        return
    told = hint = ""
    if period.last < period.first:
        told, hint, key = f"ends on {period.last}, before it begins on {period.first}", "exchange or correct the two days", "period_to"
    elif item.stated_on is not None and item.stated_on < period.last:
        told, hint, key = f"was stated on {item.stated_on}, before the period was over on {period.last}", "state it again", "stated_on"
    elif period.last > today:
        told, hint, key = f"speaks of days up to {period.last}, which have not been", "end the period on a day that is past", "period_to"
    if told:
        yield Diagnostic(
            code="nil-return-period", message=f"{item.id} {told}", hint=hint, entry=item.id, place=isms.place(item).at(key)
        )  # fmt: skip


def _contradicted(isms: Isms, item: NilReturn, found: list[Entry]) -> Iterator[Diagnostic]:
    if found:
        named = ", ".join(f"{entry.id} of {day_of(entry)}" for entry in found[:_NAMED])
        rest = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        yield Diagnostic(
            code="nil-return-contradicted",
            message=f"{item.id} says that nothing happened from {item.period}, but {item.register_name} holds {named}{rest}",
            hint="take the statement back with `status: retired`, or correct its period or the day of the entry",
            entry=item.id,
            place=isms.place(item).at("period_from"),
        )


def _overlaps(isms: Isms, returned: list[NilReturn]) -> Iterator[Diagnostic]:
    for earlier, item in pairwise(returned):
        before, period = earlier.period, item.period
        if before is not None and period is not None and before.overlaps(period):
            yield Diagnostic(
                code="nil-return-period",
                message=f"{item.id} speaks of days that {earlier.id} speaks of too",
                hint=f"begin it on {before.last + timedelta(days=1)}" if before.last < period.last else "one of the two is enough",
                entry=item.id,
                place=isms.place(item).at("period_from"),
            )
