from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.risk_profile import by_level, check_risks
from tests.builders import a_risk, an_isms


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
    assert [item.code for item in check_risks(an_isms(a_risk(**changes)))] == codes


def test_the_highest_residual_risk_comes_first_and_unknown_ones_last() -> None:
    isms = an_isms(
        a_risk(id="RSK-001", residual_likelihood=1, residual_consequence=1),
        a_risk(id="RSK-002", residual_likelihood=5, residual_consequence=5),
        a_risk(id="RSK-003", residual_likelihood=None, likelihood=1),
        a_risk(id="RSK-004", residual_likelihood=None, likelihood=9),
        a_risk(id="RSK-005", residual_likelihood=1, residual_consequence=1, likelihood=1),
        a_risk(id="RSK-006", residual_likelihood=9, status="retired"),
    )
    assert [risk.id for risk in by_level(isms)] == ["RSK-002", "RSK-001", "RSK-005", "RSK-004", "RSK-003"]
