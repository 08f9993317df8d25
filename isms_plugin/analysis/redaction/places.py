"""Paths of the repository that may be told, pages of the site's own that are shown, and files that texts may link to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from isms_plugin.analysis.redaction.rules import Rules
from isms_plugin.analysis.redaction.words import Words
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.document import is_markdown
from isms_plugin.model.profile import WITHHELD
from isms_plugin.model.settings import Settings

_NOWHERE = Place(WITHHELD)


@dataclass(frozen=True)
class Places:
    """What a profile tells of where something lies."""

    rules: Rules
    settings: Settings
    docs: str
    words: Words

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """Documents by the path of their text."""
        return {text.path: identifier for identifier, text in self.rules.isms.texts.items()}

    @cached_property
    def told(self) -> frozenset[str]:
        """Paths of what is shown, where paths are told at all."""
        if self.rules.profile.commits == "none":
            return frozenset()
        isms = self.rules.isms
        shown = {place.path for name, place in isms.places.items() if self.rules.shown(name)}
        shown |= {text.path for name, text in isms.texts.items() if self.rules.shown(name)} | set(self.pages)
        return frozenset(path for path in shown if self.words.clean(path))

    def path(self, path: str, identifier: str) -> str:
        """Return the path in which an entry stands, or the placeholder."""
        return path if path in self.told and self.rules.shown(identifier) else WITHHELD if path else ""

    def place(self, identifier: str) -> Place:
        """Return the place of an entry."""
        place = self.rules.isms.places.get(identifier, Place())
        return place if self.path(place.path, identifier) == place.path else _NOWHERE

    @cached_property
    def pages(self) -> frozenset[str]:
        """Paths of the pages of the site's own that are shown."""
        own = ((path, path.removeprefix(f"{self.docs}/")) for path in self.rules.isms.pages if path.startswith(f"{self.docs}/"))
        return frozenset(path for path, name in own if any(fnmatchcase(name, pattern) for pattern in self.rules.profile.pages))

    def shows_page(self, path: str) -> bool:
        """Whether a page of the site's own is shown, a folder standing for the page in it."""
        return any(name in self.pages for name in (path, f"{path}/index.md", f"{path}/README.md"))

    @cached_property
    def _keepers(self) -> Mapping[str, list[tuple[str, str, str]]]:
        """What becomes of the entries that a file belongs to, with their registers and the fields that name it, by its path."""
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for entry in self.rules.isms.entries.values():
            kept = entry.kept_file
            if kept:
                found[kept.path].append((self.rules.fates[entry.id], entry.KIND.register, kept.field))
        return found

    @cached_property
    def kept(self) -> frozenset[str]:
        """Files of entries that are shown, where these readers get files."""
        profile, isms = self.rules.profile, self.rules.isms
        if not profile.evidence_files:
            return frozenset()
        return frozenset(
            path
            for path, keepers in self._keepers.items()
            if path in isms.files
            and all(fate == "shown" and profile.allows_field(register, field) for fate, register, field in keepers)
            and self.words.clean(path)
        )

    @cached_property
    def linkable(self) -> frozenset[str]:
        """Files that a text may link to: neither registers, texts of documents and pages, nor evidence that is not handed out."""
        settings, isms = self.settings, self.rules.isms
        closed = tuple(f"{folder}/" for folder in (settings.registers, settings.evidence, settings.profiles))
        free = (path for path in isms.files if not path.startswith(closed) and not is_markdown(path) and path not in self._keepers)
        return frozenset(path for path in free if self.words.clean(path)) | self.kept

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Paths that no text may tell."""
        isms = self.rules.isms
        every = isms.files if self.rules.profile.commits == "none" else frozenset((*self._keepers, *self.documents))
        return every - self.told - self.linkable
