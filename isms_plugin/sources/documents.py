"""Controlled documents: Markdown below the folder of policies, control data in the front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.isms import DocumentText
from isms_plugin.sources.cache import NO_CACHE, Cache
from isms_plugin.sources.markdown_reader import MarkdownText, read_markdown
from isms_plugin.sources.registers import Reading
from isms_plugin.sources.snapshot import Snapshot
from isms_plugin.sources.validation import read_identified

SITE_KEYS: Final = frozenset(("tags", "hide", "search", "description", "icon", "template", "subtitle", "social", "comments"))
"""Front matter that speaks to MkDocs or its theme, not to document control."""

_HEADING: Final = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$|^(.+)\n=+[ \t]*$", re.MULTILINE)
_EMPHASIS: Final = re.compile(r"(?<!\w)(\*\*|__|[*_`])(\S(?:.*?\S)?)\1(?!\w)")
_FENCED: Final = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


@dataclass(slots=True)
class DocumentReading(Reading):
    """Documents read so far, with their bodies by id, other Markdown by path, and what front matter says to the site."""

    texts: dict[str, DocumentText] = field(default_factory=dict)
    pages: dict[str, DocumentText] = field(default_factory=dict)
    meta: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add_documents(self, other: DocumentReading) -> None:
        """Add what was read of another file; of two documents with one id the first stays."""
        self.add(other)
        self.pages |= other.pages
        for identifier, text in other.texts.items():
            self.texts.setdefault(identifier, text)
            self.meta.setdefault(identifier, other.meta[identifier])


def read_documents(snapshot: Snapshot, folder: str, others: tuple[str, ...] = (), cache: Cache = NO_CACHE) -> DocumentReading:
    """Read every document below a folder; a document without an id goes by its path, so that it is not lost.

    What lies in the `others` is left to those who read them: the folder may be the whole repository.
    """
    reading = DocumentReading()
    elsewhere = tuple(f"{other}/" for other in others if other != folder)
    for path in snapshot.paths(folder):
        if is_markdown(path) and not path.startswith(elsewhere):
            data = snapshot.read(path)
            reading.add_documents(cache.hold(path, data, partial(_read_document, path, data)))
    return reading


def read_pages(snapshot: Snapshot, folder: str, reading: DocumentReading) -> None:
    """Read the site's own Markdown, which may hold references as documents do; its front matter is the generator's affair."""
    for path in snapshot.paths(folder):
        if is_markdown(path):
            text = read_markdown(snapshot.read(path))
            reading.pages[path] = DocumentText(path=path, body=text.body, first_line=text.body_line)
            for fault in text.faults:
                if fault.code in ("unreadable-file", "conflict-marker"):
                    reading.fault(path, fault)


def _read_document(path: str, content: bytes) -> DocumentReading:
    reading, text = DocumentReading(), read_markdown(content)
    body = DocumentText(path=path, body=text.body, first_line=text.body_line, controlled=text.data is not None)
    if text.data is None and not text.faults and PurePosixPath(path).name.lower() == "readme.md":
        reading.pages[path] = body
        return reading
    for fault in text.faults:
        reading.fault(path, fault)
    data = {key: value for key, value in (text.data or {}).items() if key not in SITE_KEYS}
    place = Place(path, text.front_line, 1)
    given = data.get("id")
    identifier = given.strip() if isinstance(given, str) else ""
    if not identifier and not (text.data is None and text.faults):
        reading.diagnostics.append(_unidentified(text, path))
    data["title"] = title_of(data, text.body)
    document, diagnostics = read_identified(Document, identifier or path, data, place)
    reading.diagnostics += diagnostics
    reading.entries.append((document, place))
    reading.texts[document.id] = body
    reading.meta[document.id] = _site_data(text.data)
    return reading


def _unidentified(text: MarkdownText, path: str) -> Diagnostic:
    if text.data is None:
        return Diagnostic(
            code="no-front-matter",
            message="document without control data",
            hint="begin the file with front matter: id, title, version, status, owner, approver_role, next_review, classification",
            place=Place(path, 1, 1),
            entry=path,
        )
    return Diagnostic(
        code="missing-id",
        message="document without an id",
        hint="add `id: POL-001` to the front matter; until then it goes by its path",
        place=Place(path, text.front_line, 1),
        entry=path,
    )


def _site_data(data: Mapping[Any, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (data or {}).items() if key in SITE_KEYS}


def title_of(data: Mapping[Any, Any], body: str) -> Any:
    """Return the title of a document: what its control data says, else its first heading."""
    return first_heading(body) if data.get("title") is None else data["title"]


def first_heading(body: str) -> str | None:
    """Return the text of the first top heading outside of fenced code, if there is one."""
    found = _HEADING.search(_FENCED.sub("", body))
    if found is None:
        return None
    title = (found.group(1) or found.group(2)).strip()
    return _EMPHASIS.sub(r"\2", title) or None
