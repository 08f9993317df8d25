"""What pages of some kinds show besides what every declaration gives: above a register, and on the page of an entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from isms_plugin.model.entry import Entry
from isms_plugin.render.environment import View
from isms_plugin.render.evidence_pages import SHOWN_IN_BLOCK, STATE_COLUMNS, evidence_block, evidence_summary, state_cells
from isms_plugin.render.measure_block import measure_block
from isms_plugin.render.risk_blocks import acceptance_block, method_block
from isms_plugin.render.risk_summary import risk_summary

SUMMARIES: Final[Mapping[str, Callable[[View], str]]] = {"evidence": evidence_summary, "risk": risk_summary}
"""HTML above the table of a register, by kind."""


class Block(NamedTuple):
    """HTML on the page of an entry, below its facts; the fields that it shows are left out of those."""

    render: Callable[[View, Entry], str]
    fields: frozenset[str]


BLOCKS: Final[Mapping[str, Block]] = {
    "measure": Block(measure_block, frozenset()),
    "evidence": Block(evidence_block, SHOWN_IN_BLOCK),
    "risk": Block(acceptance_block, frozenset(("accepted_by", "accepted_on", "accepted_until", "accepted_state"))),
    "risk_method": Block(
        method_block, frozenset(("likelihood", "consequence", "matrix", "bands", "acceptable", "with_acceptance", "appetite"))
    ),
}
"""Blocks of entry pages, by kind."""


class Columns(NamedTuple):
    """Columns of a register that depend on the day: their titles, and the cells of an entry as HTML."""

    titles: tuple[str, ...]
    cells: Callable[[View, Entry], tuple[str, ...]]


COLUMNS: Final[Mapping[str, Columns]] = {"evidence": Columns(STATE_COLUMNS, state_cells)}
"""Columns behind the first two, id and name, by kind."""


def summary_of(view: View, declaration: type[Entry]) -> str:
    """Return what stands above the table of a register, empty for most kinds."""
    summary = SUMMARIES.get(declaration.KIND.name)
    return summary(view) if summary else ""


def block_of(view: View, entry: Entry) -> str:
    """Return the block of an entry, empty for most kinds."""
    block = BLOCKS.get(entry.KIND.name)
    return block.render(view, entry) if block else ""


def in_block(entry: Entry, field: str) -> bool:
    """Whether the block of an entry shows a field already."""
    block = BLOCKS.get(entry.KIND.name)
    return block is not None and field in block.fields


def column_titles(declaration: type[Entry]) -> tuple[str, ...]:
    """Return the titles of the columns that depend on the day, none for most kinds."""
    columns = COLUMNS.get(declaration.KIND.name)
    return columns.titles if columns else ()


def column_cells(view: View, entry: Entry) -> tuple[str, ...]:
    """Return the cells of those columns for an entry."""
    columns = COLUMNS.get(entry.KIND.name)
    return columns.cells(view, entry) if columns else ()
