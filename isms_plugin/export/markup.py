"""Tags of HTML and SVG in the order of their text, read as browsers do, in one pass of linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

_VALUE: Final = r""" "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^\s>"'][^\s>]*+ """
_ATTRIBUTES: Final = rf"(?: [\s/]++ | [^\s/>][^\s/>=]*+ (?:\s*+=\s*+(?:{_VALUE})?+)?+ )*+"
_TAG: Final = re.compile(
    rf"""<(?: !--(?:-?> | .*?(?:--!?> | \Z))
    | (?i:(?P<raw>script|style|textarea))(?=[\s/>]) (?P<raw_attributes>{_ATTRIBUTES})
        (?:(?<=/)> | (?:> | \Z)(?P<content>.*?)(?:</(?i:(?P=raw))(?=[\s/>]) | \Z))
    | (?P<name>[a-zA-Z][^\s/>]*+) (?P<attributes>{_ATTRIBUTES}) (?:> | \Z) )""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(rf"([^\s/>][^\s/>=]*+) (?:\s*+=\s*+({_VALUE})?+)?+", re.DOTALL | re.VERBOSE)
"""The tokens of a tag as HTML defines them; nothing here is tried twice, so unclosed quotes and tags cost no more than others."""


class Tag(NamedTuple):
    """A tag that opens something."""

    name: str
    """In small letters."""
    source: str
    """Its attributes as written."""
    content: str
    """What stands in it, for scripts, styles and text fields, where no tag counts."""

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes by name in small letters; of several of one name the first counts."""
        found: dict[str, str] = {}
        for name, value in _ATTRIBUTE.findall(self.source):
            found.setdefault(name.lower(), _plain(value))
        return found


def tags(text: str) -> Iterator[Tag]:
    """Return the tags that open something, those in comments, scripts and styles left out."""
    for match in _TAG.finditer(text):
        name, source, raw, raw_source, content = match.group("name", "attributes", "raw", "raw_attributes", "content")
        if name:
            yield Tag(name.lower(), source, "")
        elif raw:
            yield Tag(raw.lower(), raw_source, content or "")


def _plain(value: str) -> str:
    if value[:1] in ('"', "'"):
        value = value[1:-1] if value.endswith(value[0]) and len(value) > 1 else value[1:]
    return unescape(value) if "&" in value else value
