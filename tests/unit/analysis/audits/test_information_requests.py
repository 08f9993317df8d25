"""Where requests of auditors stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.audits.information_requests import RequestState, check_information_requests, request_lists, request_state
from tests.builders import TODAY, a_request, an_audit, an_isms, facts_of, told

LATE, OPEN, ANSWERED, DECLINED = RequestState
ANSWER = {"answer": "Shown.", "answered_on": "2026-11-24"}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"due": "2026-11-25"}, OPEN),
        ({"due": "2026-11-24"}, OPEN),
        ({"due": "2026-11-23"}, LATE),
        ({"due": None}, OPEN),
        (ANSWER, ANSWERED),
        (ANSWER | {"due": "2026-11-23"}, ANSWERED),
        ({"answers": ["EVD-001"], "answered_on": "2026-11-24"}, ANSWERED),
        (ANSWER | {"answered_on": "2026-11-25"}, OPEN),
        ({"answered_on": "2026-11-24"}, OPEN),
        ({"answer": "Shown.", "answers": ["EVD-001"]}, OPEN),
        ({"declined": "true", "due": "2026-11-23"}, DECLINED),
        (ANSWER | {"declined": "true"}, ANSWERED),
    ],
)
def test_a_request_is_open_until_something_answers_it_and_late_after_its_day(changes: dict[str, Any], state: RequestState) -> None:
    assert request_state(a_request(**changes), TODAY) is state


def test_a_leap_day_is_a_day() -> None:
    request = a_request(due="2028-02-29")
    assert [request_state(request, date(2028, *day)) for day in ((2, 29), (3, 1))] == [OPEN, LATE]


def test_requests_are_counted_for_each_audit_in_the_order_of_the_audits() -> None:
    audits = (an_audit(id="AUD-002"), an_audit(), an_audit(id="AUD-003"))
    requests = (
        a_request(),
        a_request(id="IRQ-002", audit="AUD-002", due="2026-11-20"),
        a_request(id="IRQ-003", audit=None),
        a_request(id="IRQ-004", audit="AUD-002", **ANSWER),
        a_request(id="IRQ-005", status="draft"),
        a_request(id="IRQ-006", status="retired"),
    )
    found = request_lists(an_isms(*audits, *requests), TODAY)
    assert [(item.audit.id if item.audit else "", item.total, item.next_due) for item in found] == [
        ("AUD-002", 2, date(2026, 11, 20)),
        ("AUD-001", 1, date(2026, 12, 11)),
        ("", 1, date(2026, 12, 11)),
    ]
    assert [request.id for request in found[0].requests[LATE]] == ["IRQ-002"]


@pytest.mark.parametrize(
    "changes",
    [
        {"answered_on": "2026-11-24"},
        {"answer": "Shown.", "answered_on": "2026-11-25"},
        {"answer": "Shown.", "answered_on": "2026-11-01"},
        {"declined": "true"},
    ],
)
def test_an_answer_without_content_or_on_an_impossible_day_is_reported(changes: dict[str, Any]) -> None:
    assert told(check_information_requests(an_isms(a_request(**changes)), TODAY)) == [("request-unanswered", "IRQ-001")]
    for status in ("draft", "retired"):
        assert told(check_information_requests(an_isms(a_request(**changes, status=status)), TODAY)) == []


@pytest.mark.parametrize("changes", [{}, ANSWER, ANSWER | {"answered_on": "2026-11-02"}, {"declined": "true", "declined_why": "Homes."}])
def test_what_is_in_order_is_not_reported(changes: dict[str, Any]) -> None:
    assert told(check_information_requests(an_isms(a_request(**changes)), TODAY)) == []


def test_what_is_late_is_told_once_with_whoever_has_to_answer() -> None:
    found = facts_of(an_audit(), a_request(due="2026-11-23")).by_entry["IRQ-001"]
    assert [(item.code, item.message) for item in found] == [
        ("request-late", "IRQ-001: answer to an auditor was due on 2026-11-23 (Anna Berg)")
    ]
