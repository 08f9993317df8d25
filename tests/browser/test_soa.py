"""The statement of applicability on paper: A4 landscape, nothing cut off; and from the table to the reasons and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDTH = round((297 - 2 * 12) / 25.4 * 96)
"""Dots across A4 landscape between margins of 12 mm, at 96 to an inch."""

CUT = """table => [...table.querySelectorAll('td, th')]
  .filter(cell => cell.scrollWidth > cell.clientWidth || cell.getBoundingClientRect().right > innerWidth)
  .map(cell => cell.textContent.trim())"""


def on_paper(visit: Open) -> Page:
    reader = visit(viewport={"width": WIDTH, "height": 720})
    reader.page.emulate_media(media="print")
    return reader.open("soa/")


@pytest.mark.parametrize("name", ["soa", "reasons"])
def test_no_cell_is_clipped_on_paper(visit: Open, name: str) -> None:
    table = on_paper(visit).locator(f".isms-table--{name} table")
    assert table.locator("tbody tr").count() == 96
    assert table.evaluate(CUT) == []
    assert table.evaluate("table => table.getBoundingClientRect().right") <= WIDTH


def test_the_pages_are_a4_landscape(visit: Open, tmp_path: Path) -> None:
    page = visit().open("soa/")
    page.pdf(path=tmp_path / "soa.pdf", prefer_css_page_size=True)
    content = (tmp_path / "soa.pdf").read_bytes()
    assert b"/MediaBox [0 0 842" in content or b"/MediaBox [0 0 841" in content
    assert b"/MediaBox [0 0 59" not in content


def test_from_the_table_to_the_reason_and_back(visit: Open) -> None:
    page = visit().open("soa/")
    page.locator('.isms-table--soa a[href="#why-A.7.6"]').click()
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#why-A.7.6")
    expect(page.locator("#why-A\\.7\\.6")).to_be_in_viewport()
    page.locator('.isms-table--reasons a[href="#A.7.6"]').click()
    expect(page.locator("#A\\.7\\.6")).to_be_in_viewport()


def test_the_filter_finds_words_of_reasons_and_keeps_both_tables_together(visit: Open) -> None:
    page = visit().open("soa/")
    page.get_by_label("Filter rows by words").fill("peers")
    shown = page.locator(".isms-table--soa tbody tr:visible").count()
    assert 0 < shown < 96
    assert page.locator(".isms-table--reasons tbody tr:visible").count() == shown
    assert page.locator(".isms-filter").count() == 1
