"""Readiness as pages: verdict, gates, findings, clauses, controls, what can be shown, what happened since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.clauses import ClauseState, clause_standings
from isms_plugin.analysis.readiness.controls import ControlState, Design, control_standings
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit, Waived
from isms_plugin.analysis.readiness.operation import OperationState
from isms_plugin.analysis.readiness.table import CHECKS, check_of, quoted
from isms_plugin.model.diagnostic import Diagnostic, Grade, Place
from isms_plugin.model.entry import Entry
from isms_plugin.render.control_pages import clause_page, control_page
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.overview import clauses_page
from isms_plugin.render.page import Page
from isms_plugin.render.plain_text import words_of
from isms_plugin.render.readiness_marks import mark
from isms_plugin.render.readiness_pages import stage_1_page, stage_2_page
from isms_plugin.render.show_me_page import show_me_page
from isms_plugin.render.since_pages import since_page
from tests.builders import (
    a_clause,
    a_control,
    a_decision,
    a_finding,
    a_nonconformity,
    a_waiver,
    an_action,
    an_audit,
    facts_of,
)

PLACE = Place("registers/nonconformities.yml", 62, 10)


def item(code: str = "open-major", entry: str = "NC-001", message: str = "NC-001 is open", hint: str = "close it") -> Diagnostic:
    return Diagnostic(code=code, message=message, hint=hint, entry=entry, place=PLACE)


def finding(facts: Facts, *items: Diagnostic, grade: Grade = Grade.MAJOR, why: str = "") -> Finding:
    check = check_of(facts.isms, items[0])
    return Finding(check=check, code=items[0].code, items=items, grade=grade, why=why, clauses=quoted(facts.isms, check, items[0]))


def view(*changed: Entry, audits: dict[Stage, MockAudit] | None = None, **options: Any) -> View:
    """Show an ISMS in which mock audits find nothing but what is given."""
    made = make_view(facts_of(*changed, **options), {})
    return replace(made, audits={stage: MockAudit(stage=stage) for stage in Stage} | (audits or {}))


def pages(made: View) -> dict[str, Page]:
    found = (
        stage_1_page(made),
        stage_2_page(made),
        show_me_page(made),
        *(since_page(made, stage) for stage in (Stage.SURVEILLANCE, Stage.RECERTIFICATION)),
    )
    return {page.uri.removeprefix("readiness/").removesuffix(".md"): page for page in found}


def whole(page: Page) -> str:
    html = page.markdown
    for name, part in (*page.parts.items(), *page.late.items()):
        html = html.replace(f'<div data-isms="{name}"></div>', part)
    return html


def raised(*items: Diagnostic, stage: Stage = Stage.STAGE_2, **options: Any) -> View:
    found = facts_of(a_nonconformity(), an_action())
    return view(a_nonconformity(), an_action(), audits={stage: MockAudit(stage=stage, findings=(finding(found, *items, **options),))})


def test_every_audit_has_a_page_and_every_part_its_place() -> None:
    found = pages(view())
    assert list(found) == ["stage-1", "stage-2", "show-me", "surveillance", "recertification"]
    for page in found.values():
        assert all(f'data-isms="{name}"' in page.markdown for name in (*page.parts, *page.late))
        assert "data-isms" not in whole(page)


def test_ready_is_said_in_a_sentence_with_the_day() -> None:
    html = words_of(whole(pages(view())["stage-2"]))
    assert "As of 2026-11-24" in html
    assert "Ready for Stage 2: nothing stands that would end the audit." in html
    assert f"{len(CHECKS)} checks compliant" in html
    assert "%" not in html


def test_a_major_is_told_with_entry_place_and_what_would_clear_it() -> None:
    html = whole(pages(raised(item()))["stage-2"])
    assert "Not ready for Stage 2, because 1 major would be raised" in words_of(html)
    assert 'id="finding-23-open-major"' in html
    assert 'href="isms:NC-001"' in html
    assert "registers/nonconformities.yml:62:10" in html
    assert "To clear it: Close it." in words_of(html)


def test_a_tripped_gate_leads_to_its_finding() -> None:
    html = pages(raised(item()))["stage-2"].late["gates"]
    assert html.count("tripped") == 1
    assert 'href="#finding-23-open-major"' in html
    assert pages(view())["stage-2"].late["gates"].count("in place") == 8


def test_gates_of_checks_that_stage_1_does_not_ask_are_said_to_come_later() -> None:
    html = pages(view())["stage-1"].late["gates"]
    assert (html.count("asked in Stage 2"), html.count("in place")) == (2, 6)


def test_many_items_are_folded_and_none_is_lost() -> None:
    items = tuple(item("evidence-changed", f"EVD-00{number}", f"EVD-00{number} differs") for number in range(1, 6))
    html = pages(raised(*items, grade=Grade.MINOR, why="widespread: 5 of 6"))["stage-2"].late["findings"]
    assert words_of(html).count("differs.") == 5
    assert "2 more" in html
    assert "widespread: 5 of 6" in html


def test_general_mistakes_quote_the_clause_of_their_register() -> None:
    html = pages(raised(item("overdue", "ACT-001", "ACT-001 was due"), grade=Grade.MINOR))["stage-2"].late["findings"]
    assert words_of(html).startswith(
        "minor The day on which something fell due is past, and nothing says that it was done or put off 8.3 ·"
    )


def test_what_is_waived_names_exception_approver_and_last_day() -> None:
    waived = Waived(item(), check_of(facts_of().isms, item()), a_waiver("open-major"))
    made = view(a_waiver("open-major"), audits={Stage.STAGE_2: MockAudit(stage=Stage.STAGE_2, waived=(waived,))})
    text = words_of(whole(pages(made)["stage-2"]))
    assert "EXC-001 approved by Anna Berg, last day 2026-12-31" in text
    assert "1 waived" in text


def test_checks_of_stage_2_are_listed_apart_at_stage_1() -> None:
    found = pages(view())
    later = sum(check.stage == 2 for check in CHECKS)
    assert f"{later} checks are asked only in Stage 2" in found["stage-1"].late["findings"]
    assert "asked only in Stage 2" not in found["stage-2"].late["findings"]


def test_stage_1_shows_every_clause_under_its_headings() -> None:
    html = pages(view(a_clause(id="5", title="Leadership", heading="true", documented_information=[])))["stage-1"].late["clauses"]
    assert html.count("<tr") == 3
    assert 'scope="rowgroup" colspan="4"' in html
    assert "Policy : POL-001 1.0 approved" in words_of(html).replace("Policy:", "Policy :").replace("(implied)", "").replace("  ", " ")


def test_stage_2_shows_every_applicable_control_and_counts_the_others() -> None:
    entries = (a_control(id="A.5.2"), a_control(id="A.5.3"), a_decision(id="SOA-2", control="A.5.2", decision="excluded"))
    html = pages(view(*entries))["stage-2"].late["controls"]
    assert 'id="A.5.1"' in html
    assert 'id="A.5.2"' not in html
    text = words_of(html)
    assert "1 controls are applicable; 1 is excluded; 1 undecided: A.5.3" in text
    assert "compliant POL-001 1.0 evidenced EVD-001 Anna Berg" in text


def test_what_is_open_is_named_with_the_control() -> None:
    opened = a_nonconformity(closed_on=None)
    text = words_of(pages(view(opened, a_finding(), an_audit(), an_action()))["stage-2"].late["controls"])
    assert "minor POL-001 1.0 evidenced EVD-001 Anna Berg NC-001 minor, open NC-001 is open:" in text


def test_surveillance_says_since_when_it_looks() -> None:
    audit = an_audit(id="AUD-002", title="Stage 1", kind="stage_1", ended_on="2026-10-07")
    text = words_of(whole(pages(view(audit))["surveillance"]))
    assert (
        "Since 2026-10-07, the last day of the last external audit: AUD-002 Stage 1. Counted are the days after it, up to 2026-11-24."
        in text
    )
    nothing = words_of(whole(pages(view())["surveillance"]))
    assert "No external audit has taken place; everything counts." in nothing.replace("no external", "No external")


def test_findings_lead_to_the_page_of_stage_2() -> None:
    html = pages(raised(item(), stage=Stage.SURVEILLANCE))["surveillance"].parts["head"]
    assert 'href="isms:readiness/stage-2.md#findings"' in html
    assert "Not ready for surveillance" in html


def test_only_recertification_shows_the_trend() -> None:
    found = pages(view(an_audit(), a_finding(), a_nonconformity()))
    assert "## Trend of findings" in found["recertification"].markdown
    assert "AUD-001 Internal audit internal 2026-08-21 0 1 0 0 0" in words_of(found["recertification"].late["trend"])
    assert "trend" not in found["surveillance"].late


def test_long_topics_are_folded() -> None:
    audits = [an_audit(id=f"AUD-{number:03}", ended_on=f"2026-08-{number:02}") for number in range(1, 11)]
    html = pages(view(*audits))["surveillance"].late["internal-audits"]
    assert html.count("<li>") == 10
    assert "2 more" in html


def test_show_me_answers_by_name() -> None:
    found = pages(view(a_control(id="A.6.2"), a_decision(id="SOA-2", control="A.6.2")))["show-me"]
    assert "## Joiner" in found.markdown
    text = words_of(found.parts["trail-joiner"])
    assert "The signed contract of the last person who joined" in text
    assert "nothing registered Shown by Anna Berg" in text


@pytest.mark.parametrize("states", [ClauseState, ControlState, Design, OperationState])
def test_every_state_has_a_mark(states: Any) -> None:
    assert all(state.value in mark(state) for state in states)


def test_the_pages_of_clauses_and_controls_say_where_they_stand() -> None:
    opened = a_nonconformity(requirement="5.2", concerns=["A.5.1"], closed_on=None)
    made = view(opened, an_action())
    audit = made.audits[Stage.STAGE_2]
    clauses, controls = clause_standings(made.facts, audit), control_standings(made.facts, audit)
    clause = words_of(clause_page(made, a_clause(), clauses["5.2"]).parts["facts"])
    assert "finding raised: minor Open minor: " in clause
    assert "(NC-001)." in clause
    control = words_of(control_page(made, made.facts.soa[0], controls["A.5.1"]).parts["facts"])
    assert "minor NC-001 is open: " in control
    assert "finding raised: minor" in words_of(clauses_page(made, clauses).late["table"])


def test_an_empty_isms_gives_pages_too() -> None:
    nothing = [entry.id for entry in facts_of().isms.entries.values()]
    found = pages(view(without=nothing, today=date(2026, 11, 24)))
    assert all(whole(page) for page in found.values())
    assert "No audit has ended" in found["recertification"].late["trend"]
