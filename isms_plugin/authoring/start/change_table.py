"""The versions that a history table in a text tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from isms_plugin.authoring.start.labelled_values import Table, is_history
from isms_plugin.authoring.start.words import concept_of, empty
from isms_plugin.authoring.start.written_days import written_day

_VERSION: Final = re.compile(r"(?:v(?:ersion|\.)?\s*)?(\d+(?:\.\d+)*)(?:\s*\([^()]*\))?", re.IGNORECASE)


class WrittenChange(NamedTuple):
    """One row of a history: what it says of a version, where it can be read, and its line."""

    version: str
    day: date | None
    note: str
    author: str
    line: int


class History(NamedTuple):
    """The rows of the history of one text, and what could not be read in it, with lines."""

    changes: tuple[WrittenChange, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()


def written_version(text: str) -> str:
    """Return the version that a text is, such as 1.2 for `v1.2 (Draft)`; empty where it is something else."""
    found = _VERSION.fullmatch(text.strip())
    return found[1] if found else ""


def written_history(tables: Sequence[Table]) -> History:
    """Return what the histories among the tables of one text hold, in their order."""
    changes: list[WrittenChange] = []
    unread: list[tuple[int, str]] = []
    for table in tables:
        if not is_history(table):
            continue
        columns = [concept_of(cell) for cell in table.header]
        for line, cells in table.rows:
            _read_row(line, _row(columns, cells), changes, unread)
    return History(tuple(changes), tuple(unread))


def _row(columns: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row by what they speak of; of several columns for one thing the first counts."""
    row: dict[str, str] = {}
    for concept, cell in zip(columns, cells, strict=False):
        if concept and not empty(cell):
            row.setdefault("date" if concept in ("updated", "effective_from", "approved_on") else concept, cell)
    return row


def _read_row(line: int, row: dict[str, str], changes: list[WrittenChange], unread: list[tuple[int, str]]) -> None:
    if not row:
        return
    version = written_version(row.get("version", ""))
    if not version:
        unread.append((line, f"version {row['version']!r} is no number" if "version" in row else "a row without a version"))
        return
    day, why = written_day(row["date"]) if "date" in row else (None, "")
    if why:
        unread.append((line, f"date {row['date']!r} of version {version} {why}"))
    changes.append(WrittenChange(version, day, row.get("note", ""), row.get("author", ""), line))
