"""What waits for a decision of top management, and incidents by severity, to the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.management_review.wanted import decisions_wanted, incidents_by_severity
from isms_plugin.model.entry import Entry
from tests.builders import (
    a_document,
    a_held_review,
    a_measure,
    a_nonconformity,
    a_party,
    a_review,
    a_risk,
    a_role,
    a_waiver,
    an_action,
    an_incident,
    an_issue,
    an_objective,
    facts_of,
)

TOP = a_role(top_management="true")


def wanted(*entries: Entry) -> list[tuple[str, str, str]]:
    return [(item.ask, item.entry.id, item.why) for item in decisions_wanted(facts_of(*entries))]


def test_nothing_is_wanted_where_everything_is_in_order() -> None:
    assert wanted(TOP, a_held_review(), an_action()) == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"residual_likelihood": "3", "residual_consequence": "4"}, "12 high, above what may be accepted"),
        ({"residual_likelihood": "2", "residual_consequence": "4"}, "8 medium, not accepted"),
        (
            {"residual_likelihood": "2", "residual_consequence": "4", "accepted_by": "PER-001", "accepted_on": "2026-02-01",
             "accepted_until": "2026-11-23"},
            "8 medium, acceptance expired",
        ),
    ],
)  # fmt: skip
def test_risks_that_may_not_stay_as_they_are(changes: dict[str, Any], why: str) -> None:
    assert wanted(a_risk(**changes)) == [("Risk to be treated further or accepted", "RSK-001", why)]
    assert wanted(a_risk(**changes, status="draft")) == []


def test_actions_that_a_review_decided_and_that_are_overdue_from_the_day_after() -> None:
    late, today = an_action(done_on=None, due="2026-11-23"), an_action(done_on=None, due="2026-11-24")
    assert wanted(a_held_review(), late) == [("Decided action that is overdue", "ACT-001", "open, was due on 2026-11-23")]
    assert wanted(a_held_review(), today) == []
    assert wanted(late) == []


@pytest.mark.parametrize(
    ("role", "changes", "why"),
    [
        (TOP, {"status": "in_review", "version": "1.1"}, "version 1.1 is in review"),
        (TOP, {"id": "POL-002"}, "never approved"),
        (TOP, {}, ""),
        (TOP, {"status": "withdrawn", "version": "1.1"}, ""),
        (a_role(), {"status": "in_review", "version": "1.1"}, ""),
    ],
)
def test_documents_that_a_role_of_top_management_has_to_approve(role: Entry, changes: dict[str, Any], why: str) -> None:
    document = a_document(**changes)
    assert wanted(role, document) == ([("Document to be approved", document.id, why)] if why else [])


def test_a_document_that_was_changed_after_its_approval() -> None:
    facts = facts_of(TOP)
    changed = replace(facts.standings["POL-001"], state="changed")
    (item,) = decisions_wanted(replace(facts, standings={"POL-001": changed}))
    assert (item.entry.id, item.why) == ("POL-001", "changed since its approval")


@pytest.mark.parametrize(
    ("expires", "why"),
    [
        ("2026-11-23", "ran out on 2026-11-23"), ("2026-11-24", "runs out on 2026-11-24"), ("2026-12-24", "runs out on 2026-12-24"),
        ("2026-12-25", ""),
    ],
)  # fmt: skip
def test_exceptions_that_run_out_soon(expires: str, why: str) -> None:
    assert wanted(a_waiver(expires_on=expires)) == ([("Exception that ends", "EXC-001", why)] if why else [])


def test_inputs_that_are_missing_for_the_next_review() -> None:
    complete = (an_issue(), a_party(), a_measure(), an_objective(), a_nonconformity(), an_action())
    assert wanted(a_review(planned="2026-12-11"), *complete) == []
    (item,) = wanted(a_review(planned="2026-12-11"), *complete[1:])
    told = "Changes in external and internal issues: no internal or external issue is registered"
    assert item == ("Input missing for the next review", "MRV-001", told)


def test_incidents_of_a_time_by_severity() -> None:
    facts = facts_of(
        an_incident(id="INC-001", detected_on="2026-06-24", severity="high"),
        an_incident(id="INC-002", detected_on="2026-06-25", severity="high"),
        an_incident(id="INC-003", detected_on="2026-11-24", severity="low"),
        an_incident(id="INC-004", detected_on="2026-11-25", severity="low"),
        an_incident(id="INC-005", detected_on="2026-07-01", severity="critical", decision="event"),
        an_incident(id="INC-006", detected_on="2026-07-01", severity="critical", status="draft"),
    )
    assert incidents_by_severity(facts, date(2026, 6, 25), date(2026, 11, 24)) == {"critical": 0, "high": 1, "medium": 0, "low": 1}
    assert incidents_by_severity(facts, None, date(2026, 11, 24)) == {"critical": 0, "high": 2, "medium": 0, "low": 1}
