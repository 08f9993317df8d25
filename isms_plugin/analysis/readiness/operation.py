"""Whether a control worked in the audited period: evidence shows it, records of its registers do, or its occasion has not come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from isms_plugin.analysis.calendar.nil_returns import dated_registers, happened
from isms_plugin.analysis.calendar.occasions import Occasion
from isms_plugin.analysis.evidence.state import Check, State, span_of
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.cadence import Period
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.operation import Exercise


class OperationState(Enum):
    """How far a control is shown to work, the strongest first."""

    EVIDENCED = "evidenced"
    RECORDED = "recorded"
    NO_OCCASION = "no occasion yet"
    UNPROVED = "unproved"
    NOT_IMPLEMENTED = "not implemented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What shows that a control worked in the audited period, with the reason as a sentence without its full stop."""

    state: OperationState
    reason: str
    evidence: tuple[str, ...] = ()
    """Evidence that counts for the period."""
    records: tuple[str, ...] = ()
    """Entries of its registers that happened in the period, the oldest first in each."""
    stale: tuple[str, ...] = ()
    """Evidence that is registered for it and does not count."""
    returned: tuple[str, ...] = ()
    """Nil returns of the registers that it waits for."""


_USABLE: Final = (State.CURRENT, State.EXPIRING, State.ELSEWHERE)
_BROKEN: Final = (Check.CHANGED, Check.MISSING)
_NAMED: Final = 3
"""Ids that one reason names."""


def operation(facts: Facts, row: SoaRow) -> Operation:
    """Return how far a control is shown to work; a control that waits for its occasion is no failure."""
    if row.decision is None or not row.decision.implemented:
        return Operation(state=OperationState.NOT_IMPLEMENTED, reason=_not_implemented(row))
    audited = facts.settings.period(facts.today)
    usable = tuple(name for name in row.evidence if _counts(facts, name, audited))
    stale = tuple(name for name in row.evidence if name not in usable)
    records = tuple(dict.fromkeys(_records(facts, row.control.id, audited)))
    waiting = facts.occasions.waiting(row.control.id)
    returned = tuple(item.id for occasion in waiting for item in occasion.returned)
    if usable:
        state, reason = OperationState.EVIDENCED, f"{_named(usable)} {'shows' if len(usable) == 1 else 'show'} it"
    elif records:
        state, reason = OperationState.RECORDED, f"its registers hold {_named(records)} from {audited}"
    elif waiting:
        state, reason = OperationState.NO_OCCASION, _no_occasion(waiting, returned, audited)
    else:
        state, reason = OperationState.UNPROVED, _unproved(facts, stale, audited)
    return Operation(state=state, reason=reason, evidence=usable, records=records, stale=stale, returned=returned)


def _counts(facts: Facts, name: str, audited: Period) -> bool:
    """Whether evidence speaks of days of the period, is not run out, and its file is the one that was registered."""
    evidence, standing = facts.isms.get(Evidence, name), facts.evidence.get(name)
    if evidence is None or standing is None or not evidence.living or standing.check in _BROKEN:
        return False
    span = span_of(evidence)
    followed = standing.state is State.FOLLOWED and span is not None and span.overlaps(audited)
    return followed or standing.state in _USABLE


def _records(facts: Facts, control: str, audited: Period) -> Iterator[str]:
    """Ids of what happened in the registers that answer the control, and of exercises that show its working."""
    for declaration in dated_registers(facts.isms).values():
        if control in declaration.KIND.clauses:
            yield from (entry.id for entry in happened(facts.isms, declaration, audited))
    named = facts.trace.sources(control, Exercise, "exercises")
    if named:
        held = {entry.id for entry in happened(facts.isms, Exercise, audited)}
        yield from (name for name in named if name in held)


def _not_implemented(row: SoaRow) -> str:
    if row.decision is None or row.decision.decision is None:
        return "nobody has decided on it"
    if not row.decision.included:
        return "it is excluded"
    state = row.decision.state
    return {"partly": "it is implemented in part", "planned": "it is planned"}.get(state or "", "it is not implemented")


def _no_occasion(waiting: tuple[Occasion, ...], returned: tuple[str, ...], audited: Period) -> str:
    registers = _named(tuple(item.declaration.KIND.register for item in waiting))
    stated = f"{_named(returned)} states so" if returned else "nobody has stated so"
    return f"nothing happened in {registers} from {audited}; {stated}"


def _unproved(facts: Facts, stale: tuple[str, ...], audited: Period) -> str:
    if not stale:
        return "no evidence is registered for it"
    standing = facts.evidence.get(stale[-1])
    told = f": {_why(facts, stale[-1])}" if standing and len(stale) == 1 else ""
    return f"{_named(stale)} {'does' if len(stale) == 1 else 'do'} not count for {audited}{told}"


def _why(facts: Facts, name: str) -> str:
    evidence, standing = facts.isms.get(Evidence, name), facts.evidence[name]
    if evidence is not None and evidence.draft:
        return "it is a draft"
    return standing.checked if standing.check in _BROKEN else standing.reason


def _named(ids: tuple[str, ...]) -> str:
    rest = len(ids) - _NAMED
    return ", ".join(ids[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
