"""The master document list (clause 7.5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from isms_plugin.model.document import Document
from isms_plugin.model.fields import field_map
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.addresses import table_page
from isms_plugin.render.cells import chip, day
from isms_plugin.render.document_state import shown, withheld_data
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part
from isms_plugin.render.register_pages import csv_uri
from isms_plugin.render.tables import Row, table

HEADINGS = (
    "Id", "Title", "Kind", "Version", "Status", "Owner", "Approved by", "Approved on", "Next review", "Classification", "Last change",
)  # fmt: skip
NONE = "<small>none</small>"
NEWER = {"changed": "changed since", "draft": "newer draft"}
PLURALS = {
    "statement": "Statements", "policy": "Policies", "procedure": "Procedures", "standard": "Standards", "plan": "Plans",
    "template": "Templates", "report": "Reports", "external": "External documents", "document": "Without a kind",
}  # fmt: skip


def master_document_list(view: View) -> Page:
    """Every controlled document with its state."""
    documents = list(view.facts.isms.of(Document))
    rows = [Row(cells=_cells(view, document)) for document in documents]
    css = "isms-table--register isms-table--document"
    return Page(
        uri=table_page(Document),
        title="Documents",
        markdown=f"# Documents\n\nEvery document under control.\n\n{part('by-kind')}\n\n## Master document list\n\n{part('table')}",
        parts={"by-kind": view.render("documents_by_kind.html.jinja", groups=_by_kind(documents))},
        late={"table": table(HEADINGS, rows, caption="Master document list", css=css, download=csv_uri(Document))},
        meta={"hide": ["navigation", "toc"]},
    )


def _cells(view: View, document: Document) -> list[str]:
    specs, state = field_map(Document), shown(view, document)
    withheld = withheld_data(view, state)

    def none(name: str) -> str:
        if view.facts.isms.counted_only(document):
            return ""
        return f'<span class="isms-none">{WITHHELD}</span>' if name in withheld else NONE

    identifier = view.links.to(document.id, document.id) if document.identified else '<span class="isms-missing">no id</span>'
    return [
        identifier,
        view.links.to(document.id, state.title),
        view.cells.of(document, specs["kind"]) or none("kind"),
        escape(state.version) or none("version"),
        chip(state.status) + (f" <small>{NEWER[state.standing.state]}</small>" if state.newer else ""),
        view.cells.of(document, specs["owner"]) or none("owner"),
        view.links.to(state.approved_by) if state.approved_by else none("approved_by"),
        day(state.approved_on) or none("approved_on"),
        day(state.standing.next_review) or none("next_review"),
        view.cells.of(document, specs["classification"]) or none("classification"),
        _last_change(view, view.facts.isms.place(document).path),
    ]


def _last_change(view: View, path: str) -> str:
    revision = view.facts.history.last(path)
    untold = view.facts.profile is not None and view.facts.profile.commits == "none"
    return revision.date.date().isoformat() if revision else f"<small>{WITHHELD if untold else 'unknown'}</small>"


def _by_kind(documents: Sequence[Document]) -> list[tuple[str, list[Document]]]:
    groups: dict[str, list[Document]] = {}
    for document in documents:
        if document.status != "withdrawn" and document.title != WITHHELD:
            groups.setdefault(document.kind or "document", []).append(document)
    return [(title, groups[kind]) for kind, title in PLURALS.items() if kind in groups]
