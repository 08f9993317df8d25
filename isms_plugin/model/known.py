"""What makes two diagnostics the same one, and those that an organization knows of and has not cleared yet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from isms_plugin.model.diagnostic import Diagnostic

_LINES: Final = re.compile(r"(\.\w+):\d+(?::\d+)?")
"""Line and column after the name of a file, as messages give them."""


class Identity(NamedTuple):
    """What stays of a diagnostic when lines, rows and files move: `subject` is the id of its entry, else the path of its file."""

    code: str
    subject: str
    field: str
    """Names on the way to the value, joined by dots; positions in lists are left out."""
    message: str

    @classmethod
    def of(cls, *parts: str) -> Identity:
        """Make one of texts however they are folded; what no file could hold, as names that are not UTF-8, is written out."""
        return cls(*(" ".join(part.encode("utf-8", "backslashreplace").decode().split()) for part in parts))

    @property
    def digest(self) -> str:
        """SHA-256 of all of it, in hexadecimal."""
        return hashlib.sha256("\0".join(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A diagnostic that is known and lets a check pass; `reason` says why it may wait, `line` where that is written, from 1."""

    identity: Identity
    reason: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """All known diagnostics, and the file that holds them; the path is empty where there is none."""

    path: str = ""
    items: Mapping[Identity, Known] = field(default_factory=dict)

    def get(self, item: Diagnostic) -> Known | None:
        """Return what is known of a diagnostic."""
        return self.items.get(identity_of(item)) if self.items else None


NOTHING_KNOWN: Final = KnownFile()


def identity_of(item: Diagnostic) -> Identity:
    """Return what makes a diagnostic the same one on another day or in another commit."""
    names = ".".join(step for step in item.place.pointer if isinstance(step, str))
    return Identity.of(item.code, item.entry or item.place.path, names, _LINES.sub(r"\1", item.message))
