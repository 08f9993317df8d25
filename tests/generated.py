"""Entries of every kind whose fields name each other at random, however deep the fields stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from pydantic import BaseModel

from isms_plugin.model.fields import FieldSpec, fields_of

Targets = Callable[[FieldSpec], Sequence[str]]
"""The ids that a field may name; none where it is to stay empty."""


def references(draw: Random, declaration: type[BaseModel], targets: Targets, named: set[str]) -> dict[str, Any]:
    """Data in which fields that refer hold random ids; all of them are noted in `named`."""
    row: dict[str, Any] = {}
    for spec in fields_of(declaration):
        count = draw.randint(0, 2 if spec.many else 1)
        if count and spec.part is not None:
            parts = [references(draw, spec.part, targets, named) for _ in range(count)]
            row[spec.key] = parts if spec.many else parts[0]
        elif count and spec.ref is not None and targets(spec):
            chosen = draw.choices(targets(spec), k=count)
            named.update(chosen)
            row[spec.key] = chosen if spec.many else chosen[0]
    return row
