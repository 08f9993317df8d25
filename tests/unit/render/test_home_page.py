"""The first page: doors for everybody, and every line of the dashboard leads somewhere."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from isms_plugin.analysis.baselines import NO_BASELINES, Baselines
from isms_plugin.analysis.facts import analyse
from isms_plugin.analysis.first_steps import STEPS
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.settings import Settings
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.home_page import home_page
from isms_plugin.render.page import Page, put_in
from isms_plugin.render.readiness_findings import PAGES
from isms_plugin.render.site import render_site
from tests.builders import (
    TODAY,
    a_document,
    a_nonconformity,
    a_waiver,
    an_action,
    an_audit,
    an_evidence,
    an_isms,
    facts_of,
)
from tests.unit.analysis.test_newest_changes import found
from tests.unit.render.test_change_pages import baselines

MAJOR = a_nonconformity(grade="major", title="No <b>records</b>", verified_on=None, closed_on=None, effect_due=None, evidence=[])
LATE = an_action(id="ACT-002", due="2026-10-01", done_on=None, result=None)


def view(*entries: Entry, settings: Settings | None = None, **parts: Any) -> View:
    return make_view(facts_of(*entries, settings=settings, **parts), {})


def page(*entries: Entry, frozen: Baselines = NO_BASELINES, **parts: Any) -> Page:
    return home_page(view(*entries, **parts), "Test <ISMS>", frozen)


def html(*entries: Entry, **parts: Any) -> str:
    made = page(*entries, **parts)
    return put_in(put_in(made.markdown, made.parts), made.late)


def words(*entries: Entry, **parts: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html(*entries, **parts)))).strip()


@pytest.mark.parametrize(
    "target",
    [
        "employees.md", "management.md", "certification.md", "readiness/show-me.md", "clauses/index.md", "soa.md", "documents/index.md",
        "evidence/index.md", "since-last-audit.md", "baselines.md", *PAGES.values(),
    ],
)  # fmt: skip
def test_the_doors_lead_everywhere(target: str) -> None:
    assert f'href="isms:{target}"' in page().parts["doors"]


def test_the_door_of_the_auditor_opens_on_the_next_audit() -> None:
    planned = an_audit(id="AUD-2", kind="stage_2", ended_on=None, planned="2027-01-14")
    assert '<h2><a href="isms:readiness/stage-2.md">For the auditor</a></h2>' in html(planned)
    assert '<h2><a href="isms:readiness/stage-1.md">For the auditor</a></h2>' in html()


def test_employees_find_what_to_read_and_where_to_report_at_once() -> None:
    doors = page(a_document(ack_required=True), settings=Settings(report_page="mailto:help@example.org")).parts["doors"]
    assert '<a href="isms:POL-001">Security policy</a> <small>version 1.0</small>' in doors
    assert '<a href="mailto:help@example.org"><strong>help@example.org</strong></a>' in doors


def test_what_blocks_the_certificate_leads_to_its_entry() -> None:
    text = html(MAJOR, an_action())
    assert re.search(r'<h2 id="blocked">.*?<a class="isms-ref" href="isms:NC-001"[^>]*>NC-001</a>', text, re.DOTALL)
    assert "Certificate : blocked by: 1 open major." in words(MAJOR, an_action())
    assert "<b>records" not in text


def test_each_line_of_the_board_has_a_link() -> None:
    board = page(MAJOR, an_action(), LATE, an_evidence(valid_to="2026-11-30"), frozen=baselines(found(), "isms-1")).late["board"]
    items = re.findall(r"<li>.*?</li>", board, re.DOTALL)
    assert len(items) > 8
    assert [item for item in items if "<a " not in item] == []


def test_due_lines_say_when_and_who() -> None:
    assert "Overdue: 1 ACT-002 Script 2026-10-01 · action · 54 days ago · Anna Berg" in words(LATE)


def test_long_lists_are_cut_and_lead_to_the_whole() -> None:
    many = [an_action(id=f"ACT-{number}", due="2026-10-01", done_on=None, result=None) for number in range(100, 113)]
    board = page(*many).late["board"]
    assert board.count("54 days ago") == 10
    assert "Overdue: 13" in board
    assert '<a href="isms:calendar.md">All of it in the calendar</a>' in board


def test_what_changed_leads_to_entries_and_to_all_changes() -> None:
    board = page(frozen=baselines(found(), "isms-1")).late["board"]
    assert "Changed since old" in board
    assert '<a href="isms:changes/since-isms-1.md">Documents</a>: 1 changed' in board
    assert re.search(r'href="isms:RSK-001"[^>]*>RSK-001</a> Theft<br><small>day unknown · changed: Likelihood', board)


def test_what_was_removed_leads_to_the_changes_that_tell_of_it() -> None:
    board = page(without=["SUP-001"], frozen=baselines(found(), "isms-1")).late["board"]
    assert '<a href="isms:changes/since-isms-1.md">SUP-001</a>' in board


def test_without_a_baseline_the_page_says_how_one_is_made() -> None:
    assert "There is no baseline to compare with yet: isms baseline create NAME makes one." in words()


def test_where_tags_cannot_be_seen_nothing_is_said_of_them() -> None:
    told = words(frozen=Baselines(gap="the clone is shallow"))
    assert "No baseline is known here." in told
    assert "makes one" not in told


def test_what_is_not_planned_is_told() -> None:
    text = html()
    assert '<li>Management review: <a href="isms:management-reviews/index.md">none is planned</a></li>' in text
    assert '<li>External audit: <a href="isms:audits/index.md">none is planned</a></li>' in text


def test_what_is_waived_is_counted_with_a_link() -> None:
    assert '<a href="isms:exceptions/index.md">1 waived</a>' in html(a_waiver("overdue"), LATE)
    assert "waived" not in html(LATE)


def test_an_isms_with_nothing_says_what_to_do_first() -> None:
    everything = list(an_isms().entries)
    told = words(without=everything)
    places = [told.index(step.text) for step in STEPS]
    assert places == sorted(places)
    assert 'href="isms:reference/people.md"' in html(without=everything)


def test_there_are_no_percentages() -> None:
    assert "%" not in words(MAJOR, LATE, an_action(), an_evidence(valid_to="2026-11-30"), frozen=baselines(found(), "isms-1"))


def test_the_title_means_nothing_else() -> None:
    assert page().markdown.startswith("# Test &#60;ISMS&#62;\n")


def test_every_page_that_the_first_one_links_is_a_page_of_the_site() -> None:
    facts = analyse(an_isms(), History(), Settings(), TODAY, list)
    site = render_site(facts, name="Test", meta={}, wording={})
    known = {page.uri for page in site.pages} | set(site.addresses)
    first = next(page for page in site.pages if page.uri == "index.md")
    linked = {target for html in (*first.parts.values(), *first.late.values()) for target in re.findall(r'href="isms:([^"#]+)', html)}
    assert linked - known == set()
