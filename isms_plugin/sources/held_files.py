"""A snapshot whose files are held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from isms_plugin.errors import SourceError


class HeldFiles:
    """Bytes by path, and the commit that they are of, if they are of one."""

    def __init__(self, files: Mapping[str, bytes], revision: str = "") -> None:
        self.files = files
        self.revision = revision

    def paths(self, folder: str) -> list[str]:
        """All files below a folder, sorted; hidden ones are left out."""
        start = "" if folder == "." else f"{folder}/"
        return sorted(path for path in self.files if path.startswith(start) and not any(part[:1] == "." for part in path.split("/")))

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in self.files

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises SourceError when there is none."""
        if path not in self.files:
            raise SourceError(f"{path}: not among these files")
        return self.files[path]

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file, which are in memory already."""
        yield self.read(path)
