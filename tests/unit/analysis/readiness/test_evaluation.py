"""Measurements, audits and reviews that are missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.evaluation import find_audits, find_measurement, find_reviews
from isms_plugin.model.entry import Entry
from isms_plugin.model.organization import Site
from isms_plugin.model.settings import Settings
from tests.builders import (
    TODAY,
    a_clause,
    a_control,
    a_decision,
    a_measure,
    a_programme,
    a_review,
    an_audit,
    an_objective,
    facts_of,
    told,
)

LATER = (Stage.STAGE_2, Stage.SURVEILLANCE, Stage.RECERTIFICATION)
NO_AUDIT, NO_PROGRAMME, GAP = ("no-internal-audit", ""), ("no-audit-programme", "PRG-001"), ("audit-coverage-gap", "PRG-001")
NO_REVIEW = ("no-management-review", "")


def value(last_day: str) -> dict[str, str]:
    return {"period_from": "2026-01-01", "period_to": last_day, "recorded_on": last_day, "value": "0"}


def measured(*changed: Entry, today: date = TODAY) -> list[tuple[str, str]]:
    return told(find_measurement(facts_of(*changed, today=today), Stage.STAGE_2))


def audits(*changed: Entry, stage: Stage = Stage.STAGE_2, today: date = TODAY, months: int = 12) -> list[tuple[str, str]]:
    return told(find_audits(facts_of(*changed, today=today, settings=Settings(evaluation_interval=months)), stage))


def reviews(*changed: Entry, stage: Stage = Stage.STAGE_2, today: date = TODAY) -> list[tuple[str, str]]:
    return told(find_reviews(facts_of(*changed, today=today), stage))


@pytest.mark.parametrize(
    ("values", "unmeasured"),
    [
        (["2026-09-30"], False),
        (["2026-06-30"], True),
        (["2026-06-30", "2026-09-30"], False),
    ],
)
def test_an_objective_has_a_current_value(values: list[str], unmeasured: bool) -> None:
    found = measured(an_objective(), a_measure(values=[value(day) for day in values]))
    assert found == ([("objective-unmeasured", "OBJ-001")] if unmeasured else [])


def test_a_value_is_current_up_to_the_day_on_which_the_next_is_due() -> None:
    entries = (an_objective(), a_measure(values=[value("2026-06-30")]))
    assert measured(*entries, today=date(2026, 10, 30)) == []
    assert measured(*entries, today=date(2026, 10, 31)) == [("objective-unmeasured", "OBJ-001")]


def test_a_value_that_is_recorded_later_does_not_count_yet() -> None:
    entries = (an_objective(), a_measure(values=[value("2026-09-30") | {"recorded_on": "2026-11-24"}]))
    assert measured(*entries, today=date(2026, 11, 24)) == []
    assert measured(*entries, today=date(2026, 11, 23)) == [("objective-unmeasured", "OBJ-001")]


def test_a_first_value_may_wait_for_its_day() -> None:
    entries = (an_objective(), a_measure(values=[], created="2026-06-15"))
    assert measured(*entries, today=date(2026, 10, 30)) == []
    assert measured(*entries, today=date(2026, 10, 31)) == [("objective-unmeasured", "OBJ-001")]


def test_a_measure_that_never_had_a_value() -> None:
    (found,) = find_measurement(facts_of(an_objective(), a_measure(values=[])), Stage.STAGE_2)
    assert found.message == "OBJ-001 No leaks: no current value of MET-001"


def test_one_of_several_measures_is_enough() -> None:
    objective = an_objective(measures=["MET-001", "MET-002"])
    assert measured(objective, a_measure(values=[]), a_measure(id="MET-002")) == []
    assert measured(objective, a_measure(values=[]), a_measure(id="MET-002", status="retired")) == [("objective-unmeasured", "OBJ-001")]


def test_an_objective_that_nothing_measures() -> None:
    (found,) = find_measurement(facts_of(an_objective(measures=[])), Stage.STAGE_2)
    assert found.message == "OBJ-001 No leaks: nothing measures it"


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"status": "retired"}, {"closed_on": "2026-10-01"}])
def test_an_objective_that_is_not_in_force_needs_no_value(changes: dict[str, Any]) -> None:
    assert measured(an_objective(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, False),
        ({"period_to": "2026-11-24"}, False),
        ({"period_to": "2026-11-23"}, True),
        ({"period_from": "2026-11-24"}, False),
        ({"period_from": "2026-11-25"}, True),
        ({"period_from": None, "period_to": None}, False),
        ({"approved_by": None}, True),
        ({"approved_on": None}, True),
        ({"approved_on": "2026-11-24"}, False),
        ({"approved_on": "2026-11-25"}, True),
        ({"status": "draft"}, True),
        ({"status": "retired"}, True),
    ],
)
@pytest.mark.parametrize("stage", Stage)
def test_an_approved_programme_covers_today(changes: dict[str, Any], missing: bool, stage: Stage) -> None:
    found = audits(a_programme(**changes), an_audit(), stage=stage)
    assert [code for code, _ in found] == (["no-audit-programme"] if missing else [])


def test_what_is_wrong_with_the_programme_is_told() -> None:
    def messages(*changed: Entry) -> list[str]:
        return [item.message for item in find_audits(facts_of(an_audit(), *changed), Stage.STAGE_2)]

    assert messages() == ["programme of internal audits: there is none"]
    assert messages(a_programme(period_to="2026-06-30")) == ["programme of internal audits: PRG-001 does not cover 2026-11-24"]
    assert messages(a_programme(approved_by=None)) == ["programme of internal audits: nobody has approved PRG-001"]


def test_the_programme_covers_clauses_and_included_controls() -> None:
    more = (a_clause(id="6.1", title="Planning"), a_control(id="A.8.1"), a_decision(id="SOA-A.8.1", control="A.8.1"))
    (found,) = find_audits(facts_of(a_programme(), an_audit(), *more), Stage.STAGE_1)
    assert (found.code, found.entry) == GAP
    assert found.message.endswith("no audit of it has covered or will cover 6.1, A.8.1")


@pytest.mark.parametrize(
    "more",
    [
        (a_clause(id="6", title="Planning", heading="true"),),
        (a_control(id="A.8.1"), a_decision(id="SOA-A.8.1", control="A.8.1", decision="excluded", state=None)),
        (a_control(id="A.8.1"),),
        (Site.model_validate({"id": "SIT-001", "title": "Office", "owner": "PER-001", "kind": "site", "in_scope": "true"}),),
    ],
    ids=["heading", "excluded", "undecided", "site"],
)
def test_what_needs_no_audit(more: tuple[Entry, ...]) -> None:
    assert audits(a_programme(), an_audit(), *more) == []


def test_what_an_audit_was_to_cover_and_did_not_is_left_out() -> None:
    programme = a_programme(audits=[{"audit": "AUD-001", "planned": "2026-08-31", "covers": ["5.2", "A.5.1"]}])
    assert audits(programme, an_audit(covered=["5.2", "A.5.1"])) == []
    (found,) = find_audits(facts_of(programme, an_audit(covered=["5.2"])), Stage.STAGE_2)
    assert found.message.endswith("no audit of it has covered or will cover A.5.1")


@pytest.mark.parametrize(
    ("ended", "today", "late"),
    [
        ("2026-11-24", date(2026, 11, 24), False),
        ("2026-11-25", date(2026, 11, 24), True),
        ("2025-11-24", date(2026, 11, 24), False),
        ("2025-11-23", date(2026, 11, 24), True),
        ("2027-02-28", date(2028, 2, 28), False),
        ("2027-02-28", date(2028, 2, 29), True),
        ("2028-02-29", date(2029, 2, 28), False),
        ("2028-02-29", date(2029, 3, 1), True),
    ],
)
@pytest.mark.parametrize("stage", LATER)
def test_an_audit_is_in_time_up_to_the_day_on_which_the_interval_ends(ended: str, today: date, late: bool, stage: Stage) -> None:
    programme = a_programme(period_to="2030-12-31")
    assert audits(programme, an_audit(ended_on=ended), stage=stage, today=today) == ([NO_AUDIT] if late else [])


def test_the_interval_is_a_setting() -> None:
    entries = (a_programme(), an_audit(ended_on="2025-05-24"))
    assert audits(*entries, months=18) == []
    assert audits(*entries, months=17) == [NO_AUDIT]


@pytest.mark.parametrize("changes", [{"kind": "stage_1"}, {"status": "draft"}, {"status": "retired"}, {"ended_on": None}])
def test_what_is_no_internal_audit(changes: dict[str, Any]) -> None:
    assert audits(a_programme(), an_audit(**changes)) == [NO_AUDIT]


@pytest.mark.parametrize(
    ("changes", "enough"),
    [
        ({"planned": "2026-11-24"}, True),
        ({"planned": "2026-11-23"}, False),
        ({"planned": "2027-11-24"}, True),
        ({"planned": "2027-11-25"}, False),
        ({"planned": "2026-11-23", "started_on": "2026-11-24"}, True),
        ({"planned": "2026-11-23", "started_on": "2026-11-25"}, False),
        ({"planned": None}, False),
    ],
)
def test_at_stage_1_an_audit_that_is_planned_or_under_way_is_enough(changes: dict[str, Any], enough: bool) -> None:
    programme = a_programme(audits=[{"audit": "AUD-001", "planned": "2026-12-01", "covers": ["5.2", "A.5.1"]}])
    audit = an_audit(**{"started_on": None, "ended_on": None} | changes)
    assert audits(programme, audit, stage=Stage.STAGE_1) == ([] if enough else [NO_AUDIT])
    assert audits(programme, audit, stage=Stage.STAGE_2) == [NO_AUDIT]


def test_an_audit_that_has_ended_is_not_under_way() -> None:
    ended = an_audit(started_on="2025-08-17", ended_on="2025-08-21", planned="2026-12-01")
    assert audits(a_programme(audits=[]), ended, stage=Stage.STAGE_1) == [GAP, NO_AUDIT]


def test_what_a_programme_leaves_out_is_told_before_its_approval() -> None:
    assert audits(a_programme(audits=[], approved_by=None), an_audit()) == [NO_PROGRAMME, GAP]


def test_what_a_programme_left_out_that_has_run_out_is_not_told() -> None:
    assert audits(a_programme(audits=[], period_to="2026-11-23"), an_audit()) == [NO_PROGRAMME]


def test_at_stage_1_a_row_of_an_approved_programme_is_a_plan() -> None:
    planned = {"planned": "2027-05-28", "covers": ["5.2", "A.5.1"]}
    assert audits(a_programme(audits=[planned]), stage=Stage.STAGE_1) == []
    assert audits(a_programme(audits=[planned], approved_by=None), stage=Stage.STAGE_1) == [NO_PROGRAMME, NO_AUDIT]


def test_the_last_audit_is_named() -> None:
    found = list(find_audits(facts_of(a_programme(), an_audit(ended_on="2025-08-21")), Stage.STAGE_2))
    assert [item.message for item in found] == ["the last internal audit was on 2025-08-21, more than 12 months ago"]
    to_come = list(find_audits(facts_of(a_programme(), an_audit(ended_on="2026-11-25")), Stage.STAGE_2))
    assert [item.message for item in to_come] == ["no internal audit has taken place"]


@pytest.mark.parametrize(
    ("held", "late"), [("2026-11-24", False), ("2026-11-25", True), ("2025-11-24", False), ("2025-11-23", True), (None, True)]
)
@pytest.mark.parametrize("stage", LATER)
def test_a_review_is_in_time_up_to_the_day_on_which_the_interval_ends(held: str | None, late: bool, stage: Stage) -> None:
    assert reviews(a_review(held_on=held), stage=stage) == ([NO_REVIEW] if late else [])


@pytest.mark.parametrize(
    ("planned", "enough"), [("2026-11-24", True), ("2026-11-23", False), ("2027-11-24", True), ("2027-11-25", False), (None, False)]
)
def test_at_stage_1_a_planned_review_is_enough(planned: str | None, enough: bool) -> None:
    assert reviews(a_review(planned=planned), stage=Stage.STAGE_1) == ([] if enough else [NO_REVIEW])
    assert reviews(a_review(planned=planned), stage=Stage.STAGE_2) == [NO_REVIEW]


def test_a_review_that_was_held_early_is_not_planned() -> None:
    assert reviews(a_review(planned="2026-12-01", held_on="2025-11-01"), stage=Stage.STAGE_1) == [NO_REVIEW]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_what_is_no_review(status: str) -> None:
    assert reviews(a_review(held_on="2026-06-22", status=status), stage=Stage.STAGE_1) == [NO_REVIEW]


def test_where_no_review_is_recorded_at_all() -> None:
    (found,) = find_reviews(facts_of(), Stage.STAGE_1)
    assert (found.message, str(found.place)) == (
        "no management review has taken place, and none is planned",
        "registers/management-reviews.yml",
    )
