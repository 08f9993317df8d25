"""The files of a folder that an ISMS begins with, and what of them cannot be taken along."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from isms_plugin.errors import IsmsError
from isms_plugin.model.document import is_markdown

_NO_DOCUMENTS: Final = frozenset(("readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security", "authors"))
"""Names of files about a repository rather than documents of an ISMS."""


class SourceFolder(NamedTuple):
    """Files by path relative to the folder, in the order of paths, and what is left out, with the reason."""

    root: Path
    files: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises IsmsError where it cannot be read."""
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            raise IsmsError(f"{path}: cannot be read: {error.strerror}") from None

    def holds(self, path: str) -> bool:
        """Whether something of that name is there, be it hidden."""
        return os.path.lexists(self.root / path)

    @property
    def documents(self) -> list[str]:
        """Return the Markdown files that are documents, not files about the repository."""
        return [path for path in self.files if is_markdown(path) and not about_repository(path)]


def about_repository(path: str) -> bool:
    """Whether a file speaks of the repository, such as a README."""
    return Path(path).stem.casefold().replace("-", "_") in _NO_DOCUMENTS


def read_source_folder(root: Path) -> SourceFolder:
    """Return what lies in a folder; hidden files, and links that lead out of it or nowhere, are left out. Raises IsmsError."""
    if not root.is_dir():
        raise IsmsError(f"{root}: no such folder" if not root.exists() else f"{root}: not a folder")
    files: list[str] = []
    left_out: list[tuple[str, str]] = []
    for path, why in _walk(root.resolve(), ""):
        if why:
            left_out.append((path, why))
        else:
            files.append(path)
    return SourceFolder(root.resolve(), tuple(sorted(files)), tuple(sorted(left_out)))


def _walk(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    try:
        entries = list(os.scandir(root / folder))
    except OSError as error:
        raise IsmsError(f"{folder or root}: cannot be read: {error.strerror}") from None
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.name.startswith("."):
            if entry.name != ".git":
                yield path, "hidden"
        elif entry.is_symlink() and not _leads_to_file(root, entry):
            yield path, "a link that leads elsewhere"
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path)
        elif entry.is_file():
            yield path, ""
        else:
            yield path, "no regular file"


def _leads_to_file(root: Path, entry: os.DirEntry[str]) -> bool:
    target = os.path.realpath(entry.path)
    return entry.is_file() and Path(target).is_relative_to(root)
