"""Words that may not be read, and what stands for them: ids of what is withheld, names of people, addresses, commits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Final, NamedTuple

from isms_plugin.model.entry import ID_PATTERN
from isms_plugin.model.profile import WITHHELD

_WORD: Final = re.compile(r"[^\W_]+")
_ADDRESS: Final = re.compile(r"[\w.+%-]+@(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]*[A-Za-z0-9]")
_ID: Final = re.compile(rf"(?<![\w.-])(?:{ID_PATTERN})(?![\w-]|\.\w)")
_PATH: Final = re.compile(r"[\w.@+-]+(?:/[\w.@+-]+)+")
_COMMIT: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{7,64}(?![0-9A-Za-z])")
_LINK: Final = re.compile(r"!?\[(?P<words>[^\[\]]*)\](?:\(isms:(?P<id>[^\s)#/]+)[^)\n]*\)|\[(?P<ref>[^\[\]]+)\])")
_BRACKET: Final = re.compile(rf"\[(?P<id>{ID_PATTERN})\](?!\()")
_SHORTEST: Final = 4
"""Letters from which on a word of a name counts however it is written; shorter ones only as in the name."""


class Phrase(NamedTuple):
    """What is looked for at a word that it begins with, and what stands for it."""

    pattern: re.Pattern[str]
    instead: str


class Words:
    """Replaces what may not be read in texts; the same input gives the same placeholders."""

    def __init__(
        self,
        *,
        hidden: Callable[[str], bool] = lambda _: False,
        phrases: Mapping[str, str] | None = None,
        exact: Mapping[str, str] | None = None,
        addresses: Mapping[str, str] | None = None,
        paths: frozenset[str] = frozenset(),
        commits: frozenset[str] = frozenset(),
    ) -> None:
        """`phrases` count in any case, `exact` as they are written; `hidden` tells of an id, `addresses` are in small letters."""
        self.hidden = hidden
        self.addresses = addresses or {}
        self.paths = paths
        self.commits = commits
        self._phrases: dict[str, list[Phrase]] = {}
        self._alone: dict[str, str] = {}
        for table, flags in ((phrases or {}, re.IGNORECASE), (exact or {}, re.NOFLAG)):
            for text, instead in table.items():
                for form in dict.fromkeys((unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))):
                    self._add(form, instead, flags)
        for found in self._phrases.values():
            found.sort(key=lambda phrase: (-len(phrase.pattern.pattern), phrase.pattern.pattern))

    def _add(self, text: str, instead: str, flags: re.RegexFlag) -> None:
        first = _WORD.search(text)
        if first is None:
            return
        known = r"\s+".join(re.escape(part) for part in text[first.start() :].split())
        self._phrases.setdefault(first[0].casefold(), []).append(Phrase(re.compile(rf"{known}(?![^\W_])", flags), instead))
        self._alone.setdefault(text.casefold(), instead)

    def without(self, paths: frozenset[str]) -> Words:
        """Return the same, for which some paths may not be read either."""
        made = copy(self)
        made.paths = paths
        return made

    def plain(self, text: str) -> str:
        """Return a text without what may not be read."""
        if self.paths and "/" in text:
            text = _PATH.sub(lambda match: WITHHELD if match[0].rstrip(".") in self.paths else match[0], text)
        if "@" in text:
            text = _ADDRESS.sub(self._address, text)
        if self._phrases:
            text = "".join(self._replaced(text))
        text = _ID.sub(lambda match: WITHHELD if self.hidden(match[0]) else match[0], text)
        return _COMMIT.sub(self._commit, text) if self.commits else text

    def markdown(self, text: str) -> str:
        """Return Markdown without what may not be read: of a link to it the words stay, of a mention a placeholder."""
        if "[" in text:
            text = _LINK.sub(lambda match: match["words"] if self.hidden(match["id"] or match["ref"]) else match[0], text)
            text = _BRACKET.sub(lambda match: WITHHELD if self.hidden(match["id"]) else match[0], text)
        return self.plain(text)

    def clean(self, text: str) -> bool:
        """Whether a text holds nothing that may not be read."""
        return self.plain(text) == text

    def _replaced(self, text: str) -> Iterator[str]:
        last = 0
        for word in _WORD.finditer(text):
            candidates = self._phrases.get(word[0].casefold(), ()) if word.start() >= last else ()
            for phrase in candidates:
                found = phrase.pattern.match(text, word.start())
                if found:
                    yield text[last : word.start()]
                    yield phrase.instead
                    last = found.end()
                    break
        yield text[last:]

    def _address(self, match: re.Match[str]) -> str:
        """Return what stands for an e-mail address: it goes as a whole where it is a person's, or is made of their name."""
        known = self.addresses.get(match[0].casefold())
        if known is not None:
            return known
        local = match[0].partition("@")[0]
        parts = (local, *(part for part in _WORD.findall(local) if len(part) >= _SHORTEST))
        return next((self._alone[part.casefold()] for part in parts if part.casefold() in self._alone), match[0])

    def _commit(self, match: re.Match[str]) -> str:
        return WITHHELD if any(commit.startswith(match[0]) for commit in self.commits) else match[0]


def words_of_name(name: str, ordinary: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return the words of a name that give it away alone, those that count in any case first, then those that count as written."""
    found = [word for word in _WORD.findall(name) if len(word) > 1 and not word.isdigit() and word.casefold() not in ordinary]
    return [word for word in found if len(word) >= _SHORTEST], [word for word in found if len(word) < _SHORTEST]
