"""The page of the coverage, and what other pages say of it."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.settings import Settings
from isms_plugin.render.acknowledgement_pages import CSV, coverage_csv, coverage_line, coverage_page
from isms_plugin.render.environment import View, make_view
from tests.builders import TODAY, a_document, a_person, an_acknowledgement, an_approval, an_isms

OLD = "isms-text-1:" + "b" * 64
ASKED = a_document(ack_required="true", version="2.0", title="Security & more")
ISSUES = (
    an_approval(id="APR-2", version="2.0", decided_on="2026-06-01", content_hash="isms-text-1:" + "a" * 64),
    an_approval(id="APR-1", version="1.3", decided_on="2025-01-01", content_hash=OLD),
)
CONFIRMED = an_acknowledgement(version="2.0", content_hash="isms-text-1:" + "a" * 64, acknowledged_on="2026-06-03")
STALE = an_acknowledgement(id="ACK-2", person="PER-002", version="1.3", content_hash=OLD, acknowledged_on="2025-02-01")
PEOPLE = (
    a_person(id="PER-002", name="Bodo Kern"),
    a_person(id="PER-003", name="Cora <Lind>"),
    a_person(id="PER-004", name="Dora Mann", active_from="2026-11-20"),
)
ALL = (ASKED, *ISSUES, CONFIRMED, STALE, *PEOPLE)


def view(*changed: Entry, settings: Any = None) -> View:
    isms = an_isms(*changed, without=["APR-POL-001-1.0"])
    return make_view(analyse(isms, History(), settings or Settings(), TODAY, list), {})


def cells(html: str) -> list[list[str]]:
    """Words of each row."""
    rows = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", html, re.DOTALL)
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.split(r"</th>|</td>", row)[:-1]] for row in rows]


def test_a_document_has_its_counts_and_names() -> None:
    (row,) = cells(coverage_page(view(*ALL)).late["documents"])
    assert row[:7] == ["POL-001 Security & more", "2.0", "everybody", "1 of 4", "1", "1", "1"]
    assert row[7] == "missing: Cora <Lind>only 1.3: Bodo Kerndue 2026-12-20: Dora Mann"


def test_a_person_has_what_is_confirmed_and_open() -> None:
    assert cells(coverage_page(view(*ALL)).late["people"]) == [
        ["Anna Berg", "1 of 1", "nothing"],
        ["Bodo Kern", "0 of 1", "only 1.3: POL-001"],
        ["Cora <Lind>", "0 of 1", "missing: POL-001"],
        ["Dora Mann", "0 of 1", "due 2026-12-20: POL-001"],
    ]


def test_people_and_documents_are_links_and_names_are_escaped() -> None:
    page = coverage_page(view(*ALL))
    assert page.late["documents"].count('href="isms:PER-003"') == 1
    assert 'href="isms:POL-001"' in page.late["people"]
    assert "<Lind>" not in "".join(page.late.values())


def test_groups_stand_in_the_row_of_the_document() -> None:
    asked = a_document(ack_required="true", audience=["Engineering", "friends"])
    (row,) = cells(coverage_page(view(asked, a_person(groups=["engineering"]))).late["documents"])
    assert row[2:4] == ["Engineering", "0 of 1"]


def test_many_people_are_counted_and_the_first_ones_named() -> None:
    people = (a_person(id=f"PER-{number}", name=f"Person {number}") for number in range(100, 130))
    (row,) = cells(coverage_page(view(ASKED, *people)).late["documents"])
    assert row[6] == "31"
    assert row[7].endswith("Person 118 and 11 more")


def test_more_people_than_fit_a_page_begin_with_those_who_have_something_open() -> None:
    people = [a_person(id=f"PER-{number}", name=f"Person {number}") for number in range(1000, 1600)]
    html = coverage_page(view(*ALL, *people)).late["people"]
    assert len(cells(html)) == 500
    assert cells(html)[0][0] == "Bodo Kern"
    assert "<p>104 more people are in the CSV file.</p>" in html


def test_nothing_to_confirm_is_said_in_words() -> None:
    page = coverage_page(view())
    assert "No document in force asks its readers to confirm it" in page.parts["summary"]
    assert page.late == {}
    assert 'data-isms="documents"' not in page.markdown


def test_the_days_of_grace_are_told_where_there_are_any() -> None:
    assert "People have 30 days" in coverage_page(view(*ALL)).parts["summary"]
    assert "People have 1 day," in coverage_page(view(*ALL, settings=Settings(ack_grace=1))).parts["summary"]
    assert "People have" not in coverage_page(view(*ALL, settings=Settings(ack_grace=0))).parts["summary"]


def test_no_percentage_is_told() -> None:
    page = coverage_page(view(*ALL))
    assert "%" not in "".join((page.markdown, *page.parts.values(), *page.late.values()))


def test_the_line_of_a_document_leads_to_the_page() -> None:
    made = view(*ALL)
    assert coverage_line(made, ASKED) == '<a href="isms:acknowledgements/coverage.md">Confirmed by 1 of 4 people</a>'
    assert coverage_line(made, a_document(id="POL-002")) == ""


def test_a_document_that_nobody_has_to_confirm_says_so() -> None:
    left = a_person(id="PER-002", groups=["board"], active_to="2020-01-01")
    asked = a_document(ack_required="true", audience=["board"])
    assert "Nobody has to confirm it" in coverage_line(view(asked, left), asked)


def test_the_csv_has_a_row_for_each_document_and_person() -> None:
    file = coverage_csv(view(*ALL))
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert file.uri == CSV == "acknowledgements/coverage.csv"
    assert rows == [
        ["document", "version", "person", "name", "state", "acknowledged_version", "acknowledged_on", "due"],
        ["POL-001", "2.0", "PER-001", "Anna Berg", "acknowledged", "2.0", "2026-06-03", "2026-07-01"],
        ["POL-001", "2.0", "PER-002", "Bodo Kern", "stale", "1.3", "2025-02-01", "2026-07-01"],
        ["POL-001", "2.0", "PER-003", "Cora <Lind>", "missing", "", "", "2026-07-01"],
        ["POL-001", "2.0", "PER-004", "Dora Mann", "grace", "", "", "2026-12-20"],
    ]
