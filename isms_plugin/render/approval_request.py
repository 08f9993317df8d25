"""An approval request on one page that prints: for somebody who decides on a document and never opens git."""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from isms_plugin.analysis.documents.approvals import Standing
from isms_plugin.model.isms import NO_TEXT
from isms_plugin.model.people import Role
from isms_plugin.render.difference import difference
from isms_plugin.render.document_text import body_of
from isms_plugin.render.environment import View

_GONE = {"ins": "isms-ins", "del": "isms-del"}


def approval_request(view: View, standing: Standing, requested_by: str = "") -> str:
    """Return the request as a complete HTML page: reason, old and new text side by side, hash, and room for a signature."""
    document, current = standing.document, standing.current
    text = view.facts.isms.texts.get(document.id) or NO_TEXT
    new = view.prose.document(body_of(text.body, document.name))
    stored = current.text if current else None
    old = view.prose.document(body_of(stored.body, stored.title)) if stored else ""
    compared = difference(old, new) if stored else new
    data = {"schema": "isms-approval-request/1", "document": document.id, "version": document.version, "content_hash": standing.working}
    return view.render(
        "approval_request.html.jinja",
        standing=standing,
        document=document,
        role=view.facts.isms.get(Role, document.approver_role),
        notes=[change.note for change in document.changes if change.version == document.version and change.note],
        old=_without(compared, "ins") if stored else "",
        new=_without(compared, "del") if stored else new,
        requested_by=requested_by,
        data=json.dumps(data).replace("<", "\\u003c"),  # it stands inside a script element
    )


def _without(html: str, tag: str) -> str:
    """Return one side of a difference: what was added, or taken out, left away."""
    try:
        root = fromstring(f"<div>{html}</div>")  # noqa: S314 - made by Markdown: no document type, no entities
    except ParseError:
        return html
    _drop(root, tag)
    return tostring(root, encoding="unicode", method="html")


def _drop(element: Element, tag: str) -> None:
    for child in list(element):
        if child.tag == tag or _GONE[tag] in child.get("class", "").split():
            _remove(element, child)
        else:
            _drop(child, tag)


def _remove(parent: Element, child: Element) -> None:
    """Remove an element, and leave the text that follows it where it is."""
    position = list(parent).index(child)
    if position:
        parent[position - 1].tail = (parent[position - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)
