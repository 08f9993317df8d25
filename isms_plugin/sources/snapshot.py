"""Snapshots: the files of the working tree or of one commit. Nothing below this module opens a path by itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from isms_plugin.errors import SourceError
from isms_plugin.sources.object_reader import CHUNK, ObjectReader

if TYPE_CHECKING:
    from git import Repo


class Snapshot(Protocol):
    """Paths, with `/` and relative to the top of the ISMS, and the bytes behind them."""

    revision: str
    """The commit read, empty for the working tree."""

    def paths(self, folder: str) -> list[str]:
        """All files below a folder, sorted; hidden ones and links that lead out are left out."""
        ...

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        ...

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises SourceError when there is none or the path leaves the ISMS."""
        ...

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file piece by piece, so that a large one never lies in memory; one file at a time. Raises as `read` does."""
        ...


def confined(path: str) -> str:
    """Normalize a relative path; raises SourceError when it is absolute or climbs out."""
    normal = os.path.normpath(path).replace(os.sep, "/")
    if PurePosixPath(normal).is_absolute() or normal == ".." or normal.startswith("../") or "\0" in path:
        raise SourceError(f"{path}: leaves the repository")
    return normal


class WorkingTree:
    """The files as they lie on disk below `root`; `revision` is their commit, where they were written from one."""

    def __init__(self, root: Path, revision: str = "") -> None:
        self.root = root.resolve()
        self.revision = revision

    def paths(self, folder: str) -> list[str]:
        """All files below a folder, sorted."""
        top = self.root / confined(folder)
        return sorted(self._walk(str(top), confined(folder)))

    def _walk(self, folder: str, prefix: str) -> Iterator[str]:
        try:
            entries = list(os.scandir(folder))
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise SourceError(f"{prefix}: cannot be read: {error.strerror}") from None
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{prefix}/{entry.name}" if prefix != "." else entry.name
            if entry.is_symlink() and not self._inside(Path(entry.path)):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._walk(entry.path, path)
            elif os.path.isfile(entry.path):  # noqa: PTH113 - false for a link to itself, a name too long
                yield path

    def _inside(self, path: Path) -> bool:
        # not Path.resolve, which raises on a link that leads to itself
        return Path(os.path.realpath(path)).is_relative_to(self.root)

    def exists(self, path: str) -> bool:
        """Whether there is such a file inside the ISMS."""
        try:
            full = self.root / confined(path)
        except SourceError:
            return False
        return os.path.isfile(full) and self._inside(full)  # noqa: PTH113 - false for a link to itself, a name too long

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        full = self.root / confined(path)
        if not self._inside(full):
            raise SourceError(f"{path}: leaves the repository")
        try:
            return full.read_bytes()
        except OSError as error:
            raise SourceError(f"{path}: cannot be read: {error.strerror}") from None

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file piece by piece."""
        full = self.root / confined(path)
        if not self._inside(full):
            raise SourceError(f"{path}: leaves the repository")
        try:
            with full.open("rb") as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except OSError as error:
            raise SourceError(f"{path}: cannot be read: {error.strerror}") from None


class CommitTree:
    """The files of one commit, read from git's objects without checking anything out."""

    def __init__(self, repo: Repo, commit: str, prefix: str = "") -> None:
        self.repo = repo
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self.revision = commit

    @cached_property
    def _files(self) -> dict[str, str]:
        """Object names by path; links and submodules are no files of the ISMS."""
        status, listing, _ = self.repo.git.ls_tree(
            "-r", "-z", "--full-tree", self.revision, with_extended_output=True, with_exceptions=False
        )
        if status:
            raise SourceError(f"{self.revision[:10]}: this clone lacks parts of the commit; fetch the whole repository")
        files = {}
        for line in listing.split("\0"):
            head, _, path = line.partition("\t")
            if head.startswith("100") and path.startswith(self.prefix):
                files[path.removeprefix(self.prefix)] = head.split(" ")[2]
        return files

    @cached_property
    def _objects(self) -> ObjectReader:
        return ObjectReader.of(self.repo)

    def every_path(self) -> Iterator[str]:
        """Yield the path of every file, hidden ones included."""
        yield from self._files

    def paths(self, folder: str) -> list[str]:
        """All files below a folder, sorted."""
        top = confined(folder)
        start = "" if top == "." else f"{top}/"
        return sorted(path for path in self._files if path.startswith(start) and not any(part.startswith(".") for part in path.split("/")))

    def exists(self, path: str) -> bool:
        """Whether there is such a file in the commit."""
        return os.path.normpath(path) in self._files

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return b"".join(self.chunks(path))

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file piece by piece."""
        name = self._files.get(confined(path))
        if name is None:
            raise SourceError(f"{path}: not in commit {self.revision[:10]}")
        found = self._objects.chunks(name)
        if found is None:
            raise SourceError(f"{path}: this clone lacks its content; fetch the whole repository")
        yield from found
