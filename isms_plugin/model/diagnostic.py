"""Diagnostics: what is wrong in the ISMS, where, and what would clear it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from isms_plugin.model.codes import CODES


class Grade(IntEnum):
    """How an auditor would grade it, from harmless to certificate at risk (ISO/IEC 17021-1 uses minor and major)."""

    OFF = 0
    INFO = 1
    OFI = 2
    MINOR = 3
    MAJOR = 4

    @property
    def word(self) -> str:
        """The grade as written in settings and reports."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Grade:
        """Read a grade from its word; raises KeyError for any other."""
        return cls[word.upper()]


Pointer = tuple[str | int, ...]
"""The way from the top of a YAML text to a value: keys and list positions."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the sources; `line` and `column` count from 1, 0 is unknown.

    `pointer` names a value whose exact position is looked up only when somebody is to be sent there.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    pointer: Pointer = ()

    def at(self, *steps: str | int) -> Place:
        """Return the place of a value below this one."""
        return Place(self.path, self.line, self.column, self.pointer + steps)

    def __str__(self) -> str:
        numbers = (str(number) for number in (self.line, self.column) if number)
        return ":".join((self.path, *numbers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One mistake: `message` says what is wrong, `hint` what would clear it, `entry` is the id it concerns."""

    code: str
    message: str
    hint: str = ""
    place: Place = Place()
    entry: str = ""

    @property
    def clause(self) -> str:
        """The clause or control an auditor would quote; empty for a fault of form."""
        return CODES[self.code].clause

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: by place, then code."""
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)

    def grade(self, regrade: Mapping[str, Grade]) -> Grade:
        """Return the grade of its code, unless the organization's settings say otherwise."""
        return regrade.get(self.code, Grade.of(CODES[self.code].grade))
