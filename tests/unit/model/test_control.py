from __future__ import annotations

import pytest

from tests.builders import a_control, a_decision


def test_a_control_is_of_annex_a_or_our_own() -> None:
    assert not a_control(id="A.5.1").own
    assert a_control(id="CTL-001").own


def test_a_decision_goes_by_its_control() -> None:
    assert a_decision().name == "Decision on A.5.1"
    assert a_decision(control=None).name == "SOA-A.5.1"


@pytest.mark.parametrize(
    ("decision", "state", "included", "implemented"),
    [
        ("included", "implemented", True, True),
        ("included", "partly", True, False),
        ("included", None, True, False),
        ("excluded", "implemented", False, False),
        (None, "implemented", False, False),
    ],
)
def test_only_an_included_control_is_implemented(decision: str | None, state: str | None, included: bool, implemented: bool) -> None:
    made = a_decision(decision=decision, state=state)
    assert (made.included, made.implemented) == (included, implemented)
