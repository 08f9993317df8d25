"""Values that may occur nowhere in what is handed out, so that a scan of it finds what was forgotten."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any, Final

from isms_plugin.model.entry import ID_PATTERN, Entry
from isms_plugin.model.fields import FieldSpec, fields_of

SHORTEST: Final = 6
"""Letters from which on a value says something by itself."""
_LEAST_WORDS: Final = 4
"""Words of a sentence or line of a longer text; shorter ones may stand anywhere."""
_SENTENCE: Final = re.compile(r"\n+|(?<=[.!?;:])\s+")
_MARKUP: Final = re.compile(r"^[\s>#*+|:-]+|[*_`]|\[(?=[^\]]*\]\()|\]\([^)]*\)|[\s|]+$")
_LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
_WORD: Final = re.compile(r"[^\W_]+")
_ID: Final = re.compile(ID_PATTERN)
_PLAIN: Final = re.compile(r"[a-z]{1,9}")
"""A short word in small letters, such as a step of a scale: it may stand in any program."""
_PAIR: Final = 2
_LETTERS: Final = 4
"""Letters of a word that says something."""


def texts_of(entry: Entry) -> Iterator[str]:
    """Yield every text that an entry holds, whole and by sentences; ids, days, numbers and choices say little by themselves."""
    for spec in fields_of(type(entry)):
        yield from texts_in(spec, getattr(entry, spec.name))


def texts_in(spec: FieldSpec, value: Any) -> Iterator[str]:
    """Yield every text that a value holds."""
    for item in value if spec.many else (value,):
        if item is None or spec.ref or spec.choices or spec.name in ("id", "status"):
            continue
        if spec.part is not None:
            for inner in fields_of(spec.part):
                yield from texts_in(inner, getattr(item, inner.name))
        elif isinstance(item, str):
            yield from pieces(item)


def pieces(text: str) -> Iterator[str]:
    """Yield a text in one line, and where it is longer its sentences and lines without the signs of Markdown."""
    whole = " ".join(text.split())
    parts = [line_of(part) for part in _SENTENCE.split(text)]
    if len(parts) > 1:
        yield from (part for part in parts if len(_WORD.findall(part)) >= _LEAST_WORDS)
    elif len(whole) >= SHORTEST:
        yield whole


def line_of(text: str) -> str:
    """Return a line as its reader sees it."""
    return " ".join(_MARKUP.sub("", text).split())


def folded(text: str) -> str:
    """Return the words of a text in small letters without accents, a space between two of them."""
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(text.casefold()))


def words_of_links(text: str) -> str:
    """Return Markdown in which links and pictures are the words that they are shown as."""
    return _LINK.sub(r"\1", text)


def _forms(text: str) -> set[str]:
    """Return a text as it is written, and as a page made of its Markdown shows it."""
    return {folded(text), folded(words_of_links(text)) if "](" in text else folded(text)}


class Shown:
    """Everything that may be read, as one text in which values are looked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.text = "\n".join(form for text in texts for form in _forms(text))
        words = self.text.split()
        self._words = "\n".join(sorted(set(words)))
        self._after: dict[str, set[str]] = defaultdict(set)
        self._before: dict[str, set[str]] = defaultdict(set)
        for first, second in pairwise(words):
            self._after[first].add(second)
            self._before[second].add(first)

    def holds(self, value: str) -> bool:
        """Whether a value stands there too, be it as a part of longer words; it is then no secret."""
        return any(self._holds(form) for form in _forms(value))

    def _holds(self, words: str) -> bool:
        first = words.split()
        if len(first) < _PAIR:
            return words in self._words
        return self._may_hold(first) and words in self.text

    def _may_hold(self, words: list[str]) -> bool:
        """Whether the first two words stand together: looking for each value in the whole text takes too long."""
        first, second = words[:_PAIR]
        if second in self._after.get(first, ()) or any(word.endswith(first) for word in self._before.get(second, ())):
            return True
        return len(words) == _PAIR and any(word.startswith(second) for word in self._after.get(first, ()))


def secrets_of(values: Iterable[str], names: Iterable[str], shown: Iterable[str], ordinary: AbstractSet[str]) -> frozenset[str]:
    """Return the values that say something by themselves, and all names, that stand in none of the texts that are shown."""
    found = (*(value for value in dict.fromkeys(values) if _telling(value, ordinary)), *names)
    if not found:
        return frozenset()
    readable = Shown(shown)
    return frozenset(value for value in found if not readable.holds(value))


def _telling(value: str, ordinary: AbstractSet[str]) -> bool:
    """Whether a value is more than a word or a few that may stand on any page; ids are."""
    if len(value) < SHORTEST:
        return False
    if _PLAIN.fullmatch(value):
        return False
    words = [word for word in folded(value).split() if len(word) >= _LETTERS and not word.isdigit()]
    return bool(_ID.fullmatch(value)) or len(words) >= _LEAST_WORDS or any(word not in ordinary for word in words)


class Finder:
    """Finds secrets in further texts, such as the messages of commits."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for secret in secrets:
            words = folded(secret)
            if words:
                self._by_word[words.partition(" ")[0]].append(words)

    def found(self, text: str) -> bool:
        """Whether a text holds one of them."""
        words = folded(text)
        return any(secret in words for word in set(words.split()) for secret in self._by_word.get(word, ()))
