from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.risk.checks import check_assessments
from isms_plugin.analysis.risk.profile import MOMENTS, by_level, by_method, cells, rated
from isms_plugin.analysis.risk.trend import UNRATED, band_counts, band_counts_of, band_names
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk
from isms_plugin.model.state import as_json, from_json, state_of
from tests.builders import TODAY, a_method, a_risk, an_isms

STEPS = st.none() | st.integers(1, 10)
RISKS = st.lists(
    st.builds(
        lambda number, **changes: a_risk(id=f"RSK-{number:03}", **changes),
        st.integers(1, 30),
        likelihood=STEPS,
        consequence=STEPS,
        residual_likelihood=STEPS,
        residual_consequence=STEPS,
        inherent_likelihood=STEPS,
        inherent_consequence=STEPS,
        method_version=st.sampled_from(["1.0", "1.1", "9", None]),
        status=st.sampled_from(["active", "active", "draft", "retired"]),
    ),
    max_size=12,
)
BANDS = [{"name": "small", "from": 2}, {"name": "large", "from": 5}]
SMALL = a_method(
    id="MTH-1.1", version="1.1", bands=BANDS, likelihood=[{"value": value, "name": "x", "meaning": "x"} for value in (1, 2, 3)]
)


def held(risks: list[Risk]) -> Isms:
    return an_isms(SMALL, *risks, without=[] if any(risk.id == "RSK-001" for risk in risks) else ["RSK-001"])


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"residual_likelihood": 3, "residual_consequence": 4}, []),
        ({"residual_likelihood": 4, "residual_consequence": 4}, ["residual-above"]),
        ({"residual_likelihood": None, "residual_consequence": 10}, []),
        ({"likelihood": None, "residual_likelihood": 10}, []),
    ],
)
def test_treatment_does_not_raise_a_risk(changes: dict[str, Any], codes: list[str]) -> None:
    assert [item.code for item in check_assessments(an_isms(a_risk(**changes)), TODAY)] == codes


@pytest.mark.parametrize(("status", "codes"), [("active", ["assessment-overdue"]), ("draft", []), ("retired", [])])
def test_only_risks_in_force_are_assessed_again(status: str, codes: list[str]) -> None:
    isms = an_isms(a_risk(status=status, next_review="2026-02-01"))
    assert [item.code for item in check_assessments(isms, date(2026, 2, 2))] == codes
    assert list(check_assessments(isms, date(2026, 2, 1))) == []


def test_the_highest_residual_risk_comes_first_and_unknown_ones_last() -> None:
    isms = an_isms(
        a_risk(id="RSK-001", residual_likelihood=1, residual_consequence=1),
        a_risk(id="RSK-002", residual_likelihood=5, residual_consequence=5),
        a_risk(id="RSK-003", residual_likelihood=None, likelihood=1),
        a_risk(id="RSK-004", residual_likelihood=None, likelihood=9),
        a_risk(id="RSK-005", residual_likelihood=1, residual_consequence=1, likelihood=1),
        a_risk(id="RSK-006", residual_likelihood=9, status="retired"),
    )
    assert [item.risk.id for item in by_level(isms)] == ["RSK-002", "RSK-001", "RSK-005", "RSK-004", "RSK-003"]


@given(RISKS)
def test_every_rated_risk_lies_in_one_cell(risks: list[Risk]) -> None:
    """Cells of all methods together hold each risk with a level once, and no other."""
    found = rated(held(risks))
    for moment in MOMENTS:
        in_cells = [item.risk.id for _, group in by_method(found) for items in cells(group, moment).values() for item in items]
        assert sorted(in_cells) == sorted(item.risk.id for item in found if item.at(moment) is not None)


@given(RISKS)
def test_every_risk_lies_in_one_band(risks: list[Risk]) -> None:
    """Bands add up to the risks that are not retired; a state that was kept and read again counts the same."""
    isms = held(risks)
    counts = band_counts(isms)
    total = len(rated(isms))
    assert sum(counts.current.values()) == sum(counts.residual.values()) == total
    assert counts.residual.get(UNRATED, 0) >= sum(item.residual_level is None for item in rated(isms))
    assert band_counts_of(from_json(as_json(state_of(isms))), an_isms(without=["MTH-1.0"])) == counts
    names = band_names(isms, [counts])
    assert names[-1] == UNRATED
    assert counts.current.keys() | counts.residual.keys() <= set(names)


def test_a_state_without_methods_is_read_with_those_of_today() -> None:
    before = state_of(an_isms(without=["MTH-1.0"]))
    assert band_counts_of(before, an_isms()).current == {"high": 1}
    assert band_counts_of(before, an_isms(without=["MTH-1.0"])).current == {UNRATED: 1}
