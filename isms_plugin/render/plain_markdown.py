"""Texts of anybody's as Markdown that means nothing else, where no HTML is made of it by others' rules (see `comment_text`)."""

from __future__ import annotations

import re
from typing import Final

_MARKED: Final = re.compile(r"([\\`*_{}\[\]#|~!<>&])")


def escaped(text: str) -> str:
    """Return a text in which every letter that means something in Markdown is escaped."""
    return _MARKED.sub(r"\\\1", text)
