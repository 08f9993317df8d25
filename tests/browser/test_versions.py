"""The versioned site of the demo in a browser: from a notice to the difference, between editions, on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, _Quiet
from tests.integration.test_cli import isms

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the demo's current edition, with every baseline below it."""
    folder = tmp_path_factory.mktemp("demo")
    for arguments in (("init", folder / "isms", "--demo"), ("-C", folder / "isms", "site", "--out", folder / "site")):
        result = isms(*arguments)
        assert result.exit_code == 0, result.output
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_from_the_notice_to_what_is_different(visit: Open, demo: str) -> None:
    page = visit(demo).open("documents/POL-03/")
    article = page.get_by_role("article")
    expect(article).to_contain_text("they expire after four hours")
    article.get_by_role("link", name="what is different").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("draft")
    expect(article).to_contain_text("Draft. Do not use.")
    difference = page.locator(".isms-difference").first
    expect(difference.locator("del").first).to_contain_text("four hours")
    expect(difference.locator("ins").first).to_contain_text("five days")
    expect(page.locator("#since-1")).to_be_in_viewport()


def test_editions_lead_to_each_other(visit: Open, demo: str) -> None:
    reader = visit(demo)
    page = reader.open("documents/POL-03/")
    page.locator(".md-version__current").focus()
    page.get_by_role("link", name="isms-2025").click()
    expect(page.get_by_role("article")).to_contain_text("Superseded edition.")
    expect(page.locator(".md-version__current")).to_contain_text("isms-2025")
    page.get_by_role("link", name="Current edition").click()
    expect(page.locator(".md-version__current")).to_contain_text("Current")
    assert [url for url in reader.requests if not url.startswith((demo, "data:", "blob:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_superseded_edition_says_so_first_on_every_page(visit: Open, demo: str, scheme: str) -> None:
    reader = visit(demo, color_scheme=scheme)
    for path in ("", "documents/POL-01/", "soa/", "report-an-incident/"):
        expect(reader.open(f"baselines/isms-2024/{path}").locator(".isms-edition")).to_be_in_viewport()


def test_the_search_finds_what_is_approved_and_no_drafts(visit: Open, demo: str) -> None:
    page = visit(demo).open("documents/POL-03/")
    page.get_by_role("textbox", name="Search").press_sequentially("sealed")
    expect(page.locator(".md-search-result__link", has_text="Administrators").first).to_be_visible(timeout=15_000)
    for link in page.locator(".md-search-result__link").all():
        address = link.get_attribute("href") or ""
        assert "/draft/" not in address
        assert "/version-" not in address


def test_a_withdrawn_policy_names_its_successor(visit: Open, demo: str) -> None:
    page = visit(demo).open("documents/POL-05/")
    expect(page.get_by_role("article")).to_contain_text("Withdrawn. Do not use.")
    page.get_by_role("article").get_by_role("link", name="Remote working policy").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Remote working policy")


@pytest.mark.parametrize("path", ["documents/POL-03/draft/", "documents/PRC-01/version-2.0/", "baselines/", "since-last-audit/"])
def test_nothing_runs_over_the_edge_of_a_phone(visit: Open, demo: str, path: str) -> None:
    page = visit(demo, viewport={"width": 390, "height": 844}).open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext reads what was printed")
def test_paper_says_what_it_is_on_every_page(visit: Open, demo: str, tmp_path: Path) -> None:
    page = visit(demo).open("documents/POL-03/")
    page.pdf(path=tmp_path / "policy.pdf", prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", str(tmp_path / "policy.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    sheets = text.rstrip("\f").split("\f")
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        for words in ("POL-03", "Version 2.0, approved", "Internal", "Owner Head of engineering", "Approved by Jonas Eide on 2026-02-16"):
            assert words in sheet, number
        assert "Next review 2027-02-16" in sheet
        assert "Uncontrolled when printed" in sheet
        assert f"Page {number} of {len(sheets)}" in sheet


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_banner_is_read_on_screen_and_on_paper(visit: Open, demo: str, scheme: str) -> None:
    for media in ("screen", "print"):
        reader = visit(demo, color_scheme=scheme)
        reader.page.emulate_media(media=media)  # type: ignore[arg-type]
        banner = reader.open("baselines/isms-2024/documents/POL-01/").locator(".isms-edition")
        expect(banner).to_be_visible()
        colours = banner.evaluate("""banner => {
            const opaque = element => {
                for (let e = element; e; e = e.parentElement) {
                    const c = getComputedStyle(e).backgroundColor;
                    if (!/rgba\\(.*, 0(\\.\\d+)?\\)|transparent/.test(c)) return c;
                }
                return 'rgb(255, 255, 255)';
            };
            return [getComputedStyle(banner).color, opaque(banner)];
        }""")
        assert contrast(*colours) >= 4.5, (media, colours)


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart (WCAG 2, 1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_selector_of_a_baseline_leads_back_and_on_to_another(visit: Open, demo: str) -> None:
    page = visit(demo).open("baselines/isms-2024/documents/POL-01/")
    for name, address in (("isms-2025 (", "baselines/isms-2025/"), ("Current", "")):
        page.locator(".md-version").hover()
        page.locator(".md-version__link").filter(has_text=name).click()
        expect(page).to_have_url(re.compile(re.escape(demo + address) + r"(documents/POL-01/)?(index\.html)?$"))
        expect(page.locator(".isms-edition")).to_have_count(1 if address else 0)


def test_nothing_of_any_edition_is_loaded_from_outside_or_complains(visit: Open, demo: str) -> None:
    reader = visit(demo)
    for edition in ("", "baselines/isms-2024/"):
        for path in ("", "documents/POL-01/", "baselines/"):
            reader.open(edition + path).wait_for_timeout(50)
    for path in ("documents/POL-03/draft/", "documents/POL-05/", "acknowledgements/coverage/"):
        reader.open(path)
    assert [url for url in reader.requests if not url.startswith((demo, "data:", "blob:"))] == []
    assert reader.complaints == []


def test_what_is_different_from_the_version_before_is_open_and_the_rest_a_click_away(visit: Open, demo: str) -> None:
    page = visit(demo).open("documents/POL-03/draft/#since-1")
    first, second = (page.locator(".isms-difference").nth(number) for number in (0, 1))
    expect(page.locator("#since-1")).to_be_in_viewport()
    assert [item.evaluate("element => element.open") for item in (first, second)] == [True, False]
    expect(first.locator("> div")).to_be_visible()
    page.locator("#since-2").click()
    expect(second.locator("> div")).to_be_visible()


def test_differences_are_read_without_script(visit: Open, demo: str) -> None:
    page = visit(demo, java_script_enabled=False).open("documents/POL-03/draft/")
    expect(page.locator(".isms-difference").first.locator("ins").first).to_be_visible()
    page.locator("#since-2").click()
    expect(page.locator(".isms-difference").nth(1).locator("> div")).to_be_visible()


def test_added_and_removed_words_are_told_apart_without_colour(visit: Open, demo: str) -> None:
    page = visit(demo).open("documents/POL-03/draft/")
    lines = [
        page.locator(f".isms-difference {tag}").first.evaluate("element => getComputedStyle(element).textDecorationLine")
        for tag in ("ins", "del")
    ]
    assert lines == ["underline", "line-through"]


@pytest.mark.parametrize(("words", "found"), [("expire after four hours", True), ("expire after five days", False)])
def test_words_that_only_a_draft_has_are_not_shown_by_the_search(visit: Open, demo: str, words: str, *, found: bool) -> None:
    page = visit(demo).open("documents/POL-03/")
    page.get_by_role("textbox", name="Search").press_sequentially(words)
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=15_000)
    results = page.locator(".md-search-result__list").inner_text()
    assert (words in results) is found
