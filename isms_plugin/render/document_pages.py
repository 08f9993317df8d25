"""Pages of documents: control block, text, relations and revision history."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from isms_plugin.analysis.completeness import missing_fields
from isms_plugin.analysis.links import FILE_LINK
from isms_plugin.analysis.mentions import without_code
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.isms import DocumentText, Isms
from isms_plugin.render.entry_pages import ENTRY_META, heading
from isms_plugin.render.environment import View
from isms_plugin.render.history_table import history_table
from isms_plugin.render.page import Page, part

_TITLE: Final = re.compile(r"\A\s*(?:#[ \t]+[^\n]*|[^\n]+\n=+[ \t]*)(?:\n|\Z)")


def document_page(view: View, document: Document, site_meta: Mapping[str, object]) -> Page:
    """Return the document as its readers see it."""
    isms = view.facts.isms
    text = isms.texts.get(document.id) or DocumentText(path="", body="", first_line=1)
    place = isms.place(document)
    missing = {spec.name for spec in missing_fields(document)}
    identified = f"{document.id} " if document.identified else ""
    body = _TITLE.sub("", linked(text, isms), count=1) if _starts_with_title(text.body, document) else linked(text, isms)
    return Page(
        uri=view.links.addresses[document.id],
        title=f"{identified}{document.name}",
        markdown="\n\n".join(
            (
                part("crumbs"), f"# {heading(document.name)}", part("control-block"), body.strip("\n"), "## Relations", part("relations"),
                "## Revision history", part("history"), part("origin"),
            )
        ),
        parts={
            "control-block": view.render("control_block.html.jinja", document=document, missing=missing, path=place.path),
        },
        late={
            "crumbs": view.crumbs(document),
            "relations": view.render("relations.html.jinja", groups=view.relations(document.id)),
            "history": view.render("changes.html.jinja", document=document)
            + history_table(view, place.path, f"Revisions of {document.id}"),
            "origin": view.render("origin.html.jinja", place=place),
        },
        place=place,
        meta={**ENTRY_META, **site_meta},
    )  # fmt: skip


def _starts_with_title(body: str, document: Document) -> bool:
    """Whether the text begins with its own title, which the page shows already."""
    found = _TITLE.match(body)
    if found is None:
        return False
    first = re.sub(r"[#*`_=\s]+", " ", found.group()).strip().casefold()
    return first == re.sub(r"[#*`_=\s]+", " ", document.name).strip().casefold()


def linked(text: DocumentText, isms: Isms) -> str:
    """Return the text with links to files of the ISMS made independent of where the page lies."""
    if "](" not in text.body:
        return text.body
    by_path = {other.path: identifier for identifier, other in isms.texts.items()}
    pieces, last = [], 0
    for match in FILE_LINK.finditer(without_code(text.body)):
        target, mark, anchor = match["target"].partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(text.path), unquote(target)))
        found = by_path.get(path) or (path if path in isms.files and not is_markdown(path) else "")
        if target and found:
            pieces += [text.body[last : match.start("target")], f"isms:{found}{mark}{anchor}"]
            last = match.end("target")
    return "".join((*pieces, text.body[last:]))
