"""References in prose: `[A.8.13]`, `[RSK-001]`, `[clause 9.2]`, `[text](isms:POL-03)`. Code stays untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from isms_plugin.model.entry import ID_PATTERN

BRACKET: Final = re.compile(rf"\[(?<![\\!]\[)(?:(?P<id>{ID_PATTERN})|[Cc]lause (?P<clause>[0-9]+(?:\.[0-9]+)*))\](?!\()(?!:[ \t])")
"""A reference that stands alone in brackets: no Markdown link, image, link definition, or escaped bracket.

`[text][RSK-001]` counts too: Markdown reads it as a reference with a text of its own. What stands before is looked at
after the bracket, because a pattern that begins with a letter is searched for several times faster.
"""

LINK: Final = re.compile(r"\]\(isms:(?P<id>[^\s)#/]++)(?!/)")
"""A link to an entry; what has a folder in it leads to a page of the site."""
OLD_NUMBER: Final = re.compile(r"A\.(?<![\w.-]A\.)(?:[5-9]|1[0-8])\.\d{1,2}\.\d{1,2}(?![\w-]|\.\d)")
"""The form of a control number in the 2013 edition: one part more than in 2022."""

BARE_CONTROL: Final = re.compile(r"(?<![\w.\[/-])A\.[5-8]\.\d{1,2}(?![\w\]-]|\.\d)")
_CODE: Final = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^`\n]*\n.*?(?:^[ \t>]*(?P=fence)`*~*[ \t]*$|\Z)"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)|<!--.*?-->",
    re.MULTILINE | re.DOTALL,
)
"""Fenced code, also in lists and quotes; code within one paragraph; comments."""
_NOT_NEWLINE: Final = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Mention:
    """An id that prose names, with line and column of the id, from 1; `old` marks a number of the 2013 edition."""

    target: str
    line: int
    column: int
    old: bool = False


def mentions(text: str, first_line: int = 1) -> Iterator[Mention]:
    """Every id that a text names, in the order of the text."""
    if "[" not in text and "A." not in text:
        return
    prose = without_code(text)
    found = [
        *((match.start(match.lastgroup or 0), match["id"] or match["clause"], False) for match in BRACKET.finditer(prose)),
        *((match.start("id"), match["id"], False) for match in LINK.finditer(prose)),
        *((match.start(), match.group(), True) for match in OLD_NUMBER.finditer(prose)),
    ]
    for start, target, old in sorted(found):
        if old or not OLD_NUMBER.fullmatch(target):
            line = prose.count("\n", 0, start)
            yield Mention(target, line + first_line, start - prose.rfind("\n", 0, start), old)


def without_code(text: str) -> str:
    """Return the text with code and comments blanked out, every other character where it was."""
    if "`" not in text and "~~~" not in text and "<!--" not in text:
        return text
    return _CODE.sub(lambda match: _NOT_NEWLINE.sub(" ", match.group()), text)
