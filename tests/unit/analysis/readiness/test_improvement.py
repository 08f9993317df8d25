"""Open majors, and a log in which nothing stands."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.improvement import find
from isms_plugin.model.entry import Entry
from isms_plugin.model.nil_return import NilReturn
from tests.builders import a_finding, a_nonconformity, an_action, an_audit, an_improvement, facts_of, told


def found(*changed: Entry) -> list[tuple[str, str]]:
    return told(find(facts_of(*changed), Stage.STAGE_2))


@pytest.mark.parametrize(
    ("changes", "open_major"),
    [
        ({"grade": "major", "closed_on": None}, True),
        ({"grade": "major", "closed_on": None, "status": "draft"}, True),
        ({"grade": "major", "closed_on": None, "raised_on": None}, True),
        ({"grade": "major"}, False),
        ({"grade": "minor", "closed_on": None}, False),
        ({"grade": None, "closed_on": None}, False),
    ],
)
def test_a_major_is_open_until_it_is_closed(changes: dict[str, Any], open_major: bool) -> None:
    assert found(a_nonconformity(**changes)) == ([("open-major", "NC-001")] if open_major else [])


def test_what_is_retired_is_not_open() -> None:
    retired = a_nonconformity(grade="major", closed_on=None, status="retired")
    assert found(retired, an_improvement()) == []


def test_a_nonconformity_is_as_grave_as_its_finding() -> None:
    graded = a_finding(grade="major")
    assert found(an_audit(), graded, a_nonconformity(closed_on=None)) == [("open-major", "NC-001")]
    assert found(an_audit(), graded, a_nonconformity()) == []


def test_a_minor_that_came_back_has_a_code_of_its_own() -> None:
    again = a_nonconformity(id="NC-002", raised_on="2026-11-20", follows="NC-001", closed_on=None)
    assert found(a_nonconformity(), again) == []


@pytest.mark.parametrize(
    ("changes", "more", "open_major"),
    [
        ({"becomes": None}, (), True),
        ({"becomes": "IMP-001"}, (), True),
        ({"becomes": "IMP-001"}, (an_improvement(done_on="2026-10-01"),), False),
        ({"becomes": None}, (an_action(**{"for": ["FND-001"], "done_on": None}),), True),
        ({"becomes": None}, (an_action(**{"for": ["FND-001"]}),), False),
        ({"becomes": None, "declined": "true"}, (), True),
        ({"becomes": None, "grade": "minor"}, (), False),
        ({"becomes": None, "status": "retired"}, (), False),
    ],
)
def test_a_major_finding_is_open_while_nothing_stands_for_it(changes: dict[str, Any], more: tuple[Entry, ...], open_major: bool) -> None:
    entries = (an_improvement(), an_audit(), a_finding(**{"grade": "major"} | changes), *more)
    assert found(*entries) == ([("open-major", "FND-001")] if open_major else [])


def test_nothing_was_ever_recorded() -> None:
    (item,) = find(facts_of(), Stage.STAGE_2)
    assert (item.code, str(item.place)) == ("no-improvement-log", "registers/nonconformities.yml")


@pytest.mark.parametrize("entry", [a_nonconformity(), an_improvement(), an_improvement(status="draft")])
def test_one_entry_is_a_log(entry: Entry) -> None:
    assert found(entry) == []


@pytest.mark.parametrize("entry", [a_nonconformity(status="retired"), an_improvement(status="retired")])
def test_a_retired_entry_is_none(entry: Entry) -> None:
    assert found(entry) == [("no-improvement-log", "")]


@pytest.mark.parametrize(("register", "stated"), [("nonconformities", True), ("improvements", True), ("incidents", False)])
def test_a_statement_that_there_was_none_is_a_log(register: str, stated: bool) -> None:
    returned = NilReturn.model_validate(
        {
            "id": "NIL-001", "register": register, "period_from": "2026-01-01", "period_to": "2026-06-30", "stated_by": "PER-001",
            "stated_on": "2026-07-01", "basis": "Looked.",
        }
    )  # fmt: skip
    assert found(returned) == ([] if stated else [("no-improvement-log", "")])
