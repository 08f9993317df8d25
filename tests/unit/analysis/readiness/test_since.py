"""Since which day later audits look, and what was done since."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.since import Since, operational, since, trend, within
from isms_plugin.model.entry import Entry
from tests.builders import TODAY, a_certification, a_finding, a_nonconformity, an_audit, an_improvement, an_incident, facts_of

AFTER = Since(date(2026, 10, 7), None, "")


def external(**changes: Any) -> Entry:
    return an_audit(**{"id": "AUD-002", "kind": "stage_1", "ended_on": "2026-10-07"} | changes)


def looked(*changed: Entry, stage: Stage = Stage.SURVEILLANCE, today: date = TODAY) -> tuple[date | None, str]:
    found = since(facts_of(*changed, today=today), stage)
    return found.day, found.entry.id if found.entry else ""


def test_without_an_external_audit_everything_counts() -> None:
    assert looked(an_audit()) == (None, "")


def test_the_last_external_audit_counts() -> None:
    assert looked(an_audit(ended_on="2026-11-01"), external(), external(id="AUD-003", ended_on="2026-05-01")) == (
        date(2026, 10, 7),
        "AUD-002",
    )


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"kind": "stage_2"}, date(2026, 10, 7)),
        ({"kind": "surveillance"}, date(2026, 10, 7)),
        ({"kind": "recertification"}, date(2026, 10, 7)),
        ({"kind": "customer"}, None),
        ({"status": "draft"}, None),
        ({"status": "retired"}, None),
        ({"ended_on": None}, None),
        ({"ended_on": "2026-11-24"}, TODAY),
        ({"ended_on": "2026-11-25"}, None),
    ],
)
def test_which_audits_count(changes: dict[str, Any], day: date | None) -> None:
    assert looked(external(**changes))[0] == day


@pytest.mark.parametrize(
    ("certificates", "today", "day"),
    [
        ((), TODAY, date(2023, 11, 24)),
        ((), date(2028, 2, 29), date(2025, 2, 28)),
        ((a_certification(),), TODAY, date(2023, 11, 24)),
        ((a_certification(issued_on="2026-11-24"),), TODAY, TODAY),
        ((a_certification(issued_on="2026-11-25"),), TODAY, date(2023, 11, 24)),
        ((a_certification(issued_on="2024-02-29"), a_certification(id="CRT-002", issued_on="2025-03-01")), TODAY, date(2025, 3, 1)),
        ((a_certification(issued_on="2024-02-29", ended_on="2026-01-01"),), TODAY, date(2023, 11, 24)),
    ],
)
def test_recertification_looks_back_to_the_certificate_or_three_years(certificates: tuple[Entry, ...], today: date, day: date) -> None:
    assert looked(*certificates, external(), stage=Stage.RECERTIFICATION, today=today)[0] == day


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2026, 10, 7), False), (date(2026, 10, 8), True), (TODAY, True), (date(2026, 11, 25), False), (None, False)],
)
def test_the_day_of_the_audit_belongs_to_it_and_days_to_come_do_not_count(day: date | None, counts: bool) -> None:
    assert within(facts_of(), AFTER, day) is counts


def test_without_a_day_everything_up_to_today_counts() -> None:
    nothing = Since(None, None, "")
    assert within(facts_of(), nothing, date(1999, 1, 1))
    assert not within(facts_of(), nothing, date(2026, 11, 25))


@pytest.mark.parametrize(
    ("after", "counted"),
    [(AFTER, ["INC-003", "INC-002"]), (Since(None, None, ""), ["INC-003", "INC-002", "INC-001"]), (Since(TODAY, None, ""), [])],
)
def test_registers_of_operation_are_counted(after: Since, counted: list[str]) -> None:
    days = {"INC-001": "2026-10-07", "INC-002": "2026-10-08", "INC-003": "2026-11-24", "INC-004": "2026-11-25"}
    facts = facts_of(*(an_incident(id=name, detected_on=day) for name, day in days.items()))
    found = {item.declaration.KIND.name: [entry.id for entry in item.entries] for item in operational(facts, after)}
    assert found["incident"] == counted
    assert found["restore_test"] == []
    assert "audit" not in found


def test_trend_counts_findings_by_audit_and_grade() -> None:
    entries = (
        external(), an_audit(), an_audit(id="AUD-003", ended_on="2026-11-25"),
        a_finding(), a_finding(id="FND-002", grade="compliant", becomes=None),
        a_finding(id="FND-003", audit="AUD-002", grade="ofi", becomes="IMP-001"),
        a_nonconformity(), an_improvement(),
    )  # fmt: skip
    found = [(item.audit.id, item.counts, item.open) for item in trend(facts_of(*entries))]
    assert found == [
        ("AUD-001", {"major": 0, "minor": 1, "ofi": 0, "compliant": 1}, 0),
        ("AUD-002", {"major": 0, "minor": 0, "ofi": 1, "compliant": 0}, 1),
    ]
