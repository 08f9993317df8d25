"""Links from documents and pages to files: they stay inside the ISMS and lead to something."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from isms_plugin.analysis.mentions import without_code
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.isms import DocumentText, Isms

FILE_LINK: Final = re.compile(r"\]\(\s*<?(?P<target>(?<=<)[^<>\n]+(?=>)|(?:[^()\s<>]|\([^()\s]*\))+)")
"""The target of an inline link; one with spaces stands in angle brackets, round brackets come in pairs."""
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|/")


def linked_files(isms: Isms) -> set[str]:
    """Return the files of the ISMS that documents link to."""
    return {path for text in isms.texts.values() for _, _, path in _targets(text, without_code(text.body)) if path in isms.files}


def check_links(isms: Isms) -> Iterator[Diagnostic]:
    """Report links to files that are not there, or that are not part of the ISMS."""
    for identifier, text in isms.texts.items():
        yield from _check(isms, text, identifier)
    for text in isms.pages.values():
        yield from _check(isms, text, "")


def _check(isms: Isms, text: DocumentText, entry: str) -> Iterator[Diagnostic]:
    prose = without_code(text.body)
    for start, target, path in _targets(text, prose):
        if path in isms.files or _page(isms, path):
            continue
        line = prose.count("\n", 0, start)
        place = Place(text.path, line + text.first_line, start - prose.rfind("\n", 0, start))
        yield _diagnostic(isms, target, path, entry, place)


def _targets(text: DocumentText, prose: str) -> Iterator[tuple[int, str, str]]:
    """Where each link to a file stands, what it says, and the path it leads to."""
    for match in FILE_LINK.finditer(prose):
        target = unquote(match["target"].partition("#")[0].partition("?")[0])
        if target and not _SCHEME.match(match["target"]):
            yield match.start("target"), target, posixpath.normpath(posixpath.join(posixpath.dirname(text.path), target))


def _page(isms: Isms, path: str) -> bool:
    """Whether a folder stands for the page in it."""
    return f"{path}/index.md" in isms.files or f"{path}/README.md" in isms.files


def _diagnostic(isms: Isms, target: str, path: str, entry: str, place: Place) -> Diagnostic:
    inside = any(path.split("/")[0] == file.split("/")[0] for file in isms.files)
    if path.startswith("..") or not inside:
        return Diagnostic(
            code="link-outside",
            message=f"{target} leads out of the ISMS",
            hint="bring the file into the ISMS, or name it by its address",
            entry=entry,
            place=place,
        )
    return Diagnostic(code="missing-file", message=f"{target}: there is no {path}", hint="correct the link", entry=entry, place=place)
