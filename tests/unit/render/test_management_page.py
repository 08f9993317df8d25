"""The page for top management: what it names, and what it says where there is nothing."""

from __future__ import annotations

from typing import Any

from isms_plugin.model.settings import read_settings
from isms_plugin.render.environment import make_view
from isms_plugin.render.management_page import management_page
from isms_plugin.render.plain_text import words_of
from tests.builders import (
    a_held_review,
    a_measure,
    a_nonconformity,
    a_review,
    a_risk,
    a_waiver,
    an_action,
    an_audit,
    an_incident,
    an_objective,
    facts_of,
)


def shown(*entries: Any, **settings: Any) -> str:
    view = make_view(facts_of(*entries, settings=read_settings(settings)), {})
    page = management_page(view)
    assert page.uri == "management.md"
    return words_of(page.late["board"])


def test_the_largest_risks_are_named_with_owner_levels_and_acceptance() -> None:
    risks = [
        a_risk(id=f"RSK-00{number}", title=f"Risk {number}", residual_likelihood=str(number), residual_consequence="2")
        for number in range(1, 7)
    ]
    words = shown(*risks)
    assert "RSK-006 Risk 6 12 high 12 high Anna Berg above what may be accepted" in words
    assert "RSK-002 Risk 2 12 high 4 low Anna Berg acceptable" in words
    assert "RSK-001 Risk 1" not in words


def test_objectives_stand_beside_the_latest_values() -> None:
    words = shown(
        an_objective(due="2026-11-23"),
        an_objective(id="OBJ-002", title="Done", closed_on="2026-06-01", outcome="reached"),
        an_objective(id="OBJ-003", title="Blind", measures=[]),
        a_measure(target="1", direction="at_least", grace_days="0"),
    )
    assert "OBJ-001 No leaks MET-001 0 files in 2026 Q3 missed none 2026-11-23 overdue Anna Berg" in words
    assert "OBJ-003 Blind no value" in words
    assert "OBJ-002" not in words


def test_a_value_that_is_out_of_date_is_marked() -> None:
    value = {"period_from": "2026-04-01", "period_to": "2026-06-30", "recorded_on": "2026-07-01", "value": "1"}
    assert "1 files in 2026 Q2 no target stale" in shown(an_objective(), a_measure(values=[value]))


def test_incidents_are_counted_since_the_last_review_and_in_the_audited_period() -> None:
    incidents = (
        an_incident(id="INC-001", detected_on="2026-06-20", severity="high", closed_on="2026-07-01"),
        an_incident(id="INC-002", detected_on="2026-06-21", severity="high"),
        an_incident(id="INC-003", detected_on="2026-01-31", severity="high", closed_on="2026-07-01"),
    )
    words = shown(
        a_held_review(), an_action(), a_review(id="MRV-002", planned="2026-12-11"), *incidents, audited_period="2026-02-01..2026-11-30"
    )
    assert "since the last review, 2026-06-21 0 1 0 0" in words
    assert "since 2026-02-01 0 2 0 0" in words
    assert "Open events and incidents: INC-002" in words
    assert "INC-003" not in words
    assert "the last review" not in shown(*incidents)


def test_what_blocks_the_certificate_and_the_next_days_are_told() -> None:
    major = a_nonconformity(grade="major", closed_on=None, verified_on=None, evidence=[])
    words = shown(major, an_action(), a_review(planned="2026-12-11"), an_audit(ended_on=None, planned="2026-12-01"))
    assert "Blocked by: 1 open major. " in words
    assert "Open majors NC-001 Laptop missing: effect to be checked" in words
    assert "Next days 2026-12-01 internal audit: AUD-001 Internal audit 2026-12-11 management review: MRV-001 Review" in words
    assert "next review: MRV-001, 2026-12-11" in words


def test_decisions_are_named_by_what_is_asked() -> None:
    words = shown(a_held_review(), an_action(done_on=None, due="2026-11-01"), a_waiver(expires_on="2026-12-01"))
    assert "Decided action that is overdue ACT-001 Script: open, was due on 2026-11-01" in words
    assert "Exception that ends EXC-001 Later: runs out on 2026-12-01" in words


def test_of_one_sort_no_more_than_eight_are_named() -> None:
    waivers = [a_waiver(id=f"EXC-0{number}", expires_on="2026-12-01") for number in range(10, 20)]
    words = shown(*waivers)
    assert "EXC-017" in words
    assert "EXC-018" not in words
    assert "2 more" in words


def test_where_there_is_nothing_it_says_so() -> None:
    words = shown(a_risk(status="retired"))
    for sentence in (
        "Decisions wanted None.",
        "Nothing blocking.",
        "Nothing is planned.",
        "No risk is registered.",
        "No objective is open.",
    ):
        assert sentence in words
