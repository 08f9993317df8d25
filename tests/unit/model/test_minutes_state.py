"""The hash of signed minutes: what they say changes it, everything else does not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.model.fields import fields_of
from isms_plugin.model.management_review import INPUTS, ManagementReview
from isms_plugin.model.minutes_state import NOT_SIGNED, minutes_hash
from tests.builders import a_held_review, a_review

COUNTING: dict[str, Any] = {
    "id": "MRV-002", "title": "Another", "owner": "PER-002", "planned": "2026-07-01", "held_on": "2026-06-25", "period_from": "2026-01-02",
    "period_to": "2026-06-21", "chair": "PER-002", "attendees": ["PER-002"], "inputs": [{"input": "risks", "summary": "Two."}],
    "decisions": [{"text": "Buy keys.", "action": "ACT-002"}], "resources": "Money.", "conclusion": "Not suitable.", "minutes": "Folder",
    "note": "New.", "created": "2026-06-01", "next_review": "2027-01-01", "classification": "confidential",
}  # fmt: skip
OTHER: dict[str, Any] = {
    "approved_by": "PER-001", "approved_on": "2026-07-01", "approved_state": f"isms-minutes-1:{'a' * 64}", "status": "retired",
    "evidence": ["EVD-001"], "links": ["A.5.1"],
}  # fmt: skip


def test_the_hash_is_written_down_and_does_not_move() -> None:
    """A change of this value needs a new number of the algorithm: rows in the world hold it."""
    assert minutes_hash(a_held_review()) == "isms-minutes-1:2f6088cba8cf8e359bfd6ce29f45ce1e108981abd9d2291cce3cd161023e1edc"


@pytest.mark.parametrize("field", COUNTING)
def test_what_the_minutes_say_counts(field: str) -> None:
    assert minutes_hash(a_held_review(**{field: COUNTING[field]})) != minutes_hash(a_held_review())


@pytest.mark.parametrize("field", OTHER)
def test_the_sign_off_and_what_may_come_later_do_not_count(field: str) -> None:
    assert minutes_hash(a_held_review(**{field: OTHER[field]})) == minutes_hash(a_held_review())


def test_every_field_is_tried() -> None:
    assert OTHER.keys() == NOT_SIGNED
    assert COUNTING.keys() | OTHER.keys() == {spec.name for spec in fields_of(ManagementReview)}


def test_an_empty_field_is_as_good_as_none() -> None:
    assert minutes_hash(a_held_review(resources="", note=None)) == minutes_hash(a_held_review())


@given(st.permutations(["PER-001", "PER-002", "PER-003"]), st.permutations(["A.5.1", "A.8.1"]), st.sampled_from([" ", "\n", "  \n ", "\t"]))
def test_white_space_and_the_order_of_ids_do_not_count(people: list[str], refs: list[str], space: str) -> None:
    plain = a_held_review(attendees=sorted(people), inputs=[{"input": "risks", "summary": "Two of them.", "refs": sorted(refs)}])
    other = a_held_review(
        attendees=people, conclusion=f"Suitable.{space}", inputs=[{"input": "risks", "summary": f"Two{space}of them.", "refs": refs}]
    )
    assert minutes_hash(other) == minutes_hash(plain)


def test_the_order_of_decisions_counts() -> None:
    decisions = [{"text": "One.", "action": "ACT-001"}, {"text": "Two.", "action": "ACT-002"}]
    assert minutes_hash(a_held_review(decisions=decisions)) != minutes_hash(a_held_review(decisions=decisions[::-1]))


def test_it_has_the_form_that_the_field_takes() -> None:
    assert re.fullmatch(r"isms-minutes-1:[0-9a-f]{64}", minutes_hash(a_review()))
    assert a_review(approved_state=minutes_hash(a_review())).approved_state


def test_inputs_without_an_answer_are_named_in_their_order() -> None:
    assert a_review().unanswered == INPUTS
    assert a_held_review().unanswered == ()
    answers = [{"input": "risks", "summary": "Two."}, {"input": "issues", "summary": ""}, {"input": "audits"}]
    assert a_held_review(inputs=answers).unanswered == tuple(name for name in INPUTS if name != "risks")
