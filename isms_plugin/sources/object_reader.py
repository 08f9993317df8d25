"""Objects of git, read one after another by a single process, whatever the object format of the repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from isms_plugin.errors import SourceError

if TYPE_CHECKING:
    from git import Repo

CHUNK: Final = 1 << 20
"""Bytes of the pieces in which files are read."""


class ObjectReader:
    """Reads stored files by their object names, one after another."""

    def __init__(self, process: Any) -> None:
        self.process = process
        self.asked = 0
        """How many objects were asked for."""
        self.unread = 0
        """Bytes of the last one that nobody has taken yet, with the line break behind it."""

    @classmethod
    def of(cls, repo: Repo) -> ObjectReader:
        """Start a process that reads the objects of a repository; it ends when nobody holds it any more."""
        return cls(repo.git.cat_file("--batch", istream=subprocess.PIPE, as_process=True))

    def read(self, name: str) -> bytes | None:
        """Return the bytes of an object; None where the clone lacks it."""
        found = self.chunks(name)
        return None if found is None else b"".join(found)

    def chunks(self, name: str) -> Iterator[bytes] | None:
        """Return the bytes of an object in pieces, to be taken before the next object is asked for; None where the clone lacks it.

        Raises SourceError where git ends before its time.
        """
        while self.unread:
            self._take()
        self.process.stdin.write(f"{name}\n".encode())
        self.process.stdin.flush()
        words = self.process.stdout.readline().split()
        if not words or words[-1] == b"missing":
            return None
        self.asked += 1
        self.unread = int(words[-1]) + 1
        return self._pieces(self.asked)

    def _pieces(self, asked: int) -> Iterator[bytes]:
        while asked == self.asked and self.unread:
            chunk = self._take()
            yield chunk if self.unread else chunk[:-1]
        if asked != self.asked:
            raise RuntimeError("another object was asked for before this one was taken")

    def _take(self) -> bytes:
        data: bytes = self.process.stdout.read(min(self.unread, CHUNK))
        if not data:
            raise SourceError("git ended while it told the content of a file")
        self.unread -= len(data)
        return data


@contextmanager
def object_reader(repo: Repo) -> Iterator[ObjectReader]:
    """Open a reader, and end its process afterwards."""
    reader = ObjectReader.of(repo)
    try:
        yield reader
    finally:
        reader.process.stdin.close()
        reader.process.stdout.close()
        reader.process.wait()
