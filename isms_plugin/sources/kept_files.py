"""Files that evidence stands for: their hashes, whether Git LFS holds them, and what they should not hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.exposure import Exposure
from isms_plugin.sources.exposures import scan_file
from isms_plugin.sources.snapshot import Snapshot

_POINTER: Final = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-[^\n]*\n)*oid sha256:(?P<oid>[0-9a-f]{64})\nsize [0-9]+\n?"
)
_POINTER_BYTES: Final = 1024
"""A pointer is shorter than this (Git LFS specification)."""


@dataclass(slots=True)
class KeptFiles:
    """What was read of kept files, by path."""

    digests: dict[str, str] = field(default_factory=dict)
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
        data = snapshot.read(path)
        pointed = lfs_digest(data)
        kept.digests[path] = pointed or hashlib.sha256(data).hexdigest()
        if pointed:
            kept.lfs.add(path)
        elif path in scanned and (found := scan_file(data)):
            kept.exposures[path] = found
    return kept


def lfs_digest(data: bytes) -> str:
    """Return the SHA-256 that a pointer of Git LFS names, empty for any other file."""
    match = _POINTER.fullmatch(data) if len(data) < _POINTER_BYTES else None
    return match["oid"].decode() if match else ""
