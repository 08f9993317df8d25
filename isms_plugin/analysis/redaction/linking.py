"""Links of a text that lead to what is not shown: their words stay, where they led is gone; comments go, since anybody can find them."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from isms_plugin.analysis.mentions import without_code
from isms_plugin.model.profile import WITHHELD

_INLINE: Final = re.compile(
    r"!?\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\](?:\([^()\s]*\))?)*)\]"
    r"\(\s*(?:<(?P<angle>[^<>\n]+)>|(?P<plain>(?:[^()\s<>]|\([^()\s]*\))+))(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)(?:\{[^{}\n]*\})?"
)
"""A link or picture with its title and attributes; what it says may hold another one."""
_DEFINED: Final = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*<?(?P<target>[^\s>]+)>?[^\n]*$", re.MULTILINE)
_ATTRIBUTE: Final = re.compile(
    r"\s(?:href|src|srcset|poster|data)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))", re.IGNORECASE
)
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE: Final = re.compile(
    r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[^`\n]*\n.*?^[ \t>]*(?P=fence)`*~*[ \t]*$"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)|(?P<comment><!--.*?(?:-->|\Z))",
    re.MULTILINE | re.DOTALL,
)
"""Code, in which a comment is text, and comments, in which code is none."""
_INCLUDED: Final = re.compile(r"^(?P<before>[ \t>]*);?-{1,}8<-{1,}.*$", re.MULTILINE)
"""Files that an extension puts in (pymdownx.snippets): nobody has looked at them."""
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/")
_HEADING: Final = re.compile(r"^[ \t>]*#{1,6}[ \t]+(?P<words>[^\n]*?)[ \t]*#*[ \t]*(?:\{[^}\n]*\})?[ \t]*$", re.MULTILINE)
_NAMED: Final = re.compile(r"\{[^}\n]*#(?P<attr>[\w.-]+)[^}\n]*\}|\bid\s*=\s*[\"'](?P<html>[^\"']+)")

Leads = Callable[[str], "str | None"]
"""Where a path of the repository is found: an `isms:` target, empty to leave it as it is, None where it is not shown."""


@dataclass(frozen=True, slots=True)
class Linking:
    """Links of one text, by its path: where paths lead, and which anchors are gone."""

    leads: Leads
    path: str
    lost: frozenset[str] = frozenset()
    """Anchors of sections that are withheld, after the path of their text."""

    def shown(self, text: str) -> str:
        """Return the text with links that lead somewhere."""
        text = _INCLUDED.sub(lambda match: f"{match['before']}{WITHHELD}", without_comments(text))
        text = self._defined(self._inline(text))
        return self._attributes(text) if "=" in text else text

    def _inline(self, text: str) -> str:
        if "](" not in text:
            return text
        pieces, last = [], 0
        for match in _INLINE.finditer(without_code(text)):
            name = "angle" if match["angle"] is not None else "plain"
            target, found = match[name], self._found(match[name])
            words = self._inline(text[match.start("words") : match.end("words")])
            head = "!" if text[match.start()] == "!" else ""
            if found is None:
                pieces += [text[last : match.start()], words]
            else:
                before = text[match.end("words") : match.start(name)]
                pieces += [text[last : match.start()], head, "[", words, before, found or target]
                last = match.end(name)
                continue
            last = match.end()
        return "".join((*pieces, text[last:]))

    def _defined(self, text: str) -> str:
        def kept(match: re.Match[str]) -> str:
            found = self._found(match["target"])
            return "" if found is None else match[0].replace(match["target"], found) if found else match[0]

        return _outside(text, lambda part: _DEFINED.sub(kept, part)) if "]:" in text else text

    def _attributes(self, text: str) -> str:
        def kept(match: re.Match[str]) -> str:
            target = match["double"] or match["single"] or match["bare"] or ""
            paths = [part.split()[0] for part in target.split(",") if part.split()]
            return "" if any(self._found(path) is None for path in paths) else match[0]

        return _outside(text, lambda part: _ATTRIBUTE.sub(kept, part))

    def _found(self, target: str) -> str | None:
        """Return the new target of a link, empty where it stays, None where it leads to nothing that is shown."""
        if target.lower().startswith("file:"):
            return None
        if _SCHEME.match(target):
            return ""
        path, mark, anchor = target.partition("#")
        if not path:
            return None if f"{self.path}#{anchor}" in self.lost else ""
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(path.partition("?")[0])))
        found = self.leads(whole)
        if f"{whole}#{anchor}" in self.lost:
            return found or path if found is not None else None
        return f"{found}{mark}{anchor}" if found else found


def without_comments(text: str) -> str:
    """Return a text without its HTML comments; in code they are text."""
    if "<!--" not in text:
        return text
    return _CODE.sub(lambda match: "" if match["comment"] else match[0], text)


def _outside(text: str, change: Callable[[str], str]) -> str:
    """Change what is not code."""
    pieces, last = [], 0
    for match in _CODE.finditer(text):
        pieces += [change(text[last : match.start()]), match[0]]
        last = match.end()
    return "".join((*pieces, change(text[last:])))


def anchors(lines: Iterable[str]) -> frozenset[str]:
    """Return the anchors of the headings in some lines, as Python-Markdown makes them, and those that are named."""
    text = "\n".join(lines)
    found = {_slug(match["words"]) for match in _HEADING.finditer(text)}
    return frozenset(found | {match["attr"] or match["html"] for match in _NAMED.finditer(text)} - {""})


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", re.sub(r"[*`]|\]\([^)]*\)|\[", "", words)).encode("ascii", "ignore").decode()
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
