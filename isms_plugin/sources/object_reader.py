"""Objects of git, read one after another by a single process, whatever the object format of the repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from git import Repo


class ObjectReader:
    """Reads stored files by their object names."""

    def __init__(self, process: Any) -> None:
        self.process = process

    @classmethod
    def of(cls, repo: Repo) -> ObjectReader:
        """Start a process that reads the objects of a repository; it ends when nobody holds it any more."""
        return cls(repo.git.cat_file("--batch", istream=subprocess.PIPE, as_process=True))

    def read(self, name: str) -> bytes | None:
        """Return the bytes of an object; None where the clone lacks it."""
        self.process.stdin.write(f"{name}\n".encode())
        self.process.stdin.flush()
        words = self.process.stdout.readline().split()
        if not words or words[-1] == b"missing":
            return None
        data: bytes = self.process.stdout.read(int(words[-1]) + 1)
        return data[:-1]


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
