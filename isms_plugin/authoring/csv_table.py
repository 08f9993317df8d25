"""CSV as forms, learning platforms and spreadsheets write it: any common delimiter, with or without BOM."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from isms_plugin.errors import IsmsError
from isms_plugin.sources.text import decode

_DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headings, and the rows with the lines they begin on; empty lines are left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

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


def read_csv(data: bytes, name: str) -> Table:
    """Read a CSV file; `name` is what messages call it. Raises IsmsError where it cannot be read."""
    text, faults = decode(data)
    if text is None or faults:
        raise IsmsError(f"{name}: {faults[0].message}; save it as CSV in UTF-8")
    rows = list(_rows(text, _delimiter(text), name))
    if not rows:
        raise IsmsError(f"{name}: empty; the first line has to name the columns")
    (_, headings), *rest = rows
    return Table(name=name, headings=tuple(heading.strip() for heading in headings), rows=tuple(rest))


def _delimiter(text: str) -> str:
    """Return what separates the headings: of all delimiters the one that makes most columns of the first line."""
    first = text.lstrip("\n").partition("\n")[0]
    return max(_DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, tuple(cell.strip() for cell in cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise IsmsError(f"{name}:{line}: cannot be read as CSV: {error}") from None
