"""The words that changed between two texts of a document, in the passages where they stand, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final, Literal, NamedTuple

from isms_plugin.model.fingerprint import canonical_text

Mark = Literal["same", "removed", "added"]

_ALIKE: Final = 0.4
"""Share of words in common from which on a passage counts as changed; below, the old one went and a new one came."""
_LONG: Final = 1000
"""Words of a passage from which on nobody compares word by word."""
_MANY: Final = 2000
"""Passages of a text from which on those that stand in it over and over are not matched one by one: that would take minutes."""
_MARKUP: Final = (
    (re.compile(r"^#{1,6} +(.*?)#* *$"), r"\1"),
    (re.compile(r"!?\[([^\[\]]*)\]\(\s*<?([^()<>\s]*)>?(?:\s+[^()]*)?\)"), r"\1 (\2)"),
    (re.compile(r"(?<!\\)\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<![\w\\])__(?=\S)(.+?)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w\\])_(?=[^\s_])(.+?)(?<=[^\s_])_(?!\w)"), r"\1"),
    (re.compile(r"\[([A-Za-z][\w.-]*)\](?![(\[:])"), r"\1"),
)
"""Marks of Markdown that a reader does not see; the target of a link is told behind its words."""


class Piece(NamedTuple):
    """Words that stayed, went or came."""

    mark: Mark
    words: tuple[str, ...]


Passage = tuple[Piece, ...]
"""One paragraph, heading, item or row that changed."""


def passages(old: tuple[str, str] | None, new: tuple[str, str] | None) -> tuple[Passage, ...]:
    """Return the passages that differ between two texts, each given as title and body; None for one that is not there."""
    before, after = (_read(text) for text in (old, new))
    found = tuple(_passages(before, after))
    if found or old is None or new is None:
        return found
    # nothing but marks changed, which still changes what is read
    return tuple(_passages(*(canonical_text(*text).split("\n") for text in (old, new))))


def counted(found: Sequence[Passage], mark: Mark) -> int:
    """Return how many words came or went."""
    return sum(len(piece.words) for passage in found for piece in passage if piece.mark == mark)


def _read(text: tuple[str, str] | None) -> list[str]:
    return [] if text is None else [block for block in map(_plain, canonical_text(*text).split("\n")) if block]


def _plain(block: str) -> str:
    for pattern, shown in _MARKUP:
        block = pattern.sub(shown, block)
    return block.strip()


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    matcher = SequenceMatcher(None, before, after, autojunk=len(after) > _MANY)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for old, new in zip_longest(before[a:b], after[c:d], fillvalue=""):
            yield from _changed(tuple(old.split()), tuple(new.split()))


def _changed(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Passage]:
    if old and new and max(len(old), len(new)) <= _LONG:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        if matcher.ratio() >= _ALIKE:
            yield tuple(_pieces(matcher, old, new))
            return
    if old:
        yield (Piece("removed", old),)
    if new:
        yield (Piece("added", new),)


def _pieces(matcher: SequenceMatcher[str], old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Piece]:
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", new[c:d])
            continue
        if b > a:
            yield Piece("removed", old[a:b])
        if d > c:
            yield Piece("added", new[c:d])
