"""The report of an audit, and the matrix of a programme."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.audits.sampling import draw, population_hash
from isms_plugin.model.entry import Entry
from isms_plugin.render.audit_blocks import IN_REPORT, audit_block, audit_cells
from isms_plugin.render.audit_programme_block import programme_block
from isms_plugin.render.entry_pages import entry_page
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.kind_parts import in_block
from isms_plugin.render.plain_text import words_of
from tests.builders import (
    TODAY,
    a_clause,
    a_control,
    a_decision,
    a_finding,
    a_nonconformity,
    a_person,
    a_programme,
    a_supplier,
    an_action,
    an_audit,
    an_improvement,
    facts_of,
)

NAMES = [f"SUP-{number:03}" for number in range(1, 5)]
DRAWN = {
    "population": "Suppliers", "count": "4", "register": "suppliers", "method": "isms-draw-1", "seed": "7",
    "drawn_on": "2026-08-17", "population_hash": population_hash(NAMES), "items": [*draw(NAMES, 2, "7")],
}  # fmt: skip


def view(*entries: Entry, today: date = TODAY) -> View:
    others = (a_person(id="PER-003", name="Carla Diaz"), an_action(), *(a_supplier(id=name) for name in NAMES))
    return make_view(facts_of(*others, *entries, today=today), {})


def report(*others: Entry, **changes: Any) -> str:
    audit = an_audit(**changes)
    return audit_block(view(*others, audit), audit)


def test_the_report_goes_from_plan_to_conclusion() -> None:
    words = words_of(report(auditors=["PER-003"], body="Northmark", interviewed=["PER-001"]))
    for told in (
        "State done", "Kind internal", "Planned for 2026-08-31", "Held 2026-08-17 to 2026-08-21", "Auditors Carla Diaz, Northmark",
        "Programme in none", "Scope Everything", "Criteria Our rules", "Independence From outside.", "Controls of Annex A 1 A.5.1",
        "Interviews Anna Berg", "Conclusion Conforms.", "Report Folder", "Received by Anna Berg",
    ):  # fmt: skip
        assert told in words
    assert "missing" not in words
    order = [words.index(title) for title in ("Plan", "What was covered", "Samples", "Findings", "Interviews", "Conclusion")]
    assert order == sorted(order)


def test_what_a_held_audit_lacks_is_marked() -> None:
    html = report(scope=None, criteria=None, independence=None, report=None, reported_to=None, conclusion=None, planned=None, kind=None)
    assert html.count('<span class="isms-missing">missing</span>') == 9


def test_before_an_audit_nothing_of_its_end_is_missing() -> None:
    words = words_of(
        report(ended_on=None, started_on=None, planned="2027-08-31", covered=[], conclusion=None, report=None, reported_to=None)
    )
    assert "Held not yet" in words
    assert "Held since 2026-08-17" in words_of(report(ended_on=None))
    assert "What is to be covered" in words
    assert "Conclusion" not in words
    assert "Interviews" not in words


def test_what_was_covered_is_held_against_the_plan() -> None:
    controls = (a_control(id="A.5.2"), a_decision(id="SOA-A.5.2", control="A.5.2"))
    clauses = (a_clause(id="9.2", heading="true"), a_clause(id="9.2.1", parent="9.2"))
    programme = a_programme(audits=[{"audit": "AUD-001", "planned": "2026-08-31", "covers": ["A.5.1", "9.2"]}])
    words = words_of(report(*controls, *clauses, programme, covered=["A.5.1", "A.5.2"]))
    assert "Planned and not covered Clauses 1 9.2.1 Covered beyond the plan Controls of Annex A 1 A.5.2" in words
    same = words_of(report(*controls, *clauses, programme, covered=["A.5.1", "9.2.1"]))
    assert "Everything that the programme planned for it, and nothing else." in same
    before = words_of(report(*controls, *clauses, programme, covered=[], ended_on=None))
    assert "Planned and not covered" not in before
    assert "Clauses 1 9.2.1 Controls of Annex A 1 A.5.1" in before


def test_samples_say_how_they_were_drawn_and_whether_that_gives_the_same_again() -> None:
    words = words_of(report(samples=[DRAWN]))
    assert "Suppliers 4 2 isms-draw-1, seed 7, on 2026-08-17 same items" in words
    others = [name for name in NAMES if name not in DRAWN["items"]]
    assert "the seed gives" in words_of(report(samples=[DRAWN | {"items": others}]))
    assert "register has changed since" in words_of(report(samples=[DRAWN | {"population_hash": "b" * 64}]))
    assert "Drawn again today" not in words_of(report(samples=[{"population": "Laptops", "count": "62", "others": "15 by number"}]))


def test_what_else_was_drawn_is_not_counted_with_the_items() -> None:
    assert "Leavers 3 all Anna Berg, two more" in words_of(
        report(samples=[{"population": "Leavers", "count": "3", "method": "all", "items": ["PER-001"], "others": "two more"}])
    )


def test_findings_stand_by_grade_with_what_became_of_them() -> None:
    findings = (
        a_finding(id="FND-001", grade="ofi", becomes="IMP-001", title="Idea"),
        a_finding(id="FND-002", grade="major", becomes="NC-001", title="Gap"),
        a_finding(id="FND-003", grade="minor", becomes=None, title="Slip"),
        a_finding(id="FND-004", audit="AUD-002"),
        a_finding(id="FND-005", status="retired"),
    )
    html = report(*findings, a_nonconformity(closed_on=None, verified_on=None), an_improvement())
    assert re.findall(r"FND-\d+</a>", html) == ["FND-002</a>", "FND-003</a>", "FND-001</a>"]
    words = words_of(html)
    assert "major 1 · minor 1 · ofi 1" in words
    assert "FND-002 Gap major A.5.1 NC-001 Laptop missing taken up effect to be checked" in words
    assert "FND-003 Slip minor A.5.1 not taken up" in words


def test_own_work_is_told_with_its_reason_or_without() -> None:
    assert "Anna Berg answers for A.5.1 (owner of the decision): no reason is recorded" in words_of(report(auditors=["PER-001"]))
    work = [{"auditor": "PER-001", "items": ["A.5.1"], "why": "Carla looked at it."}]
    assert "(owner of the decision): Carla looked at it." in words_of(report(auditors=["PER-001"], own_work=work))
    assert "Own work" not in words_of(report(auditors=["PER-003"]))


def test_the_page_shows_nothing_twice_and_what_is_written_is_text() -> None:
    audit = an_audit(scope="<script>x</script>", body="<b>", auditors=["PER-001"], samples=[DRAWN | {"others": "<i>"}])
    page = entry_page(view(audit), audit)
    html = "".join((*page.parts.values(), *page.late.values()))
    assert "<script>x" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert html.count("From outside.") == 1
    assert all(in_block(audit, field) for field in IN_REPORT)


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2028, 2, 28), "due"), (date(2028, 2, 29), "due"), (date(2028, 3, 1), "overdue"), (date(2028, 1, 29), "planned")],
)
def test_the_register_says_where_an_audit_stands(today: date, state: str) -> None:
    audit = an_audit(started_on=None, ended_on=None, planned="2028-02-29")
    assert words_of(audit_cells(view(audit, today=today), audit)[0]) == state


def programme(*others: Entry, audits: list[dict[str, Any]]) -> str:
    entry = a_programme(audits=audits)
    return programme_block(view(entry, *others), entry)


def test_the_matrix_marks_what_is_uncovered_in_words() -> None:
    others = (an_audit(), a_control(id="A.5.2"), a_decision(id="SOA-A.5.2", control="A.5.2"))
    first = {"audit": "AUD-001", "planned": "2026-08-31", "covers": ["A.5.1", "A.5.2"]}
    html = programme(*others, audits=[first, {"planned": "2027-08-31", "covers": ["5.2", "A.5.9"]}])
    words = words_of(html)
    assert "sites of the scope: 3. Audited: 1; still planned: 1; uncovered: 1." in words
    assert "No audit of the cycle has covered or will cover A.5.2 Policies" in words
    assert "Named by the audits as well, although nothing asks for it in the cycle: A.5.9." in words
    assert "AUD-001 Internal audit, 2026-08-17 to 2026-08-21 2026-08-31 done controls of Annex A: 1; not covered: 1" in words
    assert "not registered yet 2027-08-31 planned clauses: 1" in words
    assert "A.5.1 Policies done done" in words
    assert "A.5.2 Policies uncovered not covered" in words
    assert "5.2 Policy planned planned" in words
    assert '<span class="isms-chip isms-chip--missing">uncovered</span>' in html
    assert "%" not in words


def test_a_programme_that_reaches_everything_says_so() -> None:
    words = words_of(programme(audits=[{"planned": "2027-08-31", "covers": ["5.2", "A.5.1"]}]))
    assert "Each of them was audited, or is planned to be." in words
    assert "Named by the audits as well" not in words


def test_a_programme_without_audits_says_so() -> None:
    words = words_of(programme(audits=[]))
    assert "No audit is planned." in words
    assert "uncovered: 2." in words
