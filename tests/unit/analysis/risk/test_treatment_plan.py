"""The treatment plan: who does what by when, and residual levels that nothing stands behind."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.risk.treatment_plan import check_treatment, treatment_plan
from isms_plugin.analysis.trace import trace
from isms_plugin.model.action import Action
from isms_plugin.model.entry import Entry
from tests.builders import TODAY, a_decision, a_risk, an_isms

HIGH = {"residual_likelihood": 3, "residual_consequence": 4}
PLANNED = a_decision(state="planned", due="2027-01-31")


def an_action(**changes: Any) -> Action:
    return Action.model_validate({"id": "ACT-001", "title": "Lock", "owner": "PER-001", "for": ["RSK-001"], "due": "2027-01-31"} | changes)


def codes(*entries: Entry, **parts: Any) -> list[str]:
    isms = an_isms(*entries, **parts)
    return [item.code for item in check_treatment(isms, trace(isms)[0])]


def test_a_plan_holds_what_either_side_names() -> None:
    isms = an_isms(
        a_risk(actions=["ACT-002"], controls=["A.5.1", "A.9.9"]),
        a_decision(id="SOA-2", state="planned"),
        an_action(),
        an_action(id="ACT-002", **{"for": []}),
        an_action(id="ACT-003", status="retired"),
        a_risk(id="RSK-002", status="retired"),
    )
    (item,) = treatment_plan(isms, trace(isms)[0], TODAY)
    assert [action.id for action in item.actions] == ["ACT-002", "ACT-001"]
    assert [(control, decision.id if decision else None) for control, decision in item.controls] == [
        ("A.5.1", "SOA-A.5.1"),
        ("A.9.9", None),
    ]
    assert (item.acceptance, item.needed) == ("none", False)


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([], ["risk-above-limit"]),
        ([an_action()], []),
        ([an_action(due=None)], ["risk-above-limit"]),
        ([an_action(done_on="2026-01-01")], ["risk-above-limit"]),
        ([an_action(status="retired")], ["risk-above-limit"]),
        ([an_action(**{"for": ["A.5.1"]})], ["risk-above-limit"]),
    ],
)
def test_above_the_limit_somebody_goes_on(entries: list[Entry], found: list[str]) -> None:
    assert codes(a_risk(**HIGH, accepted_by="PER-001", accepted_on="2026-02-01"), *entries) == found


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([PLANNED], ["residual-unfounded"]),
        ([PLANNED, an_action()], []),
        ([PLANNED, an_action(**{"for": ["A.5.1"]})], []),
        ([PLANNED, an_action(**{"for": ["SOA-A.5.1"]})], []),
        ([PLANNED, an_action(done_on="2026-01-01")], ["residual-unfounded"]),
        ([PLANNED, a_risk(residual_likelihood=3, residual_consequence=4, likelihood=3)], ["risk-above-limit"]),
        ([PLANNED, a_risk(residual_likelihood=None)], []),
        ([PLANNED, a_risk(status="draft")], []),
        ([a_decision(decision="excluded", state="planned")], []),
        ([a_decision(state=None)], []),
        ([a_decision()], []),
    ],
)
def test_a_residual_level_counts_on_what_is_there_or_on_its_way(entries: list[Entry], found: list[str]) -> None:
    assert codes(*entries) == found
