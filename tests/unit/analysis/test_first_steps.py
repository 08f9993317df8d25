"""What to do first: only what is not begun, always in the same order."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.first_steps import STEPS, first_steps
from isms_plugin.model.isms import KINDS, Isms
from tests.builders import a_document, a_person, a_programme, a_review, an_isms


def test_an_empty_isms_has_all_steps_before_it() -> None:
    assert first_steps(Isms()) == STEPS


def test_a_step_is_gone_once_it_is_begun_even_with_a_draft() -> None:
    person = a_person(status="draft")
    assert first_steps(Isms(entries={person.id: person})) == STEPS[1:]


def test_a_retired_entry_is_no_beginning() -> None:
    person = a_person(status="retired")
    assert first_steps(Isms(entries={person.id: person})) == STEPS


@pytest.mark.parametrize(
    ("answers", "left"), [(["scope"], {"policy"}), (["policy"], {"scope"}), (["scope", "policy"], set()), ([], {"scope", "policy"})]
)
def test_a_document_is_a_step_only_with_what_it_answers(answers: list[str], left: set[str]) -> None:
    document = a_document(answers=answers)
    assert {step.answers for step in first_steps(Isms(entries={document.id: document})) if step.answers} == left


def test_others_are_left_in_their_order() -> None:
    told = [step.text for step in first_steps(an_isms(a_programme(), a_review()))]
    assert told == [STEPS[2].text, STEPS[3].text, STEPS[4].text]


def test_every_step_has_a_page_to_go_to() -> None:
    assert all(step.declaration in KINDS for step in STEPS)
    assert all(step.answers for step in STEPS if step.declaration.KIND.name == "document")
