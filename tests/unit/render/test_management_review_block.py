"""The page of a review: registers beside answers, decisions, sign-off, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.model.minutes_state import minutes_hash
from isms_plugin.render.entry_pages import entry_page
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.management_review_block import review_block, review_cells, told
from isms_plugin.render.plain_text import words_of
from tests.builders import a_held_review, a_measure, a_requirement, a_review, a_risk, an_action, facts_of

SIGNED = {"approved_by": "PER-001", "approved_on": "2026-07-01"}


def view_of(*entries: Any) -> View:
    facts: Facts = facts_of(*entries)
    return make_view(facts, {})


def shown(review: ManagementReview, *entries: Any) -> str:
    return review_block(view_of(review, *entries), review)


def test_each_input_stands_beside_what_the_review_found() -> None:
    review = a_held_review(inputs=[{"input": "risks", "summary": "One <risk>, see RSK-001.", "refs": ["RSK-001"]}])
    html = shown(review, an_action())
    words = words_of(html)
    assert "Risks and the treatment plan 9.3.2 f What the registers say 1 risk, after treatment 1 low" in words
    assert "What the review found One <risk>, see RSK-001. See RSK-001" in words
    assert "Results of audits 9.3.2 d 3 What the registers say 0 audits ended in this period; 0 findings not settled. " in words
    assert words.count("What the review found nothing") == 9
    assert "<risk>" not in html
    assert html.count('href="isms:RSK-001"') == 3


def test_what_is_missing_is_named_on_top() -> None:
    words = words_of(shown(a_held_review(inputs=[]), an_action(), a_measure(values=[])))
    assert "Missing" in words
    assert "Results of measurement: MET-001: no measured value" in words
    assert "Results of audits: the review says nothing on it" in words


def test_a_planned_review_leaves_room_for_the_meeting() -> None:
    words = words_of(shown(a_review(planned="2026-12-11")))
    assert words.count("for the meeting to say") == 10
    assert "Decisions" not in words
    assert "everything up to 2026-11-24" in words
    assert "Sign-off" not in words


def test_decisions_are_shown_with_action_and_state_of_today() -> None:
    late = an_action(done_on=None, due="2026-11-23")
    words = words_of(shown(a_held_review(decisions=[{"text": "Buy <keys>.", "action": "ACT-001"}, {"text": "Wait."}]), late))
    assert "Buy <keys>. ACT-001 Anna Berg open, was due on 2026-11-23 overdue" in words
    assert "Wait. no action" in words


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Sign-off not signed"),
        (SIGNED, "Sign-off state not recorded by Anna Berg on 2026-07-01"),
        ({**SIGNED, "approved_state": minutes_hash(a_held_review())}, "Sign-off signed by Anna Berg on 2026-07-01"),
        (
            {**SIGNED, "approved_state": minutes_hash(a_held_review()), "conclusion": "New."},
            "The minutes were changed after they had been signed off.",
        ),
        ({"chair": None}, "Chair missing"),
        ({"attendees": []}, "Attendees missing"),
    ],
)
def test_the_head_tells_who_signed_and_what_lacks(changes: dict[str, Any], told: str) -> None:
    assert told in words_of(shown(a_held_review(**changes), an_action()))


@pytest.mark.parametrize(
    ("review", "cells"),
    [
        (a_held_review(), ("held", "not signed")),
        (a_review(planned="2026-11-23"), ("overdue", "not held")),
        (a_review(planned="2026-11-24"), ("next", "not held")),
        (a_review(status="retired"), ("", "")),
    ],
)
def test_a_row_tells_whether_it_was_held_and_signed(review: ManagementReview, cells: tuple[str, ...]) -> None:
    assert tuple(map(words_of, review_cells(view_of(review, an_action()), review))) == cells


def test_a_later_one_is_planned() -> None:
    later = a_review(id="MRV-002", planned="2027-06-01")
    assert words_of(review_cells(view_of(a_review(planned="2026-12-01"), later), later)[0]) == "planned"


def test_many_entries_of_one_line_are_named_by_their_ids() -> None:
    duties = [a_requirement(id=f"REQ-10{number}", title=f"Duty {number}", created="2026-03-01") for number in range(5)]
    words = words_of(shown(a_held_review(), an_action(), *duties))
    assert "REQ-100, REQ-101, REQ-102, REQ-103, REQ-104: entered on 2026-03-01" in words
    assert "REQ-100 Duty 0, REQ-101 Duty 1: entered" in words_of(shown(a_held_review(), an_action(), *duties[:2]))


def test_words_link_what_they_name_and_keep_dates_together() -> None:
    html = told(view_of(), 'RSK-001 & RSK-999, "2026-01-01", A.5.1')
    assert 'href="isms:RSK-001"' in html
    assert 'href="isms:A.5.1"' in html
    assert 'RSK-999, "<time>2026-01-01</time>"' in html
    assert "&amp;" in html


def test_the_facts_of_the_page_do_not_repeat_the_pack() -> None:
    view = view_of(a_held_review(), an_action())
    page = entry_page(view, view.facts.isms.entries["MRV-001"])
    assert page.parts["facts"].strip() == ""
    assert "Conclusion" in page.parts["block"]
    assert page.late["lists"] == ""


def test_nothing_is_shown_of_what_is_retired_or_no_review() -> None:
    assert shown(a_review(status="retired")) == ""
    assert review_block(view_of(), a_risk()) == ""
