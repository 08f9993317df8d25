"""A register compared with what another system exports: what is missing on either side, and what disagrees (A.5.9, A.5.19)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Final

from isms_plugin.analysis.reconciliation.cell_values import CellReader, day_of
from isms_plugin.analysis.reconciliation.result import Difference, Reconciled, Unregistered
from isms_plugin.analysis.reconciliation.row_assignment import Assignment
from isms_plugin.analysis.reconciliation.row_matching import Filter
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person
from isms_plugin.model.reconciliation import Compared, Condition, Ignored, Reconciliation, Sort
from isms_plugin.model.table import Row, Table, folded

_NEAR_ROWS, _NEAR_ENTRIES = 200, 2000
"""Up to how many rows and entries are looked through for keys that are alike, which takes long."""

_ALIKE: Final = 0.8


def reconcile(isms: Isms, declaration: type[Entry], plan: Reconciliation, table: Table, today: date) -> Reconciled:
    """Compare the entries of a kind with the rows of an export; every field and column of the plan has to exist."""
    comparison = _Comparison(isms, declaration, plan, table, today)
    assignment = comparison.assignment
    found = sorted((item for item in comparison.differences() if not plan.report or item.sort in plan.report), key=lambda item: item.order)
    kept, ignored, idle = _without_ignored(found, plan.ignore, today)
    unknown = sorted({folded(item.key) for item in kept if item.sort == "not-registered"})
    return Reconciled(
        rows=len(table.rows),
        compared=len(assignment.rows),
        entries=len(assignment.entries),
        matched=len(assignment.matched),
        differences=tuple(kept),
        ignored=tuple(ignored),
        unregistered=tuple(comparison.unregistered(assignment.unknown[key]) for key in unknown),
        together={name: len(rows) for name, rows in assignment.together.items()},
        idle=idle,
    )


def _without_ignored(
    found: Iterable[Difference], ignore: Iterable[Ignored], today: date
) -> tuple[list[Difference], list[Difference], tuple[str, ...]]:
    """Return what remains, what is ignored, and the keys that ignore nothing; what has run out is told and ignores no more."""
    by_name: dict[str, list[Ignored]] = defaultdict(list)
    for rule in ignore:
        by_name[folded(rule.key)].append(rule)
    kept, ignored, used = list[Difference](), list[Difference](), set[str]()
    for item in found:
        rules = [rule for name in sorted({folded(name) for name in item.names}) for rule in by_name.get(name, ())]
        rules = [rule for rule in rules if not rule.differences or item.sort in rule.differences]
        used.update(rule.key for rule in rules)
        lapsed = [rule for rule in rules if rule.until is not None and rule.until < today]
        if len(lapsed) < len(rules):
            ignored.append(item)
        else:
            kept.append(replace(item, told="; ".join((item.told, *(f"was ignored until {rule.until}" for rule in lapsed)))))
    return kept, ignored, tuple(rule.key for rule in ignore if rule.key not in used)


class _Comparison:
    """Rows and entries put beside each other."""

    def __init__(self, isms: Isms, declaration: type[Entry], plan: Reconciliation, table: Table, today: date) -> None:
        self.isms, self.plan, self.table, self.today = isms, plan, table, today
        self.people = issubclass(declaration, Person)
        self.reader = CellReader(isms, declaration)
        self.assignment = Assignment(isms, declaration, plan, table)
        self.names = self.assignment.names
        self.compared = [(name, table.column(rule.column), rule) for name, rule in plan.fields.items()]

    def differences(self) -> Iterator[Difference]:
        """Everything that differs, in no order that matters."""
        yield from self._not_registered()
        yield from self._registered_otherwise()
        yield from self._not_in_export()
        yield from self._ambiguous()
        for name, rows in self.assignment.matched.items():
            if len(rows) == 1:
                yield from self._disagreements(self.isms.entries[name], rows[0])
        yield from self._conditions()

    def unregistered(self, rows: Sequence[Row]) -> Unregistered:
        """Return what rows of one key say of the thing that no entry stands for; of several the first by content."""
        row = min(rows, key=lambda row: row.cells)
        values = {pair.spec.key: row.cell(pair.column) for pair in self.names.pairs}
        read = {name: self.reader.read(row.cell(column), name, rule) for name, column, rule in self.compared}
        return Unregistered(
            key=self.names.of_row(row)[0],
            values={name: value for name, value in (values | read).items() if value},
            cells=dict(zip(self.table.headings, row.cells, strict=False)),
        )

    def _of_row(self, row: Row, sort: Sort, told: str, entry: Entry | None = None) -> Difference:
        keys = self.names.of_row(row)
        return Difference(
            sort=sort,
            key=keys[0] if keys else "",
            told=told,
            entry=entry.id if entry else "",
            place=self.isms.place(entry) if entry else Place(),
            rows=(self.table.where(row),),
            personal=self.people and entry is None,
            names=(*keys, entry.id) if entry else keys,
        )

    def _of_entry(self, entry: Entry, sort: Sort, told: str, rows: Iterable[Row] = ()) -> Difference:
        keys = self.names.of_entry(entry)
        return Difference(
            sort=sort,
            key=keys[0] if keys else "",
            told=told,
            entry=entry.id,
            place=self.isms.place(entry),
            rows=tuple(self.table.where(row) for row in rows),
            names=(*keys, entry.id),
        )

    def _not_registered(self) -> Iterator[Difference]:
        assignment = self.assignment
        taken = assignment.matched.keys() | assignment.left_out.keys()
        free = {folded(key): entry.id for entry in assignment.entries if entry.id not in taken for key in self._keys(entry)}
        few = len(assignment.unknown) <= _NEAR_ROWS and len(free) <= _NEAR_ENTRIES
        for key, rows in assignment.unknown.items():
            if not key:
                yield from (self._of_row(row, "no-key", "the row has no key, so nothing can be compared") for row in rows)
                continue
            near = next((free[name] for name in get_close_matches(key, sorted(free), n=1, cutoff=_ALIKE)), "") if few else ""
            several = f", on {len(rows)} rows" if len(rows) > 1 else ""
            found = self._of_row(min(rows, key=lambda row: row.cells), "not-registered", f"in the export{several}, not in the register")
            yield replace(found, near=near, rows=tuple(self.table.where(row) for row in rows))

    def _keys(self, entry: Entry) -> tuple[str, ...]:
        return self.names.of_entry(entry)

    def _registered_otherwise(self) -> Iterator[Difference]:
        for row, entry in self.assignment.elsewhere:
            why = self.assignment.why_not[entry.id]
            yield self._of_row(row, "registered-otherwise", f"in the export, and in the register it is left out: {why}", entry)

    def _not_in_export(self) -> Iterator[Difference]:
        unclear = {name for names in self.assignment.unclear for name in names}
        for entry in self.assignment.entries:
            if entry.id in self.assignment.matched or entry.id in unclear:
                continue
            if not self._keys(entry):
                yield self._of_entry(entry, "no-key", f"no {' or '.join(self.plan.key)}, so nothing can be compared")
            elif entry.id in self.assignment.left_out:
                why, row = self.assignment.left_out[entry.id]
                yield self._of_entry(entry, "not-in-export", f"in the register, and in the export it is left out: {why}", (row,))
            else:
                yield self._of_entry(entry, "not-in-export", "in the register, not in the export")
        for name, rows in self.assignment.together.items():
            if not rows:
                yield self._of_entry(self.isms.entries[name], "not-in-export", "no row of the export belongs to it")

    def _ambiguous(self) -> Iterator[Difference]:
        for names, rows in self.assignment.unclear.items():
            others = [f"{name} ({self.isms.place(self.isms.entries[name])})" for name in names[1:]]
            told = f"shares its key with {' and '.join(others)}, and the row may be any of them"
            found = self._of_entry(self.isms.entries[names[0]], "ambiguous", told, rows)
            yield replace(found, names=(*found.names, *names[1:]))
        for name, rows in self.assignment.matched.items():
            if len(rows) > 1:
                yield self._of_entry(self.isms.entries[name], "ambiguous", f"{len(rows)} rows of the export are this entry", rows)

    def _disagreements(self, entry: Entry, row: Row) -> Iterator[Difference]:
        for name, column, rule in self.compared:
            ours, cell = self.reader.held(entry, name, rule), row.cell(column)
            theirs = self.reader.read(cell, name, rule)
            agree = theirs is not None and folded(ours) == folded(theirs)
            if agree or (rule.when_empty == "skip" and not cell):
                continue
            told = f"{name} is {self._told(ours)}, {rule.column} says {repr(cell) if theirs is None else self._told(theirs)}"
            found = self._of_entry(entry, "disagrees", told, (row,))
            place, unknown = found.place.at(name), self._names_people(name, rule, known=theirs is not None)
            yield replace(found, field=name, registered=ours, exported=cell if theirs is None else theirs, place=place, personal=unknown)

    def _told(self, value: str) -> str:
        return self.reader.shown(value) if value else "empty"

    def _names_people(self, field: str, rule: Compared, *, known: bool) -> bool:
        """Whether a cell names somebody in words that no entry has."""
        spec = self.reader.fields[field]
        person = rule.by == "person" or (spec.ref is not None and Person.KIND.name in spec.ref.kinds)
        return (person and not known) or (self.people and spec.name == "title")

    def _conditions(self) -> Iterator[Difference]:
        known = self.assignment.entry_of_rows()
        people = {folded(rule.column) for field, _, rule in self.compared if self._names_people(field, rule, known=False)}
        for rule in self.plan.must:
            column, only = self.table.column(rule.column), Filter(self.table, rule.only)
            for row in self.assignment.rows:
                cell = row.cell(column)
                if only.takes(row) and not _holds(rule, cell, self.today):
                    told = f"{rule.says}: {rule.column} is {repr(cell) if cell else 'empty'}"
                    found = self._of_row(row, "condition", told, self.isms.entries.get(known.get(row.place, "")))
                    private = found.personal or folded(rule.column) in people
                    yield replace(found, field=rule.column, exported=cell, requirement=rule.control, private=private)


def _holds(rule: Condition, cell: str, today: date) -> bool:
    if rule.within_days is not None:
        day = day_of(cell, rule.date_format)
        return day is not None and (today - day).days <= rule.within_days
    if rule.allowed is not None:
        return folded(cell) in {folded(word) for word in rule.allowed}
    return folded(cell) not in {folded(word) for word in rule.refused or ()}
