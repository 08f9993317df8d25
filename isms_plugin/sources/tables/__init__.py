"""Tables that other systems write out, whatever the form: CSV, JSON, workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from isms_plugin.errors import IsmsError
from isms_plugin.model.table import Table
from isms_plugin.sources.tables.csv_table import read_csv
from isms_plugin.sources.tables.json_table import read_json
from isms_plugin.sources.tables.workbook import read_workbook

MAX_BYTES: Final = 50 * 1024 * 1024
"""Bytes of an export; 200,000 rows of a device manager have about 40 MiB."""

MAX_ROWS: Final = 200_000
WORKBOOKS: Final = (".xlsx", ".xlsm", ".ods")


def read_table_file(path: Path) -> Table:
    """Read an export from disk, of a workbook the first sheet; raises IsmsError where it cannot be read."""
    return read_table(read_export(path), str(path))


def read_export(path: Path) -> bytes:
    """Return the bytes of an export, in one go since a pipe gives them once; raises IsmsError where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise IsmsError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise IsmsError(f"{path}: larger than {MAX_BYTES // 1024 // 1024} MiB; export fewer rows or columns")
    return data


def read_table(data: bytes, name: str, *, sheet: str = "", inside: str = "") -> Table:
    """Read an export by the ending of its name, anything unknown as CSV.

    `sheet` is the sheet of a workbook, else the first; `inside` the dotted way to the list in JSON, else the only one there is.
    Raises IsmsError where it cannot be read or is larger than any export needs to be.
    """
    ending = Path(name).suffix.lower()
    if ending in WORKBOOKS:
        table = read_workbook(data, name, sheet)
    elif ending == ".json":
        table = read_json(data, name, inside)
    else:
        table = read_csv(data, name, MAX_BYTES)
    if len(table.rows) > MAX_ROWS:
        raise IsmsError(f"{name}: more than {MAX_ROWS:,} rows; export only those that are to be compared")
    return table
