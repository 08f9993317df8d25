from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from isms_plugin.analysis.evidence.checks import check_evidence, check_kept_files
from isms_plugin.analysis.evidence.state import evidence_standings
from isms_plugin.model.cadence import Period
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.history import Completeness, History, Revision
from tests.builders import HASH, TODAY, an_evidence, an_isms


def check(**changes: Any) -> list[Diagnostic]:
    return list(check_kept_files(an_isms(an_evidence(**changes))))


@pytest.mark.parametrize("changes", [{}, {"sha256": None}, {"at": "https://example.org/a"}, {"at": None}, {"at": ""}])
def test_nothing_is_wrong_with_evidence_that_is_there_or_elsewhere(changes: dict[str, Any]) -> None:
    assert check(**changes) == []


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("evidence/gone.csv", "missing-file"),
        ("evidence/../evidence/gone.csv", "missing-file"),
        ("evidence", "missing-file"),
        ("../export.csv", "link-outside"),
        ("evidence/../../export.csv", "link-outside"),
        ("/etc/passwd", "link-outside"),
    ],
)
def test_evidence_that_is_not_there_is_reported_where_its_place_is_named(at: str, code: str) -> None:
    (found,) = check(at=at)
    assert (found.code, found.entry, found.place.pointer) == (code, "EVD-001", ("at",))
    assert at in found.message


def test_evidence_that_changed_is_reported_with_both_hashes() -> None:
    (found,) = check(sha256="b" * 64)
    assert (found.code, found.place.pointer) == ("evidence-changed", ("sha256",))
    assert HASH in found.message
    assert "b" * 64 in found.message


def test_a_pointer_of_git_lfs_is_told_from_the_file() -> None:
    isms = an_isms(an_evidence(sha256="b" * 64), lfs=frozenset(("evidence/export.csv",)))
    (found,) = check_kept_files(isms)
    assert f"{HASH} by its pointer of Git LFS" in found.message


def a_history(*days: date, completeness: Completeness = Completeness.COMPLETE) -> History:
    made = [
        Revision(
            commit=f"{number}" * 40,
            date=datetime.combine(day, time(9), UTC),
            author="Anna",
            email="",
            summary="",
            path="evidence/export.csv",
        )
        for number, day in enumerate(days, start=1)
    ]
    start = replace(made[0], date=datetime(2026, 1, 1, 9, tzinfo=UTC))
    return History(completeness=completeness, revisions={"evidence/export.csv": tuple(reversed(made)), "policies/security.md": (start,)})


def backdated(history: History, lag: int = 30, **changes: Any) -> list[str]:
    isms = an_isms(an_evidence(**changes))
    audited = Period(date(2025, 11, 25), TODAY)
    standings = evidence_standings(isms, audited, TODAY, 30)
    found = check_evidence(isms, history, (), standings, (), TODAY, lag)
    return [item.message for item in found if item.code == "evidence-backdated"]


@pytest.mark.parametrize("committed", [date(2026, 7, 1), date(2026, 7, 31)])
def test_evidence_may_come_in_as_late_as_the_setting_allows(committed: date) -> None:
    assert backdated(a_history(committed)) == []


def test_evidence_that_came_in_later_is_reported_with_both_days() -> None:
    (message,) = backdated(a_history(date(2026, 8, 1), date(2026, 8, 9)))
    assert "taken on 2026-07-01, but the file came in on 2026-08-01 (1111111111), 31 days later" in message


def test_evidence_in_the_repository_before_it_was_taken_is_reported() -> None:
    (message,) = backdated(a_history(date(2026, 6, 30)))
    assert "in the repository since 2026-06-30" in message


def test_evidence_older_than_the_repository_could_not_come_in_earlier() -> None:
    old = {"period_from": "2025-01-01", "period_to": "2025-06-30", "taken_on": "2025-07-01"}
    assert backdated(a_history(date(2026, 1, 31)), **old) == []
    assert backdated(a_history(date(2026, 2, 1)), **old) != []


@pytest.mark.parametrize("completeness", [Completeness.SHALLOW, Completeness.UNKNOWN])
def test_a_history_that_is_not_whole_proves_nothing(completeness: Completeness) -> None:
    assert backdated(a_history(date(2026, 6, 30), completeness=completeness)) == []
