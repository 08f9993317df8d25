"""A register of several pages stays usable, also from disk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.integration.conftest import build_site, write
from tests.repository import MINIMAL

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CONFIG = "site_name: Large\nuse_directory_urls: false\ntheme: {name: material}\nplugins: [search, isms]\n"
ROW = "- {{id: AST-{number:05d}, title: Device {number}, location: Room-{room}, status: draft}}\n"
ASSETS = "".join(ROW.format(number=number, room=number % 7) for number in range(1, 1203))


@pytest.fixture(scope="module")
def from_disk(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("large")
    write({**MINIMAL, "mkdocs.yml": CONFIG, "docs/contact.md": "# Contact\n", "registers/assets.yml": ASSETS}, folder)
    return build_site(folder / "mkdocs.yml", folder / "site").path.as_uri() + "/"


def test_a_row_on_another_page_is_found_by_its_words(visit: Open, from_disk: str) -> None:
    seen = visit(from_disk)
    page = seen.open("assets/index.html")
    expect(page.locator("tbody tr")).to_have_count(500)
    page.get_by_label("Find rows on all pages").fill("device 1200 room-3")
    expect(page.locator(".isms-find__hits li")).to_have_text(["AST-01200 Device 1200 Room-3"])
    page.locator(".isms-find__hits a").click()
    assert page.url.endswith("assets/page-3.html#AST-01200")
    expect(page.locator("#AST-01200")).to_be_in_viewport()
    assert seen.complaints == []


def test_rows_are_counted_and_the_first_ones_shown(visit: Open, from_disk: str) -> None:
    page = visit(from_disk).open("assets/page-2.html")
    field = page.get_by_label("Find rows on all pages")
    field.fill("room-0")
    expect(page.get_by_text("171 of 1202, the first 50 are shown")).to_be_visible()
    expect(page.locator(".isms-find__hits li")).to_have_count(50)
    field.fill("no such thing")
    expect(page.get_by_text("0 of 1202")).to_be_visible()


def test_without_script_the_pages_lead_to_all_rows(visit: Open, from_disk: str) -> None:
    page = visit(from_disk, java_script_enabled=False).open("assets/index.html")
    assert page.locator("input:visible").count() == 0
    page.get_by_role("link", name="3", exact=True).click()
    expect(page.locator("#AST-01202")).to_be_attached()
