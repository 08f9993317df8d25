"""Names in a pack: those that unpack to the same files on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

LONGEST: Final = 150
"""Letters of a name with its folders: Windows takes 260, and the folder that somebody unpacks to has its share."""
_LONGEST_PART: Final = 255
"""Bytes that file systems take for a part."""
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\\/\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
"""What Windows refuses, control characters, those that turn the direction of reading, and halves of letters."""
_RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"))
)


def check_names(names: Iterable[str]) -> Iterator[str]:
    """Return what is wrong with names of files below one folder, a sentence each; `/` parts their folders."""
    seen = _Seen()
    for name in names:
        told = _printable(name)
        yield from (f"{told}: {fault}" for fault in (*_faults(name), *seen.clashes(name)))


@dataclass(slots=True)
class _Seen:
    """Names of files and folders, by what is left of them where neither capitals nor the form of letters count."""

    spelled: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    def clashes(self, name: str) -> Iterator[str]:
        """Return the clashes of a file with those before it."""
        for path in (*(name[:place] for place, letter in enumerate(name) if letter == "/"), name):
            other = self.spelled.setdefault(alike(path), path)
            if other != path:
                yield f"differs from {_printable(other)} only in capitals or in the form of letters"
                return
        if name in self.files:
            yield "is there twice"
        if any(alike(str(parent)) in self.files for parent in PurePosixPath(name).parents):
            yield "lies in a file"
        self.files.update((name, alike(name)))


def alike(name: str) -> str:
    """Return what is left of a name where neither capitals nor the form of letters count: of two with the same one is lost."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _faults(name: str) -> Iterator[str]:
    if len(name) > LONGEST:
        yield f"is {len(name)} letters long, more than {LONGEST}"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        yield "is an absolute path"
    if unicodedata.normalize("NFC", name) != name:
        yield "is not in Unicode's form NFC"
    for part in name.removeprefix("/").split("/"):
        yield from _faults_of_part(part)


def _faults_of_part(part: str) -> Iterator[str]:
    if part in ("", ".", ".."):
        yield "leads to another folder" if part == ".." else "has an empty part"
        return
    if found := sorted({*_FORBIDDEN.findall(part)}):
        yield f"has {' '.join(map(_printable, found))} in it"
    if part.endswith((".", " ")):
        yield "has a part that ends with a dot or a space"
    if part.partition(".")[0].rstrip(" ").casefold() in _RESERVED:
        yield f"has a part that Windows reserves, {_printable(part)}"
    if len(part.encode("utf-8", "replace")) > _LONGEST_PART:
        yield f"has a part of more than {_LONGEST_PART} bytes"


def _printable(text: str) -> str:
    return text if text.isprintable() else ascii(text)[1:-1]
