"""What PDFs of one ISMS have in common: who reads, in which language, and what they are made with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any

from markupsafe import Markup

from isms_plugin import __version__
from isms_plugin.errors import IsmsError
from isms_plugin.export.pdf.diagrams import Diagrams
from isms_plugin.export.pdf.engine import Attached, ReadFile, Sheet
from isms_plugin.export.pdf.markdown_html import ToHtml
from isms_plugin.export.pdf.paper import Paper, on_paper
from isms_plugin.export.register_data import register_data
from isms_plugin.model.document import Document
from isms_plugin.model.people import Person, Role
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.environment import View


@dataclass(frozen=True, kw_only=True)
class Press:
    """Prints one ISMS; `name` is what it is called, `language` a code (BCP 47)."""

    view: View
    name: str
    to_html: ToHtml
    file: ReadFile
    language: str = "en"
    archive: bool = False
    """Whether PDFs are for the archive, each with its data attached."""
    diagrams: Diagrams = field(default_factory=Diagrams)

    @property
    def made(self) -> datetime:
        """The time that PDFs carry: that of the commit, without one the day they speak of."""
        facts = self.view.facts
        found = facts.history.committed_on or datetime.combine(facts.today, time(), UTC)
        return found.astimezone(UTC).replace(microsecond=0)

    def read(self, path: str) -> bytes:
        """Return a file that readers may have; raises IsmsError for any other."""
        if path not in self.view.facts.isms.files:
            raise IsmsError(f"{path}: no file of the ISMS")
        return self.file(path)

    def paper(self, html: str, *, path: str = "", own: str = "") -> Paper:
        """Return HTML of the site as it is printed."""
        return on_paper(html, path=path, own=own, named=self._named, drawn=self.diagrams.html)

    def page(self, template: str, *, title: str, running: str, told: str, keywords: Iterable[str] = (), **values: Any) -> Sheet:
        """Return what a PDF is made of; `told` says in a few words what it is."""
        author = self.name or "Information security management system"
        content = self.paper(self.view.render(template, author=author, commit=self.commit, untold=WITHHELD, **values))
        html = self.view.render(
            "pdf_page.html.jinja",
            title=title,
            told=told,
            keywords=list(keywords),
            running=Markup(running),  # noqa: S704 - every text in it is a string of CSS
            content=Markup(content.html),  # noqa: S704 - made of escaped parts, and of documents, which may hold HTML as on the site
            language=self.language,
            author=author,
            made=self.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            tool=__version__,
        )
        return Sheet(html=html, read=self.read, made=self.made, archive=self.archive)

    def code(self, text: str) -> Markup:
        """Return a number as it is copied."""
        return Markup("<code>{}</code>").format(text)

    @property
    def commit(self) -> Markup:
        """The commit in full, and whether there is more than it holds; empty where readers do not see it."""
        history = self.view.facts.history
        if self.view.facts.profile and not history.head:
            return Markup("")
        shown = self.code(history.head) if history.head else Markup("unknown")
        return shown + Markup(" with uncommitted changes") if history.uncommitted else shown

    def attached(self, identifier: str) -> tuple[Attached, ...]:
        """Return the data of a document or of the statement, for a PDF that is kept; the schema is that of all registers."""
        if not self.archive:
            return ()
        content, what = (register_data(self.view.facts, "soa"), "soa") if identifier == "soa" else (self._entry(identifier), "entry")
        return (Attached(name=f"{what}.json", content=content, description=f"Data of {identifier} (schema isms-data/1)"),)

    def _entry(self, identifier: str) -> bytes:
        register = self._documents["registers"][Document.KIND.register]
        rows = [row for row in register["rows"] if row["id"] == identifier]
        data = self._documents | {"registers": {Document.KIND.register: register | {"rows": rows}}}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()

    @cached_property
    def _documents(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(register_data(self.view.facts, Document.KIND.register))
        return found

    def _named(self, identifier: str, told: str) -> str:
        """Return the id of an entry where the words of a link do not say it; people and roles are known by name."""
        entry = self.view.facts.isms.entries.get(identifier)
        if entry is None or isinstance(entry, Person | Role) or identifier in told:
            return ""
        label = self.view.links.label(entry)
        return "" if label in told else label
