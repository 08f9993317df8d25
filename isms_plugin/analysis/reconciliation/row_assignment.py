"""Every row of an export put to the entry that it is, or to none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from isms_plugin.analysis.reconciliation.row_matching import Filter, KeyNames, Matcher, takes_part
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.reconciliation import Reconciliation
from isms_plugin.model.table import Row, Table, folded


class Assignment:
    """Entries and rows that take part, and which row is which entry."""

    def __init__(self, isms: Isms, declaration: type[Entry], plan: Reconciliation, table: Table) -> None:
        every = sorted(isms.of(declaration), key=lambda entry: entry.id)
        self.names = KeyNames(declaration, plan.key, table)
        self.together: dict[str, list[Row]] = {rule.entry: [] for rule in plan.together}
        """Rows by the entry that stands for many."""
        single = [entry for entry in every if entry.id not in self.together]
        self.why_not = {entry.id: "retired" if entry.retired else takes_part(entry, plan.where) for entry in single}
        """Why entries do not take part, by id; empty for those that do."""
        self.entries = [entry for entry in single if not self.why_not[entry.id]]
        self.only = Filter(table, plan.only)
        self.rows = [row for row in table.rows if self.only.takes(row)]
        self.matched: dict[str, list[Row]] = defaultdict(list)
        """Rows by the entry that they are."""
        self.unclear: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        """Rows by the entries that they may be, where it is more than one."""
        self.elsewhere: list[tuple[Row, Entry]] = []
        """Rows of entries that do not take part."""
        self.unknown: dict[str, list[Row]] = defaultdict(list)
        """Rows that are no entry, by key; empty for those without one."""
        self._matcher = Matcher(self.names, self.entries)
        self._outside = Matcher(self.names, (entry for entry in single if self.why_not[entry.id]))
        self._stand_for = [(rule.entry, Filter(table, rule.only)) for rule in plan.together]
        for row in self.rows:
            self._assign(row)
        self.left_out = self._left_out([row for row in table.rows if not self.only.takes(row)])
        """Why the row of an entry does not take part, with the row, by the entry's id."""

    def _assign(self, row: Row) -> None:
        found = self._matcher.find(row)
        outside = () if found else self._outside.find(row)
        many = next((name for name, chosen in self._stand_for if chosen.takes(row)), "")
        if len(found) == 1:
            self.matched[found[0].id].append(row)
        elif found:
            self.unclear[tuple(entry.id for entry in found)].append(row)
        elif outside:
            self.elsewhere.append((row, outside[0]))
        elif many:
            self.together[many].append(row)
        else:
            keys = self.names.of_row(row)
            self.unknown[folded(keys[0]) if keys else ""].append(row)

    def _left_out(self, rows: Sequence[Row]) -> dict[str, tuple[str, Row]]:
        found: dict[str, tuple[str, Row]] = {}
        # of several rows the first by content, so that their order does not matter
        for why, _, row in sorted((self.only.against(row), row.cells, row) for row in rows):
            entries = self._matcher.find(row)
            if len(entries) == 1:
                found.setdefault(entries[0].id, (why, row))
        return found

    def entry_of_rows(self) -> dict[str, str]:
        """Return the id of the entry that a row is or belongs to, by the place of the row."""
        pairs = [*self.matched.items(), *self.together.items(), *((entry.id, [row]) for row, entry in self.elsewhere)]
        return {row.place: name for name, rows in pairs for row in rows}
