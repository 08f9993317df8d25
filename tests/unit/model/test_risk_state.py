"""The hash of an accepted state: what counts changes it, everything else does not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.model.fields import fields_of
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_state import accepted_values, state_hash
from tests.builders import a_risk

COUNTING: dict[str, Any] = {
    "method_version": "1.1", "likelihood": 4, "consequence": 3, "residual_likelihood": 1, "residual_consequence": 1,
    "treatment": "sharing", "controls": ["A.5.1", "A.5.2"], "actions": ["ACT-001"], "scenario": "Another.",
}  # fmt: skip
OTHER: dict[str, Any] = {
    "title": "Loss", "owner": "PER-002", "assets": [], "note": "New.", "assessed_on": "2026-02-02", "next_review": "2027-01-01",
    "accepted_by": "PER-001", "accepted_on": "2026-02-02", "category": "people", "reasoning": "So.", "existing": ["A.5.2"],
    "inherent_likelihood": 5, "status": "draft",
}  # fmt: skip


def test_the_hash_is_written_down_and_does_not_move() -> None:
    """A change of this value needs a new number of the algorithm: rows in the world hold it."""
    assert state_hash(a_risk()) == "isms-risk-1:946afedf58e9ac7a22a9f40624e60c4617818c0042c5d56c51c9f97252e2c723"


@pytest.mark.parametrize("field", COUNTING)
def test_what_was_accepted_counts(field: str) -> None:
    assert state_hash(a_risk(**{field: COUNTING[field]})) != state_hash(a_risk())


def test_every_counting_field_is_tried() -> None:
    assert accepted_values(a_risk()).keys() == COUNTING.keys()
    assert COUNTING.keys() <= {spec.name for spec in fields_of(Risk)}


@pytest.mark.parametrize("field", OTHER)
def test_other_fields_do_not_count(field: str) -> None:
    assert state_hash(a_risk(**{field: OTHER[field]})) == state_hash(a_risk())


@given(st.permutations(["A.5.1", "A.5.2", "A.8.1"]), st.permutations(["ACT-001", "ACT-002"]), st.sampled_from([" ", "\n", "  \n ", "\t"]))
def test_order_and_white_space_do_not_count(controls: list[str], actions: list[str], space: str) -> None:
    plain = a_risk(controls=["A.5.1", "A.5.2", "A.8.1"], actions=["ACT-001", "ACT-002"])
    other = a_risk(controls=controls, actions=actions, scenario=f"{space}A{space}laptop is{space}stolen.{space}")
    assert state_hash(other) == state_hash(plain)


def test_it_has_the_form_that_the_field_takes() -> None:
    assert re.fullmatch(r"isms-risk-1:[0-9a-f]{64}", state_hash(a_risk(scenario=None, likelihood=None)))
    assert a_risk(accepted_state=state_hash(a_risk())).accepted_state
