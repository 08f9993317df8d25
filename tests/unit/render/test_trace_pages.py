from __future__ import annotations

import csv
import io

from isms_plugin.analysis.broken_chains import RULES
from isms_plugin.analysis.facts import analyse
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.isms import Isms
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.settings import Settings
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.page import Page
from isms_plugin.render.plain_text import words_of
from isms_plugin.render.trace_pages import trace_files, trace_pages
from tests.builders import TODAY, a_control, a_decision, a_risk, a_supplier, an_evidence, an_isms

MATRIX, BROKEN = "traceability/matrix", "traceability/broken-chains"


def view(*changed: Entry, without: tuple[str, ...] = ()) -> View:
    return make_view(analyse(an_isms(*changed, without=without), History(), Settings(), TODAY, list), {})


def page(name: str, made: View) -> Page:
    return next(page for page in trace_pages(made) if page.uri == f"{name}.md")


def rows(name: str, made: View) -> list[dict[str, str]]:
    file = next(file for file in trace_files(made) if file.uri == f"{name}.csv")
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))


def test_the_matrix_has_a_row_for_each_included_control_with_counts_and_links() -> None:
    made = view(a_control(id="A.5.2"), a_decision(id="SOA-A.5.2", control="A.5.2", decision="excluded", state=None))
    html = page(MATRIX, made).late["table"]
    assert html.count("<tr") == 2
    assert "A.5.1 Policies Anna Berg implemented 1 RSK-001 1 REQ-001 1 POL-001 1 EVD-001 none" in words_of(html)
    assert 'href="isms:EVD-001"' in html


def test_a_cell_that_should_not_be_empty_stands_out() -> None:
    html = page(MATRIX, view(without=("EVD-001",))).late["table"]
    assert html.count('<span class="isms-missing">none</span>') == 1
    planned = page(MATRIX, view(a_decision(state="planned"), without=("EVD-001",))).late["table"]
    assert '<span class="isms-missing">none</span>' not in planned


def test_where_the_occasion_has_not_come_nothing_is_missing() -> None:
    fields = {"id": "NIL-001", "register": "incidents", "period_from": "2026-01-01", "period_to": "2026-06-30", "controls": ["A.5.1"]}
    made = page(MATRIX, view(NilReturn.model_validate(fields), without=("EVD-001",)))
    assert "no occasion yet" in made.late["table"]
    assert 'href="isms:NIL-001"' in made.late["table"]
    assert "none without evidence" in words_of(made.parts["summary"])


def test_of_many_the_matrix_names_some_and_the_file_all() -> None:
    made = view(*(an_evidence(id=f"EVD-{number:03}") for number in range(1, 10)))
    html = page(MATRIX, made).late["table"]
    assert '<a href="isms:A.5.1#relations">+ 4 more</a>' in html
    (row,) = rows(MATRIX, made)
    assert (row["evidence_count"], row["evidence"].count("EVD-")) == ("9", 9)


def test_the_summary_counts_what_is_missing() -> None:
    words = words_of(page(MATRIX, view(without=("EVD-001",))).parts["summary"])
    assert "1 applicable control · none without documents · 1 without evidence" in words


def test_without_a_statement_there_is_nothing_to_trace() -> None:
    made = page(MATRIX, view(without=("SOA-A.5.1",)))
    assert "nothing to trace" in made.parts["summary"]
    assert made.late == {}


def test_each_rule_has_its_place_and_says_none() -> None:
    made = page(BROKEN, view())
    assert made.late["rules"].count('<p class="isms-none">none</p>') == len(RULES)
    assert all(f'id="{rule.name}"' in made.late["rules"] and f'href="#{rule.name}"' in made.late["counts"] for rule in RULES)
    assert "0 places found by" in words_of(made.parts["summary"])


def test_a_break_is_shown_with_link_owner_and_place() -> None:
    made = view(a_supplier(title="<Cloud>", reviewed_on=None))
    html = page(BROKEN, made).late["rules"]
    assert "<Cloud>" not in html
    assert "SUP-001 <Cloud> was never reviewed Anna Berg registers/suppliers.yml:8:1" in words_of(html)
    assert 'href="isms:SUP-001"' in html
    assert rows(BROKEN, made) == [
        {
            "rule": "supplier-not-reviewed", "id": "SUP-001", "kind": "Supplier", "title": "<Cloud>", "owner": "Anna Berg",
            "what": "was never reviewed", "path": "registers/suppliers.yml", "line": "8",
        }
    ]  # fmt: skip


def test_owner_and_place_of_a_control_are_those_of_the_decision() -> None:
    (row,) = rows(BROKEN, view(without=("EVD-001",)))
    assert (row["id"], row["owner"], row["path"]) == ("A.5.1", "Anna Berg", "registers/soa.yml")


def test_long_tables_are_kept_from_the_search() -> None:
    made: Isms = an_isms(a_risk(treatment=None))
    for shown in trace_pages(make_view(analyse(made, History(), Settings(), TODAY, list), {})):
        assert "RSK-001" not in "".join((shown.markdown, *shown.parts.values()))
