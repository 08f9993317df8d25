"""Where a text names an id, or links to a file: as references in prose are read, so neither in code nor in longer ids."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from isms_plugin.analysis.links import FILE_LINK
from isms_plugin.analysis.mentions import BRACKET, LINK, without_code
from isms_plugin.authoring.text_edit import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    """An id that changes, and the files that are moved with it, by their old paths."""

    old: str
    new: str
    moved: Mapping[str, str] = field(default_factory=dict)


def in_prose(text: str, name: NewName, path: str) -> list[Edit]:
    """Return the places of a text, of a file at a path, that refer to an id or link to a file that is moved, in their order."""
    if name.old not in text and not name.moved:
        return []
    prose = without_code(text)
    spans = [
        *(found.span("id") for found in BRACKET.finditer(prose) if found["id"] == name.old),
        *(found.span("id") for found in LINK.finditer(prose) if found["id"] == name.old),
    ]
    return sorted([*(Edit(*span, name.new) for span in spans), *_links(prose, name, path)])


def _links(prose: str, name: NewName, path: str) -> Iterator[Edit]:
    """Yield the links that lead to a file that is moved; the way to it stays as it is written, up to the name."""
    for found in FILE_LINK.finditer(prose) if name.moved else ():
        target = re.split(r"[#?]", found["target"], maxsplit=1)[0]
        led = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
        if led in name.moved:
            folder = target[: target.rfind("/") + 1]
            start = found.start("target")
            yield Edit(start, start + len(target), folder + quote(posixpath.basename(name.moved[led])))


def in_lines(text: str, name: str, others: frozenset[str]) -> list[int]:
    """Return the lines, from 1, in which a text names an id in whatever way; ids that only begin or end like it are left out.

    `others` are all other ids that there are.
    """
    if name not in text:
        return []
    whole = re.compile(rf"(?<![A-Za-z0-9.-]){re.escape(name)}(?P<more>[A-Za-z0-9.-]*)")
    found = [match for match in whole.finditer(text) if not _longer(match, name, others)]
    return list(dict.fromkeys(text.count("\n", 0, match.start()) + 1 for match in found))


def _longer(match: re.Match[str], name: str, others: frozenset[str]) -> bool:
    more = match["more"]
    return more[:1].isalnum() or any(f"{name}{more[:end]}" in others for end in range(1, len(more) + 1))
