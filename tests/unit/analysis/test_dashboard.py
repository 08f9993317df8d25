"""The dashboard: what is blocked, due and not covered, each line once and ranked as the table of sorts says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.dashboard import Dashboard, Line, Section, Sort, dashboard
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit
from isms_plugin.analysis.readiness.table import CHECKS
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.entry import Entry
from isms_plugin.model.settings import Settings
from tests.builders import (
    a_document,
    a_nonconformity,
    a_person,
    a_programme,
    a_risk,
    a_waiver,
    an_acknowledgement,
    an_action,
    an_audit,
    an_evidence,
    facts_of,
)

RANK = list(Sort)
OPEN: Mapping[str, Any] = {"verified_on": None, "closed_on": None, "effect_due": None, "evidence": []}


def raised(code: str, *entries: str, grade: Grade = Grade.MAJOR, why: str = "") -> Finding:
    items = tuple(Diagnostic(code=code, message=f"{entry or 'nothing'}: so it is", entry=entry) for entry in entries)
    check = next(check for check in CHECKS if code in check.codes)
    return Finding(check=check, code=code, items=items, grade=grade, why=why)


def made(facts: Facts, *findings: Finding) -> Dashboard:
    return dashboard(facts, {stage: MockAudit(stage=stage, findings=findings) for stage in Stage})


def lines(section: Section, *entries: Entry, findings: tuple[Finding, ...] = (), **parts: Any) -> list[tuple[Sort, str]]:
    return [(line.sort, line.entry) for line in made(facts_of(*entries, **parts), *findings).of(section)]


def one(section: Section, *entries: Entry, findings: tuple[Finding, ...] = (), **parts: Any) -> Line:
    (line,) = made(facts_of(*entries, **parts), *findings).of(section)
    return line


def due(identifier: str, day: str, **changes: Any) -> Entry:
    return an_action(id=identifier, due=day, done_on=None, result=None, **changes)


# what is blocked


def test_nothing_is_blocked_where_nothing_is_wrong() -> None:
    assert lines("blocked") == []


def test_a_tripped_gate_leads_to_what_trips_it_and_says_which_gate() -> None:
    line = one("blocked", findings=(raised("changed-since-approval", "POL-001"),))
    assert (line.sort, line.entry, line.reasons) == (Sort.GATE, "POL-001", ("Document control", "so it is"))


def test_a_gate_without_an_entry_leads_to_its_page_under_its_name() -> None:
    line = one("blocked", findings=(raised("no-training", ""),))
    assert (line.sort, line.entry, line.title, line.reasons) == (Sort.GATE, "", "Training", ("nothing: so it is",))


@pytest.mark.parametrize(("count", "found"), [(1, 1), (3, 3), (4, 1)])
def test_many_entries_of_one_finding_share_a_line(count: int, found: int) -> None:
    people = [a_person(id=f"PER-{number}") for number in range(100, 100 + count)]
    finding = raised("no-deputy", *(person.id for person in people), why="widespread: 4 of 4")
    blocked = made(facts_of(*people), finding).of("blocked")
    assert len(blocked) == found
    if found < count:
        assert "4 entries" in blocked[0].reasons
        assert "widespread: 4 of 4" in blocked[0].reasons
        assert blocked[0].title


def test_only_majors_of_the_audit_block() -> None:
    assert lines("blocked", findings=(raised("review-overdue", "POL-001", grade=Grade.MINOR),)) == []
    assert lines("blocked", findings=(raised("review-overdue", "POL-001"),)) == [(Sort.RAISED, "POL-001")]


def test_the_next_audit_of_the_register_decides_which_findings_count() -> None:
    facts = facts_of(an_audit(id="AUD-2", kind="stage_2", ended_on=None, planned="2027-01-14"))
    audits = {stage: MockAudit(stage=stage) for stage in Stage} | {
        Stage.STAGE_2: MockAudit(stage=Stage.STAGE_2, findings=(raised("no-training", ""),))
    }
    found = dashboard(facts, audits)
    assert found.audit.stage is Stage.STAGE_2
    assert [line.title for line in found.of("blocked")] == ["Training"]


def test_an_open_major_is_one_line_whatever_names_it() -> None:
    major = a_nonconformity(grade="major", **OPEN)
    line = one("blocked", major, an_action(), findings=(raised("open-major", "NC-001"),))
    assert (line.sort, line.entry) == (Sort.GATE, "NC-001")
    assert line.reasons[:3] == ("Open majors", "so it is", "blocks the certificate")


def test_majors_come_before_minors_of_the_certification_body() -> None:
    minor = a_nonconformity(id="NC-002", source="certification_body", **OPEN)
    major = a_nonconformity(id="NC-003", grade="major", **OPEN)
    assert lines("blocked", minor, major, an_action()) == [(Sort.OPEN_MAJOR, "NC-003"), (Sort.BODY_MINOR, "NC-002")]


def test_a_minor_of_our_own_blocks_nothing() -> None:
    assert lines("blocked", a_nonconformity(**OPEN), an_action()) == []


@pytest.mark.parametrize(("consequence", "blocked"), [("9", False), ("10", True)])
def test_a_risk_is_told_from_above_the_limit_on(consequence: str, *, blocked: bool) -> None:
    risk = a_risk(likelihood="1", consequence=consequence, residual_likelihood="1", residual_consequence=consequence)
    assert lines("blocked", risk) == ([(Sort.RISK, "RSK-001")] if blocked else [])


def test_a_risk_that_the_audit_raises_too_is_one_line() -> None:
    risk = a_risk(likelihood="2", consequence="9", residual_likelihood="2", residual_consequence="9")
    line = one("blocked", risk, findings=(raised("risk-above-limit", "RSK-001"),))
    assert (line.sort, line.reasons) == (Sort.RAISED, ("so it is", "level 18 after treatment, its owner may accept 9 at most"))


# what is due


@pytest.mark.parametrize(
    ("day", "sort"),
    [
        ("2028-02-28", Sort.OVERDUE),
        ("2028-02-29", Sort.NEAR),
        ("2028-03-14", Sort.NEAR),
        ("2028-03-15", Sort.SOON),
        ("2028-03-30", Sort.SOON),
        ("2028-03-31", None),
    ],
)
def test_a_day_falls_into_its_place(day: str, sort: Sort | None) -> None:
    found = made(facts_of(due("ACT-001", day), today=date(2028, 2, 29)))
    assert {line.sort for line in found.lines if line.entry == "ACT-001"} == ({sort} if sort else set())


@pytest.mark.parametrize(("day", "sort"), [("2026-12-01", Sort.NEAR), ("2026-12-02", None)])
def test_what_counts_as_soon_is_a_setting(day: str, sort: Sort | None) -> None:
    found = made(facts_of(due("ACT-001", day), settings=Settings(due_soon=7)))
    assert {line.sort for line in found.lines if line.entry == "ACT-001"} == ({sort} if sort else set())


def test_the_longest_overdue_comes_first_and_what_closes_a_major_before_it() -> None:
    major = a_nonconformity(grade="major", actions=["ACT-003"], **OPEN)
    actions = [
        due("ACT-001", "2026-11-20"),
        due("ACT-002", "2026-10-01"),
        due("ACT-003", "2026-11-22"),
        due("ACT-004", "2026-11-23", **{"for": ["NC-001"]}),
    ]
    for order in permutations(actions):
        assert lines("overdue", major, *order) == [
            (Sort.OVERDUE_MAJOR, "ACT-003"),
            (Sort.OVERDUE_MAJOR, "ACT-004"),
            (Sort.OVERDUE, "ACT-002"),
            (Sort.OVERDUE, "ACT-001"),
        ]


def test_what_the_organization_grades_as_a_major_comes_first_too() -> None:
    assert lines("overdue", due("ACT-001", "2026-11-20"), settings=Settings(codes={"overdue": "major"})) == [
        (Sort.OVERDUE_MAJOR, "ACT-001")
    ]


def test_a_line_says_what_was_due_when_and_who_sees_to_it() -> None:
    line = one("overdue", due("ACT-001", "2026-11-23"))
    assert (line.reasons, line.day, line.who) == (("action", "1 day ago"), date(2026, 11, 23), "PER-001")


# what is not covered


def test_acknowledgements_that_are_open_or_still_have_time_are_told_apart() -> None:
    document = a_document(ack_required=True)
    asked = a_person(id="PER-002", active_from="2026-11-20")
    line = one("coverage", document, asked, an_acknowledgement())
    assert (line.sort, line.reasons) == (
        Sort.TO_ACKNOWLEDGE,
        ("1 of 2 people have still time to confirm version 1.0, the last by 2026-12-20",),
    )
    found = lines("coverage", document, asked)
    assert found == [(Sort.NOT_ACKNOWLEDGED, "POL-001"), (Sort.TO_ACKNOWLEDGE, "POL-001")]
    assert lines("coverage", document, an_acknowledgement()) == []


@pytest.mark.parametrize(
    ("valid_to", "sort"),
    [
        ("2026-11-23", Sort.EVIDENCE_EXPIRED),
        ("2026-11-24", Sort.EVIDENCE_EXPIRING),
        ("2026-12-24", Sort.EVIDENCE_EXPIRING),
        ("2026-12-25", None),
    ],
)
def test_evidence_that_runs_out_is_told_from_its_day_on(valid_to: str, sort: Sort | None) -> None:
    assert lines("coverage", an_evidence(valid_to=valid_to)) == ([(sort, "EVD-001")] if sort else [])


def test_evidence_that_is_retired_runs_out_without_a_word() -> None:
    assert lines("coverage", an_evidence(valid_to="2026-11-23", status="retired")) == []


def test_a_period_without_evidence_is_a_gap_of_its_series() -> None:
    taken = an_evidence(every="quarter", period_from="2026-07-01", period_to="2026-09-30", taken_on="2026-10-01")
    line = one("coverage", taken, settings=Settings.model_validate({"audited_period": "2026-04-01..2026-11-24"}))
    assert (line.sort, line.entry) == (Sort.EVIDENCE_GAP, "EVD-001")
    assert line.reasons == ("A.5.1: 1 of 2 quarters, 2026 Q2 missing",)


def test_what_no_audit_covers_leads_to_the_programme() -> None:
    finding = raised("audit-coverage-gap", "PRG-001", grade=Grade.MINOR)
    assert lines("coverage", a_programme(), findings=(finding,)) == [(Sort.UNCOVERED, "PRG-001")]


# the whole


@pytest.mark.parametrize(
    ("today", "waived"), [(date(2026, 10, 31), 0), (date(2026, 11, 1), 1), (date(2026, 12, 31), 1), (date(2027, 1, 1), 0)]
)
def test_what_is_waived_is_counted_while_the_exception_is_in_force(today: date, waived: int) -> None:
    facts = facts_of(a_waiver("overdue"), due("ACT-001", "2026-10-01"), today=today)
    assert made(facts).waived == waived


def test_every_sort_has_a_section_and_sections_do_not_mix() -> None:
    sections = [sort.value.section for sort in RANK]
    assert sorted(sections, key=sections.index) == sections
    assert set(sections) == {"blocked", "overdue", "soon", "coverage"}


DAYS = st.lists(st.dates(date(2026, 9, 1), date(2027, 2, 1)), max_size=6)


@given(DAYS, st.randoms())
def test_the_order_of_the_sources_changes_nothing_and_lines_are_ranked(days: list[date], random: Any) -> None:
    actions = [due(f"ACT-{number:03}", day.isoformat()) for number, day in enumerate(days, start=1)]
    first = made(facts_of(*actions)).lines
    random.shuffle(actions)
    assert made(facts_of(*actions)).lines == first
    for above, below in pairwise(first):
        assert (RANK.index(above.sort), above.day or date.max) <= (RANK.index(below.sort), below.day or date.max)
    assert all(line.entry or line.title for line in first)


def test_an_isms_with_nothing_gives_a_dashboard_all_the_same() -> None:
    everything = list(facts_of().isms.entries)
    found = made(facts_of(without=everything))
    assert found.lines == ()
    assert found.audit.stage is Stage.STAGE_1
    assert found.first
    assert [day.entry for day in found.days] == [None, None, None]
