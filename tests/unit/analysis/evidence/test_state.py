from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.evidence.state import Check, EvidenceStanding, State, evidence_standings
from isms_plugin.model.cadence import Period, later
from isms_plugin.model.evidence import Evidence
from tests.builders import HASH, TODAY, an_evidence, an_isms


def standing(*more: Evidence, today: date = TODAY, due_soon: int = 30, audited: Period | None = None, **changes: Any) -> EvidenceStanding:
    isms = an_isms(an_evidence(**changes), *more)
    return evidence_standings(isms, audited or Period(later(today, -12), today), today, due_soon)["EVD-001"]


@pytest.mark.parametrize(
    ("valid_to", "today", "state"),
    [
        ("2026-11-23", TODAY, State.EXPIRED),
        ("2026-11-24", TODAY, State.EXPIRING),
        ("2026-12-24", TODAY, State.EXPIRING),
        ("2026-12-25", TODAY, State.CURRENT),
    ],
)
def test_the_last_day_still_counts(valid_to: str, today: date, state: State) -> None:
    found = standing(valid_to=valid_to, today=today)
    assert found.state is state
    assert valid_to in found.reason


@pytest.mark.parametrize(
    ("every", "last", "today", "state"),
    [
        ("quarter", "2026-08-23", date(2026, 11, 23), State.EXPIRING),
        ("quarter", "2026-08-23", date(2026, 11, 24), State.EXPIRED),
        ("week", "2026-11-17", date(2026, 11, 24), State.EXPIRING),
        ("week", "2026-11-16", date(2026, 11, 24), State.EXPIRED),
        ("year", "2028-02-29", date(2029, 2, 28), State.EXPIRING),
        ("year", "2028-02-29", date(2029, 3, 1), State.EXPIRED),
        ("month", "2028-01-31", date(2028, 2, 29), State.EXPIRING),
        ("month", "2028-01-31", date(2028, 3, 1), State.EXPIRED),
    ],
)
def test_the_next_is_due_one_period_after_the_last_day(every: str, last: str, today: date, state: State) -> None:
    assert standing(every=every, period_from=last, period_to=last, taken_on=last, today=today).state is state


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.CURRENT),
        ({"at": "https://example.org/a"}, State.ELSEWHERE),
        ({"at": None}, State.ELSEWHERE),
        ({"taken_on": "2026-11-24"}, State.CURRENT),
        ({"taken_on": "2026-11-25"}, State.FUTURE),
        ({"period_from": "2026-11-25", "period_to": "2026-11-30"}, State.FUTURE),
        ({"period_from": None, "period_to": None, "taken_on": None}, State.UNDATED),
        ({"period_from": "2025-01-01", "period_to": "2025-11-23", "taken_on": "2025-12-01"}, State.OUTSIDE),
        ({"period_from": "2025-01-01", "period_to": "2025-11-24", "taken_on": "2025-12-01"}, State.CURRENT),
        ({"period_from": "2025-01-01", "period_to": "2025-06-30", "valid_to": "2027-06-30"}, State.CURRENT),
        ({"valid_to": "2026-01-01", "taken_on": "2027-01-01"}, State.FUTURE),
        ({"valid_to": "2026-11-01", "at": "https://example.org/a"}, State.EXPIRED),
        ({"valid_to": "2026-12-01", "at": "https://example.org/a"}, State.EXPIRING),
    ],
)
def test_of_several_states_the_gravest_counts(changes: dict[str, Any], state: State) -> None:
    assert standing(**changes).state is state


def test_what_newer_evidence_of_the_cadence_proves_as_well_is_followed() -> None:
    newer = an_evidence(id="EVD-002", every="quarter", period_to="2026-09-30", taken_on="2026-10-01")
    found = standing(newer, every="quarter")
    assert (found.state, found.reason) == (State.FOLLOWED, "EVD-002 took its place")


@pytest.mark.parametrize(
    "changes",
    [
        {"every": "month"},
        {"status": "draft"},
        {"status": "retired"},
        {"taken_on": "2026-11-25"},
        {"for": ["RSK-001"]},
        {"period_to": "2026-06-30"},
    ],
)
def test_other_evidence_follows_nothing(changes: dict[str, Any]) -> None:
    newer = an_evidence(**{"id": "EVD-002", "every": "quarter", "period_to": "2026-09-30", "taken_on": "2026-10-01"} | changes)
    assert standing(newer, every="quarter").state is State.EXPIRED


def test_what_is_followed_for_some_entries_alone_has_expired_for_the_rest() -> None:
    newer = an_evidence(id="EVD-002", every="quarter", period_to="2026-09-30", taken_on="2026-10-01")
    found = standing(newer, every="quarter", **{"for": ["A.5.1", "RSK-001"]})
    assert (found.state, found.unfollowed) == (State.EXPIRED, ("RSK-001",))


def test_a_certificate_is_followed_by_a_longer_one_of_its_kind() -> None:
    newer = an_evidence(id="EVD-002", valid_to="2027-06-30")
    assert standing(newer, valid_to="2026-06-30").state is State.FOLLOWED
    assert standing(an_evidence(id="EVD-002", kind="log", valid_to="2027-06-30"), valid_to="2026-06-30").state is State.EXPIRED


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({}, Check.VERIFIED),
        ({"sha256": "b" * 64}, Check.CHANGED),
        ({"sha256": None}, Check.UNHASHED),
        ({"at": "evidence/gone.csv"}, Check.MISSING),
        ({"at": "s3://bucket/a"}, Check.ELSEWHERE),
    ],
)
def test_the_file_is_checked_beside_the_state(changes: dict[str, Any], check: Check) -> None:
    assert standing(**changes).check is check


def test_the_pointer_of_git_lfs_counts_and_is_named() -> None:
    isms = an_isms(lfs=frozenset(("evidence/export.csv",)))
    found = evidence_standings(isms, Period(later(TODAY, -12), TODAY), TODAY, 30)["EVD-001"]
    assert found.check is Check.VERIFIED
    assert "Git LFS" in found.checked
    assert isms.digests["evidence/export.csv"] == HASH
