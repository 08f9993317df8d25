"""Which entry of a register a row of an export is: by the keys of the mapping, and never by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from isms_plugin.analysis.reconciliation.cell_values import held
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, field_map
from isms_plugin.model.reconciliation import Words
from isms_plugin.model.table import Row, Table, folded


class KeyPair(NamedTuple):
    """A field of the register and the column that says the same."""

    spec: FieldSpec
    column: int


class KeyNames:
    """The names by which rows and entries know each other, the most certain first."""

    def __init__(self, declaration: type[Entry], key: Mapping[str, str], table: Table) -> None:
        fields = field_map(declaration)
        self.pairs = tuple(KeyPair(fields[field], table.column(column)) for field, column in key.items())

    def of_row(self, row: Row) -> tuple[str, ...]:
        """Return the keys of a row as they are written, empty ones left out."""
        return tuple(filter(None, (row.cell(pair.column) for pair in self.pairs)))

    def of_entry(self, entry: Entry) -> tuple[str, ...]:
        """Return the keys of an entry as they are written."""
        return tuple(value for pair in self.pairs for value in held(entry, pair.spec))


class Matcher:
    """Finds the entries that a row may be."""

    def __init__(self, names: KeyNames, entries: Iterable[Entry]) -> None:
        self.names = names
        self._index: list[dict[str, list[Entry]]] = [defaultdict(list) for _ in names.pairs]
        self._values: list[dict[str, set[str]]] = [{} for _ in names.pairs]
        for entry in entries:
            for position, pair in enumerate(names.pairs):
                values = {folded(value) for value in held(entry, pair.spec)}
                self._values[position][entry.id] = values
                for value in sorted(values):
                    self._index[position][value].append(entry)

    def find(self, row: Row) -> tuple[Entry, ...]:
        """Return the entries that a row may be: of the first key that hits, narrowed by the keys after it.

        A name does not count where a more certain key is filled on both sides and differs.
        """
        found: list[Entry] = []
        for position, pair in enumerate(self.names.pairs):
            value = folded(row.cell(pair.column))
            named = self._index[position].get(value, ()) if value else ()
            hits = [entry for entry in named if not self._contradicted(entry, row, position)]
            ids = {entry.id for entry in hits}
            found = [entry for entry in found if entry.id in ids] or found or hits
        return tuple(found)

    def _contradicted(self, entry: Entry, row: Row, position: int) -> bool:
        for earlier, pair in enumerate(self.names.pairs[:position]):
            value, values = folded(row.cell(pair.column)), self._values[earlier][entry.id]
            if value and values and value not in values:
                return True
        return False


class Filter:
    """Chooses rows by what stands in their columns."""

    def __init__(self, table: Table, only: Mapping[str, Words]) -> None:
        self.columns = [(column, table.column(column), {folded(word) for word in words}) for column, words in only.items()]

    def takes(self, row: Row) -> bool:
        """Whether a row is meant."""
        return not self.against(row)

    def against(self, row: Row) -> str:
        """Return in words why a row is not meant; empty where it is."""
        for name, column, words in self.columns:
            if folded(row.cell(column)) not in words:
                return f"{name} is {row.cell(column)!r}" if row.cell(column) else f"{name} is empty"
        return ""


def takes_part(entry: Entry, where: Mapping[str, Words]) -> str:
    """Return in words why an entry does not take part; empty where it does."""
    fields = field_map(type(entry))
    for field, words in where.items():
        values = held(entry, fields[field]) or ("",)
        wanted = {folded(word) for word in words}
        if not any(folded(value) in wanted for value in values):
            return f"{field} is {', '.join(values) or 'empty'}"
    return ""
