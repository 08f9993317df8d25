"""The clauses at a glance, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from isms_plugin.analysis.readiness.clauses import ClauseStanding
from isms_plugin.model.codes import CODES
from isms_plugin.model.control import Clause
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.document import Document
from isms_plugin.model.evidence import Evidence
from isms_plugin.render.addresses import table_page
from isms_plugin.render.control_pages import registers_for
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part
from isms_plugin.render.readiness_marks import mark
from isms_plugin.render.tables import Row, table

_STATES: Final = "The state is what an audit of [Stage 2](isms:readiness/stage-2.md) would find today; the page of each clause says why."


def clauses_page(view: View, standings: Mapping[str, ClauseStanding]) -> Page:
    """Clauses 4 to 10 with where each stands and what answers it."""
    trace = view.facts.trace
    judged = view.shows("readiness")
    headings = ("Clause", "Title", *(("State",) if judged else ()), "Documented information", "Documents", "Registers", "Evidence")
    rows = []
    for clause in view.facts.isms.of(Clause):
        registers = ", ".join(
            f'<a href="isms:{table_page(declaration, 0)}">{escape(declaration.KIND.plural)}</a> ({count})'
            for declaration, count in registers_for(view, clause.id)
        )
        rows.append(
            Row(
                cells=(
                    view.links.to(clause.id, clause.id),
                    f"<strong>{escape(clause.name)}</strong>" if clause.heading else escape(clause.name),
                    *((str(mark(standings[clause.id].state)) if clause.id in standings else "",) if judged else ()),
                    "; ".join(escape(item.name) for item in clause.documented_information),
                    " ".join(view.links.to(source) for source in trace.sources(clause.id, Document, "clauses")),
                    registers,
                    " ".join(view.links.to(source) for source in trace.sources(clause.id, Evidence, "proves")),
                )
            )
        )
    return Page(
        uri="clauses/index.md",
        title="Clauses",
        markdown=f"# Clauses 4 to 10\n\n{Clause.KIND.about} {_STATES if judged else ''}\n\n{part('table')}",
        late={"table": table(headings, rows, caption="Clauses 4 to 10", css="isms-table--clause")},
        meta={"hide": ["navigation", "toc"]},
    )


def grades(view: View) -> list[tuple[str, int]]:
    """How many diagnostics of each grade there are, the gravest first."""
    found = [view.facts.grade(item) for item in view.facts.diagnostics]
    return [(grade.word, found.count(grade)) for grade in sorted(Grade, reverse=True) if grade is not Grade.OFF]


def diagnostics_page(view: View) -> Page:
    """Everything the program found wrong, with the place and what would clear it."""
    items = sorted(view.facts.diagnostics, key=lambda item: (-view.facts.grade(item), item.order))
    rows = [Row(cells=_diagnostic_cells(view, item)) for item in items]
    html = (
        table(("Grade", "Code", "What is wrong", "What would clear it", "Entry", "Where", "Clause"), rows, caption="Diagnostics")
        if rows
        else '<p class="isms-notice isms-notice--good">Nothing found.</p>'
    )
    codes = [Row(cells=(f"<code>{code}</code>", meaning.grade, escape(meaning.meaning), meaning.clause)) for code, meaning in CODES.items()]
    return Page(
        uri="diagnostics.md",
        title="Diagnostics",
        markdown=f"# Diagnostics\n\n{part('summary')}\n\n{part('table')}\n\n## What the codes mean\n\n{part('codes')}",
        parts={"summary": view.render("diagnostics.html.jinja", grades=grades(view))},
        late={"table": html, "codes": table(("Code", "Grade", "Meaning", "Clause"), codes, caption="Codes")},
        meta={"hide": ["navigation", "toc"]},
    )


def _diagnostic_cells(view: View, item: Diagnostic) -> tuple[str, ...]:
    known = item.entry in view.facts.isms.entries
    grade = view.facts.grade(item).word
    return (
        f'<span class="isms-chip isms-chip--{grade}">{grade}</span>',
        f"<code>{item.code}</code>",
        escape(item.message) + _waived(view, item),
        escape(item.hint),
        view.links.to(item.entry) if known else escape(item.entry),
        str(view.source(item.place)),
        escape(item.clause),
    )


def _waived(view: View, item: Diagnostic) -> str:
    """Return by which exception something is waived and until when; empty for what counts."""
    waiver = view.facts.waiver(item)
    return f"<br>Waived by {view.links.to(waiver.id)} until <time>{waiver.expires_on}</time>." if waiver else ""
