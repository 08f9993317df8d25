"""Calendar, promises and occasions as pages: complete without a script, and nothing in them is taken for HTML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.render.calendar_pages import calendar_files, calendar_page, due_csv
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.promise_pages import document_promises, promises_csv, promises_page

PEOPLE = "- {id: PER-001, name: 'Anna <Berg>', status: draft}\n- {id: PER-002, name: Bodo Kern, status: draft}\n"
ACTIONS = (
    "- {id: ACT-1, title: 'Keys <b>', status: draft, owner: PER-002, due: 2026-11-23}\n"
    "- {id: ACT-2, title: Locks, status: draft, owner: PER-001, due: 2026-12-24}\n"
    "- {id: ACT-3, title: Doors, status: draft, owner: PER-001, due: 2027-11-24}\n"
    "- {id: ACT-4, title: Walls, status: draft, due: 2027-11-25}\n"
)
POLICY = """---
id: POL-001
title: Backup
status: approved
effective_from: 2026-01-01
promises:
  - {what: 'restore <test>', every: quarter, register: restore-tests}
  - {what: scan, every: week, register: vulnerability-runs}
---
"""
TESTS = "- {id: RST-1, title: First, tested_on: 2026-02-01}\n"
NIL = (
    "- nil_return: {period_from: 2026-04-01, period_to: 2026-06-30, stated_by: PER-001, stated_on: 2026-07-03, basis: L, exercise: BCX-1}\n"
)
SOA = "- {control: A.5.25, decision: included, reason: Needed., state: planned, due: 2027-01-31, status: draft}\n"

Show = Callable[..., View]


@pytest.fixture
def show(analysed: Callable[..., Facts]) -> Show:
    def made(files: dict[str, str], **settings: Any) -> View:
        return make_view(analysed({"registers/people.yml": PEOPLE, **files}, **settings), {})

    return made


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def test_each_day_stands_in_its_section(show: Show) -> None:
    page = calendar_page(show({"registers/actions.yml": ACTIONS}))
    assert "ACT-1" in page.late["overdue"]
    assert "ACT-2" in page.late["soon"]
    months = page.late["later"]
    assert re.findall(r'<h3 id="([^"]+)">', months) == ["2027-11", "beyond"]
    assert months.index("ACT-3") < months.index("beyond") < months.index("ACT-4")


def test_each_person_has_what_is_theirs_those_with_overdue_things_first(show: Show) -> None:
    page = calendar_page(show({"registers/actions.yml": ACTIONS}))
    people = page.late["people"]
    assert re.findall(r'<h3 id="for-([^"]+)">', people) == ["PER-002", "PER-001", "nobody"]
    summary = page.parts["summary"]
    assert re.findall(r'href="#for-([^"]+)"', summary) == ["PER-002", "PER-001", "nobody"]
    assert "Bodo Kern : 1 overdue" in words(summary)
    assert "Anna <Berg> : 1 soon , 1 later" in words(summary)


def test_nothing_in_it_is_taken_for_html(show: Show) -> None:
    page = calendar_page(show({"registers/actions.yml": ACTIONS}))
    html = "".join((*page.parts.values(), *page.late.values()))
    assert "<b>" not in html
    assert "<Berg>" not in html


def test_an_empty_calendar_says_so(show: Show) -> None:
    page = calendar_page(show({}))
    assert [words(page.late[name]) for name in ("overdue", "soon", "later")] == ["Nothing."] * 3
    assert page.late["people"] == ""


def test_a_long_calendar_is_cut_and_the_csv_file_has_it_all(show: Show) -> None:
    many = "".join(f"- {{id: ACT-{n}, title: T, status: draft, owner: PER-001, due: 2026-11-01}}\n" for n in range(503))
    view = show({"registers/actions.yml": many})
    page = calendar_page(view)
    assert "3 more are in the CSV file" in page.late["overdue"]
    assert page.late["overdue"].count("<tr>") == 501
    assert len(list(csv.reader(io.StringIO(due_csv(view.facts.schedule).decode("utf-8-sig"))))) == 504


def test_the_files_have_the_same_items_as_the_page(show: Show) -> None:
    view = show({"registers/actions.yml": ACTIONS})
    ics, table = calendar_files(view, "Test")
    assert (ics.uri, table.uri) == ("calendar.ics", "calendar.csv")
    assert re.findall(rb"UID:(ACT-\d)", ics.content) == [b"ACT-1", b"ACT-2", b"ACT-3", b"ACT-4"]
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [(row["day"], row["state"], row["entry"], row["owner"]) for row in rows[:2]] == [
        ("2026-11-23", "overdue", "ACT-1", "PER-002"),
        ("2026-12-24", "soon", "ACT-2", "PER-001"),
    ]


PROMISED = {"policies/a.md": POLICY, "registers/restore-tests.yml": TESTS + NIL}


def test_a_promise_shows_each_period_or_of_many_what_was_missed(show: Show) -> None:
    table = words(promises_page(show(PROMISED)).late["table"])
    assert "2026 Q1: done RST-1 2026 Q2: no occasion" in table
    assert "2026 Q3: missed 2026 Q4: not over yet" in table
    assert "0 of 46 periods missed: 2026-W02, 2026-W03" in table


def test_a_document_shows_its_own_promises(show: Show) -> None:
    view = show(PROMISED | {"policies/b.md": POLICY.replace("POL-001", "POL-002").replace("restore <test>", "other")})
    first, second = list(view.facts.isms.of(type(view.facts.promises[0].document)))
    assert "restore &lt;test&gt;" in document_promises(view, first)
    assert "other" not in document_promises(view, first)
    assert "other" in document_promises(view, second)


def test_without_promises_the_page_says_so(show: Show) -> None:
    page = promises_page(show({}))
    assert "No document in force" in page.parts["summary"]
    assert "table" not in page.late


def test_the_csv_file_has_a_row_for_each_period(show: Show) -> None:
    rows = list(csv.DictReader(io.StringIO(promises_csv(show(PROMISED)).content.decode("utf-8-sig"))))
    found = [(row["period"], row["state"], row["entries"]) for row in rows if row["register"] == "restore-tests"]
    assert found == [
        ("2026 Q1", "done", "RST-1"),
        ("2026 Q2", "nil", "NIL-restore-tests-2026-04-01"),
        ("2026 Q3", "missed", ""),
        ("2026 Q4", "open", ""),
    ]


@pytest.mark.parametrize(
    ("incidents", "told"),
    [
        ("- {id: INC-1, title: Laptop, detected_on: 2026-09-14}\n", "1 event or incident from 2025-11-25 to 2026-11-24: INC-1"),
        (NIL, "no occasion yet Events and incidents, from 2025-11-25 to 2026-11-24: no entry, and that is stated."),
        (
            "- {id: INC-1, title: Draft, status: draft}\n",
            "silent Events and incidents, from 2025-11-25 to 2026-11-24: no entry, and nobody",
        ),
    ],
    ids=["happened", "nil return", "silent"],
)
def test_a_control_shows_whether_its_occasion_has_come(show: Show, incidents: str, told: str) -> None:
    view = show({"registers/soa.yml": SOA, "registers/incidents.yml": incidents})
    row = next(row for row in view.facts.soa if row.control.id == "A.5.25")
    html = view.render(
        "occasion.html.jinja", items=view.facts.occasions.controls[row.control.id], period=view.facts.settings.period(view.facts.today)
    )
    assert told in words(html)
    if incidents == NIL:
        assert "2026-04-01 to 2026-06-30: stated by Anna <Berg> on 2026-07-03 ( nil return ); exercise BCX-1" in words(html)
