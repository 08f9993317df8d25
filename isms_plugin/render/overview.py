"""The first page, the clauses at a glance, and what is wrong."""

from __future__ import annotations

from html import escape

from isms_plugin.analysis.risk.profile import by_level
from isms_plugin.model.codes import CODES
from isms_plugin.model.control import Clause
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.document import Document
from isms_plugin.model.evidence import Evidence
from isms_plugin.render.addresses import table_page
from isms_plugin.render.control_pages import registers_for
from isms_plugin.render.document_state import Shown, shown
from isms_plugin.render.entry_pages import heading
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part
from isms_plugin.render.soa_page import counts
from isms_plugin.render.tables import Row, table


def home_page(view: View, name: str, *, uri: str = "index.md") -> Page:
    """Where employees find what applies to them, and auditors where to begin."""
    documents = [document for document in view.facts.isms.of(Document) if not document.retired]
    title = name or "Information security management system"
    return Page(
        uri=uri,
        title=title,
        markdown=f"# {heading(title)}\n\n{part('home')}",
        parts={
            "home": view.render(
                "home.html.jinja",
                documents=documents,
                to_read=[state for state in (shown(view, document) for document in documents) if _applies(state)],
                risks=by_level(view.facts.isms)[:5],
                soa=counts(view.facts.soa),
                grades=grades(view),
                evidence=sum(1 for _ in view.facts.isms.of(Evidence)),
            )
        },
        meta={"hide": ["navigation", "toc"]},
    )


def _applies(state: Shown) -> bool:
    """Whether readers have to know a document: it asks to be acknowledged, and it is in force or says so itself."""
    return state.document.ack_required and (not state.draft or state.document.in_force)


def clauses_page(view: View) -> Page:
    """Clauses 4 to 10 with what answers each."""
    trace = view.facts.trace
    headings = ("Clause", "Title", "Documented information", "Documents", "Registers", "Evidence")
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
        markdown=f"# Clauses 4 to 10\n\n{Clause.KIND.about}\n\n{part('table')}",
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
        escape(item.message),
        escape(item.hint),
        view.links.to(item.entry) if known else escape(item.entry),
        str(view.source(item.place)),
        escape(item.clause),
    )
