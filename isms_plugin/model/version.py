"""Versions of documents as people write them: `2.1`, `v3`, `2026-02`."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"\d+")


def major(version: str | None) -> int:
    """Return the first number of a version, 0 where there is none: readers confirm anew when it changes."""
    found = _NUMBER.search(version or "")
    return int(found[0]) if found else 0


def order(version: str | None) -> tuple[int, ...]:
    """Return the numbers of a version, by which versions are ordered."""
    return tuple(int(number) for number in _NUMBER.findall(version or ""))
