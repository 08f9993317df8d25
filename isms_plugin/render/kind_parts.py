"""What pages of some kinds show besides what every declaration gives: above a register, and on the page of an entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from isms_plugin.analysis.redaction.judging import judged, judged_entry
from isms_plugin.model.entry import Entry
from isms_plugin.render.audit_blocks import AUDIT_COLUMNS, IN_REPORT, audit_block, audit_cells
from isms_plugin.render.audit_programme_block import IN_PROGRAMME, programme_block
from isms_plugin.render.certification_page import certification_summary
from isms_plugin.render.corrective_action_blocks import (
    FINDING_COLUMNS,
    IN_CHAIN,
    NEXT_COLUMNS,
    OF_FINDING,
    chain_block,
    finding_block,
    finding_cells,
    next_cells,
)
from isms_plugin.render.environment import View
from isms_plugin.render.evidence_pages import SHOWN_IN_BLOCK, STATE_COLUMNS, evidence_block, evidence_summary, state_cells
from isms_plugin.render.information_requests_page import IN_REQUEST, REQUEST_COLUMNS, request_block, request_cells, request_summary
from isms_plugin.render.management_review_block import IN_PACK, REVIEW_COLUMNS, review_block, review_cells
from isms_plugin.render.measure_block import IN_STATE, MEASURE_COLUMNS, measure_block, measure_cells
from isms_plugin.render.risk_blocks import acceptance_block, method_block
from isms_plugin.render.risk_summary import risk_summary
from isms_plugin.render.waiver_block import WAIVED_IN_BLOCK, waiver_block

SUMMARIES: Final[Mapping[str, Callable[[View], str]]] = {
    "evidence": evidence_summary,
    "risk": risk_summary,
    "nonconformity": certification_summary,
    "audit_finding": certification_summary,
    "information_request": request_summary,
}
"""HTML above the table of a register, by kind."""


class Block(NamedTuple):
    """HTML on the page of an entry, below its facts; the fields that it shows are left out of those."""

    render: Callable[[View, Entry], str]
    fields: frozenset[str]
    searched: bool = False
    """Whether the site's search reads it, because texts of the entry stand in it."""


BLOCKS: Final[Mapping[str, Block]] = {
    "measure": Block(measure_block, IN_STATE),
    "management_review": Block(review_block, IN_PACK, searched=True),
    "exception": Block(waiver_block, WAIVED_IN_BLOCK),
    "evidence": Block(evidence_block, SHOWN_IN_BLOCK),
    "nonconformity": Block(chain_block, IN_CHAIN, searched=True),
    "audit_finding": Block(finding_block, OF_FINDING, searched=True),
    "audit": Block(audit_block, IN_REPORT, searched=True),
    "information_request": Block(request_block, IN_REQUEST, searched=True),
    "audit_programme": Block(programme_block, IN_PROGRAMME),
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


COLUMNS: Final[Mapping[str, Columns]] = {
    "evidence": Columns(STATE_COLUMNS, state_cells),
    "nonconformity": Columns(NEXT_COLUMNS, next_cells),
    "audit_finding": Columns(FINDING_COLUMNS, finding_cells),
    "audit": Columns(AUDIT_COLUMNS, audit_cells),
    "information_request": Columns(REQUEST_COLUMNS, request_cells),
    "measure": Columns(MEASURE_COLUMNS, measure_cells),
    "management_review": Columns(REVIEW_COLUMNS, review_cells),
}
"""Columns behind the first two, id and name, by kind."""


def summary_of(view: View, declaration: type[Entry]) -> str:
    """Return what stands above the table of a register, empty for most kinds."""
    summary = SUMMARIES.get(declaration.KIND.name)
    told = summary is not None and judged(view.facts, declaration)
    return summary(view) if summary and told else ""


def block_of(view: View, entry: Entry) -> str:
    """Return the block of an entry, empty for most kinds."""
    block = BLOCKS.get(entry.KIND.name)
    return block.render(view, entry) if block and judged_entry(view.facts, entry) else ""


def searched(entry: Entry) -> bool:
    """Whether the site's search reads the block of an entry."""
    block = BLOCKS.get(entry.KIND.name)
    return block is not None and block.searched


def in_block(entry: Entry, field: str, view: View | None = None) -> bool:
    """Whether the block of an entry shows a field already; given a view, as far as its readers get the block."""
    block = BLOCKS.get(entry.KIND.name)
    return block is not None and field in block.fields and (view is None or judged_entry(view.facts, entry))


def column_titles(declaration: type[Entry]) -> tuple[str, ...]:
    """Return the titles of the columns that depend on the day, none for most kinds."""
    columns = COLUMNS.get(declaration.KIND.name)
    return columns.titles if columns else ()


def column_cells(view: View, entry: Entry) -> tuple[str, ...]:
    """Return the cells of those columns for an entry."""
    columns = COLUMNS.get(entry.KIND.name)
    if columns and not judged_entry(view.facts, entry):
        return ("",) * len(columns.titles)
    return columns.cells(view, entry) if columns else ()
