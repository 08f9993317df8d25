"""The hash that an approval is bound to: of a document's text as its readers see it, not of its bytes.

White space, line endings, the way lines are wrapped and control fields do not count; the title does, because it is
read. The algorithm has a number: a later one gets the next, and records keep the one they were made with.
"""

from __future__ import annotations

import re
from typing import Final

from isms_plugin.model.digest import named_digest

ALGORITHM: Final = "isms-text-1"

_TAB: Final = 4
_FENCE: Final = re.compile(r" *(`{3,}|~{3,})")
_ITEM: Final = re.compile(r"(?:[-*+]|\d+[.)])[ ]")
_QUOTE: Final = re.compile(r"> ?")
_HEADING: Final = re.compile(r"#{1,6}")
_OWN: Final = re.compile(r"<[a-zA-Z/!?]|!!!|\?{3}|\[[^\]^]*\]:|\*\[|(?:[-*_] ?){3,}$|=+$|-+$")
"""Lines that no other is joined to: HTML, admonitions, definitions of links and abbreviations, rules, underlines of headings."""
_OPENS: Final = re.compile(r": |\[\^[^\]]*\]:")
"""Lines that begin a text of their own, which may go on: definitions and footnotes."""
_SPACES: Final = re.compile(r"[ \t]+")
_PIPE: Final = re.compile(r" ?\| ?")
_RULE: Final = re.compile(r"-{2,}")
_TITLE: Final = re.compile(r"#[ ](.*?)[ ]*#*")


def text_hash(title: str, body: str) -> str:
    """Return algorithm and SHA-256 of a text, as `isms-text-1:` and 64 hexadecimal digits."""
    return named_digest(ALGORITHM, canonical_text(title, body))


def canonical_text(title: str, body: str) -> str:
    """Return what is hashed: the title, then each block of the text on a line of its own.

    Where Markdown gives white space a meaning (code, lists, tables) it is kept as far as that meaning goes.
    """
    blocks = _Blocks()
    for line in body.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n"):
        blocks.take(line.expandtabs(_TAB).rstrip())
    heading = _SPACES.sub(" ", title).strip()
    lines = blocks.lines
    first = _TITLE.fullmatch(lines[0]) if lines else None
    if first and first[1].casefold() == heading.casefold():
        lines = lines[1:]  # pages show a title once, wherever it is written
    return "\n".join((f"# {heading}", *lines))


class _Blocks:
    """Takes lines one by one; `open` says whether the next one may go on with the last."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.open = False
        self.blank = True
        self.fence = ""
        self.html = False
        self.code = False
        self.apart = False
        """Whether the last line was of a table or HTML, which an empty line begins and ends."""
        self.inside: int | None = None
        """Indentation of the list item, note or definition that indented lines belong to."""

    def take(self, line: str) -> None:
        """Add a line, without white space at its end."""
        if self.fence:
            self._verbatim(line)
            if line.strip().startswith(self.fence) and not line.strip().strip(self.fence[0]):
                self.fence = ""
        elif not line:
            self.blank, self.open, self.html = True, False, False
        elif found := _FENCE.match(line):
            self._verbatim(line)
            self.fence = found[1]
        elif self._is_code(line):
            self._verbatim(line)
            self.code = True
        else:
            self._text(line)

    def _verbatim(self, line: str) -> None:
        self.lines.append(line)
        self.open = self.blank = self.apart = False

    def _is_code(self, line: str) -> bool:
        indent = len(line) - len(line.lstrip())
        limit = _TAB if self.inside is None else self.inside + 2 * _TAB
        return (self.blank or self.code) and indent >= limit

    def _text(self, line: str) -> None:
        text = _SPACES.sub(" ", line.strip())
        indent = len(line) - len(line.lstrip())
        self.code = False
        if self.blank and indent < _TAB and not _ITEM.match(text):
            self.inside = None
        if self.html or _OWN.match(text) or "|" in text or _HEADING.match(text):
            self._alone(text, indent)
        elif quote := _QUOTE.match(text):
            self._quoted(text[quote.end() :])
        elif _OPENS.match(text) or (_ITEM.match(text) and (not self.open or self.inside is not None)):
            self._add(text)
            self.inside = indent
        elif self.open:
            self.lines[-1] += f" {text}"
        else:
            self._add(text)
        self.blank = False

    def _alone(self, text: str, indent: int) -> None:
        self.html = self.html or text.startswith("<")
        apart = self.html or "|" in text
        if "|" in text and not self.html:
            text = _PIPE.sub("|", text)
            text = _RULE.sub("--", text) if not text.strip("|-: ") else text
        if text.startswith(("!!!", "???")):
            self.inside = indent
        self._add(text, apart=apart)
        self.open = False

    def _quoted(self, text: str) -> None:
        last = self.lines[-1] if self.lines else ""
        if self.open and last.startswith("> ") and text and not (_ITEM.match(text) or _OWN.match(text) or _HEADING.match(text)):
            self.lines[-1] += f" {text}"
        else:
            self._add(f"> {text}")

    def _add(self, text: str, *, apart: bool = False) -> None:
        if self.blank and self.lines and (self.apart or apart):
            self.lines.append("")
        self.lines.append(text)
        self.open, self.apart = True, apart
