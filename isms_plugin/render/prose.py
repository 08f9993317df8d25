"""Texts of entries as HTML. Markup in them is shown as text; only Markdown means something."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final

from markdown import Markdown

from isms_plugin.model.entry import Entry
from isms_plugin.render.references import ReferenceExtension

_SPECIAL: Final = re.compile(r"[\[\]*_`\\<>#&|~]|^\s*(?:[-+]|\d+\.)\s|://|\n\s*\n|\n {4}|!\[", re.MULTILINE)
_DOCUMENT_EXTENSIONS: Final = ("tables", "sane_lists", "fenced_code", "admonition", "def_list", "attr_list", "footnotes")
"""What documents are commonly written with; comparisons do not depend on the settings of a site."""
_PARAGRAPH: Final = re.compile(r"\A<p>((?:(?!</?p>).)*)</p>\Z", re.DOTALL)


class Prose:
    """Renders Markdown of registers, with references linked."""

    def __init__(self, entries: Mapping[str, Entry], *, autolink: bool = False) -> None:
        self.autolink = autolink

        def lookup(identifier: str) -> str | None:
            entry = entries.get(identifier)
            return entry.name if entry else None

        self._markdown = Markdown(
            extensions=[ReferenceExtension(lookup, autolink=autolink, plain=True), "tables", "sane_lists"], output_format="html"
        )
        self._documents = Markdown(
            extensions=[ReferenceExtension(lookup, autolink=autolink, plain=True), *_DOCUMENT_EXTENSIONS], output_format="xhtml"
        )

    def block(self, text: str) -> str:
        """Return a text as paragraphs, lists and tables."""
        text = text.strip()
        if not _SPECIAL.search(text) and not (self.autolink and "A." in text):
            return f"<p>{escape(text)}</p>"
        self._markdown.reset()
        return self._markdown.convert(text)

    def document(self, text: str) -> str:
        """Return the text of a document as XHTML, as it is compared with another one; markup in it is shown as text."""
        self._documents.reset()
        return self._documents.convert(text)

    def inline(self, text: str) -> str:
        """Return a text for a table cell: one paragraph goes without its tags."""
        html = self.block(text)
        single = _PARAGRAPH.match(html)
        return single[1] if single else html
