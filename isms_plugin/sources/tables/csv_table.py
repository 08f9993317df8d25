"""CSV as forms, learning platforms and spreadsheets write it: any common delimiter, with or without BOM."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from isms_plugin.errors import IsmsError
from isms_plugin.model.table import Row, Table
from isms_plugin.sources.tables.cell_text import cell_text
from isms_plugin.sources.text import MAX_BYTES, decode

_DELIMITERS: Final = (",", ";", "\t")


def read_csv(data: bytes, name: str, limit: int = MAX_BYTES) -> Table:
    """Read a CSV file of at most `limit` bytes; `name` is what messages call it. Raises IsmsError where it cannot be read."""
    text, faults = decode(data, limit)
    if text is None or faults:
        raise IsmsError(f"{name}: {faults[0].message}; save it as CSV in UTF-8")
    rows = list(_rows(text, _delimiter(text), name))
    if not rows:
        raise IsmsError(f"{name}: empty; the first line has to name the columns")
    (_, headings), *rest = rows
    return Table(name=name, headings=headings, rows=tuple(rest))


def _delimiter(text: str) -> str:
    """Return what separates the headings: of all delimiters the one that makes most columns of the first line."""
    first = text.lstrip("\n").partition("\n")[0]
    return max(_DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))


def _rows(text: str, delimiter: str, name: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(str(line), tuple(map(cell_text, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise IsmsError(f"{name}:{line}: cannot be read as CSV: {error}") from None
