"""Whether an acceptance counts, is needed, and what changed since."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.risk.acceptance import acceptance_state, check_acceptance, needs_acceptance, over_limit
from isms_plugin.analysis.risk.accepted_state import what_changed
from isms_plugin.analysis.risk.profile import rate
from isms_plugin.model.action import Action
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_state import state_hash
from tests.builders import TODAY, a_control, a_method, a_person, a_risk, an_isms

BY = {"accepted_by": "PER-001", "accepted_on": "2026-02-01"}
APPETITE = a_method(appetite=[{"category": "fraud", "acceptable": "1", "with_acceptance": "2"}])


def accepted(**changes: Any) -> Risk:
    """A risk that was accepted as it is."""
    risk = a_risk(**BY | changes)
    return risk.model_copy(update={"accepted_state": state_hash(risk)})


@pytest.mark.parametrize(
    ("risk", "state"),
    [
        (a_risk(), "none"),
        (a_risk(accepted_by="PER-001"), "none"),
        (a_risk(accepted_on="2026-02-01"), "none"),
        (accepted(), "valid"),
        (accepted(assessed_on="2026-03-01"), "valid"),
        (accepted(accepted_until="2026-11-24"), "valid"),
        (accepted(accepted_until="2026-11-23"), "expired"),
        (accepted(accepted_by="PER-002"), "by another"),
        (accepted(accepted_by="PER-002", owner=None), "valid"),
        (a_risk(**BY), "unbound"),
        (a_risk(**BY, assessed_on="2026-02-02"), "stale"),
        (accepted().model_copy(update={"likelihood": 5}), "stale"),
        (accepted(accepted_until="2026-11-23").model_copy(update={"likelihood": 5}), "expired"),
    ],
)
def test_an_acceptance_counts_for_the_state_and_time_it_was_given(risk: Risk, state: str) -> None:
    assert acceptance_state(rate(an_isms(risk), risk), TODAY) == state


@pytest.mark.parametrize(
    ("changes", "needed", "over"),
    [
        ({}, False, False),
        ({"residual_likelihood": 3}, False, False),
        ({"residual_likelihood": 4}, True, False),
        ({"residual_likelihood": 5}, False, True),
        ({"treatment": "retention"}, True, False),
        ({"treatment": "retention", "residual_likelihood": 5}, False, True),
        ({"category": "fraud", "residual_consequence": 1}, True, False),
        ({"category": "fraud"}, False, True),
        ({"residual_likelihood": None}, False, False),
        ({"method_version": "9"}, False, False),
    ],
)
def test_what_needs_an_acceptance(changes: dict[str, Any], needed: bool, over: bool) -> None:
    risk = a_risk(**changes)
    item = rate(an_isms(risk, APPETITE), risk)
    assert (needs_acceptance(item), over_limit(item)) == (needed, over)


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_only_risks_in_force_have_to_be_accepted(status: str) -> None:
    assert list(check_acceptance(an_isms(a_risk(status=status, treatment="retention")), TODAY)) == []


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({}, {"likelihood": 5}, "level was 12, is 20"),
        ({}, {"residual_likelihood": 1, "likelihood": 2}, "level was 12, is 8; residual level was 4, is 2"),
        ({"residual_likelihood": 1, "residual_consequence": 4}, {"residual_likelihood": 4, "residual_consequence": 1}, "the same level"),
        ({"treatment": "sharing"}, {"treatment": "modification"}, "treatment was sharing, is modification"),
        ({"method_version": "1.1"}, {"method_version": "1.0"}, "method version was 1.1, is 1.0"),
        ({}, {"controls": ["A.5.1", "A.5.2"]}, "controls now with A.5.2"),
        ({"controls": ["A.5.1", "A.5.2"]}, {"controls": ["A.5.1"]}, "controls now without A.5.2"),
        ({}, {"actions": ["ACT-001"]}, "actions now with ACT-001"),
        ({}, {"scenario": "Another."}, "the scenario, or several fields at once"),
        ({}, {"controls": ["A.5.2"], "likelihood": 5}, "the scenario, or several fields at once"),
    ],
)  # fmt: skip
def test_what_changed_is_worked_out_of_the_hash(before: dict[str, Any], now: dict[str, Any], told: str) -> None:
    steps = [{"value": value, "name": "x", "meaning": "x"} for value in range(1, 6)]
    methods = [a_method(likelihood=steps, consequence=steps), a_method(id="MTH-1.1", version="1.1", likelihood=steps, consequence=steps)]
    old = accepted(**before)
    risk = a_risk(**BY | before | now, accepted_state=old.accepted_state)
    action = Action.model_validate({"id": "ACT-001"})
    assert told in what_changed(an_isms(risk, *methods, action, a_control(id="A.5.2")), risk)


def test_the_day_of_expiry_still_counts() -> None:
    risk = accepted(accepted_until="2026-03-01", residual_likelihood=4)
    isms = an_isms(risk, a_person())
    assert list(check_acceptance(isms, date(2026, 3, 1))) == []
    assert [item.code for item in check_acceptance(isms, date(2026, 3, 2))] == ["acceptance-expired"]
