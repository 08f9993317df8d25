"""The auditor pack of the sample in real Chromium: from disk, without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page

from isms_plugin.adapters.cli import main
from tests.browser.test_accessibility import EVERYTHING, violations
from tests.browser.test_site import first_cells
from tests.integration.conftest import ROOT
from tests.packs import unpacked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LOCAL = ("file:", "data:", "blob:")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the last commit of the sample, unpacked."""
    file = tmp_path_factory.mktemp("pack") / "pack.zip"
    told = CliRunner().invoke(main, ["-C", str(ROOT), "export", "--profile", "auditor", "--out", str(file)])
    assert told.exit_code == 0, told.output
    return unpacked(file)


@dataclass
class Laptop:
    """A browser without a network, with everything that pages asked for and complained about."""

    context: BrowserContext
    pack: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(f"{path}: {message.text}") if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(f"{path}: {error}"))
        page.goto((self.pack / path).as_uri(), wait_until="load")
        return page


@pytest.fixture
def laptop(browser: Browser, pack: Path) -> Iterator[Laptop]:
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    yield Laptop(context, pack)
    context.close()


@pytest.fixture
def laptop_without_scripts(browser: Browser, pack: Path) -> Iterator[Laptop]:
    context = browser.new_context(offline=True, java_script_enabled=False)
    yield Laptop(context, pack)
    context.close()


def page_types(pack: Path) -> list[str]:
    """Of every folder of the site the page of its list and that of its first entry, and everything at the top."""
    folders: dict[Path, list[Path]] = {}
    for path in sorted((pack / "site").rglob("*.html")):
        folders.setdefault(path.parent, []).append(path)
    picked = [*folders.pop(pack / "site")]
    for pages in folders.values():
        index = [page for page in pages if page.name == "index.html"]
        picked += index + [page for page in pages if page.name != "index.html"][:1]
    return ["START-HERE.html", "HOW-TO-VERIFY.html", *(page.relative_to(pack).as_posix() for page in picked)]


def test_every_page_type_opens_without_a_network(laptop: Laptop) -> None:
    types = page_types(laptop.pack)
    for path in types:
        laptop.open(path).close()
    assert len(types) > 80
    assert [url for url in laptop.requests if not url.startswith(LOCAL)] == []
    assert laptop.complaints == []


def test_the_first_page_says_what_the_pack_is_of(laptop: Laptop) -> None:
    told = laptop.open("START-HERE.html").locator("main").inner_text()
    manifest = json.loads((laptop.pack / "MANIFEST.json").read_text(encoding="utf-8"))
    for words in (
        manifest["commit"],
        "2026-11-30",
        "2026-01-01 to 2026-11-30",
        "auditor",
        f"mkdocs-isms {manifest['made_with']['mkdocs-isms']}",
    ):
        assert words in told


def test_the_way_from_the_first_page_to_a_file_of_evidence(laptop: Laptop) -> None:
    page = laptop.open("START-HERE.html")
    page.get_by_role("link", name="Statement of applicability", exact=True).click()
    page.get_by_role("link", name="A.8.13", exact=True).first.click()
    page.get_by_role("link", name="EVD-047").first.click()
    page.wait_for_url("**/evidence/EVD-047.html")
    assert page.locator("h1").inner_text()


@pytest.mark.parametrize(
    ("words", "address"), [("A.8.13", "controls/A.8.13.html"), ("RSK-006", "risks/RSK-006.html"), ("clear desk", "documents/")]
)
def test_the_search_finds_from_a_deep_page(laptop: Laptop, words: str, address: str) -> None:
    page = laptop.open("site/documents/POL-03.html")
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type(words)
    # results change while words are typed, so what is found may not be read link by link
    page.locator(f'.md-search-result__link[href*="{address}"]').first.wait_for(state="attached")
    assert laptop.complaints == []


def test_tables_sort_and_filter(laptop: Laptop) -> None:
    page = laptop.open("site/risks/index.html")
    register = page.locator(".isms-table--risk")
    register.get_by_role("columnheader", name="Id", exact=True).click()
    identifiers = first_cells(page, ".isms-table--risk")
    assert identifiers in (sorted(identifiers), sorted(identifiers, reverse=True))
    register.get_by_label("Filter rows by words").fill("backup")
    assert 0 < register.locator("tbody tr:visible").count() < len(identifiers)


@pytest.mark.parametrize("page", ["soa", "risks/index", "evidence-room", "controls/A.8.13", "work-sheet", "documents/POL-03"])
def test_everything_is_there_without_scripts(laptop: Laptop, laptop_without_scripts: Laptop, page: str) -> None:
    enhanced, plain = laptop.open(f"site/{page}.html"), laptop_without_scripts.open(f"site/{page}.html")
    counted = {what: plain.locator(f".md-content {what}").count() for what in ("td", "th", "dd", "a")}
    assert counted == {what: enhanced.locator(f".md-content {what}").count() for what in counted}
    assert counted["a"] > 20


@pytest.mark.parametrize(
    "path", ["site/index.html", "site/evidence-room.html", "site/populations.html", "site/withheld.html", "site/work-sheet.html"]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_our_content(browser: Browser, pack: Path, path: str, scheme: Any) -> None:
    context = browser.new_context(offline=True, color_scheme=scheme)
    assert violations(Laptop(context, pack).open(path), EVERYTHING) == []
    context.close()
