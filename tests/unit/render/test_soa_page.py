"""The statement of applicability as a page, and its columns, of which every form of it is made."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from isms_plugin.analysis.baselines import NO_BASELINES, Baselines, Frozen, counts
from isms_plugin.analysis.changes import changes
from isms_plugin.analysis.facts import analyse
from isms_plugin.analysis.soa.issued import SoaVersion
from isms_plugin.model.action import Action
from isms_plugin.model.history import Baseline, History
from isms_plugin.model.isms import Isms
from isms_plugin.model.settings import Settings
from isms_plugin.model.state import state_of
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.page import Page
from isms_plugin.render.plain_text import words_of
from isms_plugin.render.soa_columns import COLUMNS, soa_cells
from isms_plugin.render.soa_page import soa_csv, soa_json, soa_pages
from tests.builders import TODAY, a_control, a_decision, a_document, a_risk, an_evidence, an_isms

STATEMENT = a_document(answers=["soa", "scope"], changes=[{"version": "1.1", "note": "Two <new> reasons."}])
ODD = a_decision(
    decision="included", state="partly", due="2027-02-01", drivers=["4.2"], business_decision="Board & owners, **2026-03-02**.",
    reason="Once [RSK-001] hit <us>.\n\n- twice\n- thrice", how="See [POL-001]; `x < y`.", documents=["gone.md"],
)  # fmt: skip
ACTION = Action.model_validate({"id": "ACT-001", "title": "Buy", "for": ["A.5.1"], "due": "2027-01-01"})


def view(isms: Isms) -> View:
    return make_view(analyse(isms, History(), Settings(), TODAY, list), {})


def baselines(old: Isms, new: Isms, version: str = "1.0") -> Baselines:
    baseline = Baseline(name="isms-<1>", commit="c" * 40, tagger="Anna Berg", date=datetime(2026, 2, 1, tzinfo=UTC))
    held = SoaVersion(document="POL-001", version=version, record="APR-POL-001-1.0", person="PER-001", day="2026-01-01")
    frozen = Frozen(baseline=baseline, signature="not signed", counts=counts(state_of(old)), soa=held)
    return Baselines(frozen=(frozen,), since=changes(state_of(old, name="isms-<1>"), state_of(new, name="now", current=True)))


def pages(isms: Isms, found: Baselines = NO_BASELINES) -> dict[str, Page]:
    return {page.uri: page for page in soa_pages(view(isms), found)}


def header(*changed: Any, found: Baselines = NO_BASELINES, **parts: Any) -> str:
    return words_of(pages(an_isms(*changed, **parts), found)["soa.md"].parts["header"])


def test_every_cell_says_the_same_on_the_page_as_in_files() -> None:
    made = view(an_isms(ODD, ACTION, a_control(id="A.5.2"), a_control(id="CTL-001", title="<b>Own</b>  & more")))
    for row, cells in zip(made.facts.soa, soa_cells(made), strict=True):
        assert [words_of(column.html(made, row)) for column in COLUMNS] == cells


def test_csv_and_json_hold_the_same_cells() -> None:
    made = view(an_isms(ODD, ACTION, a_control(id="A.5.2")))
    lines = list(csv.reader(io.StringIO(soa_csv(made).content.decode("utf-8-sig"), newline="")))
    data = json.loads(soa_json(made).content)
    assert lines[0] == [column["key"] for column in data["columns"]]
    assert lines[1:] == [
        ["; ".join(value) if isinstance(value, list) else value for value in row.values()] for row in data["rows"]
    ]  # fmt: skip
    assert data["schema"] == "isms-soa/1"
    assert data["rows"][0]["drivers"] == ["RSK-001", "REQ-001", "4.2", "decision of management"]
    assert data["rows"][0]["reason"] == "Once RSK-001 hit <us>. twice thrice"
    assert data["rows"][1]["decision"] == "undecided"


def test_the_state_of_evidence_is_that_of_the_day() -> None:
    key = [column.key for column in COLUMNS].index("evidence_state")
    older = an_evidence(id="EVD-002", period_from="2020-01-01", period_to="2020-12-31", taken_on="2021-01-04")
    assert soa_cells(view(an_isms(older)))[0][key] == "1 current; 1 outside the period"
    assert soa_cells(view(an_isms(without=["EVD-001"])))[0][key] == ""


def test_of_actions_only_open_ones_are_shown_and_a_day_only_while_it_counts() -> None:
    done = ACTION.model_copy(update={"done_on": TODAY})
    (row,) = soa_cells(view(an_isms(ODD, done)))
    assert (row[4], row[5], row[6]) == ("partly", "2027-02-01", "")
    (row,) = soa_cells(view(an_isms(a_decision(due="2026-01-01"))))
    assert (row[4], row[5]) == ("implemented", "")
    (row,) = soa_cells(view(an_isms(a_decision(decision="excluded"))))
    assert (row[2], row[4], row[5]) == ("excluded", "", "")


def test_table_and_appendix_lead_to_each_other() -> None:
    page = pages(an_isms())["soa.md"]
    assert 'href="#why-A.5.1"' in page.late["table"]
    assert '<tr id="A.5.1">' in page.late["table"]
    assert 'href="#A.5.1"' in page.late["appendix"]
    assert '<tr id="why-A.5.1">' in page.late["appendix"]


def test_a_column_of_the_appendix_that_nobody_fills_is_left_out() -> None:
    assert "Decision of management" not in pages(an_isms())["soa.md"].late["appendix"]
    assert "Decision of management" in pages(an_isms(ODD))["soa.md"].late["appendix"]


def test_the_header_names_scope_version_approval_and_baselines() -> None:
    isms = an_isms(STATEMENT)
    told = header(STATEMENT, found=baselines(isms, isms))
    assert "Scope POL-001 Security policy" in told
    assert "Issued as POL-001, version 1.0 Approved by Anna Berg on 2026-01-01, APR-POL-001-1.0" in told
    assert "Frozen in isms-<1> (2026-02-01)" in told
    assert "not the table" not in told


def test_a_version_that_nobody_approved_is_told() -> None:
    told = header(a_document(answers=["soa"], version="2.0", approved_by=None))
    assert "Approved by nobody yet" in told
    assert "Frozen in no baseline with this version" in told


def test_a_claim_without_a_record_is_told_as_one() -> None:
    assert "Anna Berg on 2026-01-01, not on record" in header(STATEMENT, without=["APR-POL-001-1.0"])


def test_a_statement_without_a_document_has_no_version() -> None:
    told = header()
    assert "no document in force says it" in told
    assert "neither version nor approval" in told


@pytest.mark.parametrize(("fields", "told"), [({"reason": "Other."}, True), ({"state": "partly"}, False)])
def test_a_table_that_is_not_the_approved_one_says_so(fields: dict[str, Any], told: bool) -> None:
    found = baselines(an_isms(STATEMENT), an_isms(STATEMENT, a_decision(**fields)))
    text = header(STATEMENT, a_decision(**fields), found=found)
    assert ("This is not the table that was approved. Version 1.0 was frozen in isms-<1>" in text) is told
    assert ("changed for A.5.1." in text) is told


def test_versions_show_what_changed_field_by_field_with_the_note_of_the_version() -> None:
    raised = a_document(answers=["soa"], version="1.1", changes=[{"version": "1.1", "note": "Two <new> reasons."}])
    new = an_isms(raised, a_decision(reason="Other."))
    page = pages(new, baselines(an_isms(STATEMENT), new))["soa/versions.md"]
    step = page.late["step-a"]
    assert words_of(step).startswith("Version 1.0 became 1.1. Two <new> reasons.")
    assert "<del>Needed.</del> <ins>Other.</ins>" in step
    assert "isms-&lt;1&gt;" in page.late["list"]
    assert '<div data-isms="step-a"></div>' in page.markdown


def test_a_baseline_whose_text_nobody_approved_says_so() -> None:
    found = baselines(an_isms(), an_isms())
    held = Frozen(
        baseline=found.frozen[0].baseline, signature="", counts=found.frozen[0].counts, soa=SoaVersion(document="POL-001", version="")
    )
    listed = pages(an_isms(), Baselines(frozen=(held,), since=found.since))["soa/versions.md"].late["list"]
    assert "no approval of this text" in listed
    assert "no version" in listed


def test_versions_without_a_baseline_say_so() -> None:
    assert "There is no baseline yet." in pages(an_isms())["soa/versions.md"].markdown
    assert "No baseline is known here." in pages(an_isms(), Baselines(gap="no tags"))["soa/versions.md"].markdown


def test_a_baseline_without_a_document_or_approval_is_told() -> None:
    found = baselines(an_isms(), an_isms())
    bare = Frozen(baseline=found.frozen[0].baseline, signature="", counts=found.frozen[0].counts)
    page = pages(an_isms(a_risk()), Baselines(frozen=(bare,), since=found.since))["soa/versions.md"]
    assert "no document" in page.late["list"]
    assert "no approval of this text" not in page.late["list"]
    assert words_of(page.late["step-a"]) == "No row of the statement changed."
