"""Block of the page of an audit programme: its audits, and the matrix of what they reach (clause 9.2.2)."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Final

from isms_plugin.analysis.audits.programme import Cell, CoverageGroup, PlannedColumn, ProgrammeCoverage, coverage
from isms_plugin.model.audit import AuditProgramme
from isms_plugin.model.entry import Entry
from isms_plugin.render.cells import day
from isms_plugin.render.environment import View
from isms_plugin.render.evidence_pages import state_chip
from isms_plugin.render.tables import Row, table

IN_PROGRAMME: Final = frozenset(("audits",))
"""Fields that the block of a programme shows."""

_REACHED: Final = (Cell.DONE, Cell.PLANNED)
_UNCOVERED: Final = '<span class="isms-chip isms-chip--missing">uncovered</span>'


def programme_block(view: View, entry: Entry) -> str:
    """Return the audits of a programme and the matrix of what they reach; what no audit reaches is marked."""
    assert isinstance(entry, AuditProgramme)  # noqa: S101 - for the type checker; the table of blocks goes by kind
    facts = view.facts
    found = coverage(facts.isms, entry, facts.today, facts.settings.due_soon)
    subjects = {subject.id for subject in found.subjects}
    return view.render(
        "audit_programme.html.jinja",
        found=found,
        counts=Counter(found.state(subject.id) for subject in found.subjects),
        Cell=Cell,
        uncovered=found.uncovered,
        others=list(dict.fromkeys(name for column in found.columns for name in column.cells if name not in subjects)),
        audits=_audits(view, found),
        matrices=[(group.title, _matrix(view, found, group)) for group in found.groups],
    )


def _audits(view: View, found: ProgrammeCoverage) -> str:
    rows = [
        Row(cells=(_audit_name(view, column), day(column.day), state_chip(column.state.value), _reaches(column, found)))
        for column in found.columns
    ]
    return table(("Audit", "Planned for", "State", "Reaches"), rows, caption=f"Audits of {found.programme.id}", css="isms-table--audits")


def _audit_name(view: View, column: PlannedColumn) -> str:
    if column.audit is None:
        named = column.part.audit
        return view.links.to(named) if named else '<span class="isms-none">not registered yet</span>'
    held = f", {column.audit.started_on} to {column.audit.ended_on}" if column.audit.started_on and column.audit.ended_on else ""
    return f"{view.link(column.audit.id)} {escape(column.audit.name)}{held}"


def _reaches(column: PlannedColumn, found: ProgrammeCoverage) -> str:
    """Return how many clauses, controls and sites an audit reaches, and what it left out."""
    counts = [(group.title, sum(column.cells.get(subject.id) in _REACHED for subject in group.subjects)) for group in found.groups]
    told = ", ".join(f"{title[:1].lower()}{title[1:]}: {count}" for title, count in counts if count)
    missed = sum(cell is Cell.MISSED for cell in column.cells.values())
    return escape(told or "nothing") + (f'; <span class="isms-missing">not covered: {missed}</span>' if missed else "")


def _matrix(view: View, found: ProgrammeCoverage, group: CoverageGroup) -> str:
    headings = (group.title, "In the cycle", *(_heading(column) for column in found.columns))
    rows = []
    for subject in group.subjects:
        state = found.state(subject.id)
        left = state in (None, Cell.MISSED)
        best = _UNCOVERED if left else _cell(state)
        cells = [_cell(cell) for cell in found.cells(subject.id)]
        rows.append(Row(cells=(f"{view.link(subject.id)} {escape(subject.name)}", best, *cells)))
    return table(headings, rows, caption=f"{group.title} of {found.programme.id}", css="isms-table--programme")


def _heading(column: PlannedColumn) -> str:
    return "\n".join(filter(None, (column.part.audit, column.day.isoformat() if column.day else ""))) or "no day"


def _cell(cell: Cell | None) -> str:
    """Return what an audit is to a subject as a mark; empty where it is nothing."""
    return state_chip("not covered" if cell is Cell.MISSED else cell.value) if cell else ""
