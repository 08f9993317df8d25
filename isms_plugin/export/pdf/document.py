"""A document as PDF: control block and contents on page one, the text that its readers see, relations and versions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from isms_plugin.export.pdf.diagrams import picture
from isms_plugin.export.pdf.engine import Sheet
from isms_plugin.export.pdf.paper import Heading
from isms_plugin.export.pdf.press import Press
from isms_plugin.export.pdf.running import document_margins, notice
from isms_plugin.model.document import Document
from isms_plugin.render.chain_picture import chain_block
from isms_plugin.render.document_state import Shown, shown, withheld_data
from isms_plugin.render.document_text import body_of, linked
from isms_plugin.render.history_table import issues_table
from isms_plugin.render.version_pages import DRAFT

APPENDICES: Final = (Heading(2, "pdf-relations", "Relations"), Heading(2, "pdf-versions", "Versions"))
_DEEPEST: Final = 3
"""Level of headings down to which the table of contents names them."""
_SVG: Final = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LINK: Final = re.compile(r"</?a\b[^>]*>")
_STYLE: Final = (
    "<style>rect{fill:#fff;stroke:#8a8fa3}text{font-family:'DejaVu Sans',sans-serif;font-size:10px;fill:#222}"
    ".isms-chain__id{font-weight:bold}.isms-chain__lines{fill:none;stroke:#b4b8c6}"
    ".isms-chain__here rect{fill:#e8eaf6;stroke:#3f51b5;stroke-width:2}.isms-chain__none rect{stroke-dasharray:3}"
    ".isms-chart__axis{fill:#555}</style>"
)


def document_sheet(press: Press, document: Document) -> tuple[Sheet, tuple[str, ...]]:
    """Return what the PDF of a document is made of, and what was left out of it, in sentences."""
    view = press.view
    state = shown(view, document)
    withdrawn = state.status == "withdrawn"
    body = "" if withdrawn else body_of(linked(state.text, view.facts.isms), state.title).strip("\n")
    before = len(press.diagrams.left_out)
    text = press.paper(press.to_html(body) if body else "", path=state.text.path, own=document.id)
    undrawn = tuple(dict.fromkeys(press.diagrams.left_out[before:]))
    sheet = press.page(
        "pdf_document.html.jinja",
        title=f"{document.id} {state.title}" if document.identified else state.title,
        told=f"Version {state.version or 'unknown'}, {state.status.replace('_', ' ')}",
        keywords=(*document.controls, *document.clauses),
        running=document_margins(view, state),
        document=document,
        state=state,
        withdrawn=withdrawn,
        withheld=withheld_data(view, state),
        record=state.issue.last.id if state.issue and state.issue.last.id in view.facts.isms.entries else "",
        notice=notice(view, state),
        successors=[view.facts.isms.entries[name] for name in view.facts.trace.sources(document.id, Document, "supersedes")],
        hash=press.code(_hash(state)) if _hash(state) else "",
        headings=[*(heading for heading in text.headings if heading.level <= _DEEPEST), *APPENDICES],
        text=Markup(text.html),  # noqa: S704 - a document may hold HTML, as on the site
        undrawn=undrawn,
        chain=_chain(press, document.id),
        relations=view.relations(document.id, records=False),
        versions=Markup(_versions(press, state)),  # noqa: S704 - made of escaped parts
    )
    return replace(sheet, attached=press.attached(document.id)), (*text.left_out, *undrawn)


def _hash(state: Shown) -> str:
    """Return the hash of the text shown, to hold against the record of its approval."""
    if state.status == "withdrawn":
        return ""
    if state.issue is not None:
        return state.issue.approval.content_hash or ""
    return state.standing.working if state.text.path else ""


def _versions(press: Press, state: Shown) -> str:
    """Return every decision on the document; the draft has a row where another text is in force."""
    standing = state.standing
    draft = {DRAFT: ""} if standing.current is not None and standing.state in ("changed", "draft") else {}
    return issues_table(press.view, standing, draft)


def _chain(press: Press, identifier: str) -> Markup:
    """Return the chain through the document as a picture; what it shows stands below in words."""
    found = _SVG.search(chain_block(press.view, identifier))
    if found is None:
        return Markup("")
    svg = _LINK.sub("", found.group())
    opening, rest = svg.split(">", 1)
    name = rest[rest.find(">") + 1 : rest.find("</title>")]
    namespace = "" if "xmlns=" in opening else ' xmlns="http://www.w3.org/2000/svg"'
    return Markup(picture(f"{opening}{namespace}>{_STYLE}{rest}", name, "chain"))  # noqa: S704 - made of escaped parts
