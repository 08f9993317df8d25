"""The statement of applicability as a controlled document, and the same rows as CSV and JSON (clause 6.1.3 d)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from isms_plugin.analysis.baselines import Baselines
from isms_plugin.analysis.documents.approvals import Standing
from isms_plugin.analysis.soa.issued import SOA
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.analysis.soa.versions import decided_anew, holding
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.soa_columns import APPENDIX, COLUMNS, TABLE, Column, soa_cells, soa_rows
from isms_plugin.render.soa_versions_page import VERSIONS, versions_page
from isms_plugin.render.tables import Row, csv_file, table

CSV = "soa/soa.csv"
JSON = "soa/soa.json"


def soa_pages(view: View, baselines: Baselines) -> Iterator[Page]:
    """Yield the statement, and what changed from version to version."""
    yield _statement(view, baselines)
    yield versions_page(view, baselines)


def _statement(view: View, baselines: Baselines) -> Page:
    """Header, counts, a table that fits on paper, and below it what takes sentences, a row for each control."""
    rows = view.facts.soa
    shown = [column for column in TABLE if view.whole or any(column.items(view, row) for row in rows)]
    short = [Row(cells=[column.html(view, row) for column in shown], anchor=row.control.id) for row in rows]
    columns = [column for column in APPENDIX if any(column.items(view, row) for row in rows)]
    long = [Row(cells=_appendix_cells(view, row, columns), anchor=f"why-{row.control.id}") for row in rows]
    headings = ("Control", *(column.title for column in columns))
    return Page(
        uri="soa.md",
        title="Statement of applicability",
        markdown="\n\n".join(
            ("# Statement of applicability", part("header"), part("table"), "## Reasons and implementation", part("appendix"))
        ),
        parts={"header": _header(view, baselines)},
        late={
            "table": table(
                [column.title for column in shown], short, caption="Statement of applicability", css="isms-table--soa", download=CSV
            ),
            "appendix": table(headings, long, caption="Reasons and implementation", css="isms-table--reasons"),
        },
        meta={"hide": ["navigation", "toc"]},
    )


def _appendix_cells(view: View, row: SoaRow, columns: Iterable[Column]) -> list[str]:
    identifier = escape(row.control.id)
    name = f'<a href="#{identifier}">{identifier}</a> {escape(row.control.name)}'
    return [name, *(column.html(view, row) for column in columns)]


def _header(view: View, baselines: Baselines) -> str:
    return view.render("soa.html.jinja", **header_values(view, baselines), data=JSON, versions=VERSIONS)


def header_values(view: View, baselines: Baselines) -> dict[str, Any]:
    """Return what the header of the statement tells: the documents that issue it and the scope, counts, and what is not known."""
    return {
        "counts": counts(view.facts.soa),
        "issued": [_Issued(view, document, baselines).values() for document in _answering(view, SOA)],
        "scopes": _answering(view, "scope"),
        "gap": baselines.gap,
    }


class _Issued:
    """The document that issues the statement, as the header tells of it."""

    def __init__(self, view: View, document: Document, baselines: Baselines) -> None:
        self.standing: Standing | None = view.facts.standings.get(document.id)
        self.document = document
        self.baselines = baselines
        self.entries = view.facts.isms.entries

    def values(self) -> dict[str, Any]:
        """Return what the template shows; controls by their ids."""
        current = self.standing.current if self.standing else None
        version = self.document.version or ""
        anew = decided_anew(self.baselines, version)
        frozen = holding(self.baselines, version)
        return {
            "document": self.document,
            "approval": current.last if current and current.version == version else None,
            "earlier": current.approval if current and current.version != version else None,
            "baselines": [item.baseline for item in frozen],
            "since": frozen[-1].baseline if frozen else None,
            "anew": [self._control(identifier) for identifier in anew],
        }

    def _control(self, identifier: str) -> str:
        decision = self.entries.get(identifier)
        return (decision.control if isinstance(decision, ControlDecision) else None) or identifier


def _answering(view: View, what: str) -> list[Document]:
    """Return the documents in force that are a piece of documented information."""
    return [document for document in view.facts.isms.of(Document) if what in document.answers and document.in_force]


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


def soa_csv(view: View) -> SiteFile:
    """Return the same rows for those who live in spreadsheets."""
    return SiteFile(uri=CSV, content=csv_file([column.key for column in COLUMNS], soa_cells(view)))


def soa_json(view: View) -> SiteFile:
    """Return the same rows for programs."""
    return SiteFile(uri=JSON, content=(json.dumps(soa_data(view), ensure_ascii=False, indent=1) + "\n").encode())


def soa_data(view: View) -> dict[str, Any]:
    """Return the statement as data (schema isms-soa/1)."""
    isms, history = view.facts.isms, view.facts.history
    return {
        "schema": "isms-soa/1",
        "standard": isms.standard.reference,
        "amendments": list(isms.standard.amendments),
        "commit": history.head,
        "uncommitted": bool(history.uncommitted),
        "as_of": view.facts.today.isoformat(),
        "issued": [{"document": document.id, "version": document.version or ""} for document in _answering(view, SOA)],
        "counts": counts(view.facts.soa),
        "columns": [{"key": column.key, "title": column.title} for column in COLUMNS],
        "rows": soa_rows(view),
    }
