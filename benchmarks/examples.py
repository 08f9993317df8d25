"""Rows of all other registers, made from the examples of their declarations: what a register is declared to hold is what is measured."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from textwrap import indent
from typing import Final

from isms_plugin.model.entry import Kind
from isms_plugin.model.isms import KINDS

OWN_ROWS: Final = (
    "document", "clause", "control", "control_decision", "risk", "risk_method", "asset", "supplier", "requirement", "evidence", "person",
    "role",
    "approval", "acknowledgement", "signing_key", "nil_return",
)  # fmt: skip
"""Kinds that have rows of their own here, or none."""

OTHERS: Final[tuple[Kind, ...]] = tuple(declaration.KIND for declaration in KINDS if declaration.KIND.name not in OWN_ROWS)

_ID: Final = re.compile(r"\b([A-Z]{2,3})-\d+\b")
_POLICIES: Final = ("POL", "PRC", "STD", "PLN", "DOC")


def example_rows(kind: Kind, count: int, names: Mapping[str, Sequence[str]], random: Random) -> list[str]:
    """Return rows of a kind: its example with ids of its own, and references to entries that exist, by their prefixes in `names`."""
    return [_row(kind, f"{kind.prefix}-{number:05d}", names, random) for number in range(1, count + 1)]


def identifiers(prefix: str, count: int, digits: int) -> list[str]:
    """Return the ids of a register in order."""
    return [f"{prefix}-{number:0{digits}d}" for number in range(1, count + 1)]


def _row(kind: Kind, identifier: str, names: Mapping[str, Sequence[str]], random: Random) -> str:
    def other(match: re.Match[str]) -> str:
        known = names.get("POL" if match[1] in _POLICIES else match[1])
        return random.choice(known) if known else match[0]

    first, _, rest = kind.example_text.partition("\n")
    assert first.startswith("id: "), kind.name
    return f"- id: {identifier}\n{indent(_ID.sub(other, rest), '  ')}\n"
