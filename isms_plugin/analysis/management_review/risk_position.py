"""The input on risks: results of the assessment and state of the treatment plan (clause 9.3.2 f)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from isms_plugin.analysis.management_review.moment import Found, Item, Moment, counted
from isms_plugin.analysis.management_review.surroundings import action_words
from isms_plugin.analysis.risk.acceptance import over_acceptable, over_limit
from isms_plugin.analysis.risk.profile import Rated
from isms_plugin.analysis.risk.treatment_plan import Treatment, treatment_plan

LARGEST: Final = 5
"""Risks that are always told, the highest level after treatment first."""


def risks(moment: Moment) -> Found:
    """Return the largest risks, all above the acceptable level or not accepted, and overdue actions of the treatment plan."""
    plan = [item for item in treatment_plan(moment.isms, moment.relations, moment.day) if not item.rated.risk.draft]
    told = [item for place, item in enumerate(plan) if place < LARGEST or over_acceptable(item.rated) or not settled(item)]
    actions = {action.id: action for item in plan for action in item.actions if not action.closed}
    late = [action for action in actions.values() if moment.past(action.due)]
    items = [Item(item.rated.risk, _words(moment, item), not settled(item)) for item in told]
    items += [Item(action, action_words(action, moment.day)[0], late=True) for action in late]
    return Found(
        summary=f"{_bands(plan)}; {sum(over_acceptable(item.rated) for item in plan)} above the acceptable level. "
        f"Treatment plan: {counted(len(actions), 'action')} open, {len(late)} overdue.",
        items=tuple(items),
        missing=tuple(_missing(plan)),
    )


def settled(item: Treatment) -> bool:
    """Whether a risk is where it may stay: not above the limit, and accepted where that is needed."""
    return not over_limit(item.rated) and (not item.needed or item.acceptance in ("valid", "unbound"))


def acceptance_words(item: Treatment) -> str:
    """Return in words whether a risk is accepted."""
    risk = item.rated.risk
    if over_limit(item.rated):
        return "above what may be accepted"
    if item.acceptance == "none":
        return "not accepted" if item.needed else "acceptable"
    if item.acceptance in ("valid", "unbound"):
        return f"accepted on {risk.accepted_on}"
    return {"stale": "changed since it was accepted", "expired": "acceptance expired"}.get(item.acceptance, "accepted by somebody else")


def _words(moment: Moment, item: Treatment) -> str:
    rated = item.rated
    again = rated.risk.assessed_on
    later = f"; levels of the assessment of {again}, which came later" if again and again > moment.day else ""
    return f"{_level(rated, rated.level)}, after treatment {_level(rated, rated.residual_level)}; {acceptance_words(item)}{later}"


def _level(rated: Rated, level: int | None) -> str:
    return rated.method.words(level) or "unknown"


def _bands(plan: list[Treatment]) -> str:
    """Return how many risks there are, and in which bands they lie after treatment, the highest first."""
    counts = Counter(item.rated.method.band(item.rated.residual_level) for item in plan)
    starts = {band.name: band.start or 0 for item in plan for band in item.rated.method.bands}
    named = sorted((name for name in counts if name), key=lambda name: -starts.get(name, 0))
    told = ", ".join(f"{counts[name]} {name}" for name in named)
    return f"{counted(len(plan), 'risk')}{f', after treatment {told}' if told else ''}"


def _missing(plan: list[Treatment]) -> Iterator[str]:
    if not plan:
        yield "no risk is registered"
    for item in plan:
        if item.rated.residual_level is None:
            yield f"{item.rated.risk.id}: level after treatment unknown"
