"""What pages say of what is withheld: neither missing nor there."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.facts import analyse
from isms_plugin.analysis.redaction.facts import told_facts
from isms_plugin.analysis.redaction.redaction import redact
from isms_plugin.model.document import Document
from isms_plugin.model.history import History
from isms_plugin.model.risk import Risk
from isms_plugin.model.settings import Settings
from isms_plugin.render.control_pages import control_page
from isms_plugin.render.document_pages import document_pages
from isms_plugin.render.entry_pages import entry_page
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.page import Page
from isms_plugin.render.register_pages import register_csv, register_page
from isms_plugin.render.site import render_site
from isms_plugin.render.withheld_page import withheld_page
from tests.builders import TODAY, a_document, a_profile, a_risk, an_asset, an_isms


def seen(*changed: Any, body: str = "", **profile: Any) -> View:
    isms = an_isms(*changed, body=body)
    facts = analyse(isms, History(), Settings(), TODAY, list)
    return make_view(told_facts(facts, redact(isms, History(), Settings(), a_profile(**profile))), {})


def html(page: Page) -> str:
    return "\n".join((page.markdown, *page.parts.values(), *page.late.values()))


def test_the_page_says_plainly_that_nothing_is_withheld() -> None:
    page = withheld_page(seen())
    assert "Nothing is withheld" in html(page)
    assert page.late["table"] == ""


def test_the_page_tells_field_count_and_reason() -> None:
    view = seen(fields={"assets": ["title"]}, registers=["assets", "documents"], ask="the security manager", views=["soa"])
    page = html(withheld_page(view))
    wanted = ("Assets</a>", "Location", "the field is not for these readers", "Risks", "entries", "the register is not for these readers")
    assert [told for told in wanted if told not in page] == []
    assert "the security manager" in page
    assert "soa (it needs soa)" in page


@pytest.mark.parametrize(("counted", "told"), [(True, "keeps its id"), (False, "is not there at all")])
def test_the_page_says_what_is_left_of_an_entry(counted: bool, told: str) -> None:
    page = html(withheld_page(seen(an_asset(classification="restricted"), classifications=["internal"], counted=counted)))
    assert [words for words in ("keeps its id", "is not there at all") if words in page] == [told]


def test_every_pack_has_the_page_and_nothing_else_has() -> None:
    view = seen()
    assert "withheld.md" in [page.uri for page in render_site(view.facts, name="x", meta={}, wording={}).pages]
    whole = analyse(an_isms(), History(), Settings(), TODAY, list)
    assert "withheld.md" not in [page.uri for page in render_site(whole, name="x", meta={}, wording={}).pages]


def test_what_is_withheld_is_not_missing() -> None:
    view = seen(fields={"risks": ["title", "owner"]})
    page = html(entry_page(view, view.facts.isms.entries["RSK-001"]))
    assert "missing" not in page
    assert "(withheld)" in page
    missing = html(entry_page(seen(a_risk(treatment=None)), a_risk(treatment=None)))
    assert "missing" in missing


def test_an_entry_that_is_only_counted_says_so_once() -> None:
    view = seen(an_asset(classification="restricted"), classifications=["internal"])
    page = html(entry_page(view, view.facts.isms.entries["AST-001"]))
    assert "This entry is withheld." in page
    assert "Owner" not in page


def test_registers_show_no_column_that_is_withheld_and_files_say_it() -> None:
    view = seen(fields={"risks": ["title", "owner"]}, registers=["risks"])
    page = register_page(view, Risk, 0)
    assert "Scenario" not in page.late["table"]
    assert page.late["table"].count("(withheld)") == 1  # the owner, who is in a register that is not shown
    assert "Theft,(withheld),active" in register_csv(view, Risk).content.decode()


def test_control_data_that_is_withheld() -> None:
    view = seen(registers=["documents"])
    document = view.facts.isms.entries["POL-001"]
    assert isinstance(document, Document)
    page = html(next(iter(document_pages(view, document, {}))))
    assert "missing" not in page
    assert "Approvals are withheld." in page
    assert page.count("(withheld)") >= 3


@pytest.mark.parametrize("profile", [{}, {"audiences": ["staff"]}])
def test_no_mark_reaches_a_page(profile: dict[str, Any]) -> None:
    body = "All.\n\n<!-- audience: board -->\nBoard.\n<!-- /audience -->\n"
    whole = make_view(analyse(an_isms(body=body), History(), Settings(), TODAY, list), {})
    for view in (whole, seen(body=body, **profile)):
        (page,) = document_pages(view, a_document(), {})
        assert "audience:" not in html(page)
        assert "All." in page.markdown
    assert "Board." in next(iter(document_pages(whole, a_document(), {}))).markdown


def test_a_control_whose_statement_is_withheld_is_not_undecided() -> None:
    view = seen(registers=["documents"])
    page = html(control_page(view, view.facts.soa[0]))
    assert "Whether it applies is withheld." in page
    assert "Nobody has decided" not in page


def test_a_judgement_is_not_shown_where_it_rests_on_what_is_withheld() -> None:
    risk = a_risk(accepted_by="PER-001", accepted_on="2026-01-02")
    assert "Acceptance" in html(entry_page(seen(risk), risk)) or "accepted" in html(entry_page(seen(risk), risk))
    view = seen(risk, fields={"risks": ["title", "owner", "accepted_by", "accepted_on"]})
    page = entry_page(view, view.facts.isms.entries["RSK-001"])
    assert page.late.get("block", "") == page.parts.get("block", "") == ""
    assert "2026-01-02" in html(page)
