"""A snapshot as it would be after an edit: some files hold something else, some are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from isms_plugin.errors import SourceError
from isms_plugin.sources.held_files import HeldFiles
from isms_plugin.sources.snapshot import Snapshot, confined


class EditedFiles:
    """The files of another snapshot with those that are to be written, and without those that are to be removed."""

    def __init__(self, files: Snapshot, written: Mapping[str, bytes], removed: Collection[str] = ()) -> None:
        self.files = files
        self.written = HeldFiles(written)
        self.removed = frozenset(removed)
        self.revision = files.revision

    def paths(self, folder: str) -> list[str]:
        """All files below a folder, sorted."""
        return sorted({*self.files.paths(folder), *self.written.paths(confined(folder))} - self.removed)

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        return path not in self.removed and (self.written.exists(path) or self.files.exists(path))

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises SourceError when there is none."""
        return b"".join(self.chunks(path))

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file piece by piece; raises as `read` does."""
        if path in self.removed:
            raise SourceError(f"{path}: is to be removed")
        yield from (self.written if self.written.exists(path) else self.files).chunks(path)
