"""What readers do: walk from a control to its evidence, sort and filter, search, print, read on a phone."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.integration.conftest import write
from tests.repository import MINIMAL, policy

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "", "documents/", "documents/POL-03/", "documents/PRC-02/", "documents/POL-14/", "soa/", "risks/", "risks/RSK-006/", "clauses/",
    "clauses/6.1.3/", "controls/", "controls/A.8.13/", "controls/CTL-001/", "assets/", "assets/AST-001/", "suppliers/SUP-001/",
    "requirements/REQ-001/", "evidence/", "evidence/EVD-047/", "people/PER-003/", "roles/ROL-002/", "diagnostics/",
)  # fmt: skip


def test_nothing_is_loaded_from_outside_and_nothing_complains(visit: Open) -> None:
    reader = visit()
    for path in PAGES:
        reader.open(path).wait_for_timeout(50)
    outside = [url for url in reader.requests if not url.startswith((reader.base, "data:", "blob:"))]
    assert outside == []
    assert reader.complaints == []
    assert len(reader.requests) > 50


def test_from_control_to_evidence_and_back_by_clicking(visit: Open) -> None:
    page = visit().open("")
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Statement of applicability").click()
    page.get_by_role("link", name="A.8.13", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A.8.13 Information backup")
    article = page.get_by_role("article")
    article.get_by_role("link", name="RSK-006").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RSK-006")
    article.get_by_role("link", name="POL-12").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Backup and continuity policy")
    article.get_by_role("link", name="A.8.13", exact=True).first.click()
    article.get_by_role("link", name="EVD-047").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("EVD-047")
    article.get_by_role("link", name="A.8.13", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/controls/A\.8\.13/$"))


def test_evidence_opens_its_file(visit: Open) -> None:
    page = visit().open("evidence/EVD-047/")
    page.get_by_role("link", name="evidence/2026/EVD-047").click()
    expect(page.locator("body")).to_contain_text("restore", ignore_case=True)


def first_cells(page: Page, table: str = "") -> list[str]:
    return page.locator(f"{table} table.isms-rows tbody tr:visible th").all_inner_texts()


def test_a_table_is_sorted_by_a_click_and_by_the_keyboard(visit: Open) -> None:
    page = visit().open("risks/")
    register = page.locator(".isms-table--risk")
    level = register.get_by_role("columnheader", name="Current level", exact=True)
    level.click()
    level.click()
    column = [int(text.split()[0]) for text in register.locator("tbody tr td:nth-last-child(2)").all_inner_texts()]
    assert column in (sorted(column), sorted(column, reverse=True))
    assert column[0] != column[-1]
    register.get_by_role("columnheader", name="Id", exact=True).focus()
    page.keyboard.press("Enter")
    identifiers = first_cells(page, ".isms-table--risk")
    assert identifiers in (sorted(identifiers), sorted(identifiers, reverse=True))


def test_control_numbers_are_sorted_as_numbers(visit: Open) -> None:
    page = visit().open("controls/")
    heading = page.get_by_role("columnheader", name="Id", exact=True)
    heading.click()
    found = [text for text in first_cells(page) if text.startswith("A.5.")]
    numbers = [int(text.rsplit(".", 1)[1]) for text in found]
    assert numbers in (sorted(numbers), sorted(numbers, reverse=True))


def test_a_table_is_filtered_by_words_and_choices_and_the_address_keeps_it(visit: Open) -> None:
    page = visit().open("soa/")
    page.get_by_label("Filter rows by words").fill("backup")
    count = page.locator(".isms-filter__count")
    shown = len(first_cells(page, ".isms-table--soa"))
    assert 0 < shown < 96
    expect(count).to_have_text(f"{shown} of 96")
    page.get_by_label("Filter rows by words").fill("")
    page.get_by_label("Decision", exact=True).select_option("excluded")
    expect(count).to_have_text("4 of 96")
    page.reload()
    expect(page.locator(".isms-filter__count")).to_have_text("4 of 96")
    assert len(first_cells(page, ".isms-table--soa")) == 4


def test_tables_are_whole_without_script(visit: Open) -> None:
    page = visit(java_script_enabled=False).open("soa/")
    assert len(first_cells(page, ".isms-table--soa")) == 96
    assert page.get_by_role("link", name="CSV").get_attribute("href") == "../soa/soa.csv"


@pytest.mark.parametrize(
    ("words", "target"),
    [("RSK-006", "RSK-006"), ("A.8.13", "A.8.13 Information backup"), ("ransomware", "Ransomware"), ("unreadable", "RSK-006")],
)
def test_search_finds_ids_and_words(visit: Open, words: str, target: str) -> None:
    page = visit().open("documents/POL-03/")
    page.get_by_role("textbox", name="Search").press_sequentially(words)
    result = page.locator(".md-search-result__link", has_text=target).first
    expect(result).to_be_visible(timeout=10_000)
    result.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_diagram_is_drawn_without_a_network(visit: Open) -> None:
    page = visit().open("documents/PRC-02/")
    expect(page.locator("div.mermaid").first).to_be_visible(timeout=15_000)
    height = page.locator("div.mermaid").first.evaluate("element => element.getBoundingClientRect().height")
    assert height > 50


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(visit: Open, path: str) -> None:
    page = visit(viewport={"width": 390, "height": 800}).open(path)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["soa/", "risks/", "documents/", "evidence/", "documents/POL-03/"])
def test_nothing_is_cut_off_in_print(visit: Open, path: str) -> None:
    reader = visit(viewport={"width": 1040, "height": 720})  # A4 landscape less 10 mm margins, at 96 dots an inch
    reader.page.emulate_media(media="print")
    page = reader.open(path)
    for table in page.locator("table.isms-rows").all():
        width, room = table.evaluate("table => [table.scrollWidth, table.closest('.isms-table').clientWidth]")
        assert width <= room + 1
        cut = table.evaluate(
            "table => [...table.querySelectorAll('td, th')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).length"
        )
        assert cut == 0


def test_the_page_follows_the_reader_into_the_dark(visit: Open) -> None:
    page = visit(color_scheme="dark").open("documents/POL-03/")
    dark = page.evaluate("getComputedStyle(document.querySelector('.isms-control-block dd')).color")
    light = visit().open("documents/POL-03/").evaluate("getComputedStyle(document.querySelector('.isms-control-block dd')).color")
    assert dark != light


def test_a_saved_register_shows_by_itself(visit: Open, tmp_path: Path) -> None:
    config = "site_name: Served\ntheme: {name: material}\nplugins: [search, isms]\n"
    write({**MINIMAL, "mkdocs.yml": config, "docs/contact.md": "# Contact\n"}, tmp_path)
    command = [str(Path(sys.executable).parent / "mkdocs"), "serve", "--dev-addr", "127.0.0.1:8765"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for("http://127.0.0.1:8765/")
            page = visit("http://127.0.0.1:8765/").open("people/PER-001/")
            expect(page.get_by_role("heading", level=1)).to_contain_text("PER-001 Anna Berg")
            people = tmp_path / "registers/people.yml"
            people.write_text(people.read_text(encoding="utf-8").replace("Anna Berg", "Anna Berger"), encoding="utf-8")
            expect(page.get_by_role("heading", level=1)).to_contain_text("PER-001 Anna Berger", timeout=15_000)
            page.goto("http://127.0.0.1:8765/documents/POL-01/")
            write({"policies/access.md": policy(text="A new rule.")}, tmp_path)
            expect(page.get_by_text("A new rule.")).to_be_visible(timeout=15_000)
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    """Wait until a server answers."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


def test_pictures_of_the_site_are_taken(visit: Open, pictures: Path) -> None:
    """The README shows these; `make pictures` puts them into docs/."""
    for name, path in {"soa": "soa/", "document": "documents/POL-03/", "control": "controls/A.8.13/"}.items():
        page = visit(viewport={"width": 1280, "height": 800}).open(path)
        page.wait_for_timeout(300)
        page.screenshot(path=pictures / f"{name}.png")
        assert (pictures / f"{name}.png").stat().st_size > 20_000
