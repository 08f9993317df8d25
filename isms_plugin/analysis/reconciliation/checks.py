"""What in a mapping fits neither the register nor the export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final, NamedTuple

from isms_plugin.model.diagnostic import Pointer
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, field_map
from isms_plugin.model.isms import Isms
from isms_plugin.model.reconciliation import Reconciliation, Words
from isms_plugin.model.table import Table, folded

PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")
"""Stands for a cell in a proposed value."""


class PlanFault(NamedTuple):
    """Something wrong in a mapping, and the way to it."""

    pointer: Pointer
    message: str


def plan_faults(plan: Reconciliation, declaration: type[Entry], isms: Isms, table: Table) -> list[PlanFault]:
    """Return everything because of which a comparison would mean nothing."""
    return [*_fields(plan, declaration), *_columns(plan, table), *_conditions(plan), *_entries(plan, declaration, isms)]


def _fields(plan: Reconciliation, declaration: type[Entry]) -> Iterator[PlanFault]:
    fields = field_map(declaration)
    for block in ("key", "where", "fields", "propose"):
        names: Mapping[str, object] = getattr(plan, block)
        for name in names:
            spec = fields.get(name)
            if spec is None:
                yield PlanFault((block, name), f"{_no(f'{declaration.KIND.plural.lower()} have no field {name!r}', name, fields)}")
            elif spec.part is not None:
                yield PlanFault((block, name), f"{name} holds several values under names of their own, which cannot be compared")
            elif block == "fields" and spec.many:
                yield PlanFault((block, name), f"{name} is a list; only single values are compared")
            elif block == "where":
                yield from _choices(spec, plan.where[name])


def _choices(spec: FieldSpec, words: Words) -> Iterator[PlanFault]:
    for word in words:
        if word and spec.choices and word not in spec.choices:
            yield PlanFault(("where", spec.key), _no(f"{spec.key} is never {word!r}", word, spec.choices))


def _columns(plan: Reconciliation, table: Table) -> Iterator[PlanFault]:
    named: list[tuple[Pointer, str]] = [(("key", name), column) for name, column in plan.key.items()]
    named += [(("only", column), column) for column in plan.only]
    named += [(("fields", name), rule.column) for name, rule in plan.fields.items()]
    for position, rule in enumerate(plan.must):
        named += [(("must", position, "column"), rule.column), *((("must", position, "only", column), column) for column in rule.only)]
    for position, many in enumerate(plan.together):
        named += [(("together", position, "only", column), column) for column in many.only]
    for field, text in plan.propose.items():
        named += [(("propose", field), column) for column in PLACEHOLDER.findall(text)]
    for pointer, column in named:
        found = len(table.columns((column,)))
        if not found:
            yield PlanFault(pointer, _no(f"{table.name} has no column {column!r}", column, table.headings))
        elif found > 1:
            yield PlanFault(pointer, f"{table.name} has {found} columns {column!r}; rename one in the export")


def _conditions(plan: Reconciliation) -> Iterator[PlanFault]:
    for position, rule in enumerate(plan.must):
        if sum(given is not None for given in (rule.allowed, rule.refused, rule.within_days)) != 1:
            yield PlanFault(("must", position), "needs one of `is`, `is_not` and `within_days`")


def _entries(plan: Reconciliation, declaration: type[Entry], isms: Isms) -> Iterator[PlanFault]:
    for position, many in enumerate(plan.together):
        if isms.get(declaration, many.entry) is None:
            yield PlanFault(("together", position, "entry"), f"{many.entry} is not in the register {declaration.KIND.register}")
    controls = [(("must", position, "control"), rule.control) for position, rule in enumerate(plan.must)]
    for pointer, name in (*controls, (("requirement",), plan.requirement)):
        if name and name not in isms.entries:
            yield PlanFault(pointer, f"{name} does not exist")


def _no(told: str, word: str, known: Iterable[str]) -> str:
    names = {folded(name): name for name in known}
    near = get_close_matches(folded(word), names, n=1)
    return f"{told}; did you mean {names[near[0]]!r}?" if near else f"{told}; there are: {', '.join(names.values())}"
