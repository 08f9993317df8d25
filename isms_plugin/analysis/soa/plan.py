"""The statement of applicability beside the treatment plan: what is still to be done, by when (clauses 6.1.3 e, 8.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.action import Action
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk


def open_actions(isms: Isms, row: SoaRow) -> list[Action]:
    """Return the actions of a row that are not done, as they are named."""
    actions = (isms.get(Action, identifier) for identifier in row.actions)
    return [action for action in actions if action is not None and not action.closed]


def check_plan(isms: Isms, row: SoaRow, decision: ControlDecision, today: date) -> Iterator[Diagnostic]:
    """Report included controls whose implementation is late, is led to by no action, or is told otherwise by the plan."""
    if decision.state is None:
        return
    waiting = open_actions(isms, row)
    if decision.implemented:
        yield from _done_too_early(isms, row, decision, waiting)
        return
    yield from _late(isms, row, decision, today)
    if not waiting and not decision.draft:
        yield Diagnostic(
            code="planned-without-action",
            message=f"{row.control.id} is {_state(decision)}, but no open action leads there",
            hint=f"add an action with `for: [{row.control.id}]`, or name one in `actions`",
            entry=decision.id,
            place=isms.place(decision).at("state"),
        )
    yield from _later(isms, row, decision, waiting)


def _late(isms: Isms, row: SoaRow, decision: ControlDecision, today: date) -> Iterator[Diagnostic]:
    if decision.due is not None and decision.due < today:
        yield Diagnostic(
            code="implementation-overdue",
            message=f"{row.control.id} was to be implemented by {decision.due}, and is {_state(decision)}",
            hint="finish it and set the state, or decide on a new day and say why in the action",
            entry=decision.id,
            place=isms.place(decision).at("due"),
        )


def _done_too_early(isms: Isms, row: SoaRow, decision: ControlDecision, waiting: list[Action]) -> Iterator[Diagnostic]:
    """Report a control that is said to work while an action that is to bring it about for a risk is open.

    An open action that names the control alone may improve what works already, so it says nothing.
    """
    for action in waiting:
        risks = [name for name in row.risks if _treats(isms, action, name)]
        if risks or action.id in decision.actions:
            told = f"{action.id} is still to be done" + (f" to treat {', '.join(risks)} with it" if risks else "")
            yield Diagnostic(
                code="plan-disagrees",
                message=f"{row.control.id} is implemented, but {told}",
                hint="set the state to `partly`, or close the action with its result",
                entry=decision.id,
                place=isms.place(decision).at("state"),
            )


def _treats(isms: Isms, action: Action, identifier: str) -> bool:
    """Return whether an action treats a risk."""
    risk = isms.get(Risk, identifier)
    return identifier in action.purpose or (risk is not None and action.id in risk.actions)


def _later(isms: Isms, row: SoaRow, decision: ControlDecision, waiting: list[Action]) -> Iterator[Diagnostic]:
    """Report actions that end after the day by which the control is promised; the other way round there may be more to do."""
    for action in waiting:
        if decision.due is not None and action.due is not None and action.due > decision.due:
            yield Diagnostic(
                code="plan-disagrees",
                message=f"{row.control.id} is to be implemented by {decision.due}, but {action.id} is due on {action.due}",
                hint="give both the same day",
                entry=decision.id,
                place=isms.place(decision).at("due"),
            )


def _state(decision: ControlDecision) -> str:
    return (decision.state or "").replace("_", " ")
