"""The page for everybody: readable by who has never seen an ISMS, and no names but those of role holders."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.isms import DocumentText
from isms_plugin.model.settings import Settings
from isms_plugin.render.employee_page import Way, employee_page, report_link
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.page import put_in
from tests.builders import TODAY, a_control, a_document, a_person, a_role, an_isms

PAGES = {"docs/report-an-incident.md": "# Report an incident #\n\nAt once.\n", "docs/help/index.md": "Nothing here.\n"}
INCIDENTS = a_document(id="PRC-1", title="Incidents", controls=["A.6.8"])


def view(*entries: Entry, today: date = TODAY, report: str = "", bodies: dict[str, str] | None = None, **parts: Any) -> View:
    texts = {name: DocumentText(path=f"policies/{name}.md", body=body, first_line=1) for name, body in (bodies or {}).items()}
    isms = an_isms(a_control(id="A.6.8"), *entries, pages=PAGES, texts=texts, **parts)
    return make_view(analyse(isms, History(), Settings(report_page=report), today, list), {})


def html(*entries: Entry, **parts: Any) -> str:
    page = employee_page(view(*entries, **parts))
    return put_in(page.markdown, page.parts)


def words(*entries: Entry, **parts: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html(*entries, **parts)))).strip()


@pytest.mark.parametrize(
    ("setting", "way"),
    [
        ("report-an-incident.md", Way("isms:report-an-incident.md", "Report an incident")),
        ("./report-an-incident.md", Way("isms:report-an-incident.md", "Report an incident")),
        ("isms:report-an-incident.md#phone", Way("isms:report-an-incident.md#phone", "Report an incident")),
        ("help/index.md", Way("isms:help/index.md", "Report an incident or weakness")),
        ("POL-001", Way("isms:POL-001", "Security policy")),
        ("https://desk.example/new?form=1", Way("https://desk.example/new?form=1", "desk.example/new?form=1")),
        ("mailto:security@example.org", Way("mailto:security@example.org", "security@example.org")),
        ("tel:+47-555-0100", Way("tel:+47-555-0100", "+47-555-0100")),
        ("", None),
        ("  ", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_page_an_entry_or_an_address_takes_reports(setting: str, way: Way | None) -> None:
    assert report_link(view(report=setting)) == way


def test_where_to_report_stands_first_and_what_happens_then_beside_it() -> None:
    text = html(INCIDENTS, report="report-an-incident.md")
    assert '<a href="isms:report-an-incident.md">Report an incident</a>' in text
    assert text.index("report-an-incident.md") < text.index("What must I read?")
    assert 'What happens then: <a href="isms:PRC-1">Incidents</a>' in text
    assert "Or turn to" not in text


def test_without_a_page_the_documents_and_roles_say_where() -> None:
    told = words(INCIDENTS)
    assert "as these documents say: Incidents Or turn to: CISO : Anna Berg" in told


def test_where_nothing_says_where_to_report_the_page_says_so() -> None:
    assert "Nothing here says where incidents are reported." in words()


@pytest.mark.parametrize(("today", "new"), [(date(2026, 1, 31), True), (date(2026, 2, 1), False)])
def test_what_to_read_is_told_with_version_approval_and_audience(today: date, *, new: bool) -> None:
    told = words(a_document(ack_required=True, audience=["all staff"]), today=today)
    assert f"Security policy {'new ' if new else ''}version 1.0 · approved on 2026-01-01 · for all staff" in told


def test_what_need_not_be_confirmed_is_not_asked_for() -> None:
    assert "No document asks to be acknowledged." in words(a_document())


def test_rules_are_told_with_their_topics_and_those_for_some_below_their_audience() -> None:
    some = a_document(id="PRC-2", title="Releases", kind="procedure", audience=["engineering"])
    told = words(a_document(), some, bodies={"POL-001": "## 1. Laptops\n\n## 2. Phones\n", "PRC-2": "## Tests\n"})
    assert "For everybody, with what each speaks of. Policies Security policy Laptops · Phones" in told
    assert "For some engineering (1) Releases Tests" in told


def test_drafts_and_withdrawn_documents_are_no_rules() -> None:
    told = words(a_document(status="draft"), a_document(id="POL-002", title="Old", status="withdrawn"), without=["APR-POL-001-1.0"])
    assert "No document in force is for everybody." in told
    assert "Security policy" not in told
    assert "Old" not in told


def test_nobody_is_named_but_the_holders_of_roles() -> None:
    deputy, gone = a_person(id="PER-002", name="Bodo Kern"), a_person(id="PER-003", name="Cora Lind", active_to="2026-11-23")
    roles = (a_role(deputy="PER-002"), a_role(id="ROL-002", title="Auditor", holder="PER-003"))
    told = words(deputy, gone, *roles, a_document(ack_required=True))
    assert "CISO Anna Berg Auditor nobody at present" in told
    assert "Bodo" not in told
    assert "Cora" not in told


def test_an_empty_isms_has_the_page_too() -> None:
    everything = list(an_isms().entries)
    assert "No role is registered." in words(without=[*everything, "A.6.8"])


def test_what_somebody_wrote_stays_text() -> None:
    text = html(a_document(title="<b>Bold</b>", audience=["<i>all</i>"], ack_required=True), bodies={"POL-001": "## <script>x</script>\n"})
    assert "<script>" not in text
    assert "<b>Bold" not in text
    assert "<i>all" not in text
