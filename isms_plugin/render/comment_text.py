"""Texts of anybody's in a comment on a merge request: shown as they are, and nothing else comes of them.

Platforms read a comment as Markdown with some HTML, and look for mentions, references, addresses and commands in what they get. So
marks of Markdown are escaped, signs of HTML become entities, an empty sign (U+200B) parts what would become a link or call somebody,
and signs that steer a terminal or the direction of writing are shown as replaced.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

TITLE: Final = 120
"""Letters of a title that are shown."""
VALUE: Final = 300
"""Letters of a value that are shown."""

_REPLACED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]")
_MARKS: Final = re.compile(r"[\\`*_{}\[\]#|~!$^+]")
_AT_START: Final = re.compile(r"^(?:(\d+)([.)])(?=\s|$)|([-=:/]))")
"""What would begin a list, a rule or a command."""
_APART: Final = (
    (re.compile(r"([@#!$%~^])(?=[\w\"'/])|(&)(?=\d)"), "\\g<0>\u200b"),
    (re.compile(r"\b(GH)-(?=\d)", re.IGNORECASE), "\\1\u200b-"),
    (re.compile(r"([\[*])(?=\w+:)"), "\\1\u200b"),
    (re.compile(r":(?=//)"), ":\u200b"),
    (re.compile(r"\b(www)\.", re.IGNORECASE), "\\1\u200b."),
    (re.compile(r"(javascript|data|vbscript|mailto|xmpp):", re.IGNORECASE), "\\1\u200b:"),
)
"""Mentions, references to issues, requests, snippets, milestones, labels and epics, and addresses."""


def plain(text: str, limit: int = VALUE) -> str:
    """Return a text as one line of Markdown that means nothing else, cut after some letters."""
    shown = escape(_harmless(text, limit), quote=False)
    shown = _MARKS.sub(r"\\\g<0>", shown)
    return _AT_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", shown)


def in_html(text: str, limit: int = TITLE) -> str:
    """Return a text as one line of HTML, where Markdown means nothing."""
    return escape(_harmless(text, limit), quote=True)


def _harmless(text: str, limit: int) -> str:
    line = _REPLACED.sub("\ufffd", " ".join(text.split()))
    line = line if len(line) <= limit else line[: limit - 1].rstrip() + "\u2026"
    for pattern, apart in _APART:
        line = pattern.sub(apart, line)
    return line
