"""axe on a page of each type, in light and dark: what it finds in our content is a defect, whatever its impact."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "home": "", "employees": "employees/",
    "documents": "documents/", "document": "documents/POL-03/", "statement": "soa/", "risks": "risks/",
    "risk": "risks/RSK-006/",
    "treatment": "risks/treatment/", "register": "assets/", "control": "controls/A.8.13/", "clause": "clauses/6.1.3/",
    "evidence": "evidence/EVD-047/", "coverage": "evidence/coverage/", "matrix": "traceability/matrix/",
    "broken-chains": "traceability/broken-chains/", "calendar": "calendar/", "promises": "promises/", "diagnostics": "diagnostics/",
    "changes": "since-last-audit/", "audit": "audits/AUD-002/", "programme": "audit-programme/PRG-001/", "finding": "findings/FND-001/",
    "nonconformity": "nonconformities/NC-003/", "certification": "certification/", "person": "people/PER-003/",
    "measure": "measures/MET-003/", "trend": "risks/trend/", "method": "risk-methods/MTH-1.1/",
    "stage-1": "readiness/stage-1/", "stage-2": "readiness/stage-2/", "show-me": "readiness/show-me/",
    "surveillance": "readiness/surveillance/", "recertification": "readiness/recertification/", "clauses": "clauses/",
    "reference": "reference/risks/", "guide": "guide/traceability/", "exception": "exceptions/EXC-003/",
    "external-audit": "guide/external-audit/", "evidence-room": "evidence-room/", "populations": "populations/",
    "requests": "information-requests/", "request": "information-requests/IRQ-007/",
}  # fmt: skip
AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""All that depends on the colour scheme."""


def violations(page: Page, options: dict[str, list[str]] = EVERYTHING) -> list[str]:
    """Rule, impact and first place of everything that axe objects to."""
    found = AXE.run(page, context=".md-content", options=options).response["violations"]
    return [f"{item['id']} ({item['impact']}) {len(item['nodes'])}: {item['nodes'][0]['html'][:200]}" for item in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_in_our_content(visit: Open, path: str, scheme: str) -> None:
    assert violations(visit(color_scheme=scheme).open(path), EVERYTHING if scheme == "light" else COLOURS) == []


def test_axe_would_find_something(visit: Open) -> None:
    page = visit().open("controls/A.8.13/")
    page.locator(".md-content article").evaluate("article => article.insertAdjacentHTML('beforeend', '<img src=\"x.png\">')")
    assert [item.partition(" ")[0] for item in violations(page)] == ["image-alt"]


def test_the_chain_is_read_and_walked_by_keyboard(visit: Open) -> None:
    page = visit().open("controls/A.8.13/")
    chain = page.get_by_role("group", name="From what calls for it to what shows it: A.8.13")
    link = chain.get_by_role("link", name="RSK-006 Backups cannot be restored")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/risks/RSK-006/")


def test_on_a_phone_the_chain_scrolls_in_its_own_box(visit: Open) -> None:
    page = visit(viewport={"width": 390, "height": 844}).open("controls/A.8.13/")
    assert page.evaluate("document.documentElement.scrollWidth <= 390")
    assert page.locator(".isms-chain__scroll").evaluate("box => box.scrollWidth > box.clientWidth")
