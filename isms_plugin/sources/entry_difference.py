"""Which entries differ between some files and what came of them. Of registers, only the items that differ are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from isms_plugin.errors import SourceError
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.entry import Entry
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.state import EntryState, entry_state
from isms_plugin.sources.documents import read_documents
from isms_plugin.sources.registers import read_registers

_ITEM: Final = re.compile(rb"^( *)-(?=[ \t\r\n]|\Z)", re.MULTILINE)
_EMPTY: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#.*|---[ \t]*)?\r?\n)*")

Files = Mapping[str, tuple[bytes, ...]]
"""Files by path, each as the items that it is made of."""


def items(path: str, data: bytes) -> tuple[bytes, ...]:
    """Return the items of a register that is a list; anything else is one item."""
    found = [] if is_markdown(path) else list(_ITEM.finditer(data))
    if not found or not _EMPTY.fullmatch(data, 0, found[0].start()):
        return (data,)
    starts = [item.start() for item in found if item[1] == found[0][1]]
    return tuple(data[start:end].rstrip() + b"\n" for start, end in zip(starts, (*starts[1:], len(data)), strict=True))


class Differences:
    """Tells which entries differ; `folders` are those of the ISMS, of the documents and of the registers first."""

    def __init__(self, folders: tuple[str, ...], kinds: Sequence[type[Entry]]) -> None:
        self.folders = folders
        self.kinds = tuple(kinds)

    def concern(self, path: str) -> bool:
        """Whether a file may hold entries."""
        return any(folder == "." or path.startswith(f"{folder}/") for folder in self.folders[:2])

    def between(self, before: Files, after: Files) -> dict[str, str]:
        """Return the entries that differ, each with the path where it stands afterwards, or stood before it was removed."""
        entries = [self._entries(_less(these, those)) for these, those in ((before, after), (after, before))]
        old, new = entries
        return {
            identifier: entry.path for identifier, entry in (old | new).items() if _said(old.get(identifier)) != _said(new.get(identifier))
        }

    def _entries(self, tree: _Parts) -> dict[str, EntryState]:
        documents = read_documents(tree, self.folders[0], self.folders)
        registers = read_registers(tree, self.folders[1], self.kinds)
        found: dict[str, EntryState] = {}
        for entry, place in (*documents.entries, *registers.entries):
            text = documents.texts.get(entry.id) if isinstance(entry, Document) else None
            hashed = text_hash(entry.title or "", text.body) if text else ""
            found.setdefault(entry.id, entry_state(entry, place.path, text=hashed))
        return found


def _said(entry: EntryState | None) -> object:
    return (entry.kind, entry.data, entry.text) if entry else None


class _Parts:
    """Files that hold no more than what is to be read of them."""

    revision = ""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

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


def _less(these: Files, those: Files) -> _Parts:
    """Return files with the items that the others do not hold."""
    files = {}
    for path, held in these.items():
        other = set(those.get(path, ()))
        left = [item for item in held if item not in other]
        if left:
            files[path] = b"".join(left)
    return _Parts(files)
