"""What an auditor would raise, and how she would grade it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.facts import analyse
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit, mock_audit
from isms_plugin.analysis.readiness.table import CHECKS
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.isms import Isms
from isms_plugin.model.settings import Settings
from tests.builders import (
    TODAY,
    a_control,
    a_decision,
    a_nonconformity,
    a_person,
    a_requirement,
    a_risk,
    a_role,
    a_training,
    a_waiver,
    an_asset,
    an_isms,
    facts_of,
)

CODE: Final = "competence-missing"


def roles(lacking: int, of: int) -> list[Entry]:
    """So many roles, the first of which need something that nothing proves."""
    return [a_role(id=f"ROL-{number:03}", needs=["Law"] if number <= lacking else []) for number in range(1, of + 1)]


def audited(*changed: Entry, today: date = TODAY, stage: Stage = Stage.STAGE_2, **settings: Any) -> MockAudit:
    return mock_audit(facts_of(*changed, today=today, settings=Settings(**settings)), stage)


def of_code(audit: MockAudit, code: str = CODE) -> Finding | None:
    return next((finding for finding in audit.findings if finding.code == code), None)


def graded(audit: MockAudit, code: str = CODE) -> tuple[Grade, str] | None:
    finding = of_code(audit, code)
    return (finding.grade, finding.why) if finding else None


@pytest.mark.parametrize(
    ("lacking", "of", "why"),
    [
        (1, 1, ""), (2, 2, ""), (2, 4, ""), (3, 3, "widespread: 3 of 3"), (3, 6, "widespread: 3 of 6"), (3, 7, ""),
        (4, 7, "widespread: 4 of 7"), (4, 8, "widespread: 4 of 8"), (4, 9, ""),
    ],
)  # fmt: skip
def test_minors_are_a_major_together_when_they_are_three_and_half_of_all(lacking: int, of: int, why: str) -> None:
    assert graded(audited(*roles(lacking, of))) == (Grade.MAJOR if why else Grade.MINOR, why)


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_what_is_not_in_force_is_not_counted(status: str) -> None:
    more = [a_role(id=f"ROL-1{number}", status=status) for number in range(1, 4)]
    assert graded(audited(*roles(3, 6), *more)) == (Grade.MAJOR, "widespread: 3 of 6")


def test_several_kinds_with_one_mistake_are_counted_together() -> None:
    left = a_person(id="PER-002", active_to="2026-01-01")
    owned = [an_asset(id=f"AST-00{number}", owner="PER-002") for number in (1, 2)]
    assert graded(audited(left, *owned), "owner-inactive") == (Grade.MINOR, "")
    third = [an_asset(id="AST-003", owner="PER-002")]
    assert graded(audited(left, *owned, *third), "owner-inactive") == (Grade.MAJOR, "widespread: 3 of 3")


def test_a_check_that_is_not_about_many_stays_a_minor() -> None:
    runs = [a_training(id=f"TRN-00{number}", course=f"Course {number}", attended="1") for number in range(1, 5)]
    assert graded(audited(*runs), "training-missed") == (Grade.MINOR, "")


def test_one_code_is_one_finding_with_all_its_items() -> None:
    finding = of_code(audited(*roles(2, 5)))
    assert finding is not None
    assert [item.entry for item in finding.items] == ["ROL-001", "ROL-002"]
    assert (finding.check.number, finding.clauses) == (19, ("7.2",))


def test_the_gravest_comes_first_then_the_order_of_the_checks() -> None:
    audit = audited(*roles(1, 1), a_nonconformity(grade="major", closed_on=None))
    order = [(-finding.grade, finding.check.number) for finding in audit.findings]
    assert order == sorted(order)
    assert {Grade.MAJOR, Grade.MINOR, Grade.OFI} == {finding.grade for finding in audit.findings}


@pytest.mark.parametrize(("codes", "found"), [({}, False), ({"empty-register": "ofi"}, True)])
def test_what_is_for_information_is_no_finding(codes: dict[str, str], found: bool) -> None:
    empty = Diagnostic(code="empty-register", message="registers/sites.yml holds nothing")
    audit = mock_audit(facts_of(settings=Settings(codes=codes), faults=(empty,)), Stage.STAGE_1)
    assert (of_code(audit, "empty-register") is not None) is found


def test_a_stage_asks_only_its_own_checks() -> None:
    first, second = (audited(*roles(1, 1), stage=stage) for stage in (Stage.STAGE_1, Stage.STAGE_2))
    assert graded(first) is None
    assert {finding.check.stage for finding in first.findings} == {1}
    assert {finding.check.stage for finding in second.findings} == {1, 2}
    assert all(check.stage == 1 for check in first.compliant)


@pytest.mark.parametrize("stage", Stage)
def test_every_check_that_is_asked_is_compliant_or_failed(stage: Stage) -> None:
    audit = audited(*roles(3, 3), stage=stage)
    failed = [check for check in CHECKS if any(finding.check == check for finding in audit.findings)]
    assert sorted(check.number for check in (*failed, *audit.compliant)) == [check.number for check in CHECKS if check.asked_at(stage)]


def test_ready_is_who_has_no_major() -> None:
    minor = Finding(check=CHECKS[18], code=CODE, items=(), grade=Grade.MINOR)
    assert MockAudit(stage=Stage.STAGE_2, findings=(minor,)).ready
    assert not MockAudit(stage=Stage.STAGE_2, findings=(replace(minor, grade=Grade.MAJOR),)).ready


@pytest.mark.parametrize(
    ("word", "grade"), [("off", Grade.MINOR), ("info", Grade.MINOR), ("ofi", Grade.MINOR), ("minor", Grade.MINOR), ("major", Grade.MAJOR)]
)
@pytest.mark.parametrize("code", [CODE, "no-driver"])
def test_settings_may_raise_a_grade_and_neither_lower_nor_hide_it(code: str, word: str, grade: Grade) -> None:
    entries = (*roles(1, 1), a_risk(controls=[]), a_requirement(met_by=["POL-001"]))
    assert graded(audited(*entries, codes={code: word}), code) == (grade, "")


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"approved_on": "2026-11-24"}, True),
        ({"approved_on": "2026-11-25"}, False),
        ({"expires_on": "2026-11-24"}, True),
        ({"expires_on": "2026-11-23"}, False),
        ({"ended_on": "2026-11-25"}, True),
        ({"ended_on": "2026-11-24"}, False),
        ({"expires_on": None}, False),
        ({"approved_on": None}, False),
        ({"approved_by": None}, False),
        ({"approved_by": "PER-404"}, False),
        ({"status": "draft"}, False),
        ({"status": "retired"}, False),
        ({"waives": ["no-training"]}, False),
        ({"waives_for": ["ROL-001"]}, True),
        ({"waives_for": ["ROL-002"]}, False),
    ],
)
def test_an_exception_waives_while_it_is_in_force(changes: dict[str, Any], counts: bool) -> None:
    audit = audited(*roles(1, 1), a_waiver(CODE, **changes))
    assert (of_code(audit) is None) is counts
    waived = [(item.item.entry, item.check.number, item.waiver.id) for item in audit.waived if item.item.code == CODE]
    assert waived == ([("ROL-001", 19, "EXC-001")] if counts else [])


def test_an_exception_of_the_leap_day_waives_on_it_and_not_after() -> None:
    waiver = a_waiver(CODE, approved_on="2028-02-29", expires_on="2028-02-29")
    days = (date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1))
    assert [of_code(audited(*roles(1, 1), waiver, today=day)) is None for day in days] == [False, True, False]


def test_what_is_waived_does_not_count_as_widespread() -> None:
    assert graded(audited(*roles(3, 6), a_waiver(CODE, waives_for=["ROL-002"]))) == (Grade.MINOR, "")


def test_what_a_check_of_single_entries_reports_is_waived_as_well() -> None:
    audit = audited(a_risk(controls=[]), a_requirement(met_by=["POL-001"]), a_waiver("no-driver"))
    assert [(item.item.code, item.waiver.id) for item in audit.waived] == [("no-driver", "EXC-001")]


BROKEN: Final = an_isms(
    *roles(3, 5),
    a_person(id="PER-002", active_to="2026-01-01"),
    an_asset(id="AST-002", owner="PER-002"),
    an_asset(id="AST-003", owner=None),
    a_control(id="A.8.1"),
    a_decision(id="SOA-A.8.1", control="A.8.1", state="planned"),
    a_nonconformity(grade="major", closed_on=None),
    a_nonconformity(id="NC-002", grade="major", closed_on=None),
    a_training(attended="1"),
    a_training(id="TRN-002", course="Another", attended="1"),
    a_waiver(CODE, waives_for=["ROL-001"]),
    a_waiver("training-missed", id="EXC-002"),
)
"""Something is wrong in several registers, more than once in most."""


def raised(isms: Isms, stage: Stage) -> MockAudit:
    """Audit an ISMS whose diagnostics come in the order of its entries."""
    return mock_audit(analyse(isms, History(), Settings(), TODAY, list), stage)


@given(st.permutations(list(BROKEN.entries.values())), st.sampled_from(Stage))
def test_the_order_of_the_registers_changes_nothing(entries: Sequence[Entry], stage: Stage) -> None:
    assert raised(replace(BROKEN, entries={entry.id: entry for entry in entries}), stage) == raised(BROKEN, stage)


def test_the_broken_isms_is_broken_in_many_ways() -> None:
    audit = raised(BROKEN, Stage.STAGE_2)
    assert len(audit.findings) > 8
    assert len(audit.waived) == 3
