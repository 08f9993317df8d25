"""The difference between two texts for a terminal: block by block, whatever the way lines were wrapped."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice
from typing import Final

from isms_plugin.model.fingerprint import canonical_text

_WIDTH: Final = 100


def text_difference(old: tuple[str, str], new: tuple[str, str]) -> Iterator[str]:
    """Return the lines of a unified difference between two texts, each given as title and body; none where the words are the same."""
    # its first two lines name files
    return islice(unified_diff(_lines(*old), _lines(*new), n=1, lineterm=""), 2, None)


def _lines(title: str, body: str) -> list[str]:
    wrapped: list[str] = []
    for block in canonical_text(title, body).split("\n"):
        wrapped += textwrap.wrap(block, _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
    return wrapped
