"""What is objected to in management reviews, beside the cases in tests/cases."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.management_review.checks import check_management_reviews
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from isms_plugin.model.minutes_state import minutes_hash
from tests.builders import a_held_review, a_person, a_review, a_role, an_isms, told

TOP = a_role(top_management="true", appointed_on="2026-06-24")
BODO = a_person(id="PER-002", name="Bodo Kern")


def found(*entries: Entry) -> list[Diagnostic]:
    return list(check_management_reviews(an_isms(BODO, *entries)))


def test_a_review_that_was_held_as_it_should_is_fine() -> None:
    assert found(TOP, a_held_review()) == []


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"status": "retired"}, {"held_on": None}])
def test_drafts_and_what_was_not_held_are_left_out(changes: dict[str, Any]) -> None:
    bad = {
        "inputs": [{"input": "risks", "summary": "Two."}],
        "decisions": [{"text": "Buy."}],
        "approved_by": "PER-001",
        "approved_on": "2026-07-01",
    }
    assert [item.code for item in found(a_held_review(**bad))] == ["review-input-missing", "decision-without-action", "minutes-unbound"]
    assert found(a_held_review(**bad | changes)) == []


def test_one_diagnostic_names_every_input_that_is_missing() -> None:
    (item,) = found(a_held_review(inputs=[{"input": "earlier_actions", "summary": "None."}, {"input": "issues", "summary": ""}]))
    assert item.message == (
        "MRV-001 says nothing on issues, parties, nonconformities, measurements, audits, objectives, feedback, risks, improvement"
    )
    assert found(a_held_review(inputs=[])) == []  # the empty field is told already


@pytest.mark.parametrize(
    ("role", "changes", "codes"),
    [
        (TOP, {"held_on": "2026-06-24"}, []),
        (TOP, {"held_on": "2026-06-23"}, ["review-without-top-management"]),
        (TOP, {"chair": "PER-002"}, ["review-without-top-management"]),
        (TOP, {"chair": None}, []),
        (TOP, {"chair": "PER-009"}, []),
        (a_role(top_management="true", deputy="PER-002"), {"chair": "PER-002"}, []),
        (a_role(appointed_on="2026-12-01"), {}, []),
        (a_role(top_management="true", status="draft", holder="PER-002"), {}, []),
        (
            a_role(
                top_management="true", holder="PER-002", appointed_on="2026-06-25",
                former_holders=[{"person": "PER-001", "since": "2020-01-01", "until": "2026-06-24"}],
            ),
            {},
            [],
        ),
    ],
)  # fmt: skip
def test_whoever_chairs_holds_a_role_of_top_management_on_that_day(role: Entry, changes: dict[str, Any], codes: list[str]) -> None:
    assert [item.code for item in found(role, a_held_review(**changes))] == codes


def test_each_decision_without_an_action_is_told_at_its_place() -> None:
    items = found(a_held_review(decisions=[{"text": "One."}, {"text": "Two.", "action": "ACT-001"}, {"text": "Three."}, {}]))
    assert [item.place.pointer for item in items] == [("decisions", 0), ("decisions", 2)]


SIGNED = {"approved_by": "PER-001", "approved_on": "2026-07-01"}


def test_minutes_changed_after_the_sign_off_are_told_whoever_signed() -> None:
    state = minutes_hash(a_held_review())
    assert found(a_held_review(**SIGNED, approved_state=state)) == []
    assert found(a_held_review(**SIGNED, approved_state=state, evidence=["EVD-001"])) == []
    assert told(found(a_held_review(**SIGNED, approved_state=state, conclusion="Effective."))) == [("minutes-changed", "MRV-001")]
    assert told(found(a_held_review(approved_state=state, conclusion="Effective."))) == [("minutes-changed", "MRV-001")]


def test_a_review_nobody_signed_is_not_unbound() -> None:
    assert found(a_held_review(approved_by="PER-001")) == []
    assert told(found(a_held_review(**SIGNED))) == [("minutes-unbound", "MRV-001")]


def test_a_planned_review_has_no_minutes() -> None:
    assert found(a_review(**SIGNED)) == []
