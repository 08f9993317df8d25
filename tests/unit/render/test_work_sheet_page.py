"""The auditor's work sheet as a page: everything that can be graded, once, with what shows it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.profile import Profile
from isms_plugin.model.work_sheet import GRADES
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.plain_text import words_of
from isms_plugin.render.site import render_site
from isms_plugin.render.work_sheet_page import IDS, SCRIPTS, groups, work_sheet_files, work_sheet_page
from tests.builders import a_clause, a_control, a_decision, a_document, a_finding, a_risk, an_evidence, facts_of

AUDITOR = Profile(name="auditor", title="Auditor pack", readers="Auditors.", classifications=("public", "internal"))
EXCLUDED = (
    a_control(id="A.7.6", title="Secure areas", theme="physical"),
    a_decision(id="SOA-A.7.6", control="A.7.6", decision="excluded", reason="We have **no** such area.", state=None),
)


def view(*entries: Entry, profile: Profile | None = AUDITOR, **parts: Any) -> View:
    facts: Facts = replace(facts_of(*entries, **parts), profile=profile, history=History(head="b" * 40))
    return make_view(facts, {})


def html(*entries: Entry, **parts: Any) -> str:
    return work_sheet_page(view(*entries, **parts), "Kestrel <ISMS>").late["sheet"]


def row(text: str, name: str) -> str:
    found = re.search(rf'<tr id="{re.escape(name)}".*?</tr>', text, re.DOTALL)
    assert found is not None
    return found[0]


def titles(*entries: Entry) -> list[tuple[str, list[str]]]:
    return [(group.title, [subject.entry.id for subject in group.subjects]) for group in groups(view(*entries))]


def test_clauses_come_first_then_controls_by_theme_then_ours_then_those_left_out() -> None:
    others = (
        a_clause(id="5", heading="true"), *EXCLUDED, a_control(id="CTL-001", title="Two people"),
        a_control(id="A.8.1", title="Devices", theme="technological"),
    )  # fmt: skip
    assert titles(*others) == [
        ("Clauses 4 to 10", ["5.2"]),
        ("Organizational controls (A.5)", ["A.5.1"]),
        ("Technological controls (A.8)", ["A.8.1"]),
        ("Controls of our own", ["CTL-001"]),
        ("Excluded controls", ["A.7.6"]),
    ]


def test_a_retired_control_is_not_audited() -> None:
    assert "Controls of our own" not in dict(titles(a_control(id="CTL-001", status="retired")))


def test_every_row_can_be_graded_and_written_into_without_a_script() -> None:
    text = html(*EXCLUDED)
    for name in ("5.2", "A.5.1", "A.7.6"):
        found = row(text, name)
        assert re.findall(r'type="radio" name="grade-[^"]+" value="(\w+)"', found) == list(GRADES)
        assert "checked" not in found
        assert [found.count(f'name="{field}"') for field in ("notes", "samples", "interviewed", "seen_on")] == [1, 1, 1, 1]
        assert f"<legend>Your audit of {name}</legend>" in found
    assert "<noscript>" in text


def test_a_control_shows_decision_owner_documents_evidence_and_what_is_open() -> None:
    found = words_of(row(html(a_finding(becomes=None)), "A.5.1"))
    for words in ("included", "implemented", "Anna Berg", "Documents: POL-001", "Evidence (1): EVD-001", "Open: FND-001 minor"):
        assert words in found


def test_a_clause_shows_the_documents_and_registers_that_answer_it() -> None:
    found = words_of(row(html(), "5.2"))
    assert "Documents: POL-001" in found
    assert "no document, register or evidence" not in found


def test_what_nothing_shows_says_so() -> None:
    text = html(a_control(id="A.8.1", title="Devices"))
    assert "no document, register or evidence" in row(text, "A.8.1")
    assert "undecided" in row(text, "A.8.1")


def test_an_excluded_control_shows_its_reason_or_that_there_is_none() -> None:
    assert "<strong>no</strong>" in row(html(*EXCLUDED), "A.7.6")
    found = row(html(EXCLUDED[0], a_decision(id="SOA-A.7.6", control="A.7.6", decision="excluded", reason=None)), "A.7.6")
    assert "no reason is recorded" in found


@pytest.mark.parametrize(("number", "more"), [(4, ""), (5, " and 1 more")])
def test_of_much_evidence_four_are_named_and_all_are_counted(number: int, more: str) -> None:
    pieces = [an_evidence(id=f"EVD-{count}", title="Log") for count in range(1, number)]
    assert f"Evidence ({number}): EVD-001, EVD-1, EVD-2, EVD-3{more} Your" in words_of(row(html(*pieces), "A.5.1"))


def test_the_form_says_of_what_state_it_is_and_names_are_text() -> None:
    text = html()
    for attribute in ('data-schema="isms-work-sheet/1"', f'data-commit="{"b" * 40}"', 'data-profile="auditor"', 'data-as-of="2026-11-24"'):
        assert attribute in text
    assert "Kestrel &lt;ISMS&gt;" in text
    assert "<ISMS>" not in text


def test_ids_to_sample_are_those_of_living_entries_with_their_names() -> None:
    files = {file.uri: file.content.decode() for file in work_sheet_files(view(a_risk(id="RSK-002", status="retired")))}
    rows = dict(json.loads(files[IDS].removeprefix("window.ismsSheetIds = ").removesuffix(";\n")))
    assert rows["EVD-001"] == "Export"
    assert rows["RSK-001"] == "Theft"
    assert "RSK-002" not in rows
    assert all('"use strict"' in files[script] for script in SCRIPTS)


def test_the_row_offers_its_own_evidence_documents_and_risks_first() -> None:
    assert 'data-ids="EVD-001 POL-001 RSK-001"' in row(html(), "A.5.1")


def test_a_draft_document_is_marked() -> None:
    assert "draft" in words_of(row(html(a_document(id="POL-002", status="draft", approved_by=None, approved_on=None)), "A.5.1"))


@pytest.mark.parametrize(("profile", "there"), [(AUDITOR, True), (None, False), (AUDITOR.model_copy(update={"views": ("soa",)}), False)])
def test_the_page_is_made_for_readers_of_a_pack_who_may_see_it(profile: Profile | None, there: bool) -> None:
    site = render_site(replace(facts_of(), profile=profile), name="Test", meta={}, wording={})
    assert ("work-sheet.md" in [page.uri for page in site.pages]) == there
    assert (SCRIPTS[-1] in [file.uri for file in site.files]) == there
