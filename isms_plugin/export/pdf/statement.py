"""The statement of applicability as PDF (clause 6.1.3 d): version and approval, legend, the table, reasons, versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup

from isms_plugin.analysis.baselines import Baselines
from isms_plugin.export.pdf.engine import Sheet
from isms_plugin.export.pdf.press import Press
from isms_plugin.export.pdf.running import approved, commit_words, margins
from isms_plugin.render.cells import words
from isms_plugin.render.history_table import issues_table
from isms_plugin.render.soa_page import header_values, soa_pages

TITLE: Final = "Statement of applicability"
LEGEND: Final = (
    ("included", "The organization needs the control: a risk, a requirement or management calls for it. It may still be planned."),
    ("excluded", "The organization does not need it; the reason is particular to the control and to the organization."),
    ("undecided", "Nobody has decided yet."),
    ("implemented", "It is in place as described under Reasons and implementation."),
    ("partly", "Some of it is in place; open actions and the day they are due stand in the row."),
    ("planned", "Not in place yet; open actions and the day they are due stand in the row."),
    ("not implemented", "Not in place, and nothing planned."),
)


def statement_sheet(press: Press, baselines: Baselines) -> Sheet:
    """Return what the PDF of the statement is made of."""
    view = press.view
    header = header_values(view, baselines)
    page = next(soa_pages(view, baselines))
    sheet = press.page(
        "pdf_statement.html.jinja",
        title=TITLE,
        told=_issued(header),
        running=_margins(press, header),
        **header,
        legend=LEGEND,
        columns=page.late["table"].count('scope="col"'),
        table=Markup(page.late["table"]),  # noqa: S704 - made of escaped parts
        reasons=Markup(page.late["appendix"]),  # noqa: S704 - made of escaped parts
        versions=Markup(_versions(press, header)),  # noqa: S704 - made of escaped parts
    )
    return replace(sheet, attached=press.attached("soa"))


def _issued(header: dict[str, Any]) -> str:
    """Return as what the statement is issued, in a few words."""
    told = [f"{item['document'].id} version {item['document'].version or 'unknown'}" for item in header["issued"]]
    return ", ".join(told) or "Not issued"


def _margins(press: Press, header: dict[str, Any]) -> str:
    issued = header["issued"]
    document, approval = (issued[0]["document"], issued[0]["approval"]) if issued else (None, None)
    classification = words(document.classification or "not classified") if document else "not classified"
    changed = any(item["anew"] for item in issued)
    return margins(
        TITLE,
        f"{_issued(header)} · {'approved' if approval else 'draft'} · {classification}",
        "NOT THE TABLE THAT WAS APPROVED" if changed else "" if approval else "NO APPROVAL ON RECORD",
        approved(press.view, approval.person, approval.decided_on, approval.id) if approval else "No approval",
        commit_words(press.view),
    )


def _versions(press: Press, header: dict[str, Any]) -> str:
    """Return every decision on the documents that issue the statement."""
    found = [press.view.facts.standings.get(item["document"].id) for item in header["issued"]]
    tables = [issues_table(press.view, standing, {}) for standing in found if standing]
    return "".join(tables) or "<p>No document issues it.</p>"
