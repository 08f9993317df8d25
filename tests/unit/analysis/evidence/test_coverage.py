from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.evidence.coverage import EvidenceCoverage, counts_for, evidence_coverage
from isms_plugin.model.cadence import Every, Period
from isms_plugin.model.evidence import Evidence
from tests.builders import TODAY, an_evidence, an_isms

YEAR = Period(date(2025, 11, 25), TODAY)


def review(number: int, first: str, last: str, **changes: Any) -> Evidence:
    given = {"id": f"EVD-{number:03}", "period_from": first, "period_to": last, "taken_on": last, "every": "quarter"}
    return an_evidence(**given | changes)


def covered(*evidence: Evidence, audited: Period = YEAR, today: date = TODAY) -> EvidenceCoverage:
    (found,) = evidence_coverage(an_isms(*evidence), audited, today)
    return found


@pytest.mark.parametrize(
    ("first", "last", "every", "names"),
    [
        ("2026-06-25", "2026-09-23", "quarter", ["2026 Q3"]),
        ("2026-06-30", "2026-06-30", "quarter", ["2026 Q2"]),
        ("2026-07-01", "2026-07-01", "quarter", ["2026 Q3"]),
        ("2026-01-01", "2026-08-15", "quarter", ["2026 Q1", "2026 Q2", "2026 Q3"]),
        ("2026-01-01", "2026-08-14", "quarter", ["2026 Q1", "2026 Q2"]),
        ("2026-03-20", "2026-04-10", "quarter", ["2026 Q2"]),
        ("2028-02-15", "2028-02-29", "month", ["2028-02"]),
        ("2025-12-29", "2026-01-04", "week", ["2026-W01"]),
        ("2025-07-01", "2026-07-08", "year", ["2025", "2026"]),
        ("2026-05-14", "2026-11-11", "half_year", ["2026 H2"]),
    ],
)
def test_evidence_counts_for_what_it_covers_by_half_else_for_where_it_ends(first: str, last: str, every: Every, names: list[str]) -> None:
    assert list(counts_for(review(1, first, last), every)) == names


def test_evidence_without_any_day_counts_for_nothing() -> None:
    assert list(counts_for(an_evidence(period_from=None, period_to=None, taken_on=None), "quarter")) == []


def test_a_missing_quarter_is_named_and_the_present_one_is_open() -> None:
    found = covered(review(1, "2025-10-01", "2025-12-31"), review(2, "2026-01-01", "2026-03-31"), review(3, "2026-07-01", "2026-09-30"))
    assert found.sentence == "3 of 4 quarters, 2026 Q2 missing"
    assert [(item.name, item.mark) for item in found.periods] == [
        ("2025 Q4", "covered"), ("2026 Q1", "covered"), ("2026 Q2", "missing"), ("2026 Q3", "covered"), ("2026 Q4", "open"),
    ]  # fmt: skip


@pytest.mark.parametrize(("today", "mark"), [(date(2026, 12, 30), "open"), (date(2026, 12, 31), "missing")])
def test_a_period_is_over_on_its_last_day(today: date, mark: str) -> None:
    found = covered(review(1, "2026-07-01", "2026-09-30"), audited=Period(date(2026, 7, 1), date(2027, 6, 30)), today=today)
    assert found.periods[-1].mark == mark


def test_all_evidence_of_one_cadence_for_one_entry_counts_together() -> None:
    ticket = review(2, "2026-01-01", "2026-03-31", kind="ticket")
    found = covered(review(1, "2026-04-01", "2026-06-30"), ticket, audited=Period(date(2026, 1, 1), date(2026, 6, 30)))
    assert found.sentence == "2 of 2 quarters"
    assert [item.evidence for item in found.periods] == [("EVD-002",), ("EVD-001",)]


def test_cadences_and_entries_are_kept_apart() -> None:
    yearly = review(2, "2026-01-01", "2026-12-31", every="year", taken_on="2026-11-24")
    isms = an_isms(review(1, "2026-04-01", "2026-06-30", **{"for": ["A.5.1", "RSK-001"]}), yearly)
    found = {(item.target, item.every) for item in evidence_coverage(isms, YEAR, TODAY)}
    assert found == {("A.5.1", "quarter"), ("RSK-001", "quarter"), ("A.5.1", "year")}


def test_drafts_retired_ones_and_the_future_prove_nothing() -> None:
    good = review(1, "2026-04-01", "2026-06-30")
    later = review(4, "2026-01-01", "2026-03-31", taken_on="2026-11-25")
    found = covered(
        good, review(2, "2026-01-01", "2026-03-31", status="draft"), review(3, "2026-01-01", "2026-03-31", status="retired"), later
    )  # fmt: skip
    assert "2026 Q1" in found.missing


def test_before_any_period_is_over_nothing_is_missing() -> None:
    found = covered(review(1, "2026-10-01", "2026-10-31"), audited=Period(date(2026, 10, 1), date(2026, 11, 30)))
    assert (found.sentence, found.missing) == ("no quarter of the audited period is over yet", ())


def test_nothing_without_a_cadence_is_covered() -> None:
    assert evidence_coverage(an_isms(), YEAR, TODAY) == ()
