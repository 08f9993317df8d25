"""Finds which of many values stand in a text, in time that grows with the text and not with how many they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from isms_plugin.analysis.redaction.secrets import words_of_links
from isms_plugin.export.folded_text import folded

SHORTEST: Final = 3
"""Letters below which a value is looked for nowhere: it would be found everywhere."""
DISTINCT: Final = 8
"""Letters from which on a value with a word of five may begin and end within longer words; else `Andrea` would be found in `Andreas`."""
_START: Final = 5
"""Letters of a word by which such values are looked up."""
_KEPT: Final = 1 << 19
"""Words whose values are kept in mind at once."""

_LABELS: Final = re.compile(r"(?m)^\s*(?:\d{1,3}[.)]\s|```\w*|\{[^}\n]*\}$)")
"""What Markdown takes away, besides targets of links, when it becomes a page: numbers of lists, languages of code."""


class Values:
    """Values that may not be told, ready to be looked for."""

    def __init__(self, values: Iterable[str]) -> None:
        self.values: Final = tuple(sorted(values))
        self._needles: list[tuple[bytes, int, frozenset[bytes]]] = []  # with the words that a text must hold to be searched at all
        self._whole: dict[bytes, list[int]] = {}
        self._inside = _Inside()
        self._broken = _Inside()
        self._known: dict[bytes, tuple[int, ...]] = {}
        needles = [(needle, number) for number, value in enumerate(self.values) for needle in _forms(value)]
        often = Counter(word for needle, _ in needles for word in {*needle.split()})
        for needle, number in needles:
            self._add(needle, number, often)

    def _add(self, needle: bytes, number: int, often: Counter[bytes]) -> None:
        words, place = needle.split(), len(self._needles)
        rarest = min(words, key=lambda word: (len(word) < _START, often[word], -len(word)))
        distinct = len(needle) >= DISTINCT and len(rarest) >= _START
        self._needles.append((needle if distinct else b" %b " % needle, number, frozenset(words[1:-1] if distinct else words)))
        if distinct:
            self._inside.add(rarest, place)
        else:
            self._whole.setdefault(rarest, []).append(place)
        if len(joined := needle.replace(b" ", b"")) >= DISTINCT:
            self._broken.add(joined, number)

    def __bool__(self) -> bool:
        return bool(self._needles)

    @property
    def longest(self) -> int:
        """Letters of the longest value."""
        return max(map(len, self.values), default=0)

    def found(self, text: bytes, *, broken: bool = False) -> set[int]:
        """Return the numbers of values that stand in a folded text; `broken` when spaces may stand within its words."""
        words, padded = {*text.split()}, b" %b " % text
        found: set[int] = set()
        for place in {place for word in words for place in self._places(word)}:
            needle, number, others = self._needles[place]
            if others <= words and needle in padded:
                found.add(number)
        return found | {*self._broken.within(text.replace(b" ", b""))} if broken else found

    def _places(self, word: bytes) -> tuple[int, ...]:
        places = self._known.get(word)
        if places is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            places = self._known[word] = (*self._whole.get(word, ()), *self._inside.within(word))
        return places


class _Inside:
    """Words that may stand inside of longer ones, by their first letters."""

    def __init__(self) -> None:
        self._starts: dict[bytes, list[tuple[bytes, int]]] = {}

    def add(self, word: bytes, number: int) -> None:
        """Add a word of at least as many letters as it is looked up by."""
        self._starts.setdefault(word[:_START], []).append((word, number))

    def within(self, text: bytes) -> Iterator[int]:
        """Return the numbers of words that stand in a text."""
        for place in range(len(text) - _START + 1):
            for word, number in self._starts.get(text[place : place + _START], ()):
                if text.startswith(word, place):
                    yield number


def _forms(value: str) -> set[bytes]:
    """Return a value as words, as it is written and as a page made of its Markdown shows it."""
    shown = _LABELS.sub(" ", words_of_links(value))
    return {form for form in (folded(value), folded(shown)) if len(form) >= SHORTEST}
