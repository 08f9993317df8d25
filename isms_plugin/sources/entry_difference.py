"""Which entries differ between some files and what came of them. Of registers, only the items that differ are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.entry import Entry
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.state import EntryState, entry_state
from isms_plugin.sources.documents import read_documents
from isms_plugin.sources.held_files import HeldFiles
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
        self.known: dict[str, tuple[bytes, dict[str, EntryState]]] = {}
        """What was last read of each path: what comes after one commit stands before the next."""

    def concern(self, path: str) -> bool:
        """Whether a file may hold entries."""
        return any(folder == "." or path.startswith(f"{folder}/") for folder in self.folders[:2])

    def between(self, before: Files, after: Files) -> dict[str, str]:
        """Return the entries that differ, each with the path where it stands afterwards, or stood before it was removed."""
        old, new = self._entries(_less(before, after)), self._entries(_less(after, before))
        return {key: entry.path for key, entry in (old | new).items() if _said(old.get(key)) != _said(new.get(key))}

    def _entries(self, files: Mapping[str, bytes]) -> dict[str, EntryState]:
        found: dict[str, EntryState] = {}
        for path, data in sorted(files.items()):
            known = self.known.get(path)
            if known is None or known[0] != data:
                known = self.known[path] = (data, self._read(HeldFiles({path: data})))
            found = known[1] | found
        return found

    def _read(self, file: HeldFiles) -> dict[str, EntryState]:
        documents = read_documents(file, self.folders[0], self.folders)
        registers = read_registers(file, self.folders[1], self.kinds)
        found: dict[str, EntryState] = {}
        for entry, place in (*documents.entries, *registers.entries):
            text = documents.texts.get(entry.id) if isinstance(entry, Document) else None
            hashed = text_hash(entry.title or "", text.body) if text else ""
            found.setdefault(entry.id, entry_state(entry, place.path, {}, text=hashed))
        return found


def _said(entry: EntryState | None) -> object:
    return (entry.kind, entry.data, entry.text) if entry else None


def _less(these: Files, those: Files) -> dict[str, bytes]:
    """Return files with the items that the others do not hold."""
    files = {}
    for path, held in these.items():
        other = set(those.get(path, ()))
        left = [item for item in held if item not in other]
        if left:
            files[path] = b"".join(left)
    return files
