"""Ids of documents that were there and of those that are added, so that each has one of its own and references lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from isms_plugin.authoring.start.alike import alike
from isms_plugin.authoring.start.sheets import Sheet
from isms_plugin.sources.markdown_reader import read_markdown


@dataclass(slots=True)
class Identities:
    """Ids as they were given: `covered` documents of ours are there already, `renamed` ones got another id in all of our texts."""

    ids: dict[str, str] = field(default_factory=dict)
    """By the path of the document that was there."""
    covered: dict[str, str] = field(default_factory=dict)
    """The path of the document that is there, by the path of ours."""
    renamed: dict[str, str] = field(default_factory=dict)

    def of(self, sheets: Sequence[Sheet]) -> list[Sheet]:
        """Return the documents with their ids."""
        return [replace(sheet, id=self.ids.get(sheet.path, "")) for sheet in sheets]

    def added(self, ours: Mapping[str, str]) -> dict[str, str]:
        """Return our texts less the covered ones, naming everything by the id that it got."""
        return {path: _renamed(text, self.renamed) for path, text in ours.items() if path not in self.covered}


def identities(ours: Mapping[str, str], sheets: Sequence[Sheet], folder: str) -> Identities:
    """Give every document an id: its own, that of the one of ours which it stands in for, else the next number."""
    readable = [sheet for sheet in sheets if not sheet.left]
    found = Identities(ids={sheet.path: sheet.own_id for sheet in readable if sheet.own_id})
    own = set(found.ids.values())
    documents = {path: _id(text) for path, text in ours.items() if path.startswith(f"{folder}/") and path.endswith(".md")}
    instead = alike({sheet.path: sheet.title for sheet in readable})
    found.covered = {path: instead[PurePosixPath(path).name] for path in documents if PurePosixPath(path).name in instead}
    for path, there in found.covered.items():
        if documents[path] not in own:
            found.ids.setdefault(there, documents[path])
    taken = {*found.ids.values(), *documents.values()}
    for sheet in readable:
        if sheet.path not in found.ids:
            found.ids[sheet.path] = _next(taken, "POL")
    for path, identifier in documents.items():
        _rename(found, path, identifier, own, taken)
    return found


def _rename(found: Identities, path: str, identifier: str, own: Set[str], taken: set[str]) -> None:
    """Note the other id of a document of ours whose id somebody has, or that is there under another one."""
    wanted = identifier
    if path in found.covered:
        wanted = found.ids[found.covered[path]]
    elif identifier in own:
        wanted = _next(taken, identifier.partition("-")[0])
    if wanted != identifier:
        found.renamed[identifier] = wanted


def _id(text: str) -> str:
    return str((read_markdown(text.encode()).data or {}).get("id", ""))


def _renamed(text: str, ids: Mapping[str, str]) -> str:
    if not ids:
        return text
    return re.sub(r"(?<![\w-])(?:" + "|".join(map(re.escape, ids)) + r")(?![\w-])", lambda found: ids[found[0]], text)


def _next(taken: set[str], prefix: str) -> str:
    """Return the next id with a prefix, counted from the highest number there is, and take it."""
    numbers = [int(found[1]) for name in taken if (found := re.fullmatch(rf"{prefix}-(\d+)", name, re.IGNORECASE))]
    identifier = f"{prefix}-{max(numbers, default=0) + 1:02d}"
    taken.add(identifier)
    return identifier
