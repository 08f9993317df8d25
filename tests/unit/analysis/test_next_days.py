"""What comes next: the earliest planned thing of each sort, and the audit of the certification that it makes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.next_days import Awaited, NextDay, distance, next_days, next_stage
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.audit import Audit
from isms_plugin.model.certification import Certification
from isms_plugin.model.entry import Entry
from tests.builders import TODAY, a_review, an_audit, an_isms


def planned(identifier: str, kind: str, day: str | None, **changes: Any) -> Audit:
    return an_audit(id=identifier, kind=kind, planned=day, started_on=None, ended_on=None, **changes)


def certificate(**changes: Any) -> Certification:
    return Certification.model_validate({"id": "CRT-001", "title": "Certificate", "expires_on": "2029-02-28"} | changes)


def coming(*entries: Entry, today: date = TODAY) -> dict[Awaited, NextDay]:
    return {item.what: item for item in next_days(an_isms(*entries), today)}


def named(*entries: Entry, what: Awaited, today: date = TODAY) -> str:
    entry = coming(*entries, today=today)[what].entry
    return entry.id if entry else ""


def test_the_earliest_planned_one_is_next_whatever_the_order() -> None:
    early, late = planned("AUD-2", "stage_2", "2027-01-14"), planned("AUD-1", "surveillance", "2028-01-14")
    assert named(early, late, what="external audit") == named(late, early, what="external audit") == "AUD-2"


def test_one_whose_day_is_past_is_still_the_next() -> None:
    late = planned("AUD-2", "stage_2", "2026-11-23")
    assert coming(late)["external audit"] == NextDay("external audit", late, date(2026, 11, 23))


def test_one_without_a_day_comes_last_and_its_day_stays_unknown() -> None:
    unknown = planned("AUD-1", "internal", None)
    assert coming(unknown)["internal audit"] == NextDay("internal audit", unknown, None)
    assert named(unknown, planned("AUD-2", "internal", "2027-08-27"), what="internal audit") == "AUD-2"


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_drafts_and_retired_ones_are_left_out(status: str) -> None:
    assert named(planned("AUD-2", "stage_2", "2027-01-14", status=status), what="external audit") == ""


@pytest.mark.parametrize(("ended", "found"), [("2026-11-23", ""), ("2026-11-24", ""), ("2026-11-25", "AUD-2")])
def test_an_audit_is_over_on_the_day_it_ends(ended: str, found: str) -> None:
    audit = an_audit(id="AUD-2", kind="stage_2", planned="2026-11-20", started_on=None, ended_on=ended)
    assert named(audit, what="external audit") == found


@pytest.mark.parametrize(("held", "found"), [("2026-11-24", ""), ("2026-11-25", "MRV-001"), (None, "MRV-001")])
def test_a_review_is_next_until_it_was_held(held: str | None, found: str) -> None:
    assert named(a_review(held_on=held), what="management review") == found


def test_what_is_not_planned_is_told_and_audits_of_customers_are_none_of_the_certification() -> None:
    assert coming(planned("AUD-9", "customer", "2026-12-01")) == {
        "external audit": NextDay("external audit"),
        "internal audit": NextDay("internal audit"),
        "management review": NextDay("management review"),
    }


def test_the_end_of_the_certificate_is_told_where_there_is_one() -> None:
    held = certificate()
    assert coming(held)["end of the certificate"] == NextDay("end of the certificate", held, date(2029, 2, 28))
    for other in (certificate(expires_on=None), certificate(ended_on="2026-11-24"), certificate(status="retired")):
        assert "end of the certificate" not in coming(other)


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        ("stage_1", Stage.STAGE_1), ("stage_2", Stage.STAGE_2), ("surveillance", Stage.SURVEILLANCE),
        ("recertification", Stage.RECERTIFICATION),
    ],
)  # fmt: skip
def test_the_planned_audit_decides_the_stage(kind: str, stage: Stage) -> None:
    assert next_stage(an_isms(planned("AUD-2", kind, "2027-01-14")), TODAY) is stage


@pytest.mark.parametrize(
    ("ended", "stage"),
    [
        ((), Stage.STAGE_1),
        ((("stage_1", "2026-10-07"),), Stage.STAGE_2),
        ((("stage_2", "2027-01-14"), ("stage_1", "2026-10-07")), Stage.SURVEILLANCE),
        ((("surveillance", "2028-01-14"),), Stage.SURVEILLANCE),
        ((("recertification", "2029-12-14"), ("stage_1", "2026-10-07")), Stage.SURVEILLANCE),
        ((("internal", "2026-10-07"),), Stage.STAGE_1),
    ],
)
def test_without_a_planned_one_the_stage_follows_the_audits_that_took_place(ended: tuple[tuple[str, str], ...], stage: Stage) -> None:
    audits = [an_audit(id=f"AUD-{number}", kind=kind, ended_on=day) for number, (kind, day) in enumerate(ended, start=10)]
    assert next_stage(an_isms(*audits), date(2030, 1, 1)) is stage


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2028, 2, 29), "today"),
        (date(2028, 3, 1), "in 1 day"),
        (date(2028, 2, 28), "1 day ago"),
        (date(2028, 3, 31), "in 31 days"),
        (date(2027, 2, 28), "366 days ago"),
    ],
)
def test_how_far_off_a_day_is(day: date, words: str) -> None:
    assert distance(day, date(2028, 2, 29)) == words
