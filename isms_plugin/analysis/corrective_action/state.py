"""How far corrective action has come: a word for where it stands, what is missing next, who sees to it and by when (clause 10.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import chain
from typing import Final, Literal, NamedTuple

from isms_plugin.analysis.trace import Trace
from isms_plugin.model.action import Action
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.isms import Isms

Timing = Literal["", "overdue", "due today", "later"]
"""Overdue from the day after; empty where no day is known."""


class State(Enum):
    """Where a nonconformity stands: the last part of the chain that is there, with all before it."""

    RAISED = "raised"
    CORRECTED = "corrected"
    CAUSE_FOUND = "cause found"
    UNDER_WAY = "action under way"
    TO_CHECK = "effect to be checked"
    TO_CLOSE = "to be closed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a nonconformity stands on a day, and what comes next."""

    state: State
    missing: str = ""
    """What is missing next, as people call it; empty once it is closed."""
    who: tuple[str, ...] = ()
    """Ids of those who see to it; empty where nobody is named for it."""
    due: date | None = None
    timing: Timing = ""

    @property
    def sentence(self) -> str:
        """State, what is missing and by when, in a few words."""
        lacking = f": {self.missing}" if self.state is State.UNDER_WAY else f"; {self.missing} missing" if self.state in _LACKING else ""
        return f"{self.state.value}{lacking}{_by(self.due, self.timing)}"


_LACKING: Final = (State.RAISED, State.CORRECTED, State.CAUSE_FOUND)
"""States whose name does not say what comes next."""


def _by(due: date | None, when: Timing) -> str:
    if due is None:
        return ""
    return f", was due on {due}" if when == "overdue" else ", due today" if when == "due today" else f", by {due}"


class ChainPart(NamedTuple):
    """One part of the chain from fact to closure: where a nonconformity stands while it is missing, and whether it is there."""

    name: str
    without: State
    done: bool


def chain_of(isms: Isms, item: Nonconformity) -> tuple[ChainPart, ...]:
    """Return the parts of the chain in their order; actions are decided in one and carried out in the next."""
    actions = bool(actions_of(isms, item))
    return (
        ChainPart("correction", State.RAISED, bool(item.correction)),
        ChainPart("extent", State.CORRECTED, bool(item.extent)),
        ChainPart("root cause", State.CORRECTED, bool(item.cause)),
        ChainPart("corrective action", State.CAUSE_FOUND, actions),
        ChainPart("end of the action", State.UNDER_WAY, actions and not open_actions(isms, item)),
        ChainPart("check of effect", State.TO_CHECK, item.verified_on is not None),
        ChainPart("closure", State.TO_CLOSE, item.closed),
    )


def progress(isms: Isms, item: Nonconformity, today: date) -> Progress:
    """Return where a nonconformity stands on a day."""
    state, missing = _next(isms, item)
    due = _due(isms, item, state)
    return Progress(state=state, missing=missing, who=_who(isms, item, state), due=due, timing=timing(due, today))


def timing(due: date | None, today: date) -> Timing:
    """Return whether a day is past, today or to come."""
    if due is None:
        return ""
    return "overdue" if due < today else "due today" if due == today else "later"


def actions_of(isms: Isms, item: Nonconformity) -> list[Action]:
    """Return the corrective actions that count: those given up, which are retired, do not."""
    found = (isms.get(Action, identifier) for identifier in item.actions)
    return [action for action in found if action is not None and not action.retired]


def open_actions(isms: Isms, item: Nonconformity) -> list[Action]:
    """Return the corrective actions that are not done."""
    return [action for action in actions_of(isms, item) if not action.closed]


def doers(isms: Isms, item: Nonconformity) -> tuple[str, ...]:
    """Return who carries the corrective actions out, each person once."""
    return _each_once(action.owner for action in actions_of(isms, item))


def evidence_of(isms: Isms, trace: Trace, *entries: Entry) -> tuple[str, ...]:
    """Return the evidence of entries, what they name and what proves them; drafts and what is retired prove nothing."""
    named = chain.from_iterable((*entry.evidence, *trace.sources(entry.id, Evidence, "proves")) for entry in entries)
    found = (isms.get(Evidence, identifier) for identifier in named)
    return _each_once(evidence.id for evidence in found if evidence is not None and evidence.living)


def _next(isms: Isms, item: Nonconformity) -> tuple[State, str]:
    if item.closed:
        return State.CLOSED, ""
    first = next(part for part in chain_of(isms, item) if not part.done)
    waiting = ", ".join(action.id for action in open_actions(isms, item)) if first.without is State.UNDER_WAY else ""
    return first.without, waiting or first.name


def _who(isms: Isms, item: Nonconformity, state: State) -> tuple[str, ...]:
    if state is State.CLOSED:
        return ()
    if state is State.UNDER_WAY:
        return _each_once(action.owner for action in open_actions(isms, item))
    return _each_once([item.verified_by if state is State.TO_CHECK else item.owner])


def _due(isms: Isms, item: Nonconformity, state: State) -> date | None:
    """Return the first day that is still to be kept for what is missing."""
    if state in (State.CLOSED, State.TO_CLOSE):
        return None
    if state is State.TO_CHECK:
        return item.effect_due
    days = [action.due for action in open_actions(isms, item)]
    if state is not State.UNDER_WAY:
        days.append(answer_due(item))
    return min((day for day in days if day), default=None)


def answer_due(item: Nonconformity) -> date | None:
    """Return the day by which the certification body wants an answer; None where it wants none, or has accepted one."""
    body = item.certification_body
    return body.deadline if body and body.accepted_on is None else None


def _each_once(identifiers: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(identifier for identifier in identifiers if identifier))
