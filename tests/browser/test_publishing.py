"""The recipes of `isms publishing` hold: real nginx lets in who may read, and no page of the site breaks its policy."""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.web_server import Answer, directive, nginx
from tests.integration.conftest import ROOT, build_site
from tests.integration.test_cli import isms

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PASSWORD = "Basic " + base64.b64encode(b"anna:one password of many").decode()
PAGES = (
    "", "soa/", "risks/", "risks/RSK-006/", "controls/A.8.13/", "documents/POL-03/", "documents/PRC-02/", "readiness/stage-1/",
    "traceability/matrix/", "calendar/", "diagnostics/", "guide/", "management/", "evidence-room/", "no-such-page/",
)  # fmt: skip


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built sample."""
    return build_site(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("published") / "site").path


def recipe(name: str, site: Path, folder: Path) -> Path:
    done = isms("publishing", name, site, "--out", folder)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="session")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the sample behind a password."""
    folder = recipe("nginx", site, tmp_path_factory.mktemp("nginx") / "conf")
    made = subprocess.run(["openssl", "passwd", "-6", "one password of many"], capture_output=True, text=True, check=True)
    (folder / "passwords").write_text(f"anna:{made.stdout}", encoding="utf-8")
    with nginx(folder, site, {"auth_basic_user_file": str(folder / "passwords")}) as address:
        yield address


def test_nothing_is_handed_out_without_a_password(server: str) -> None:
    for path in ("", "soa/", "isms.json", "search/search_index.json", "risks/risks.csv", "isms/isms.css", "no-such-page"):
        assert Answer(server + path).status == 401, path
    assert Answer(server, Authorization="Basic " + base64.b64encode(b"anna:guessed").decode()).status == 401


def test_with_a_password_the_site_is_there_and_what_is_not_is_told(server: str) -> None:
    assert Answer(server, Authorization=PASSWORD).status == 200
    assert json.loads(Answer(server + "isms.json", Authorization=PASSWORD).body)["schema"] == "isms-site/1"
    missing = Answer(server + "no-such-page/", Authorization=PASSWORD)
    assert (missing.status, "404 - Not found" in missing.body) == (404, True)
    assert Answer(server + ".git/config", Authorization=PASSWORD).status == 404
    assert Answer(server, "POST", Authorization=PASSWORD).status == 403
    moved = Answer(server + "soa", Authorization=PASSWORD)
    assert (moved.status, moved.headers["location"]) == (301, "/soa/")


def test_every_answer_carries_the_headers(server: str) -> None:
    for answer in (Answer(server), Answer(server + "soa/", Authorization=PASSWORD), Answer(server + "none", Authorization=PASSWORD)):
        policy = answer.headers["content-security-policy"]
        assert directive(policy, "default-src") == "'none'"
        assert directive(policy, "frame-ancestors") == "'none'"
        assert "unsafe" not in directive(policy, "script-src")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "strict-transport-security" in answer.headers


def test_pages_are_asked_for_again_and_what_has_a_hash_in_its_name_is_kept(server: str, site: Path) -> None:
    page = Answer(server + "soa/", Authorization=PASSWORD)
    assert page.headers["cache-control"] == "private, no-cache"
    assert Answer(server + "soa/", Authorization=PASSWORD, If_None_Match=page.headers["etag"]).status == 304
    sheet = next((site / "assets/stylesheets").glob("main.*.min.css")).relative_to(site).as_posix()
    assert "immutable" in Answer(server + sheet, Authorization=PASSWORD).headers["cache-control"]
    assert Answer(server + "isms/isms.css", Authorization=PASSWORD).headers["cache-control"] == "private, no-cache"


@pytest.fixture
def reader(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A signed-in reader, and everything the browser complains about."""
    context = browser.new_context(http_credentials={"username": "anna", "password": "one password of many"})
    page, complaints = context.new_page(), list[str]()
    page.add_init_script(
        "addEventListener('securitypolicyviolation', event => console.error('VIOLATION', event.violatedDirective, event.blockedURI))"
    )
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, complaints
    context.close()


def test_no_kind_of_page_breaks_the_policy(reader: tuple[Page, list[str]], server: str) -> None:
    page, complaints = reader
    for path in PAGES:
        page.goto(server + path, wait_until="load")
        page.wait_for_timeout(100)
    assert [text for text in complaints if "404" not in text] == []


def test_search_tables_colours_and_diagrams_work_under_the_policy(reader: tuple[Page, list[str]], server: str) -> None:
    page, complaints = reader
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(server + "documents/PRC-02/", wait_until="load")
    expect(page.locator("div.mermaid").first).to_be_visible(timeout=15_000)
    assert page.locator("div.mermaid").first.evaluate("element => element.getBoundingClientRect().height") > 50
    page.get_by_role("textbox", name="Search").press_sequentially("RSK-006")
    result = page.locator(".md-search-result__link", has_text="RSK-006").first
    expect(result).to_be_visible(timeout=15_000)
    page.goto(server + "risks/", wait_until="load")
    page.locator(".isms-table--risk").get_by_role("columnheader", name="Id", exact=True).click()
    expect(page.locator(".isms-table--risk [aria-sort]").first).to_be_visible()
    page.locator("label[title=Dark]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert complaints == []


class sign_on:  # noqa: N801 - used as a word
    """A service that answers 202 to requests with a token and 401 to others, as oauth2-proxy does."""

    def __enter__(self) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                known = self.headers.get("X-Token") == "anna"
                self.send_response(200 if self.path.startswith("/oauth2/start") else 202 if known else 401)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def test_single_sign_on_decides_about_every_file(site: Path, tmp_path: Path) -> None:
    folder = recipe("nginx-sso", site, tmp_path / "conf")
    with sign_on() as proxy, nginx(folder, site, {"proxy_pass": proxy}) as address:
        turned = Answer(address + "soa/?q=1")
        assert (turned.status, turned.headers["location"]) == (302, "/oauth2/start?rd=/soa/?q=1")
        assert Answer(address + "isms.json").status == 302
        assert Answer(address + "oauth2/start").status == 200
        assert Answer(address + "oauth2/auth", X_Token="anna").status == 404
        let_in = Answer(address + "soa/", X_Token="anna")
        assert (let_in.status, "Statement of applicability" in let_in.body) == (200, True)
        assert let_in.headers["content-security-policy"]
        missing = Answer(address + "none", X_Token="anna")
        assert (missing.status, "404 - Not found" in missing.body) == (404, True)
