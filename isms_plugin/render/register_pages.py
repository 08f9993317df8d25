"""Pages of registers: a table of every entry, with the same data as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.risk import Risk
from isms_plugin.render.addresses import ROWS_PER_PAGE, folder, table_page
from isms_plugin.render.cells import plain, plain_value
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.reference_pages import reference_uri
from isms_plugin.render.tables import Row, csv_file, table

PLURALS = {
    "statement": "Statements", "policy": "Policies", "procedure": "Procedures", "standard": "Standards", "plan": "Plans",
    "template": "Templates", "report": "Reports", "external": "External documents", "document": "Without a kind",
}  # fmt: skip


def register_pages(view: View, declaration: type[Entry]) -> list[Page]:
    """Return the register as one page, or as several where it is long."""
    entries = list(view.facts.isms.of(declaration))
    specs = shown_fields(declaration, entries)
    paged = declaration.KIND.page == "limit" and len(entries) > view.facts.settings.page_limit
    size = ROWS_PER_PAGE if paged else max(len(entries), 1)
    starts = range(0, max(len(entries), 1), size)
    return [
        _register_page(view, declaration, entries[start : start + size], specs, number, len(starts), len(entries), paged=paged)
        for number, start in enumerate(starts)
    ]


def _register_page(
    view: View,
    declaration: type[Entry],
    entries: Sequence[Entry],
    specs: Sequence[FieldSpec],
    number: int,
    pages: int,
    total: int,
    *,
    paged: bool,
) -> Page:
    kind = declaration.KIND
    headings = ["Id", *(spec.title for spec in specs), *(title for _, title in computed(declaration))]
    if paged:
        headings.append("Named by")
    rows = [Row(cells=_cells(view, entry, specs, paged=paged), anchor=entry.id if paged else "") for entry in entries]
    html = table(headings, rows, caption=kind.plural, css=f"isms-table--register isms-table--{kind.name}", download=csv_uri(declaration))
    grouped = declaration is not Risk
    title = kind.plural if pages == 1 else f"{kind.plural}, page {number + 1} of {pages}"
    return Page(
        uri=table_page(declaration, number),
        title=title,
        markdown=f"# {title}\n\n{kind.about}\n\n{part('summary')}\n\n{part('table')}",
        parts={
            "summary": view.render(
                "register.html.jinja",
                declaration=declaration,
                reference=reference_uri(declaration),
                total=total,
                pages=pages,
                number=number,
            )
        },
        late={"table": html},
        meta={"hide": ["toc"] if grouped else ["navigation", "toc"]},
        group="Registers" if grouped and not number else "",
    )


def shown_fields(declaration: type[Entry], entries: Sequence[Entry]) -> list[FieldSpec]:
    """Columns of a register: what its declaration shows, less what no entry has."""
    specs = [spec for spec in fields_of(declaration) if spec.table and spec.name != "id"]
    return [spec for spec in specs if spec.need != "optional" or any(getattr(entry, spec.name) not in (None, ()) for entry in entries)]


def computed(declaration: type[Entry]) -> tuple[tuple[str, str], ...]:
    """Columns that are worked out rather than written down."""
    return declaration.KIND.computed


def _cells(view: View, entry: Entry, specs: Sequence[FieldSpec], *, paged: bool) -> list[str]:
    cells = [escape(entry.id) if paged else view.links.to(entry.id, entry.id)]
    cells += [view.cells.of(entry, spec) for spec in specs]
    cells += [plain_value(getattr(entry, name)) for name, _ in computed(type(entry))]
    if paged:
        sources = dict.fromkeys(relation.source for relation in view.facts.trace.incoming.get(entry.id, ()))
        cells.append(", ".join(view.links.to(source) for source in sources))
    return cells


def csv_uri(declaration: type[Entry]) -> str:
    """Address of a register as CSV."""
    return f"{folder(declaration)}/{declaration.KIND.register or declaration.KIND.plural.lower()}.csv"


def register_csv(view: View, declaration: type[Entry]) -> SiteFile:
    """Every field of every entry; empty where nothing is known."""
    specs = fields_of(declaration)
    headings = [*(spec.key for spec in specs), *(name for name, _ in computed(declaration))]
    rows = (
        [
            *(plain(spec, getattr(entry, spec.name)) for spec in specs),
            *(plain_value(getattr(entry, name)) for name, _ in computed(declaration)),
        ]
        for entry in view.facts.isms.of(declaration)
    )
    return SiteFile(uri=csv_uri(declaration), content=csv_file(headings, rows))


def master_document_list(view: View) -> Page:
    """Every controlled document with its state (clause 7.5.3)."""
    documents = list(view.facts.isms.of(Document))
    headings = (
        "Id", "Title", "Kind", "Version", "Status", "Owner", "Approved by", "Approved on", "Next review", "Classification", "Last change",
    )  # fmt: skip
    rows = [Row(cells=_document_cells(view, document)) for document in documents]
    return Page(
        uri=table_page(Document, 0),
        title="Documents",
        markdown=f"# Documents\n\nEvery document under control.\n\n{part('by-kind')}\n\n## Master document list\n\n{part('table')}",
        parts={"by-kind": view.render("documents_by_kind.html.jinja", groups=_by_kind(documents))},
        late={
            "table": table(
                headings, rows, caption="Master document list", css="isms-table--register isms-table--document", download=csv_uri(Document)
            )
        },
        meta={"hide": ["navigation", "toc"]},
    )


def _document_cells(view: View, document: Document) -> list[str]:
    by_name = {spec.name: spec for spec in fields_of(Document)}
    names = ("kind", "version", "status", "owner", "approved_by", "approved_on", "next_review", "classification")
    identifier = view.links.to(document.id, document.id) if document.identified else '<span class="isms-missing">no id</span>'
    return [
        identifier,
        view.links.to(document.id, document.name),
        *(view.cells.of(document, by_name[name]) or "<small>none</small>" for name in names),
        _last_change(view, view.facts.isms.place(document).path),
    ]


def _last_change(view: View, path: str) -> str:
    revision = view.facts.history.last(path)
    return revision.date.date().isoformat() if revision else "<small>unknown</small>"


def _by_kind(documents: Sequence[Document]) -> list[tuple[str, list[Document]]]:
    groups: dict[str, list[Document]] = {}
    for document in documents:
        if document.status != "withdrawn":
            groups.setdefault(document.kind or "document", []).append(document)
    return [(title, groups[kind]) for kind, title in PLURALS.items() if kind in groups]
