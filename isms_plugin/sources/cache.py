"""What was worked out before, kept in a folder of the user's; nothing depends on it, and it may vanish at any time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar, cast

T = TypeVar("T")

_FORMAT: Final = 2
"""Raised whenever what is kept, or the way it is worked out, changes."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Values by name, each with a key that says what it was made of; without a folder nothing is kept."""

    folder: Path | None = None
    held: dict[str, tuple[Any, Any]] | None = None
    """What a process that reads one ISMS again and again holds in its memory."""

    def of(self, root: Path) -> Cache:
        """Return the part of the cache that belongs to one ISMS."""
        return replace(self, folder=self.folder / _digest(str(root.resolve()))[:16]) if self.folder else self

    def hold(self, name: str, key: Any, make: Callable[[], T]) -> T:
        """Return the very value made before of an equal key, where this process holds such; else make it. Nobody may change it."""
        if self.held is None:
            return make()
        known = self.held.get(name)
        if known is None or known[0] != key:
            known = self.held[name] = key, make()
        return cast("T", known[1])

    def get(self, name: str, key: Sequence[Any]) -> Any:
        """Return what is kept under a name, None when there is nothing or when it was made of something else."""
        if self.folder is None:
            return None
        try:
            kept = json.loads((self.folder / _file(name)).read_bytes())
            return kept["value"] if kept["key"] == _key(key) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, name: str, key: Sequence[Any], value: Any) -> None:
        """Keep a value in place of an older one; where that is not possible, do nothing."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = self.folder / f"{_file(name)}.{os.getpid()}"
            try:
                part.write_bytes(json.dumps({"key": _key(key), "value": value}).encode())
                part.replace(self.folder / _file(name))
            finally:
                part.unlink(missing_ok=True)
        except OSError:
            return


NO_CACHE: Final = Cache()


def _file(name: str) -> str:
    return f"{_digest(name)[:16]}.json"


def _key(parts: Sequence[Any]) -> str:
    return _digest(json.dumps([_FORMAT, *parts]))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
