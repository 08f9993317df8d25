"""Cells as one line that people can read, since they are shown in terminals and written into registers."""

from __future__ import annotations

import re
from typing import Final

_DIRECTIONS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks of writing direction and of byte order: nobody sees them, and they may make a line read as another."""

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What steers a terminal, and halves of characters, which no file can hold."""


def cell_text(text: str) -> str:
    """Return a cell without line breaks and hidden marks; other control characters become U+FFFD, so that they are seen."""
    if text.isprintable():
        return text.strip()
    return _CONTROLS.sub("\ufffd", _DIRECTIONS.sub("", " ".join(text.split())))
