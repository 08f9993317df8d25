"""Whether the risk owner accepted what remains, and whether that still counts (clause 6.1.3 f)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from isms_plugin.analysis.risk.accepted_state import what_changed
from isms_plugin.analysis.risk.profile import Rated, rated
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_state import state_hash

AcceptanceState = Literal["none", "valid", "unbound", "stale", "expired", "by another"]
"""None on record; one that counts; one that no state is recorded for; one of another state; one that has run out; not the owner's."""


_CODES: dict[AcceptanceState, tuple[str, str]] = {
    "by another": ("accepted-by-other", "the owner accepts it: `isms accept ID --as OWNER`; or make whoever accepted it the owner"),
    "expired": ("acceptance-expired", "assess it again; the owner then accepts what remains with `isms accept`"),
    "stale": ("acceptance-stale", "the owner looks at it as it is now and accepts it again with `isms accept`"),
    "unbound": ("acceptance-unbound", "`isms accept` records which state was accepted, so that a later change shows"),
}


def over_acceptable(item: Rated) -> bool:
    """Whether a decision is needed: the residual level is above what is acceptable without one."""
    acceptable, _ = item.method.limits(item.risk.category)
    return item.residual_level is not None and acceptable is not None and item.residual_level > acceptable


def over_limit(item: Rated) -> bool:
    """Whether the residual level is above what a risk owner may accept, so that treatment has to go on."""
    _, most = item.method.limits(item.risk.category)
    return item.residual_level is not None and most is not None and item.residual_level > most


def needs_acceptance(item: Rated) -> bool:
    """Whether the method asks the risk owner to accept what remains; above the limit there is nothing to accept."""
    return not over_limit(item) and (item.risk.treatment == "retention" or over_acceptable(item))


def acceptance_state(item: Rated, today: date) -> AcceptanceState:
    """Return where the acceptance of a risk stands on a day."""
    if not item.whole.accepted_by or not item.whole.accepted_on:
        return "none"
    return next((state for state, _ in objections(item, today)), "valid")


def objections(item: Rated, today: date) -> Iterator[tuple[AcceptanceState, str]]:
    """Yield what speaks against the acceptance on record, the gravest first, and the field it stands in."""
    risk = item.whole
    if not risk.accepted_by or not risk.accepted_on:
        return
    if risk.owner and risk.accepted_by != risk.owner:
        yield "by another", "accepted_by"
    if risk.accepted_until and risk.accepted_until < today:
        yield "expired", "accepted_until"
    if risk.accepted_state:
        if risk.accepted_state != state_hash(risk):
            yield "stale", "accepted_state"
    elif risk.assessed_on and risk.assessed_on > risk.accepted_on:
        yield "stale", "accepted_on"
    else:
        yield "unbound", "accepted_on"


def objection_words(isms: Isms, risk: Risk, state: AcceptanceState) -> str:
    """Return an objection as the end of a sentence that begins with the id of the risk."""
    if state == "by another":
        return f"was accepted by {risk.accepted_by}, its owner is {risk.owner}"
    if state == "expired":
        return f"was accepted until {risk.accepted_until}"
    if state == "unbound":
        return f"was accepted on {risk.accepted_on}, and no hash says in which state"
    if risk.accepted_state:
        return f"changed since it was accepted on {risk.accepted_on}: {what_changed(isms, risk)}"
    return f"was accepted on {risk.accepted_on} and assessed again on {risk.assessed_on}"


def check_acceptance(isms: Isms, today: date) -> Iterator[Diagnostic]:
    """Report risks that nobody accepted who had to, and acceptances that no longer count."""
    for item in rated(isms):
        risk = item.risk
        if risk.draft:
            continue
        place = isms.place(risk)
        for state, field in objections(item, today):
            code, hint = _CODES[state]
            told = f"{risk.id} {objection_words(isms, risk, state)}"
            yield Diagnostic(code=code, message=told, hint=hint, entry=risk.id, place=place.at(field))
        if needs_acceptance(item) and acceptance_state(item, today) == "none":
            yield Diagnostic(
                code="risk-not-accepted",
                message=f"{risk.id} {_reason(item)}, and its owner has not accepted that",
                hint=f"`isms accept {risk.id}` records the owner's acceptance; or go on treating it",
                entry=risk.id,
                place=place.at("treatment" if risk.treatment == "retention" else "residual_likelihood"),
            )


def _reason(item: Rated) -> str:
    acceptable, _ = item.method.limits(item.risk.category)
    if over_acceptable(item):
        return f"keeps level {item.residual_level}, acceptable is {acceptable}"
    return "is retained"
