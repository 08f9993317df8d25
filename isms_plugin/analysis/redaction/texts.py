"""Texts of documents and pages as the readers of a profile see them, those that were issued before as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from isms_plugin.analysis.redaction.account import Tally
from isms_plugin.analysis.redaction.linking import Linking, anchors, without_comments
from isms_plugin.analysis.redaction.places import Places
from isms_plugin.analysis.redaction.rules import Rules
from isms_plugin.analysis.redaction.secrets import SHORTEST, folded, line_of, pieces
from isms_plugin.analysis.redaction.sections import Kept, for_readers
from isms_plugin.analysis.redaction.words import Words
from isms_plugin.model.document import Document
from isms_plugin.model.history import StoredText
from isms_plugin.model.isms import NO_TEXT, DocumentText
from isms_plugin.model.profile import WITHHELD

_LINE: Final = 10
"""Letters from which on a line that is withheld in one version is withheld in the others too."""
_WRAPPED: Final = 25
"""Letters from which on that holds wherever its lines are broken."""


@dataclass(slots=True)
class Texts:
    """Makes texts that may be shown, and keeps account of what was withheld."""

    rules: Rules
    words: Words
    places: Places
    issued: Mapping[str, Iterable[StoredText]]
    """Texts that a document had before, by its path."""
    tally: Tally = field(default_factory=Tally)
    secrets: list[str] = field(default_factory=list)
    lost: frozenset[str] = frozenset()
    """Anchors of all sections that are withheld, after the paths of their texts."""
    linked: set[str] = field(default_factory=set)
    """Files that texts lead to, as far as they were made."""
    _hidden: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look through all texts once, since one may link to a section of another."""
        isms = self.rules.isms
        found = ((text.path, self._kept(text.body)) for text in (*isms.texts.values(), *isms.pages.values()))
        gone = ((path, anchors(kept.withheld) - anchors(kept.body.split("\n"))) for path, kept in found if kept.withheld)
        self.lost = frozenset(f"{path}#{anchor}" for path, names in gone for anchor in names)

    def _kept(self, body: str) -> Kept:
        return for_readers(body, self.rules.profile.allows_audience)

    def document(self, document: Document, text: DocumentText) -> DocumentText:
        """Return the text of a document in the repository, with the hash of the whole of it."""
        hashed = text.hash or self.rules.isms.text_hash(document)
        path = self.places.path(text.path, document.id)
        if not self.rules.shown(document.id):
            for body in (text.body, *(stored.body for stored in self.issued.get(text.path, ()))):
                self.secrets += pieces(body)
            return replace(text, path=path, body=WITHHELD, hash=hashed)
        return replace(text, path=path, body=self._body(text.body, text, document.id, counted=True), hash=hashed)

    def stored(self, document: Document, stored: StoredText) -> StoredText:
        """Return a text that a document had before."""
        if not self.rules.shown(document.id):
            return replace(stored, title=WITHHELD, body=WITHHELD, path=self.places.path(stored.path, document.id))
        text = DocumentText(path=stored.path, body=stored.body, first_line=stored.first_line)
        title = self.words.plain(stored.title) if self.rules.profile.allows_field("documents", "title") else WITHHELD
        body = self._body(stored.body, text, document.id)
        return replace(stored, title=title, body=body, path=self.places.path(stored.path, document.id))

    def page(self, path: str, text: DocumentText) -> DocumentText:
        """Return a page of the site's own."""
        return replace(text, body=self._body(text.body, text, path, counted=True))

    def _body(self, body: str, text: DocumentText, name: str, *, counted: bool = False) -> str:
        kept = self._kept(body)
        shown = self._less(kept.body, name)
        linked = Linking(self.leads, text.path, self.lost).shown(shown)
        new = self.words.markdown(linked)
        self.secrets += (line for line in map(line_of, kept.withheld) if len(line) >= SHORTEST)
        if counted:
            self.tally.add("texts", "section", "marked for other readers", kept.sections)
            self.tally.add("texts", "text", "it names what is withheld, or leads to it", int(new != without_comments(shown)))
        return new

    def _less(self, body: str, name: str) -> str:
        """Return a text without what another version of it withholds and the one in the repository does not show."""
        hidden = self._hidden_lines(name)
        if not hidden:
            return body
        return "\n\n".join(_less(paragraph, hidden) for paragraph in body.split("\n\n"))

    def _hidden_lines(self, name: str) -> frozenset[str]:
        if name not in self._hidden:
            current = self.rules.isms.texts.get(name, NO_TEXT)
            now = self._kept(current.body)
            versions = [now, *(self._kept(stored.body) for stored in self.issued.get(current.path, ()))]
            lines = {line for kept in versions for line in map(line_of, kept.withheld) if len(line) >= _LINE and " " in line}
            self._hidden[name] = frozenset(lines - set(map(line_of, now.body.split("\n"))))
        return self._hidden[name]

    def leads(self, path: str) -> str | None:
        """Return where a path leads from a text: see `linking.Leads`."""
        document = self.places.documents.get(path)
        if document is not None:
            return f"isms:{document}" if self.rules.fates[document] != "gone" else None
        if self.places.shows_page(path):
            return ""
        if path in self.places.linkable:
            self.linked.add(path)
            return f"isms:{path}"
        return None


def _less(paragraph: str, hidden: frozenset[str]) -> str:
    """Return a paragraph without hidden lines; where they are only wrapped otherwise, nothing of it."""
    left = "\n".join(WITHHELD if line_of(line) in hidden else line for line in paragraph.split("\n"))
    words = folded(left)
    return WITHHELD if any(folded(line) in words for line in hidden if len(line) >= _WRAPPED) else left
