"""The table of the 25 checks."""

from __future__ import annotations

from collections import Counter

import pytest

from isms_plugin.analysis.readiness.check import GENERAL, ReadinessCheck, Stage, register_place
from isms_plugin.analysis.readiness.table import CHECKS, check_of
from isms_plugin.model.asset import Asset
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Kind, RegisterEntry
from isms_plugin.model.isms import KINDS
from isms_plugin.model.risk import Risk
from isms_plugin.model.settings import Settings
from tests.builders import an_isms, facts_of


class KeyEvent(RegisterEntry):
    """A kind of the organization's own."""

    KIND = Kind(name="key_event", title="Key event", plural="Key events", register="key-events", about="Keys.")


def test_there_are_25_numbered_in_their_order() -> None:
    assert [check.number for check in CHECKS] == list(range(1, 26))


def test_every_code_fails_exactly_one_check() -> None:
    assert Counter(code for check in CHECKS for code in check.codes) == Counter(CODES.keys() - set(GENERAL))


def test_every_kind_that_registers_hold_has_one_check_for_its_general_mistakes() -> None:
    named = Counter(kind for check in CHECKS for kind in check.kinds)
    assert named == Counter(kind.KIND.name for kind in KINDS if kind.KIND.name != "clause")


@pytest.mark.parametrize(
    ("code", "entry", "number"),
    [
        ("no-decision", "A.5.1", 2),
        ("overdue", "AST-001", 11),
        ("missing-field", "RSK-001", 7),
        ("owner-inactive", "PER-001", 17),
        ("missing-field", "KEY-001", 24),
        ("overdue", "", 24),
    ],
)
def test_what_is_wrong_in_general_fails_the_check_of_its_kind(code: str, entry: str, number: int) -> None:
    isms = an_isms(KeyEvent.model_validate({"id": "KEY-001", "title": "New key"}))
    assert check_of(isms, Diagnostic(code=code, message="", entry=entry)).number == number


@pytest.mark.parametrize(("stage", "asked"), [(1, [True, True, True, True]), (2, [False, True, True, True])])
def test_a_check_is_asked_from_its_stage_on(stage: int, asked: list[bool]) -> None:
    check = next(check for check in CHECKS if check.stage == stage)
    assert [check.asked_at(audit) for audit in Stage] == asked


def test_only_at_stage_1_is_planned_enough() -> None:
    assert [stage for stage in Stage if stage.planned_suffices] == [Stage.STAGE_1]
    assert [stage.title for stage in Stage] == ["Stage 1", "Stage 2", "Surveillance", "Recertification"]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.number))
def test_a_check_reads_as_a_sentence_and_quotes_what_it_is_about(check: ReadinessCheck) -> None:
    assert check.title[0].isupper()
    assert not check.title.endswith(".")
    assert check.clauses


def test_a_register_lies_where_its_entries_do() -> None:
    assert str(register_place(facts_of(), Asset)) == "registers/assets.yml"
    elsewhere = facts_of(without=["RSK-001"], settings=Settings(registers="lists"))
    assert str(register_place(elsewhere, Risk)) == "lists/risks.yml"
