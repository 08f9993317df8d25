"""Whether registers of occasions hold something, a nil return, or neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from isms_plugin.analysis.calendar.nil_returns import answers
from isms_plugin.analysis.facts import Facts
from isms_plugin.model.cadence import Period
from isms_plugin.model.nil_return import NilReturn
from tests.builders import TODAY

SOA = "- {control: A.5.25, decision: included, reason: Needed., state: planned, due: 2027-01-31, status: draft}\n"
NIL = "- nil_return: {period_from: 2026-01-01, period_to: 2026-06-30, stated_by: P-1, stated_on: 2026-07-03, basis: Log, exercise: BCX-1}\n"
INCIDENT = "- {id: INC-1, title: Laptop, detected_on: 2026-09-14}\n"


def a_nil_return(first: str, last: str, **changes: str) -> NilReturn:
    return NilReturn.model_validate({"id": "NIL-1", "register": "incidents", "period_from": first, "period_to": last} | changes)


@pytest.mark.parametrize(
    ("incidents", "state"),
    [(INCIDENT, "happened"), (NIL, "nil"), (NIL + INCIDENT, "happened"), ("- {id: INC-1, title: Draft, status: draft}\n", "silent")],
    ids=["an entry", "a nil return", "both", "only a draft"],
)
def test_the_state_of_a_register(analysed: Callable[..., Facts], incidents: str, state: str) -> None:
    occasions = analysed({"registers/soa.yml": SOA, "registers/incidents.yml": incidents}).occasions
    assert occasions.registers["incident"].state == state
    assert [item.state for item in occasions.controls["A.5.25"]] == [state]
    assert bool(occasions.waiting("A.5.25")) is (state != "happened")
    assert [returned.id for returned in occasions.stated("A.5.25")] == (["NIL-incidents-2026-01-01"] if state == "nil" else [])


def test_only_included_controls_wait_for_an_occasion(analysed: Callable[..., Facts]) -> None:
    occasions = analysed({"registers/incidents.yml": NIL}).occasions
    assert occasions.controls == {}
    assert occasions.waiting("A.5.25") == occasions.stated("A.5.25") == ()


def test_a_nil_return_may_name_a_control_that_its_register_does_not_answer(analysed: Callable[..., Facts]) -> None:
    named = NIL.replace("basis: Log", "basis: Log, controls: [A.5.25, A.5.29]")
    soa = SOA + SOA.replace("A.5.25", "A.5.29")
    occasions = analysed({"registers/soa.yml": soa, "registers/incidents.yml": named}).occasions
    assert sorted(occasions.controls) == ["A.5.25", "A.5.29"]
    assert occasions.controls["A.5.29"][0].returned[0].exercise == "BCX-1"


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        ([("2026-01-01", "2026-06-30")], True),
        ([("2026-04-01", "2026-06-30"), ("2026-01-01", "2026-03-31")], True),
        ([("2026-01-01", "2026-03-30"), ("2026-04-01", "2026-06-30")], False),
        ([("2026-01-02", "2026-06-30")], False),
        ([("2026-06-30", "2026-01-01")], False),
        ([], False),
    ],
    ids=["the period", "two halves", "a day between", "a day late", "the wrong way round", "none"],
)
def test_nil_returns_answer_a_period_together(spans: list[tuple[str, str]], whole: bool) -> None:
    period = Period(TODAY.replace(month=1, day=1), TODAY.replace(month=6, day=30))
    assert answers(period, [a_nil_return(*span) for span in spans]) is whole


def test_a_draft_answers_nothing() -> None:
    period = Period(TODAY.replace(month=1, day=1), TODAY.replace(month=1, day=31))
    assert not answers(period, [a_nil_return("2026-01-01", "2026-01-31", status="draft")])
