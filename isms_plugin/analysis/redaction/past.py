"""The history as the readers of a profile see it: commits, their authors and messages, baselines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from isms_plugin.analysis.redaction.people import People
from isms_plugin.analysis.redaction.places import Places
from isms_plugin.analysis.redaction.rules import Rules
from isms_plugin.analysis.redaction.secrets import Finder
from isms_plugin.analysis.redaction.texts import Texts
from isms_plugin.analysis.redaction.words import Words
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.former import Former, FormerEntry
from isms_plugin.model.history import Baseline, Completeness, History, Revision, StoredText
from isms_plugin.model.people import Person
from isms_plugin.model.profile import WITHHELD
from isms_plugin.model.signing import Signature

UNTOLD: Final = "commits are not for these readers"
CLASSES: Final = 4
"""How many classifications there are."""


@dataclass(frozen=True, slots=True)
class Past:
    """Makes revisions and baselines that may be shown."""

    rules: Rules
    people: People
    words: Words
    places: Places
    finder: Finder
    """Finds values that are withheld in messages, whose words nobody has looked at."""

    def history(self, history: History, texts: Texts) -> History:
        """Return the history of what is shown."""
        if self.rules.profile.commits == "none":
            return History(completeness=Completeness.UNKNOWN, reason=UNTOLD)
        told = self.places.told | self.places.kept
        return replace(
            history,
            revisions={path: tuple(map(self.revision, found)) for path, found in history.revisions.items() if path in told},
            uncommitted=history.uncommitted & told,
            texts=self._texts(history.texts, texts),
            baselines=tuple(map(self.baseline, history.baselines)),
            former=tuple(map(self._former, history.former)) if self._open else (),
            deleted=tuple(map(self._former, history.deleted)) if self._open else (),
        )

    def revision(self, revision: Revision) -> Revision:
        """Return a commit; its day and what it did to the file stay."""
        path = revision.path if self.words.clean(revision.path) else WITHHELD
        full = self.rules.profile.commits == "full"
        named = full and self.rules.profile.people == "names"
        if self.rules.profile.commits == "none":
            revision = replace(revision, commit=WITHHELD, blob="")
        return replace(
            revision,
            author=self.author(revision.author, revision.email),
            email=revision.email if named else "",
            summary=self.message(revision.summary),
            path=path,
            reviewers=revision.reviewers if named else tuple(map(self._reviewer, revision.reviewers)) if full else (),
        )

    def author(self, name: str, address: str = "") -> str:
        """Return what stands for a name in git."""
        profile = self.rules.profile
        if profile.commits != "full":
            return WITHHELD
        if profile.people == "names":
            return name
        found = next((person for person in self.rules.isms.of(Person) if person.known_as(name, *filter(None, (address,)))), None)
        return self.people.placeholders[found.id] if found else WITHHELD

    def _reviewer(self, reviewer: str) -> str:
        name, _, address = reviewer.partition(" <")
        return self.author(name, address.rstrip("> "))

    def message(self, text: str) -> str:
        """Return a message without what may not be read; one that tells a withheld value goes as a whole."""
        if self.rules.profile.commits != "full":
            return WITHHELD if text else ""
        told = self.words.plain(text)
        return WITHHELD if self.finder.found(told) else told

    def baseline(self, baseline: Baseline) -> Baseline:
        """Return a baseline without what may not be read."""
        signature = baseline.signature
        told = self.words.plain(signature.told) if self.rules.profile.commits == "full" else ""
        key = signature.key if self.rules.profile.allows_register("keys") else ""
        return replace(
            baseline,
            tagger=self.author(baseline.tagger),
            message=self.message(baseline.message),
            signature=Signature(state=signature.state, key=key, told=told),
        )

    def signed(self, words: str) -> str:
        """Return in words what is known of a signature."""
        if self.rules.profile.commits == "full":
            return self.words.plain(words)
        return words if words == "not signed" else words.partition(" by ")[0].partition(":")[0]

    def _texts(self, stored: Mapping[tuple[str, str], StoredText], texts: Texts) -> dict[tuple[str, str], StoredText]:
        found = {}
        for (path, hashed), text in stored.items():
            document = self.rules.isms.get(Document, self.places.documents.get(path))
            if document is not None and path in self.places.told:
                found[path, hashed] = self.stored(document, text, texts)
        return found

    def stored(self, document: Document, text: StoredText, texts: Texts) -> StoredText:
        """Return a text that a document had before, with the commit that carried it."""
        return replace(texts.stored(document, text), revision=self.revision(text.revision))

    @property
    def _open(self) -> bool:
        """Whether nothing is withheld for its classification: of what is gone nobody knows it any more."""
        return len(set(self.rules.profile.classifications)) == CLASSES

    def _former(self, former: Former) -> Former:
        kinds = {kind.KIND.name: kind for kind in self.rules.kinds}
        entries = {name: self._held(name, held, kinds[held.kind]) for name, held in former.entries.items() if held.kind in kinds}
        return Former(name=former.name, entries=entries)

    def _held(self, name: str, held: FormerEntry, kind: type[Entry]) -> FormerEntry:
        key = "name" if kind is Person else "title"
        title = self.words.plain(held.title) if self.rules.profile.allows_field(kind.KIND.register, key) else WITHHELD
        return held._replace(title=self.people.placeholders.get(name, title), path=held.path if self.words.clean(held.path) else WITHHELD)
