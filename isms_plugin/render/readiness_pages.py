"""Readiness for Stage 1, clause by clause, and for Stage 2, control by control."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.clauses import ClauseStanding, clause_standings
from isms_plugin.analysis.readiness.controls import ControlStanding, ControlState, Design, control_standings, excluded, undecided
from isms_plugin.analysis.readiness.mock_audit import MockAudit
from isms_plugin.model.codes import CODES
from isms_plugin.model.control import Clause
from isms_plugin.model.document import Document
from isms_plugin.render.document_state import shown
from isms_plugin.render.environment import View
from isms_plugin.render.linked_text import linked
from isms_plugin.render.page import Page, part
from isms_plugin.render.readiness_findings import PAGES, findings_part, gates_part, verdict_part
from isms_plugin.render.readiness_marks import mark
from isms_plugin.render.tables import Row, table

_CONTROLS = ("Control", "Title", "State", "Design", "Operation", "Owner", "Findings", "Why")
META = {"hide": ["navigation", "toc"]}


class ClauseRow(NamedTuple):
    """A clause of the table: its standing, none for one that only groups others."""

    clause: Clause
    standing: ClauseStanding | None


def stage_1_page(view: View) -> Page:
    """Return what an auditor would find of the design: gates, findings, and every clause."""
    audit = view.audits[Stage.STAGE_1]
    standings = clause_standings(view.facts, audit)
    rows = [ClauseRow(clause, standings.get(clause.id)) for clause in view.facts.isms.of(Clause)]
    clauses = view.render("readiness_clauses.html.jinja", rows=rows, shown=lambda document: shown(view, document), mark=mark, linked=linked)
    return _page(view, audit, "## Clauses 4 to 10", "clauses", clauses)


def stage_2_page(view: View) -> Page:
    """Return what an auditor would find of the operation: gates, findings, and every applicable control."""
    audit = view.audits[Stage.STAGE_2]
    standings = control_standings(view.facts, audit).values()
    rows = [Row(cells=_cells(view, standing), anchor=standing.row.control.id) for standing in standings]
    counted = view.render("readiness_controls.html.jinja", total=len(rows), excluded=excluded(view.facts), undecided=undecided(view.facts))
    shown_controls = table(_CONTROLS, rows, caption="Applicable controls", css="isms-table--operation") if rows else ""
    return _page(view, audit, "## Applicable controls", "controls", counted + shown_controls)


def _page(view: View, audit: MockAudit, heading: str, name: str, html: str) -> Page:
    title = audit.stage.title
    return Page(
        uri=PAGES[audit.stage],
        title=title,
        markdown="\n\n".join(
            (
                f"# Ready for {title}?", part("verdict"), "## Gates", part("gates"), "## Findings", part("findings"),
                heading, part(name),
            )
        ),
        parts={"verdict": verdict_part(view, audit)},
        late={"gates": gates_part(view, audit), "findings": findings_part(view, audit), name: html},
        meta=META,
    )  # fmt: skip


def _cells(view: View, standing: ControlStanding) -> tuple[str, ...]:
    row, decision = standing.row, standing.row.decision
    owner = decision.owner if decision is not None else None
    return (
        view.links.to(row.control.id, row.control.id),
        escape(row.control.name),
        str(mark(standing.state)),
        _design(view, standing),
        _operation(view, standing),
        view.links.to(owner) if owner else '<span class="isms-missing">nobody</span>',
        _findings(view, standing),
        "" if standing.state is ControlState.COMPLIANT else str(linked(view, f"{standing.reason[:1].upper()}{standing.reason[1:]}.")),
    )


def _design(view: View, standing: ControlStanding) -> str:
    documents = (view.facts.isms.get(Document, name) for name in standing.row.documents)
    named = " ".join(_versioned(view, document) for document in documents if document is not None)
    return named if standing.design is Design.IN_FORCE else f"{mark(standing.design)} {named}".rstrip()


def _versioned(view: View, document: Document) -> str:
    version = shown(view, document).version
    return view.links.to(document.id) + (f" <small>{escape(version)}</small>" if version else "")


def _operation(view: View, standing: ControlStanding) -> str:
    """Return the state of operation with what shows it, the evidence before the records."""
    found = standing.operation
    named = (*found.evidence, *found.records, *found.returned)
    more = f" <small>and {len(named) - 3} more</small>" if len(named) > 3 else ""
    return f"{mark(found.state)} {' '.join(view.links.to(name, name) for name in named[:3])}{more}".rstrip()


def _findings(view: View, standing: ControlStanding) -> str:
    """Return what is open about it, then what the checks would raise, each with its grade."""
    opened = [f"{view.links.to(item.entry.id)} <small>{item.grade.word}, open</small>" for item in standing.opened]
    raised = [
        f'{item.finding.grade.word} <small title="{escape(CODES[item.finding.code].meaning)}">check {item.finding.check.number}</small>'
        for item in standing.concerns
    ]
    return "<br>".join((*opened, *raised))
