"""Texts of documents on their way into a page: without the title that the page shows, with links that hold anywhere."""

from __future__ import annotations

import posixpath
import re
from typing import Final
from urllib.parse import unquote

from isms_plugin.analysis.links import FILE_LINK
from isms_plugin.analysis.mentions import without_code
from isms_plugin.analysis.redaction.sections import without_marks
from isms_plugin.model.document import is_markdown
from isms_plugin.model.isms import DocumentText, Isms

_TITLE: Final = re.compile(r"\A\s*(?:#[ \t]+[^\n]*|[^\n]+\n=+[ \t]*)(?:\n|\Z)")


def body_of(body: str, title: str) -> str:
    """Return a text without its own title, where that is the one that the page shows already, and without marks of audiences."""
    body = without_marks(body)
    found = _TITLE.match(body)
    if found is None:
        return body
    first = re.sub(r"[#*`_=\s]+", " ", found.group()).strip().casefold()
    return body[found.end() :] if first == re.sub(r"[#*`_=\s]+", " ", title).strip().casefold() else body


def linked(text: DocumentText, isms: Isms) -> str:
    """Return the text with links to files of the ISMS made independent of where the page lies, and without marks of audiences."""
    body = without_marks(text.body)
    if "](" not in body:
        return body
    by_path = {other.path: identifier for identifier, other in isms.texts.items()}
    pieces, last = [], 0
    for match in FILE_LINK.finditer(without_code(body)):
        target, mark, anchor = match["target"].partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(text.path), unquote(target)))
        found = by_path.get(path) or (path if path in isms.files and not is_markdown(path) else "")
        if target and found:
            pieces += [body[last : match.start("target")], f"isms:{found}{mark}{anchor}"]
            last = match.end("target")
    return "".join((*pieces, body[last:]))
