"""What the scope document says, compared word for word: the scope of a certificate, and the names of places (clause 4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from isms_plugin.model.organization import Site

_MARK: Final = "¶"
"""Stands between blocks, where a sentence begins and ends."""

_START: Final = re.compile(r"(?:[-+]|\d+[.)]|#+)\s+")
"""How a list item or heading begins."""

_QUOTES: Final = "\"'()\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"
_BEFORE: Final = rf"(?:^|[.:!?{_QUOTES}]\s?|{_MARK} )"
_AFTER: Final = rf"(?=$|[.!?{_QUOTES}]| {_MARK})"
"""What ends a sentence: a comma or a further word would make it another scope."""

_GENERAL: Final = frozenset((
    "and", "bank", "branch", "building", "campus", "center", "centre", "data", "floor", "for", "from", "head", "headquarters", "home",
    "house", "lane", "main", "new", "office", "offices", "old", "our", "park", "place", "plant", "road", "room", "rooms", "shop", "site",
    "sites", "square", "staff", "street", "the", "unit", "warehouse", "with", "work", "workplace", "workplaces",
))  # fmt: skip
"""Words in the names and addresses of places that tell none from another."""


def same_words(scope: str, body: str) -> bool:
    """Whether a scope stands in a Markdown text word for word; layout, emphasis and a final full stop do not count, upper case does."""
    words = " ".join(_blocks(scope)).removesuffix(".").split()
    between = rf"\s(?:{_MARK}\s)?"
    return bool(words) and bool(re.search(_BEFORE + between.join(map(re.escape, words)) + _AFTER, f" {_MARK} ".join(_blocks(body))))


def nearest(scope: str, body: str) -> str:
    """Return the block of a text that is most like a scope; empty where none is like it."""
    return next(iter(get_close_matches(" ".join(_blocks(scope)), list(_blocks(body)), n=1)), "")


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, headings, list items and cells of tables, each on one line and without marks of Markdown."""
    open_block: list[str] = []
    for line in (re.sub(r"^\s*(?:>\s?)+", "", line).strip() for line in text.replace("*", "").replace("`", "").splitlines()):
        plain = _START.sub("", line, count=1) if _START.match(line) else line
        alone = line.startswith(("#", "|"))
        if open_block and (not line or alone or plain != line):
            yield " ".join(" ".join(open_block).split())
            open_block = []
        if alone:
            yield from (" ".join(cell.split()) for cell in plain.split("|") if cell.strip())
        elif plain:
            open_block.append(plain)
    if open_block:
        yield " ".join(" ".join(open_block).split())


def names_site(site: Site, others: Iterable[Site], body: str) -> bool:
    """Whether a text names a place by its id, its title, or a name in title or address that no other place has."""
    if any(_stands(name, body) for name in (site.id, site.title) if name):
        return True
    shared = {word for other in others if other.id != site.id for word in _names(other)}
    return any(_stands(word, body) for word in _names(site) if word not in shared)


def _names(site: Site) -> list[str]:
    """Words in title and address that are written as names are, folded: Leeds, but neither office nor floor."""
    words = re.findall(r"[^\W\d_]+", f"{site.title or ''} {site.address or ''}")
    return [word.casefold() for word in words if word[0].isupper() and len(word) > 2 and word.casefold() not in _GENERAL]


def _stands(name: str, body: str) -> bool:
    pattern = r"\s+".join(map(re.escape, name.split()))
    return bool(re.search(rf"(?<![\w-]){pattern}(?![\w-])", body, re.IGNORECASE))
