"""The pack of a review: its day, what it said to each input, what is missing, decisions as of today, sign-off."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.management_review.pack import next_review, pack_of, reviews, sign_off_of
from isms_plugin.model.minutes_state import minutes_hash
from tests.builders import TODAY, a_held_review, a_measure, a_review, an_action, an_isms, facts_of

HELD = a_held_review()
PLANNED = a_review(id="MRV-002", planned="2026-12-11")


def test_a_review_that_was_held_is_shown_as_of_that_day_whatever_day_is_asked_for() -> None:
    facts = facts_of(HELD, an_action())
    assert pack_of(facts, HELD).day == pack_of(facts, HELD, date(2026, 9, 1)).day == date(2026, 6, 24)


@pytest.mark.parametrize(
    ("asked", "day"), [(None, TODAY), (date(2026, 10, 1), date(2026, 10, 1)), (TODAY, TODAY), (date(2026, 12, 11), TODAY)]
)
def test_a_planned_review_is_shown_as_of_today_or_of_an_earlier_day(asked: date | None, day: date) -> None:
    assert pack_of(facts_of(HELD, PLANNED, an_action()), PLANNED, asked).day == day


def test_what_was_measured_later_is_not_in_the_pack_of_then() -> None:
    facts = facts_of(HELD, PLANNED, an_action(), a_measure())
    then, now = (next(item for item in pack_of(facts, review).sections if item.input.name == "measurements") for review in (HELD, PLANNED))
    assert then.missing == ("MET-001: no measured value",)
    assert (now.missing, now.found.items[0].words) == ((), "0 files in 2026 Q3")


def test_an_input_that_a_held_review_did_not_answer_is_missing_by_name() -> None:
    review = a_held_review(inputs=[{"input": "risks", "summary": "Two."}, {"input": "audits", "summary": ""}])
    pack = pack_of(facts_of(review, an_action()), review)
    answered = {section.input.name: [answer.summary for answer in section.answers] for section in pack.sections if section.answers}
    assert answered == {"risks": ["Two."], "audits": [""]}
    assert "Results of audits: the review says nothing on it" in pack.missing
    assert "Risks and the treatment plan: the review says nothing on it" not in pack.missing


def test_no_answer_is_lost() -> None:
    review = a_held_review(
        inputs=[{"input": "risks", "summary": "Two."}, {"input": "risks", "summary": "Both accepted."}, {"summary": "Rain."}]
    )
    pack = pack_of(facts_of(review, an_action()), review)
    risks = next(section for section in pack.sections if section.input.name == "risks")
    assert [answer.summary for answer in risks.answers] == ["Two.", "Both accepted."]
    assert [answer.summary for answer in pack.others] == ["Rain."]


def test_a_planned_review_has_nothing_to_answer_yet() -> None:
    assert [told for told in pack_of(facts_of(PLANNED), PLANNED).missing if "says nothing" in told] == []


@pytest.mark.parametrize(
    ("changes", "words", "late"),
    [
        ({"done_on": "2026-09-25"}, "done on 2026-09-25", False),
        ({"done_on": None, "due": "2026-11-23"}, "open, was due on 2026-11-23", True),
        ({"done_on": None, "due": "2026-11-24"}, "open, due on 2026-11-24", False),
    ],
)
def test_decisions_are_told_as_their_actions_stand_today(changes: dict[str, Any], words: str, late: bool) -> None:
    ((_, action, told, overdue),) = pack_of(facts_of(HELD, an_action(**changes)), HELD).decisions
    assert (action and action.id, told, overdue) == ("ACT-001", words, late)


def test_a_decision_without_an_action_says_so() -> None:
    review = a_held_review(decisions=[{"text": "Buy."}])
    assert [(item.action, item.words) for item in pack_of(facts_of(review), review).decisions] == [(None, "no action")]


SIGNED = {"approved_by": "PER-001", "approved_on": "2026-07-01"}


@pytest.mark.parametrize(
    ("review", "state"),
    [
        (PLANNED, "not held"),
        (HELD, "not signed"),
        (a_held_review(approved_by="PER-001"), "not signed"),
        (a_held_review(**SIGNED), "state not recorded"),
        (a_held_review(**SIGNED, approved_state=minutes_hash(HELD)), "signed"),
        (a_held_review(**SIGNED, approved_state=minutes_hash(HELD), conclusion="Effective."), "changed since"),
    ],
)
def test_where_the_minutes_stand(review: Any, state: str) -> None:
    assert sign_off_of(review) == state


def test_the_next_review_is_the_first_that_was_not_held() -> None:
    later, undated = a_review(id="MRV-003", planned="2027-06-01"), a_review(id="MRV-004", planned=None)
    left_out = (a_review(id="MRV-005", planned="2026-12-01", status="draft"), a_review(id="MRV-006", status="retired"))
    found = reviews(an_isms(undated, later, PLANNED, HELD, *left_out))
    assert [review.id for review in found] == ["MRV-001", "MRV-002", "MRV-003", "MRV-004"]
    assert next_review(found) is PLANNED
    assert next_review([HELD]) is None
