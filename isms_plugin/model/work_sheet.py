"""The work sheet that an auditor fills in: what a browser exports, and what becomes findings of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from isms_plugin.model.diagnostic import Place

SCHEMA: Final = "isms-work-sheet/1"

NOT_LOOKED_AT: Final = "not_looked_at"
NO_OCCASION: Final = "no_occasion"
GRADES: Final[Mapping[str, str]] = {
    NOT_LOOKED_AT: "not looked at",
    "compliant": "compliant",
    "ofi": "opportunity for improvement",
    "minor": "minor",
    "major": "major",
    NO_OCCASION: "no occasion yet",
}
"""What an auditor may say of a clause or control, with its words; the register of findings knows those in the middle."""


NOWHERE: Final = Place()


class Mistake(NamedTuple):
    """Something in a filled-in sheet that cannot be taken over: where it stands, and what is wrong."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """What an auditor wrote about one clause or control, as it was written."""

    id: str
    grade: str = NOT_LOOKED_AT
    notes: str = ""
    samples: tuple[str, ...] = ()
    interviewed: str = ""
    seen_on: str = ""
    """Day on which it was looked at; empty where the sheet as a whole has one."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where each field stands in the file; `id` for the item as a whole."""

    def place(self, name: str) -> Place:
        """Return where a field stands, for one that is not there where the item does."""
        return self.places.get(name) or self.places.get("id") or NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSheet:
    """A filled-in sheet: of which state of the ISMS it was made, by whom, and what it says."""

    commit: str = ""
    as_of: str = ""
    auditor: str = ""
    audited_on: str = ""
    place: Place = NOWHERE
    """Where `audited_on` stands."""
    items: tuple[SheetItem, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    """What could not be understood when it was read."""
