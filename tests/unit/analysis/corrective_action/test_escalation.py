from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.corrective_action.escalation import ANSWER_DAYS, effective_grade, escalations
from isms_plugin.analysis.trace import trace
from isms_plugin.model.entry import Entry
from tests.builders import TODAY, a_finding, a_nonconformity, an_action, an_audit, an_isms

OPEN = {"closed_on": None, "verified_on": None, "raised_on": "2026-08-19", "effect_due": "2026-10-06"}
LATER = an_audit(id="AUD-002", kind="stage_1", started_on="2026-10-06", ended_on="2026-10-07")


def codes(changes: dict[str, Any], *others: Entry, today: date = TODAY) -> list[str]:
    item = a_nonconformity(**OPEN | changes)
    isms = an_isms(item, *others)
    return [found.code for found in escalations(isms, trace(isms)[0], item, today)]


def test_an_open_minor_past_its_day_at_a_later_audit_is_a_major() -> None:
    assert codes({}, LATER) == ["minor-unclosed"]


@pytest.mark.parametrize(
    ("why", "changes", "others"),
    [
        ("no audit since", {}, ()),
        ("due on the last day of the audit", {"effect_due": "2026-10-07"}, (LATER,)),
        ("closed since", {"closed_on": "2026-11-01"}, (LATER,)),
        ("verified before the end of the audit", {"verified_on": "2026-10-07"}, (LATER,)),
        ("a major already", {"grade": "major"}, (LATER,)),
        ("raised on the last day of the audit", {"raised_on": "2026-10-07", "effect_due": "2026-10-01"}, (LATER,)),
        ("raised on its first day", {"raised_on": "2026-10-06", "effect_due": "2026-10-06"}, (LATER,)),
        ("found by that audit", {}, (LATER, a_finding(audit="AUD-002"))),
        ("the audit has not ended", {}, (an_audit(id="AUD-002", started_on="2026-10-06", ended_on=None),)),
        ("the audit ends after today", {}, (an_audit(id="AUD-002", started_on="2026-11-24", ended_on="2026-11-25"),)),
        ("the audit is a draft", {}, (an_audit(id="AUD-002", started_on="2026-10-06", ended_on="2026-10-07", status="draft"),)),
        ("nobody knows when it was raised", {"raised_on": None}, (LATER,)),
    ],
)
def test_it_stays_a_minor(why: str, changes: dict[str, Any], others: tuple[Entry, ...]) -> None:
    assert (why, codes(changes, *others)) == (why, [])


def test_verified_after_the_audit_was_too_late_for_it() -> None:
    assert codes({"verified_on": "2026-10-08"}, LATER) == ["minor-unclosed"]


def test_an_audit_that_ends_today_counts() -> None:
    assert codes({}, an_audit(id="AUD-002", started_on="2026-11-23", ended_on="2026-11-24")) == ["minor-unclosed"]


def test_an_audit_of_one_day_counts_from_the_day_after_the_nonconformity() -> None:
    one_day = an_audit(id="AUD-002", started_on=None, ended_on="2026-10-07")
    assert codes({"raised_on": "2026-10-06", "effect_due": "2026-10-06"}, one_day) == ["minor-unclosed"]
    assert codes({"raised_on": "2026-10-07", "effect_due": "2026-10-06"}, one_day) == []


@pytest.mark.parametrize(
    ("deadline", "accepted", "expected"),
    [
        ("2026-10-06", None, ["minor-unclosed"]),
        ("2026-10-07", None, []),
        ("2026-10-06", "2026-10-07", []),
        ("2026-10-06", "2026-10-08", ["minor-unclosed"]),
    ],
)
def test_an_answer_that_was_not_accepted_in_time_counts_too(deadline: str, accepted: str | None, expected: list[str]) -> None:
    body = {"number": "1", "deadline": deadline, "accepted_on": accepted}
    assert codes({"effect_due": "2026-12-31", "certification_body": body}, LATER) == expected


def test_without_a_day_for_the_effect_the_last_open_action_gives_it() -> None:
    near, far = an_action(done_on=None, due="2026-10-06"), an_action(id="ACT-002", done_on=None, due="2026-10-07")
    assert codes({"effect_due": None, "actions": ["ACT-001"]}, near, LATER) == ["minor-unclosed"]
    assert codes({"effect_due": None, "actions": ["ACT-001", "ACT-002"]}, near, far, LATER) == []


def test_without_any_day_it_is_late_after_ninety_days_over_a_leap_day_too() -> None:
    assert ANSWER_DAYS == 90
    without_day = {"effect_due": None, "actions": [], "raised_on": "2027-12-01"}
    day_ninety = an_audit(id="AUD-002", started_on="2028-02-28", ended_on="2028-02-29")
    day_after = an_audit(id="AUD-002", started_on="2028-02-28", ended_on="2028-03-01")
    assert codes(without_day, day_ninety, today=date(2028, 3, 1)) == []
    assert codes(without_day, day_after, today=date(2028, 3, 1)) == ["minor-unclosed"]


@pytest.mark.parametrize(
    ("earlier", "raised", "expected"),
    [
        ("2026-08-18", "2026-08-19", ["nonconformity-repeated"]),
        ("2026-08-19", "2026-08-19", ["nonconformity-repeated"]),
        ("2026-08-20", "2026-08-19", []),
        (None, "2026-08-19", []),
    ],
)
def test_one_that_comes_back_after_the_earlier_was_closed_is_a_major(earlier: str | None, raised: str, expected: list[str]) -> None:
    before = a_nonconformity(id="NC-000", closed_on=earlier)
    assert codes({"follows": "NC-000", "raised_on": raised}, before) == expected
    assert codes({"follows": "NC-000", "raised_on": raised, "closed_on": "2026-11-20"}, before) == []


def test_it_does_not_repeat_itself_nor_anything_else_than_a_nonconformity() -> None:
    assert codes({"follows": "NC-001", "id": "NC-001"}) == []
    assert codes({"follows": "FND-001"}, a_finding(becomes=None)) == []


def test_the_grade_that_counts_is_the_gravest() -> None:
    def grade(changes: dict[str, Any], *others: Entry) -> str | None:
        item = a_nonconformity(**OPEN | changes)
        isms = an_isms(item, *others)
        return effective_grade(isms, trace(isms)[0], item, TODAY)

    assert grade({}) == "minor"
    assert grade({"grade": None}) is None
    assert grade({"grade": "major"}) == "major"
    assert grade({}, a_finding(grade="minor"), an_audit()) == "minor"
    assert grade({}, a_finding(grade="major"), an_audit()) == "major"
    assert grade({}, LATER) == "major"
