"""Competence, training and communication that is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.support import find_awareness, find_competence
from isms_plugin.model.entry import Entry
from tests.builders import TODAY, a_communication, a_competence, a_person, a_role, a_training, facts_of, told


def competence(*changed: Entry, today: date = TODAY) -> list[tuple[str, str]]:
    return told(find_competence(facts_of(*changed, today=today), Stage.STAGE_2))


def awareness(*changed: Entry, today: date = TODAY) -> list[tuple[str, str]]:
    return told(find_awareness(facts_of(*changed, today=today), Stage.STAGE_2))


def test_each_role_is_told_once_with_all_that_is_missing() -> None:
    role = a_role(needs=["Audit technique", "Law", "Rhetoric"])
    (found,) = find_competence(facts_of(role, a_competence()), Stage.STAGE_2)
    assert found.message == "ROL-001 CISO: nothing shows that PER-001 has: Law; Rhetoric"
    assert found.place.pointer == ("needs", 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "PER-002"}, {"role": "ROL-002"}, {"need": "Audit"}, {"status": "draft"}, {"status": "retired"}, {"effective": "false"},
        {"valid_to": "2026-11-23"}, {"judged_on": "2026-11-25"},
    ],
)  # fmt: skip
def test_what_proves_nothing(changes: dict[str, Any]) -> None:
    assert competence(a_role(needs=["Audit technique"]), a_competence(**changes)) == [("competence-missing", "ROL-001")]


@pytest.mark.parametrize(
    "changes",
    [{}, {"need": " audit  Technique "}, {"effective": "true"}, {"valid_to": "2026-11-24"}, {"judged_on": "2026-11-24"}],
)  # fmt: skip
def test_what_proves_a_need(changes: dict[str, Any]) -> None:
    assert competence(a_role(needs=["Audit technique"]), a_competence(**changes)) == []


def test_a_proof_of_the_leap_day_counts_on_it_and_not_after() -> None:
    proof = a_competence(valid_to="2028-02-29")
    assert competence(a_role(needs=["Audit technique"]), proof, today=date(2028, 2, 29)) == []
    assert competence(a_role(needs=["Audit technique"]), proof, today=date(2028, 3, 1)) == [("competence-missing", "ROL-001")]


@pytest.mark.parametrize("changes", [{"holder": None}, {"status": "draft"}, {"status": "retired"}, {"needs": []}])
def test_roles_that_need_no_proof(changes: dict[str, Any]) -> None:
    assert competence(a_role(**{"needs": ["Law"]} | changes)) == []


def test_deputies_are_not_asked_for_proof() -> None:
    role = a_role(deputy="PER-002", needs=["Audit technique"])
    assert competence(a_person(id="PER-002"), role, a_competence()) == []


def test_no_training_at_all() -> None:
    (found,) = find_awareness(facts_of(), Stage.STAGE_2)
    assert (found.code, str(found.place)) == ("no-training", "registers/training.yml")


@pytest.mark.parametrize(
    "changes",
    [{"held_on": "2026-11-25"}, {"held_on": None}, {"status": "draft"}, {"status": "retired"}, {"invited": "0", "attended": "0"}],
)  # fmt: skip
def test_training_that_trained_nobody(changes: dict[str, Any]) -> None:
    assert awareness(a_training(**changes)) == [("no-training", "")]


@pytest.mark.parametrize(
    "changes",
    [{"held_on": "2026-11-24"}, {"held_on": "2019-01-01"}, {"attended": None}, {"invited": "0", "attended": "0", "attendees": ["PER-001"]}],
)  # fmt: skip
def test_training_that_somebody_had(changes: dict[str, Any]) -> None:
    assert awareness(a_training(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "missed"),
    [
        ({"attended": "2"}, True),
        ({"attended": "3"}, False),
        ({"attended": None}, False),
        ({"invited": None, "attended": "2"}, False),
        ({"attended": "2", "note": "One is on leave."}, False),
        ({"attended": "2", "held_on": "2025-11-25"}, True),
        ({"attended": "2", "held_on": "2025-11-24"}, False),
    ],
)
def test_who_was_invited_takes_part(changes: dict[str, Any], missed: bool) -> None:
    assert awareness(a_training(**changes)) == ([("training-missed", "TRN-001")] if missed else [])


@pytest.mark.parametrize(
    ("later", "made_up"),
    [
        ({"held_on": "2026-04-01", "attended": "2"}, True),
        ({"held_on": "2026-04-01", "attended": "2", "course": " security DAY"}, True),
        ({"held_on": "2026-04-01", "attended": "1", "invited": "1"}, False),
        ({"held_on": "2026-04-01", "attended": "2", "course": "Another"}, False),
        ({"held_on": "2026-03-05", "attended": "2"}, False),
        ({"held_on": "2026-11-25", "attended": "2"}, False),
    ],
)
def test_a_later_run_of_the_course_makes_up(later: dict[str, Any], made_up: bool) -> None:
    runs = (a_training(attended="1"), a_training(**{"id": "TRN-002", "invited": "2"} | later))
    assert awareness(*runs) == ([] if made_up else [("training-missed", "TRN-001")])


@pytest.mark.parametrize(
    ("changes", "undone"),
    [
        ({}, False),
        ({"done": []}, True),
        ({"done": [{"told_on": "2026-11-24"}]}, False),
        ({"done": [{"told_on": "2026-11-25"}]}, True),
        ({"done": [], "note": "There was no occasion."}, False),
        ({"done": [], "status": "draft"}, False),
        ({"done": [], "status": "retired"}, False),
    ],
)
def test_what_is_to_be_told_was_told(changes: dict[str, Any], undone: bool) -> None:
    assert awareness(a_training(), a_communication(**changes)) == ([("communication-undone", "COM-001")] if undone else [])
