"""What fields and cells say, brought to one form so that they can be compared."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, field_map
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person
from isms_plugin.model.reconciliation import Compared, Sense
from isms_plugin.model.table import folded

_TRUE: Final = ("true", "yes", "y", "1", "on")
_FALSE: Final = ("false", "no", "n", "0", "off")
_SENSES: Final[dict[str, Sense]] = {
    "date": "date", "number": "number", "whole number": "number", "true or false": "truth", "id": "entry",
}  # fmt: skip


def sense_of(spec: FieldSpec, rule: Compared) -> Sense:
    """Return how cells are read: as the mapping says, else as the field is declared."""
    return rule.by or _SENSES.get(spec.word, "text")


def written(value: Any) -> str:
    """Return a single value of a field as its register writes it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


def held(entry: Entry, spec: FieldSpec) -> tuple[str, ...]:
    """Return what a field of an entry holds, each value of a list by itself; nothing where it is empty."""
    value = getattr(entry, spec.name)
    items = value if spec.many else (value,)
    return tuple(text for text in map(written, items) if text)


def day_of(cell: str, date_format: str = "") -> date | None:
    """Return the day in a cell, written as YYYY-MM-DD with or without a time, or in a format; None for anything else."""
    try:
        if date_format:
            return datetime.strptime(cell, date_format).date()  # noqa: DTZ007 - a day, no moment
        return datetime.fromisoformat(cell).date()
    except ValueError:
        return None


class CellReader:
    """Reads cells in the terms of a register."""

    def __init__(self, isms: Isms, declaration: type[Entry]) -> None:
        self.isms = isms
        self.fields = field_map(declaration)
        self._names: dict[tuple[str, ...], dict[str, set[str]]] = {}

    def read(self, cell: str, field: str, rule: Compared) -> str | None:
        """Return what a cell says as the register would write it; None where that cannot be known."""
        spec, cell = self.fields[field], self._word(cell, rule)
        sense = sense_of(spec, rule)
        if not cell:
            return ""
        if sense == "date":
            day = day_of(cell, rule.date_format)
            return day.isoformat() if day else None
        if sense == "number":
            return _number(cell)
        if sense == "truth":
            return "true" if folded(cell) in _TRUE else "false" if folded(cell) in _FALSE else None
        if sense in ("person", "entry"):
            return self._named(cell, self._kinds(spec, sense))
        return next((choice for choice in spec.choices if _choice(choice) == _choice(cell)), cell)

    def held(self, entry: Entry, field: str, rule: Compared) -> str:
        """Return what a field holds; an id where it names a person or entry in words, and empty where there is nothing."""
        spec = self.fields[field]
        value = next(iter(held(entry, spec)), "")
        sense = sense_of(spec, rule)
        if sense in ("person", "entry") and value not in self.isms.entries:
            return self._named(value, self._kinds(spec, sense)) or value
        return _number(value) or value if sense == "number" else value

    def shown(self, value: str) -> str:
        """Return a value as people read it: an id with the name behind it."""
        entry = self.isms.entries.get(value)
        return f"{value} ({entry.name})" if entry is not None and entry.name != value else value

    def _word(self, cell: str, rule: Compared) -> str:
        """Return what the mapping puts in the place of a word of the export."""
        return next((ours for theirs, ours in rule.values.items() if folded(theirs) == folded(cell)), cell.strip())

    @staticmethod
    def _kinds(spec: FieldSpec, sense: Sense) -> tuple[str, ...]:
        return (Person.KIND.name,) if sense == "person" else spec.ref.kinds if spec.ref else ()

    def _named(self, cell: str, kinds: tuple[str, ...]) -> str | None:
        """Return the id of the one entry that a cell names."""
        if kinds not in self._names:
            index: dict[str, set[str]] = defaultdict(set)
            for entry in self.isms.entries.values():
                if not kinds or entry.KIND.name in kinds:
                    for name in names_of(entry):
                        index[folded(name)].add(entry.id)
            self._names[kinds] = dict(index)
        found = self._names[kinds].get(folded(cell), set())
        return next(iter(found)) if len(found) == 1 else None


def names_of(entry: Entry) -> Iterator[str]:
    """Everything that an entry is called: id, title, identifier, and of people the names and addresses they have in git."""
    yield entry.id
    git: Sequence[str] = entry.git if isinstance(entry, Person) else ()
    yield from filter(None, (entry.title, getattr(entry, "identifier", None), *git))


def _choice(word: str) -> str:
    """Return a word as choices are compared: `In use` is `in_use`."""
    return folded(word.replace("_", " ").replace("-", " "))


def _number(cell: str) -> str | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return written(value) if math.isfinite(value) else None
