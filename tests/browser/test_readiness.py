"""What the first page is for: from what blocks the certificate to its cause, its evidence and back, and a door for everybody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHONE = {"width": 390, "height": 844}
NARROW = "document.scrollingElement.scrollWidth <= 390"


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def test_from_the_dashboard_to_the_blocking_finding_its_cause_its_evidence_and_back(visit: Open) -> None:
    page = visit().open("")
    blocked = page.locator("section", has=page.get_by_role("heading", name="Blocked"))
    blocked.locator("li", has_text="gate").get_by_role("link", name="NC-003", exact=True).click()
    heading(page, "NC-003 Approvals cannot be followed to the text in force")
    article = page.get_by_role("article")
    cause = article.locator("li", has=page.get_by_role("heading", name="Root cause"))
    expect(cause).to_contain_text("Approval was a click in a tool")
    article.get_by_role("link", name="EVD-078", exact=True).first.click()
    heading(page, "EVD-078")
    article.get_by_role("link", name="NC-003", exact=True).first.click()
    heading(page, "NC-003")
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Home").click()
    heading(page, "Kestrel Ledger ISMS")


def test_the_history_of_the_browser_leads_back_as_well(visit: Open) -> None:
    page = visit().open("")
    start = page.url
    page.locator("#blocked ~ ul").get_by_role("link", name="NC-003", exact=True).click()
    page.get_by_role("article").get_by_role("link", name="EVD-078", exact=True).first.click()
    heading(page, "EVD-078")
    page.go_back()
    heading(page, "NC-003")
    page.go_back()
    expect(page).to_have_url(start)


def test_the_certificate_leads_to_what_blocks_it(visit: Open) -> None:
    page = visit().open("")
    page.locator("section", has=page.locator("#blocked")).get_by_role("link", name="Certificate", exact=True).click()
    expect(page.get_by_role("article")).to_contain_text("blocked by: 1 open major", ignore_case=True)
    page.get_by_role("article").get_by_role("link", name=re.compile("^NC-003")).first.click()
    heading(page, "NC-003")


@pytest.mark.parametrize(
    ("door", "address"),
    [
        ("What applies to me", "employees/"),
        ("For the auditor", "readiness/stage-2/"),
        ("For top management", "management/"),
        ("Stage 1", "readiness/stage-1/"),
        ("Stage 2", "readiness/stage-2/"),
        ("Surveillance", "readiness/surveillance/"),
        ("Recertification", "readiness/recertification/"),
        ("Show me: where each thing asked for can be seen", "readiness/show-me/"),
        ("Clauses 4 to 10 and what answers them", "clauses/"),
        ("Statement of applicability", "soa/"),
    ],
)
def test_a_door_leads_to_a_page(visit: Open, door: str, address: str) -> None:
    seen = visit()
    page = seen.open("")
    with page.expect_navigation() as answer:
        page.locator(".isms-doors").get_by_role("link", name=door, exact=True).click()
    response = answer.value
    assert response is not None
    assert response.ok, response.url
    assert page.url == seen.base + address
    assert seen.complaints == []


def test_every_line_of_the_dashboard_leads_to_a_page_that_is_there(visit: Open) -> None:
    seen = visit()
    page = seen.open("")
    items = page.get_by_role("article").locator(".isms-list li")
    assert items.count() > 20
    for item in items.all():
        assert item.get_by_role("link").count() >= 1, item.inner_text()
    links = (
        page.get_by_role("article").locator("a[href]:not(.headerlink)").evaluate_all("links => links.map(link => link.href.split('#')[0])")
    )
    for url in dict.fromkeys(links):
        if url.startswith(seen.base):
            assert page.request.get(url).ok, url


def test_on_a_phone_anybody_reports_an_incident_in_two_clicks(visit: Open) -> None:
    page = visit(viewport=PHONE).open("")
    assert page.evaluate(NARROW)
    page.locator(".isms-doors").get_by_role("link", name="What applies to me").click()
    heading(page, "What applies to me")
    assert page.evaluate(NARROW)
    report = page.get_by_role("article").get_by_role("link", name="Report an incident", exact=True)
    expect(report).to_be_in_viewport()
    report.click()
    heading(page, "Report an incident")
    expect(page.get_by_role("article")).to_contain_text("Report at once")


def test_on_a_phone_what_to_read_whom_to_ask_and_the_rules_are_there(visit: Open) -> None:
    page = visit(viewport=PHONE, java_script_enabled=False).open("employees/")
    article = page.get_by_role("article")
    for words in ("What do I report where?", "What must I read?", "Whom do I ask?", "Which rules are there?"):
        expect(article.get_by_role("heading", name=words)).to_be_visible()
    read = article.locator("section", has=page.locator("#read"))
    expect(read.locator("li", has_text="Acceptable use policy")).to_contain_text(re.compile(r"new\s*version 1\.3 · approved on 2026-11-19"))
    expect(article.get_by_role("link", name="Incident coordinator").first).to_be_visible()
    closed = article.locator("details.isms-audience", has_text="engineering")
    expect(closed.get_by_role("link", name="Secure development policy")).not_to_be_visible()
    closed.locator("summary").click()
    expect(closed.get_by_role("link", name="Secure development policy")).to_be_visible()


@pytest.mark.parametrize("path", ["", "employees/"])
def test_nothing_is_loaded_from_outside_and_nothing_complains(visit: Open, path: str) -> None:
    reader = visit()
    reader.open(path).wait_for_timeout(50)
    assert [url for url in reader.requests if not url.startswith((reader.base, "data:", "blob:"))] == []
    assert reader.complaints == []
