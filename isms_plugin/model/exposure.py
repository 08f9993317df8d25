"""What a scan found in a file that should not be there: secrets and personal data."""

from __future__ import annotations

from typing import NamedTuple


class Exposure(NamedTuple):
    """One finding: its line, from 1, what it is, and the value with most of it masked."""

    line: int
    what: str
    masked: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what} {self.masked}"
