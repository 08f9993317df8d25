"""The files of a pack that somebody handed over: untrusted, and read piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from isms_plugin.errors import IsmsError

MAX_READ: Final = 1 << 26
"""Bytes of a manifest that are read; 64 MB are half a million files."""


class BadFileError(IsmsError):
    """A file of a pack whose bytes cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFiles:
    """What lies in a pack, by path from its top, and the bytes behind it."""

    names: frozenset[str]
    """Paths of files that can be read."""
    refused: Mapping[str, str]
    """What is never read, and why."""
    chunks: Callable[[str], Iterator[bytes]]
    """Yields the bytes of a file; raises BadFileError where they are damaged."""
    notes: tuple[str, ...] = ()
    """What somebody should know who unpacks it with another program."""


def read_short(files: PackFiles, name: str, most: int = MAX_READ) -> bytes:
    """Return a file that is read as a whole; raises BadFileError where it is larger than that kind of file ever is."""
    data = bytearray()
    for chunk in files.chunks(name):
        data += chunk
        if len(data) > most:
            raise BadFileError(f"{name} is larger than {most} bytes")
    return bytes(data)
