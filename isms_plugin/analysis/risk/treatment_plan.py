"""The risk treatment plan: what is done about each risk, how far it is, and what contradicts it (clauses 6.1.3 e, 8.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from isms_plugin.analysis.risk.acceptance import AcceptanceState, acceptance_state, needs_acceptance, over_limit
from isms_plugin.analysis.risk.profile import Rated, by_level, rated
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.action import Action
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk


class Treatment(NamedTuple):
    """A risk with all that treats it."""

    rated: Rated
    controls: tuple[tuple[str, ControlDecision | None], ...]
    """Controls of the treatment, each with the decision on it."""
    actions: tuple[Action, ...]
    """Actions that the risk names or that serve it, those done included."""
    acceptance: AcceptanceState
    needed: bool
    """Whether the method asks for an acceptance."""


def treatment_plan(isms: Isms, relations: Trace, today: date) -> list[Treatment]:
    """Risks in force with what treats them, the highest residual level first."""
    decisions = _decisions(isms)
    return [
        Treatment(
            item,
            tuple((control, decisions.get(control)) for control in item.risk.controls),
            tuple(_actions(isms, relations, item.risk)),
            acceptance_state(item, today),
            needs_acceptance(item),
        )
        for item in by_level(isms)
    ]


def _decisions(isms: Isms) -> dict[str, ControlDecision]:
    """Return the decision on each control; of several the first, as in the statement of applicability."""
    return {item.control: item for item in reversed([*isms.of(ControlDecision)]) if item.control and not item.retired}


def _actions(isms: Isms, relations: Trace, risk: Risk) -> list[Action]:
    named = dict.fromkeys((*risk.actions, *relations.sources(risk.id, Action, "purpose")))
    found = (isms.get(Action, identifier) for identifier in named)
    return [action for action in found if action is not None and not action.retired]


def check_treatment(isms: Isms, relations: Trace) -> Iterator[Diagnostic]:
    """Report risks above the limit that nobody works on, and residual levels that count on what is not there."""
    decisions = _decisions(isms)
    for item in rated(isms):
        if item.risk.draft:
            continue
        if over_limit(item):
            yield from _above(isms, relations, item)
        if item.level is not None and item.residual_level is not None and item.residual_level < item.level:
            yield from _unfounded(isms, relations, item.risk, decisions)


def _above(isms: Isms, relations: Trace, item: Rated) -> Iterator[Diagnostic]:
    risk = item.risk
    if any(not action.closed and action.due for action in _actions(isms, relations, risk)):
        return
    _, most = item.method.limits(risk.category)
    yield Diagnostic(
        code="risk-above-limit",
        message=f"{risk.id} keeps level {item.residual_level}, its owner may accept {most} at most, and no open action with a day goes on",
        hint="plan an action with owner and `due` for it; an acceptance does not do",
        entry=risk.id,
        place=isms.place(risk).at("residual_likelihood"),
    )


def _unfounded(isms: Isms, relations: Trace, risk: Risk, decisions: dict[str, ControlDecision]) -> Iterator[Diagnostic]:
    """Report controls of the treatment that are not in place and that nobody works on; excluded ones are told with the decision."""
    for position, control in enumerate(risk.controls):
        decision = decisions.get(control)
        if decision is None or not decision.included or decision.state is None or decision.implemented:
            continue
        if not any(not action.closed for action in _for_control(isms, relations, risk, control, decision)):
            yield Diagnostic(
                code="residual-unfounded",
                message=f"{risk.id} counts on {control}, which is {decision.state.replace('_', ' ')}, and no action is open for it",
                hint=f"plan an action `for: [{risk.id}, {control}]` with owner and day, or correct the residual level",
                entry=risk.id,
                place=isms.place(risk).at("controls", position),
            )


def _for_control(isms: Isms, relations: Trace, risk: Risk, control: str, decision: ControlDecision) -> Iterator[Action]:
    """Actions for a control, its decision or the risk, whichever side names them."""
    yield from _actions(isms, relations, risk)
    named = [source for target in (control, decision.id) for source in relations.sources(target, Action, "purpose")]
    named += [relation.target for relation in relations.outgoing.get(decision.id, ())]
    found = (isms.get(Action, identifier) for identifier in named)
    yield from (action for action in found if action is not None and not action.retired)
