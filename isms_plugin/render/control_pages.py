"""Pages of controls, with the decision on each, and of clauses, with what answers them."""

from __future__ import annotations

from collections.abc import Collection

from isms_plugin.analysis.readiness.clauses import ClauseStanding
from isms_plugin.analysis.readiness.controls import ControlStanding
from isms_plugin.analysis.soa.plan import open_actions
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.control import Clause
from isms_plugin.model.entry import Entry
from isms_plugin.render.chain_picture import chain_parts
from isms_plugin.render.document_state import shown
from isms_plugin.render.entry_pages import ENTRY_META, fact_rows, heading
from isms_plugin.render.environment import View
from isms_plugin.render.evidence_pages import control_evidence
from isms_plugin.render.linked_text import linked
from isms_plugin.render.page import Page, part
from isms_plugin.render.readiness_marks import mark


def control_page(view: View, row: SoaRow, standing: ControlStanding | None = None) -> Page:
    """Return what the control is, whether it applies and why, and everything it is connected with."""
    control, decision = row.control, row.decision
    identifiers = (control.id, decision.id) if decision else (control.id,)
    place = view.facts.isms.place(decision or control)
    chain, drawn = chain_parts(view, control.id)
    title = f"{control.id} {heading(control.name)}"
    return Page(
        uri=view.links.addresses[control.id],
        title=f"{control.id} {control.name}",
        markdown="\n\n".join(
            (
                part("crumbs"), f"# {title}", part("facts"), '<div id="control-decision"></div>', "## Applicability", part("decision"),
                part("evidence"), *chain, "## Relations", part("relations"), "## Attributes", part("attributes"), part("origin"),
            )
        ),
        parts={
            "facts": view.render(
                "control.html.jinja",
                row=row,
                registers=registers_for(view, control.id),
                wording=view.wording.get(control.id, ""),
                standing=standing,
                mark=mark,
                linked=linked,
            ),
            "attributes": view.render("attributes.html.jinja", rows=fact_rows(view, control)),
            "decision": view.render("decision.html.jinja", row=row, open_actions=open_actions),
        },
        late={
            **drawn,
            "crumbs": view.crumbs(control),
            "evidence": control_evidence(view, control.id, row.evidence),
            "relations": view.render("relations.html.jinja", groups=_less(view.relations(*identifiers), row.evidence)),
            "origin": view.render("origin.html.jinja", place=place),
        },
        place=place,
        meta=ENTRY_META,
    )  # fmt: skip


def _less(groups: list[tuple[str, list[Entry]]], shown: Collection[str]) -> list[tuple[str, list[Entry]]]:
    """Return relations without the entries that the page shows already."""
    left = [(label, [entry for entry in entries if entry.id not in shown]) for label, entries in groups]
    return [(label, entries) for label, entries in left if entries]


def clause_page(view: View, clause: Clause, standing: ClauseStanding | None = None) -> Page:
    """Return where the clause stands, what it asks to be written down, and the documents, registers and evidence that answer it."""
    return Page(
        uri=view.links.addresses[clause.id],
        title=f"Clause {clause.id} {clause.name}",
        markdown="\n\n".join(
            (part("crumbs"), f"# Clause {clause.id} {heading(clause.name)}", part("facts"), "## Relations", part("relations"))
        ),
        meta=ENTRY_META,
        parts={
            "facts": view.render(
                "clause.html.jinja",
                clause=clause,
                standing=standing,
                mark=mark,
                linked=linked,
                shown=lambda document: shown(view, document),
                registers=registers_for(view, clause.id),
                wording=view.wording.get(clause.id, ""),
            ),
        },
        late={
            "crumbs": view.crumbs(clause),
            "relations": view.render("relations.html.jinja", groups=view.relations(clause.id)),
        },
    )


def registers_for(view: View, identifier: str) -> list[tuple[type[Entry], int]]:
    """Return registers that answer a clause or control, with the number of their entries."""
    isms = view.facts.isms
    return [(declaration, sum(1 for _ in isms.of(declaration))) for declaration in isms.kinds if identifier in declaration.KIND.clauses]
