"""The statement of applicability as a page and as CSV (clause 6.1.3 d)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from isms_plugin.analysis.soa import SoaRow
from isms_plugin.model.document import Document
from isms_plugin.render.cells import chip, day, plain_value, words
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.tables import Row, csv_file, table

HEADINGS = (
    "Control", "Applicable", "Reason", "Drivers", "Implementation", "How it is done here", "Owner", "Documents", "Evidence",
    "Last verified",
)  # fmt: skip
CSV = "soa/soa.csv"


def soa_page(view: View) -> Page:
    """Header, counts and one table: every control of Annex A and the organization's own."""
    rows = [Row(cells=_cells(view, row), anchor=row.control.id) for row in view.facts.soa]
    return Page(
        uri="soa.md",
        title="Statement of applicability",
        markdown=f"# Statement of applicability\n\n{part('header')}\n\n{part('table')}",
        parts={"header": view.render("soa.html.jinja", counts=counts(view.facts.soa), documents=_issued(view))},
        late={"table": table(HEADINGS, rows, caption="Statement of applicability", css="isms-table--soa", download=CSV)},
        meta={"hide": ["navigation", "toc"]},
    )


def _issued(view: View) -> list[Document]:
    """Documents in force that issue the statement."""
    return [document for document in view.facts.isms.of(Document) if "soa" in document.answers and document.in_force]


def counts(rows: Iterable[SoaRow]) -> dict[str, int]:
    """How many controls there are, in and out, and how far they are implemented."""
    rows = list(rows)
    decided = [row.decision for row in rows if row.decision]
    states = ("implemented", "partly", "planned", "not_implemented")
    return {
        "controls": len(rows),
        "included": sum(decision.included for decision in decided),
        "excluded": sum(decision.decision == "excluded" for decision in decided),
        "undecided": len(rows) - len(decided),
        **{state: sum(decision.included and decision.state == state for decision in decided) for state in states},
    }


def _cells(view: View, row: SoaRow) -> list[str]:
    control, decision = row.control, row.decision
    name = f"{view.links.to(control.id, control.id)} {escape(control.name)}"
    if decision is None:
        return [name, '<span class="isms-missing">undecided</span>', *[""] * 8]
    state = chip(decision.state) if decision.state and decision.included else ""
    due = f" <small>by {decision.due.isoformat()}</small>" if decision.due and not decision.implemented else ""
    return [
        name,
        chip(decision.decision) if decision.decision else '<span class="isms-missing">undecided</span>',
        view.prose.inline(decision.reason or ""),
        _linked(view, row.drivers),
        state + due,
        view.prose.inline(decision.how or ""),
        view.links.to(decision.owner) if decision.owner else "",
        _linked(view, row.documents),
        _linked(view, row.evidence),
        day(decision.verified_on),
    ]


def _linked(view: View, identifiers: Iterable[str]) -> str:
    return " ".join(view.links.to(identifier) for identifier in identifiers)


def soa_csv(view: View) -> SiteFile:
    """Return the same rows for those who live in spreadsheets."""
    headings = ("control", "title", "decision", "reason", "drivers", "state", "due", "how", "owner", "documents", "evidence", "verified_on")
    return SiteFile(uri=CSV, content=csv_file(headings, (_plain(row) for row in view.facts.soa)))


def _plain(row: SoaRow) -> list[str]:
    decision = row.decision
    cells = [row.control.id, row.control.name]
    if decision is None:
        return [*cells, "undecided", *[""] * 9]
    return [
        *cells,
        decision.decision or "undecided",
        decision.reason or "",
        "; ".join(row.drivers),
        words(decision.state or ""),
        plain_value(decision.due),
        decision.how or "",
        decision.owner or "",
        "; ".join(row.documents),
        "; ".join(row.evidence),
        plain_value(decision.verified_on),
    ]
