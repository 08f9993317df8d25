"""Each mistake is told on the page that it concerns, with a way to its line, and nothing in it is taken for HTML."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.settings import read_settings
from isms_plugin.render.author_notes import author_notes, home_notes, notes_of, source_address, with_notes
from tests.repository import policy

FILES = {"policies/POL-01.md": policy(), "registers/risks.yml": "- id: RSK-001\n  title: Loss\n  status: draft\n"}
ADDRESSES = {"RSK-001": "risks/RSK-001.md", "POL-01": "documents/POL-01.md", "MET-001": "measures/index.md#MET-001"}
PAGES = ("index.md", "diagnostics.md", "risks/index.md", "risks/RSK-001.md", "documents/POL-01.md", "measures/index.md", "guide.md")


@pytest.fixture
def facts(analysed: Any) -> Facts:
    found: Facts = analysed(FILES)
    return found


def told(facts: Facts, *diagnostics: Diagnostic) -> Facts:
    return replace(facts, diagnostics=tuple(diagnostics))


def about(entry: str = "", path: str = "", code: str = "missing-field", message: str = "it lacks <b>this</b>") -> Diagnostic:
    return Diagnostic(code=code, message=message, hint="write it", entry=entry, place=Place(path, 3, 5) if path else Place())


@pytest.mark.parametrize(
    ("diagnostic", "page"),
    [
        (about("RSK-001", "registers/risks.yml"), "risks/RSK-001.md"),
        (about("MET-001", "registers/measures.yml"), "measures/index.md"),
        (about("RSK-777", "registers/risks.yml"), "risks/index.md"),
        (about("", "registers/risks/new.yml"), "risks/index.md"),
        (about("", "policies/POL-01.md"), "documents/POL-01.md"),
        (about("", "docs/guide.md"), "guide.md"),
        (about("", "registers/nosuch.yml"), "diagnostics.md"),
        (about(), "diagnostics.md"),
    ],
)
def test_a_note_stands_on_the_page_that_it_concerns(facts: Facts, diagnostic: Diagnostic, page: str) -> None:
    assert list(notes_of(told(facts, diagnostic), ADDRESSES, PAGES, "docs", "/isms")) == [page]


def test_the_gravest_note_comes_first(facts: Facts) -> None:
    found = told(facts, about("RSK-001", code="no-history"), about("RSK-001", code="overdue"))
    (notes,) = notes_of(replace(found, settings=read_settings({})), ADDRESSES, PAGES, "docs", "/isms").values()
    assert [note.diagnostic.code for note in notes] == ["overdue", "no-history"]


@pytest.mark.parametrize(
    ("settings", "root", "address"),
    [
        ({"editor": "vscode"}, "/home/a b/isms", "vscode://file/home/a%20b/isms/registers/risks.yml:3:5"),
        ({"editor": "vscode"}, "C:\\isms", "vscode://file/C:/isms/registers/risks.yml:3:5"),
        ({"edit_url": "https://git.example.org/{path}#L{line}"}, "/isms", "https://git.example.org/registers/risks.yml#L3"),
        ({}, "/isms", ""),
    ],
)
def test_the_line_is_opened_where_the_settings_say(facts: Facts, settings: dict[str, str], root: str, address: str) -> None:
    found = replace(facts, settings=read_settings(settings))
    assert source_address(Place("registers/risks.yml", 3, 5), root, found) == address
    assert source_address(Place(), root, found) == ""


def test_what_people_wrote_is_text(facts: Facts) -> None:
    notes = author_notes(told(facts, about("RSK-001", "registers/risks.yml")), ADDRESSES, PAGES, "docs", "/isms")
    assert "It lacks &lt;b&gt;this&lt;/b&gt;. Write it." in notes["risks/RSK-001.md"]
    assert "<b>" not in "".join(notes.values())


def test_all_notes_float_above_the_first_page_and_none_where_there_are_none(facts: Facts) -> None:
    notes = author_notes(told(facts, about("RSK-001", "registers/risks.yml")), ADDRESSES, PAGES, "docs", "/isms")
    assert '<a href="isms:risks/RSK-001.md">It lacks' in notes["index.md"]
    assert "<code>registers/risks.yml:3:5</code>" in notes["index.md"]
    assert author_notes(told(facts), ADDRESSES, PAGES, "docs", "/isms") == {}


def test_a_long_list_says_where_the_rest_is(facts: Facts) -> None:
    many = told(facts, *(about("RSK-001", message=f"number {number:02d}") for number in range(51)))
    html = home_notes(notes_of(many, ADDRESSES, PAGES, "docs", "/isms"))
    assert ("Number 49" in html, "Number 50" in html, 'href="isms:diagnostics.md"' in html) == (True, False, True)


def test_notes_take_the_place_of_the_list_that_readers_get() -> None:
    page = '<h1>Risk</h1><p>a</p><details class="isms-problems"><ul><li>x</li></ul></details><p>b</p>'
    assert with_notes(page, "<aside></aside>") == "<h1>Risk</h1><aside></aside><p>a</p><p>b</p>"
    assert with_notes("<p>a</p>", "<aside></aside>") == "<aside></aside><p>a</p>"
    assert with_notes(page, "") == page
