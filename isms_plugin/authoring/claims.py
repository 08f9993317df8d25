"""What people or an export say: who confirmed which document, and when, in their own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from isms_plugin.errors import IsmsError
from isms_plugin.model.table import Table

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("person", "name", "e-mail", "email", "user", "employee"),
    "document": ("document", "course", "title"),
    "version": ("version",),
    "date": ("date", "completed", "completed on", "submitted"),
}
"""What columns are called when nothing else is said, by what they hold."""

_ONE_COLUMN: Final = ("version", "date")
"""What two columns cannot say together, as a name and an address do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row as it was written: several names for the person or the document have to agree."""

    people: tuple[str, ...]
    documents: tuple[str, ...]
    version: str = ""
    day: str = ""
    where: str = ""
    """File and line; empty for what was said on the command line."""


def claims_of(table: Table, mapping: Mapping[str, str], document: str = "") -> Iterator[Claim]:
    """Return what the rows of a table say; raises IsmsError where no column, or more than one, could say it."""
    columns = {field: _columns(table, field, mapping.get(field, "")) for field in HEADINGS}
    for field in ("person", "date", *(() if document else ("document",))):
        if not columns[field]:
            raise IsmsError(f"{table.name}: no column says the {field}; name one with --map {field}=COLUMN of: {', '.join(table.headings)}")
    for row in table.rows:
        cells = row.cells
        said = {field: tuple(cells[place] for place in places if place < len(cells)) for field, places in columns.items()}
        yield Claim(
            people=said["person"],
            documents=(document,) if document else said["document"],
            version="".join(said["version"]),
            day="".join(said["date"]),
            where=table.where(row),
        )


def _columns(table: Table, field: str, mapped: str) -> tuple[int, ...]:
    if mapped:
        return (table.column(mapped),)
    found = table.columns(HEADINGS[field])
    if field in _ONE_COLUMN and len(found) > 1:
        several = " and ".join(table.headings[place] for place in found)
        raise IsmsError(f"{table.name}: {several} may both say the {field}; name one with --map {field}=COLUMN")
    return found
