"""Which exceptions waive checks, what they waive, and what becomes of the grade."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.waivers import check_waivers, waived_in_words, waiver_of, waivers
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.entry import Entry
from isms_plugin.model.settings import Settings
from tests.builders import TODAY, a_risk, a_waiver, an_isms, facts_of, told

OVERDUE = Diagnostic(code="overdue", message="late", entry="ACT-001")
LEAP_DAY = date(2028, 2, 29)


def in_force(today: date = TODAY, **changes: Any) -> list[str]:
    return [waiver.id for waiver in waivers(an_isms(a_waiver("overdue", **changes)), today)]


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2026, 10, 31), False), (date(2026, 11, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False)],
    ids=["day before the first", "first day", "last day", "day after the last"],
)
def test_an_exception_is_in_force_from_its_approval_to_its_last_day(day: date, counts: bool) -> None:
    assert in_force(day) == (["EXC-001"] if counts else [])


@pytest.mark.parametrize(
    ("day", "counts"), [(date(2028, 2, 28), False), (LEAP_DAY, True), (date(2028, 3, 1), False)], ids=["before", "on", "after"]
)
def test_one_of_the_leap_day_alone_is_in_force_on_that_day_alone(day: date, counts: bool) -> None:
    assert bool(in_force(day, approved_on=LEAP_DAY, expires_on=LEAP_DAY)) is counts


@pytest.mark.parametrize(("ended", "counts"), [(date(2026, 11, 24), False), (date(2026, 11, 25), True)], ids=["today", "tomorrow"])
def test_one_that_was_ended_no_longer_counts_on_that_day(ended: date, counts: bool) -> None:
    assert bool(in_force(ended_on=ended)) is counts


@pytest.mark.parametrize(
    "lacking",
    [
        {"approved_by": None},
        {"approved_by": "PER-404"},
        {"approved_on": None},
        {"expires_on": None},
        {"status": "draft"},
        {"status": "retired"},
        {"waives": []},
    ],
    ids=str,
)
def test_without_approver_days_or_codes_nothing_is_waived(lacking: dict[str, Any]) -> None:
    assert in_force(**lacking) == []


@pytest.mark.parametrize(
    ("waiver", "counts"),
    [
        (a_waiver("overdue"), True),
        (a_waiver("no-driver", "overdue"), True),
        (a_waiver("no-driver"), False),
        (a_waiver("overdue", waives_for=["ACT-002", "ACT-001"]), True),
        (a_waiver("overdue", waives_for=["ACT-002"]), False),
    ],
    ids=["code", "second code", "another code", "this entry", "another entry"],
)
def test_it_waives_its_codes_for_all_entries_or_for_those_that_it_names(waiver: Any, counts: bool) -> None:
    assert waiver_of([waiver], OVERDUE) == (waiver if counts else None)


def test_of_two_the_first_of_the_register_waives() -> None:
    first, second = a_waiver("overdue", id="EXC-002"), a_waiver("overdue", id="EXC-001")
    assert waiver_of([first, second], OVERDUE) is first


def test_words_name_the_exception_and_its_last_day() -> None:
    assert waived_in_words(a_waiver("overdue")) == "waived by EXC-001 until 2026-12-31"
    assert waived_in_words(None) == ""


def test_what_is_no_code_is_reported_with_the_nearest_one() -> None:
    found = list(check_waivers(an_isms(a_waiver("overdue", "overdu"), a_waiver("nothing-like-it", id="EXC-002", status="retired"))))
    assert told(found) == [("waiver-unknown", "EXC-001")]
    assert found[0].hint == "did you mean overdue?"
    assert found[0].place.pointer == ("waives", 1)


def grades(found: Facts) -> set[Grade]:
    return {found.grade(item) for item in found.diagnostics if item.code == "no-driver"}


UNDRIVEN = a_risk(controls=[], treatment="retention")
"""With it no risk calls for A.5.1 any more; the requirement that does is left out."""


def undriven(*changed: Entry, **settings: Any) -> Facts:
    return facts_of(UNDRIVEN, *changed, without=["REQ-001"], settings=Settings(**settings))


def test_what_is_waived_is_for_information_and_fails_nothing() -> None:
    counted, waived = undriven(), undriven(a_waiver("no-driver"))
    assert (grades(counted), grades(waived)) == ({Grade.MINOR}, {Grade.INFO})
    assert waived.failing == counted.failing - 1


def test_a_waiver_raises_no_grade() -> None:
    assert grades(undriven(a_waiver("no-driver"), codes={"no-driver": "info"})) == {Grade.INFO}
    silenced = undriven(a_waiver("no-driver"), codes={"no-driver": "off"})
    assert {silenced.grade(item) for item in silenced.silenced if item.code == "no-driver"} == {Grade.OFF}
