"""Whether any risk was assessed."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.planning import find_assessment
from tests.builders import a_risk, facts_of


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({}, []),
        ({"assessed_on": "2026-11-24"}, []),
        ({"assessed_on": "2026-11-25"}, ["none of 1 risks is more than a draft and was assessed up to 2026-11-24"]),
        ({"assessed_on": None}, ["none of 1 risks is more than a draft and was assessed up to 2026-11-24"]),
        ({"status": "draft"}, ["none of 1 risks is more than a draft and was assessed up to 2026-11-24"]),
        ({"status": "retired"}, ["no risk is registered"]),
    ],
)
def test_some_risk_was_assessed(changes: dict[str, Any], messages: list[str]) -> None:
    found = list(find_assessment(facts_of(a_risk(**changes)), Stage.STAGE_1))
    assert [item.message for item in found] == messages
    assert all((item.code, item.place.path) == ("no-risk-assessment", "registers/risks.yml") for item in found)
