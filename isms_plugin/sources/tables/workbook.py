"""Workbooks as spreadsheets and ledgers write them: the first sheet or a named one, its first filled row the headings."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from importlib import import_module
from typing import Any, Final

from isms_plugin.errors import IsmsError
from isms_plugin.model.table import Row, Table
from isms_plugin.sources.tables.cell_text import cell_text

_MAX_UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes that the parts of a workbook may have unpacked: a small file may hold far more than memory does."""


def read_workbook(data: bytes, name: str, sheet: str = "") -> Table:
    """Read a sheet; dates become YYYY-MM-DD and whole numbers have no point. Raises IsmsError where it cannot be read."""
    library = _library()
    _refuse_bomb(data, name)
    try:
        book = library.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = list(book.sheet_names)
        title = sheet or next(iter(names), "")
        values = book.get_sheet_by_name(title).to_python(skip_empty_area=False) if title in names else None
    except (library.CalamineError, library.PasswordError, ValueError, OSError) as error:
        raise IsmsError(f"{name}: cannot be read as a workbook: {error}") from None
    if values is None:
        raise IsmsError(f"{name}: no sheet is called {sheet!r}; there are: {', '.join(names) or 'none'}")
    rows = [
        Row(f"{title}!A{number}", tuple(_text(value) for value in cells))
        for number, cells in enumerate(values, 1)
        if any(_text(value) for value in cells)
    ]
    if not rows:
        raise IsmsError(f"{name}: sheet {title} is empty; the first row has to name the columns")
    return Table(name=name, headings=rows[0].cells, rows=tuple(rows[1:]))


def _library() -> Any:
    try:
        return import_module("python_calamine")
    except ImportError:
        raise IsmsError("reading a workbook needs a library that is not installed: pip install python-calamine") from None


def _refuse_bomb(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise IsmsError(f"{name}: no workbook; save it as .xlsx, or as CSV in UTF-8") from None
    if size > _MAX_UNPACKED:
        raise IsmsError(f"{name}: larger than {_MAX_UNPACKED // 1024 // 1024} MiB unpacked")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return cell_text(str(value))
