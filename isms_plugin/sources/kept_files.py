"""Files that evidence stands for: their hashes and sizes, whether Git LFS holds them, and what they should not hold.

They are read piece by piece: no more than the scan looks at ever lies in memory.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.exposure import Exposure
from isms_plugin.sources.exposures import MAX_SCANNED, scan_file
from isms_plugin.sources.snapshot import Snapshot

_POINTER: Final = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-[^\n]*\n)*oid sha256:(?P<oid>[0-9a-f]{64})\nsize (?P<size>[0-9]+)\n?"
)
_POINTER_BYTES: Final = 1024
"""A pointer is shorter than this (Git LFS specification)."""


@dataclass(slots=True)
class KeptFiles:
    """What was read of kept files, by path."""

    digests: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    lfs: set[str] = field(default_factory=set)
    exposures: dict[str, tuple[Exposure, ...]] = field(default_factory=dict)


def kept_paths(entries: Iterable[Entry]) -> set[str]:
    """Return the paths of the files that entries stand for."""
    return {entry.kept_file.path for entry in entries if entry.kept_file}


def read_kept_files(entries: Iterable[Entry], snapshot: Snapshot) -> KeptFiles:
    """Hash every file that an entry stands for, and scan those of evidence."""
    entries = list(entries)
    scanned = kept_paths(entry for entry in entries if isinstance(entry, Evidence) and not entry.retired)
    kept = KeptFiles()
    for path in sorted(kept_paths(entries)):
        if not snapshot.exists(path):
            continue
        file = _read(snapshot, path)
        pointed = lfs_pointer(file.head)
        kept.digests[path], kept.sizes[path] = pointed or (file.digest, file.size)
        if pointed:
            kept.lfs.add(path)
        elif path in scanned and (found := scan_file(file.head)):
            kept.exposures[path] = found
    return kept


class _File(NamedTuple):
    """A file that was read to its end."""

    digest: str
    size: int
    head: bytes
    """Its beginning: one byte more than the scan takes, which tells whether it is too large."""


def _read(snapshot: Snapshot, path: str) -> _File:
    digest, size, head = hashlib.sha256(), 0, bytearray()
    for chunk in snapshot.chunks(path):
        digest.update(chunk)
        size += len(chunk)
        head += chunk[: MAX_SCANNED + 1 - len(head)]
    return _File(digest.hexdigest(), size, bytes(head))


def lfs_pointer(data: bytes) -> tuple[str, int] | None:
    """Return SHA-256 and size that a pointer of Git LFS names; None for any other file."""
    match = _POINTER.fullmatch(data) if len(data) < _POINTER_BYTES else None
    return (match["oid"].decode(), int(match["size"])) if match else None
