"""Findings and nonconformities that are open, by what they are about."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.readiness.open_findings import open_findings
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Nonconformity
from tests.builders import a_finding, a_nonconformity, an_audit, an_improvement, facts_of


def still_open(**changes: object) -> Nonconformity:
    return a_nonconformity(closed_on=None, **changes)


def opened(*changed: Entry, about: str = "A.5.1") -> list[tuple[str, str, str]]:
    found = open_findings(facts_of(*changed)).get(about, ())
    return [(item.entry.id, item.grade.word, item.state) for item in found]


def test_what_is_closed_is_not_open() -> None:
    assert opened(a_nonconformity(), a_finding(), an_audit()) == []


def test_a_nonconformity_stands_for_its_findings() -> None:
    assert [name for name, *_ in opened(still_open(), a_finding(), an_audit())] == ["NC-001"]


def test_the_gravest_comes_first() -> None:
    found = opened(still_open(), still_open(id="NC-002", grade="major"))
    assert [(name, grade) for name, grade, _ in found] == [("NC-002", "major"), ("NC-001", "minor")]


def test_it_is_seen_at_what_it_is_measured_against_and_what_it_concerns() -> None:
    item = still_open(requirement="5.2", concerns=["A.5.1", "RSK-001"])
    assert all(opened(item, about=about) for about in ("5.2", "A.5.1", "RSK-001"))


def test_a_decision_stands_for_its_control() -> None:
    item = still_open(requirement="SOA-A.5.1")
    assert opened(item)
    assert not opened(item, about="SOA-A.5.1")


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"grade": "ofi", "becomes": None}, "not taken up"),
        ({"grade": "ofi", "becomes": "IMP-001"}, "taken up by IMP-001"),
        ({"grade": "minor", "becomes": None}, "not taken up"),
    ],
)
def test_findings_that_nothing_has_settled(changes: dict[str, str], state: str) -> None:
    assert opened(a_finding(**changes), an_audit(), an_improvement()) == [("FND-001", changes["grade"], state)]


@pytest.mark.parametrize(
    "changes",
    [
        {"grade": "compliant", "becomes": None},
        {"grade": "ofi", "becomes": None, "declined": "true", "declined_why": "No need."},
        {"grade": "ofi", "becomes": None, "status": "retired"},
    ],
)
def test_findings_that_ask_for_nothing(changes: dict[str, str]) -> None:
    assert opened(a_finding(**changes), an_audit()) == []


def test_without_a_grade_it_counts_for_the_least() -> None:
    assert opened(still_open(grade=None))[0][1] == "ofi"
