"""Filled-in work sheets as files: the YAML that the page of a pack exports, and its CSV, perhaps saved again by a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.work_sheet import GRADES, NOT_LOOKED_AT, SCHEMA, Mistake, SheetItem, WorkSheet
from isms_plugin.sources.tables import read_export
from isms_plugin.sources.tables.cell_text import cell_text
from isms_plugin.sources.text import decode
from isms_plugin.sources.yaml_reader import locate, read_yaml

_HEAD: Final = ("schema", "organization", "commit", "profile", "as_of", "auditor", "audited_on")
_FIELDS: Final = ("id", "grade", "notes", "samples", "interviewed", "seen_on")
_COLUMNS: Final = (*_FIELDS, "title", "commit", "profile", "as_of", "auditor", "audited_on")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
"""A cell that the page keeps from being run: the first apostrophe is not the auditor's."""
_DELIMITERS: Final = (",", ";", "\t")


def read_work_sheet(path: Path) -> WorkSheet:
    """Read a sheet by the ending of its name; what has no meaning is among its mistakes. Raises IsmsError where nothing can be read."""
    text, faults = decode(read_export(path))
    if text is None or faults:
        raise IsmsError(f"{path}: {faults[0].message}; export the sheet again")
    return _of_csv(text, str(path)) if path.suffix.lower() == ".csv" else _of_yaml(text, str(path))


def _of_yaml(text: str, path: str) -> WorkSheet:
    parsed = read_yaml(text)
    data = parsed.value
    if parsed.faults:
        return WorkSheet(mistakes=tuple(Mistake(Place(path, fault.line, fault.column), fault.message) for fault in parsed.faults))
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        return WorkSheet(mistakes=(Mistake(Place(path, 1, 1), f"no work sheet: it has to begin with `schema: {SCHEMA}`"),))
    reader = _YamlReader(text, path)
    head = {name: reader.text(data, (), name) for name in _HEAD}
    items = tuple(reader.items(data.get("items")))
    reader.unknown(data, (), (*_HEAD, "items"))
    return WorkSheet(
        commit=head["commit"],
        as_of=head["as_of"],
        auditor=head["auditor"],
        audited_on=head["audited_on"],
        place=reader.place("audited_on"),
        items=items,
        mistakes=tuple(reader.mistakes),
    )


class _YamlReader:
    """Takes values out of a parsed sheet; what is of the wrong shape becomes a mistake at its place."""

    def __init__(self, text: str, path: str) -> None:
        self._source = text
        self._path = path
        self.mistakes: list[Mistake] = []

    def place(self, *pointer: str | int) -> Place:
        """Return line and column of a value."""
        return Place(self._path, *(locate(self._source, pointer) or (1, 1)))

    def items(self, value: Any) -> Iterator[SheetItem]:
        """Yield what the sheet says, item by item."""
        if not isinstance(value, list | None):
            self._wrong(("items",), "should be a list")
            return
        for position, item in enumerate(value or ()):
            if isinstance(item, dict):
                yield self._item(item, ("items", position))
            else:
                self._wrong(("items", position), "should have `id` and `grade`")

    def _item(self, data: Mapping[str, Any], at: tuple[str | int, ...]) -> SheetItem:
        self.unknown(data, at, _FIELDS)
        texts = {name: self.text(data, at, name) for name in _FIELDS if name != "samples"}
        return SheetItem(
            **{**texts, "grade": texts["grade"] or NOT_LOOKED_AT},
            samples=self._samples(data.get("samples"), (*at, "samples")),
            places={"id": self.place(*at), **{name: self.place(*at, name) for name in _FIELDS if name in data}},
        )

    def _samples(self, value: Any, at: tuple[str | int, ...]) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(sample, str) for sample in value):
            return tuple(filter(None, map(_clean, value)))
        if value is not None:
            self._wrong(at, "should be a list of texts")
        return ()

    def text(self, data: Mapping[str, Any], at: tuple[str | int, ...], name: str) -> str:
        """Return a text; empty where there is none."""
        value = data.get(name)
        if isinstance(value, str | None):
            return _clean(value or "")
        self._wrong((*at, name), "should be a text")
        return ""

    def unknown(self, data: Mapping[str, Any], at: tuple[str | int, ...], names: tuple[str, ...]) -> None:
        """Note keys that have no meaning."""
        for name in data:
            if name not in names:
                self._wrong((*at, name), f"{name!r} has no meaning here; there are {', '.join(names)}")

    def _wrong(self, at: tuple[str | int, ...], message: str) -> None:
        self.mistakes.append(Mistake(self.place(*at), message))


def _of_csv(text: str, path: str) -> WorkSheet:
    rows = _csv_rows(text, path)
    if not rows:
        return WorkSheet(mistakes=(Mistake(Place(path, 1, 1), "empty; the first line has to name the columns"),))
    headings = [heading.strip() for heading in rows[0][1]]
    if "id" not in headings or "grade" not in headings:
        told_columns = ", ".join(headings)
        return WorkSheet(mistakes=(Mistake(Place(path, 1, 1), f"columns `id` and `grade` are needed; there are {told_columns}"),))
    told = [(line, dict(zip(headings, map(_unguarded, cells), strict=False))) for line, cells in rows[1:]]
    first = told[0][1] if told else {}
    return WorkSheet(
        commit=first.get("commit", ""),
        as_of=first.get("as_of", ""),
        auditor=first.get("auditor", ""),
        audited_on=first.get("audited_on", ""),
        place=_cell(path, told[0][0] if told else 1, headings, "audited_on"),
        items=tuple(_csv_item(row, path, line, headings) for line, row in told),
        mistakes=tuple(
            Mistake(Place(path, 1, column), f"{heading!r} has no meaning here; there are {', '.join(_COLUMNS)}")
            for column, heading in enumerate(headings, start=1)
            if heading not in _COLUMNS
        ),
    )


def _csv_item(row: Mapping[str, str], path: str, line: int, headings: list[str]) -> SheetItem:
    grade = row.get("grade", "").lower()
    by_word = {word: key for key, word in GRADES.items()}
    return SheetItem(
        id=row.get("id", ""),
        grade=by_word.get(grade, grade) or NOT_LOOKED_AT,
        notes=row.get("notes", ""),
        samples=tuple(filter(None, (sample.strip() for sample in row.get("samples", "").split("\n")))),
        interviewed=row.get("interviewed", ""),
        seen_on=row.get("seen_on", ""),
        places={name: _cell(path, line, headings, name) for name in _FIELDS if name in headings},
    )


def _cell(path: str, line: int, headings: list[str], name: str) -> Place:
    """Return the place of a cell: the line on which its row begins, and the number of its column."""
    return Place(path, line, headings.index(name) + 1 if name in headings else 1)


def _csv_rows(text: str, path: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with the line on which it begins."""
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise IsmsError(f"{path}:{line}: cannot be read as CSV: {error}") from None
    return rows


def _unguarded(cell: str) -> str:
    return _clean(cell[1:] if _GUARDED.match(cell) else cell)


def _clean(text: str) -> str:
    """Return a text without what steers a terminal or no file can hold, its lines and their indentation as they were."""
    # JSON writes signs beyond the first 65,536 as two halves
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join((" " * (len(line) - len(line.lstrip(" "))) + cell_text(line)).rstrip() for line in lines).strip()
