"""Every register and the statement of applicability as plain data: one JSON (schema isms-data/1), or a table each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import fields_of
from isms_plugin.render.cells import plain_value
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.register_pages import register_columns, register_rows
from isms_plugin.render.soa_columns import COLUMNS, soa_cells
from isms_plugin.render.soa_page import soa_data
from isms_plugin.render.tables import csv_file

SOA = "soa"
"""Name of the statement; the rows of its register as they are written go by `soa-decisions`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """One table as plain text: name and title, its columns as keys and titles, and its rows in the order of the sources."""

    name: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    """Widths of the columns in letters, where they are known."""

    @property
    def csv(self) -> bytes:
        """The table as a CSV file with the keys as headings."""
        return csv_file([key for key, _ in self.columns], self.rows)


def register_name(declaration: type[Entry]) -> str:
    """Return the name by which data goes that comes from a register."""
    return f"{SOA}-decisions" if declaration is ControlDecision else declaration.KIND.register


def data_tables(facts: Facts) -> Iterator[DataTable]:
    """Yield the statement of applicability, then every register, empty ones included."""
    view = make_view(facts, {})
    yield _statement(view)
    for declaration in _registers(facts):
        yield DataTable(
            name=register_name(declaration),
            title=declaration.KIND.plural,
            columns=tuple(register_columns(declaration)),
            rows=tuple(map(tuple, register_rows(facts.isms, declaration))),
        )


def table_names(facts: Facts) -> list[str]:
    """Return the names of all tables, in their order."""
    return [SOA, *map(register_name, _registers(facts))]


def register_data(facts: Facts, name: str = "") -> bytes:
    """Return all registers and the statement as JSON, or the one of a name; the same facts give the same bytes."""
    registers = {register_name(declaration): declaration for declaration in _registers(facts)}
    data: dict[str, Any] = {
        "schema": "isms-data/1",
        "commit": facts.history.head,
        "uncommitted": bool(facts.history.uncommitted),
        "as_of": facts.today.isoformat(),
        "registers": {key: _register(facts, declaration) for key, declaration in registers.items() if name in ("", key)},
    }
    if name in ("", SOA):
        data[SOA] = soa_data(make_view(facts, {}))
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _registers(facts: Facts) -> list[type[Entry]]:
    return [declaration for declaration in facts.isms.kinds if declaration.KIND.register]


def _statement(view: View) -> DataTable:
    return DataTable(
        name=SOA,
        title="Statement of applicability",
        columns=tuple((column.key, column.title) for column in COLUMNS),
        rows=tuple(map(tuple, soa_cells(view))),
        widths=tuple(column.width for column in COLUMNS),
    )


def _register(facts: Facts, declaration: type[Entry]) -> dict[str, Any]:
    return {
        "title": declaration.KIND.plural,
        "columns": [{"key": key, "title": title} for key, title in register_columns(declaration)],
        "rows": [_row(facts, entry) for entry in facts.isms.of(declaration)],
    }


def _row(facts: Facts, entry: Entry) -> dict[str, Any]:
    worked_out = entry.worked_out(facts.isms.entries)
    numbers = {key: value for key, value in worked_out.items() if isinstance(value, int | float)}
    texts = {key: plain_value(value) or None for key, value in worked_out.items()}
    names = facts.isms.withheld_from(entry)
    withheld = {"withheld": [spec.key for spec in fields_of(type(entry)) if spec.name in names]} if names else {}
    return entry.model_dump(mode="json", by_alias=True) | texts | numbers | withheld
