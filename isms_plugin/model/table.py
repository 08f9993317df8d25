"""A table that another system wrote out: headings, and rows that know where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from isms_plugin.errors import IsmsError


class Row(NamedTuple):
    """Cells as text in the order of the headings; `place` is the line, the cell such as `Sheet1!A7`, or the item."""

    place: str
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return a cell; empty where the row ends before it."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file holds; `name` is what messages call it, and empty rows are left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def where(self, row: Row) -> str:
        """Return the place of a row as messages name it."""
        return f"{self.name}:{row.place}"

    def column(self, name: str) -> int:
        """Return the place of a column, by its heading in upper or lower case; raises IsmsError where there is none."""
        found = self.columns((name,))
        if not found:
            raise IsmsError(f"{self.name}: no column is called {name!r}; there are: {', '.join(self.headings)}")
        return found[0]

    def columns(self, names: Sequence[str]) -> tuple[int, ...]:
        """Return the places of all columns with one of the headings."""
        wanted = {folded(name) for name in names}
        return tuple(place for place, heading in enumerate(self.headings) if folded(heading) in wanted)


def folded(text: str) -> str:
    """Return a text as it is compared: white space, upper and lower case and ways to write an accent do not matter."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
