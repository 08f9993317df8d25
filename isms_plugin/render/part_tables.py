"""Structured values of an entry as tables: a timeline, the inputs of a review, measured values."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.render.environment import View
from isms_plugin.render.kind_parts import in_block
from isms_plugin.render.tables import Row, table


def in_table(entry: Entry, spec: FieldSpec, view: View | None = None) -> bool:
    """Whether a field is shown as a table of its own."""
    return spec.part is not None and spec.many and bool(getattr(entry, spec.name)) and not in_block(entry, spec.name, view)


def part_tables(view: View, entry: Entry) -> str:
    """Return a table for each list of structured values, under the title of its field."""
    return "\n".join(_tables(view, entry))


def _tables(view: View, entry: Entry) -> Iterator[str]:
    for spec in fields_of(type(entry)):
        if spec.part is not None and in_table(entry, spec, view):
            held: tuple[BaseModel, ...] = getattr(entry, spec.name)
            columns = [field for field in fields_of(spec.part) if any(getattr(item, field.name) not in (None, (), "") for item in held)]
            if not columns:
                continue  # items without any value
            rows = [Row(cells=[view.cells.html(field, getattr(item, field.name)) for field in columns]) for item in held]
            shown = table([field.title for field in columns], rows, caption=f"{spec.title} of {entry.id}", css="isms-table--parts")
            yield f'<section class="isms-text"><h2>{spec.title}</h2>{shown}</section>'
