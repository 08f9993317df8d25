"""How far a control is shown to work."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.readiness.operation import Operation, OperationState, operation
from isms_plugin.model.entry import Entry
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.operation import Exercise, RestoreTest
from tests.builders import TODAY, a_control, a_decision, an_evidence, facts_of


def shown(*changed: Entry, control: str = "A.5.1", today: date = TODAY, **parts: Any) -> Operation:
    facts = facts_of(*changed, today=today, **parts)
    return operation(facts, next(row for row in facts.soa if row.control.id == control))


def of_another(control: str, *changed: Entry, **options: Any) -> Operation:
    """How far an implemented control without evidence is shown to work."""
    return shown(a_control(id=control), a_decision(id=f"SOA-{control}", control=control), *changed, control=control, **options)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"decision": "excluded"}, "it is excluded"),
        ({"state": "partly"}, "it is implemented in part"),
        ({"state": "planned"}, "it is planned"),
        ({"state": "not_implemented"}, "it is not implemented"),
        ({"state": None}, "it is not implemented"),
        ({"decision": None}, "nobody has decided on it"),
    ],
)
def test_what_is_not_implemented_owes_nothing(changes: dict[str, Any], reason: str) -> None:
    assert shown(a_decision(**changes)) == Operation(state=OperationState.NOT_IMPLEMENTED, reason=reason)


def test_without_a_decision_nothing_is_owed() -> None:
    assert shown(without=["SOA-A.5.1"]).reason == "nobody has decided on it"


def test_evidence_shows_it() -> None:
    assert shown() == Operation(state=OperationState.EVIDENCED, reason="EVD-001 shows it", evidence=("EVD-001",))


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"period_from": "2025-01-01", "period_to": "2025-11-25", "taken_on": "2025-11-25"}, OperationState.EVIDENCED),
        ({"period_from": "2025-01-01", "period_to": "2025-11-24", "taken_on": "2025-11-25"}, OperationState.UNPROVED),
        ({"valid_to": "2026-11-24"}, OperationState.EVIDENCED),
        ({"valid_to": "2026-11-23"}, OperationState.UNPROVED),
        ({"taken_on": "2026-11-24"}, OperationState.EVIDENCED),
        ({"taken_on": "2026-11-25"}, OperationState.UNPROVED),
        ({"at": "https://store.example/export"}, OperationState.EVIDENCED),
        ({"period_from": None, "period_to": None, "taken_on": None}, OperationState.UNPROVED),
        ({"status": "draft"}, OperationState.UNPROVED),
        ({"sha256": "b" * 64}, OperationState.UNPROVED),
        ({"at": "evidence/lost.csv"}, OperationState.UNPROVED),
    ],
)
def test_which_evidence_counts(changes: dict[str, Any], state: OperationState) -> None:
    found = shown(an_evidence(**changes))
    assert found.state is state
    assert (found.evidence, found.stale) == ((("EVD-001",), ()) if state is OperationState.EVIDENCED else ((), ("EVD-001",)))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"valid_to": "2026-11-23"}, "EVD-001 does not count for 2025-11-25 to 2026-11-24: it was valid to 2026-11-23"),
        ({"status": "draft"}, "EVD-001 does not count for 2025-11-25 to 2026-11-24: it is a draft"),
        ({"at": "evidence/lost.csv"}, "EVD-001 does not count for 2025-11-25 to 2026-11-24: evidence/lost.csv is not in the repository"),
        ({"status": "retired"}, "no evidence is registered for it"),
    ],
)
def test_the_reason_says_why_it_does_not(changes: dict[str, Any], reason: str) -> None:
    assert shown(an_evidence(**changes)).reason == reason


@pytest.mark.parametrize(("valid_to", "counts"), [("2026-12-01", True), ("2025-11-25", True), ("2025-11-24", False)])
def test_evidence_that_was_followed_counts_for_its_days(valid_to: str, counts: bool) -> None:
    old = an_evidence(valid_to=valid_to, period_from="2024-01-01", period_to="2024-06-30", taken_on="2024-07-01")
    found = shown(old, an_evidence(id="EVD-002", valid_to="2027-11-30"))
    assert ("EVD-001" in found.evidence) is counts
    assert "EVD-002" in found.evidence


@pytest.mark.parametrize(
    ("day", "today", "state"),
    [
        ("2025-11-25", TODAY, OperationState.RECORDED),
        ("2025-11-24", TODAY, OperationState.UNPROVED),
        ("2026-11-24", TODAY, OperationState.RECORDED),
        ("2026-11-25", TODAY, OperationState.UNPROVED),
        ("2027-03-01", date(2028, 2, 29), OperationState.RECORDED),
        ("2027-02-28", date(2028, 2, 29), OperationState.UNPROVED),
        ("2028-02-29", date(2028, 2, 29), OperationState.RECORDED),
    ],
)
def test_records_of_its_registers_count_within_the_period(day: str, today: date, state: OperationState) -> None:
    test = RestoreTest(id="RST-001", title="Store", tested_on=date.fromisoformat(day))
    assert of_another("A.8.13", test, today=today).state is state


def test_drafts_and_other_registers_record_nothing() -> None:
    test = RestoreTest(id="RST-001", title="Store", tested_on=TODAY)
    assert of_another("A.8.13", test.model_copy(update={"status": "draft"})).state is OperationState.UNPROVED
    assert of_another("A.5.2", test).state is OperationState.UNPROVED


@pytest.mark.parametrize(("day", "state"), [("2026-11-24", OperationState.RECORDED), ("2025-11-24", OperationState.UNPROVED)])
def test_an_exercise_shows_the_controls_that_it_names(day: str, state: OperationState) -> None:
    exercise = Exercise.model_validate({"id": "BCX-001", "title": "Fire", "held_on": day, "shows": ["A.5.2"]})
    assert of_another("A.5.2", exercise).state is state


def test_a_control_that_waits_for_its_occasion_is_no_failure() -> None:
    found = of_another("A.5.36")
    assert found.state is OperationState.NO_OCCASION
    assert found.reason == "nothing happened in exceptions from 2025-11-25 to 2026-11-24; nobody has stated so"


def test_a_nil_return_says_that_there_was_no_occasion() -> None:
    stated = {"id": "NIL-001", "register": "exceptions", "period_from": "2026-01-01", "period_to": "2026-10-31"}
    found = of_another("A.5.36", NilReturn.model_validate(stated))
    assert found.state is OperationState.NO_OCCASION
    assert found.returned == ("NIL-001",)
    assert found.reason.endswith("; NIL-001 states so")


def test_many_are_named_in_part() -> None:
    found = shown(*(an_evidence(id=f"EVD-00{number}") for number in range(1, 6)))
    assert found.reason == "EVD-001, EVD-002, EVD-003 and 2 more show it"
