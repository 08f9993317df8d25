"""What a programme of audits reaches: clauses, applicable controls and sites against the audits planned (clause 9.2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from isms_plugin.analysis.soa.statement import decisions_on
from isms_plugin.model.audit import Audit, AuditProgramme, PlannedAudit
from isms_plugin.model.control import Clause, Control
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.organization import Site


class AuditState(Enum):
    """Where an audit stands on a day."""

    DONE = "done"
    OVERDUE = "overdue"
    """Its day is past, and nothing says that it has ended."""
    STARTED = "under way"
    DUE = "due"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    UNDATED = "undated"


class Cell(Enum):
    """What one audit is to one subject."""

    DONE = "done"
    """The audit has ended and says that it covered it."""
    PLANNED = "planned"
    MISSED = "planned, not covered"
    """It was planned, but the audit ended without it, or was cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedColumn:
    """One audit of a programme, with what it reaches by id."""

    part: PlannedAudit
    audit: Audit | None
    """The audit itself, once it is registered."""
    day: date | None
    """Day by which it is done: that of the audit, else that of the programme."""
    state: AuditState
    cells: Mapping[str, Cell]


class CoverageGroup(NamedTuple):
    """Subjects of one sort, in the order of the catalogue or register."""

    title: str
    subjects: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCoverage:
    """A programme as a matrix: subjects in groups against the audits in their order."""

    programme: AuditProgramme
    columns: tuple[PlannedColumn, ...]
    groups: tuple[CoverageGroup, ...]

    @property
    def subjects(self) -> tuple[Entry, ...]:
        """Everything that has to be audited once in the cycle."""
        return tuple(subject for group in self.groups for subject in group.subjects)

    def cells(self, identifier: str) -> tuple[Cell | None, ...]:
        """Return what each audit is to a subject; None where it is nothing."""
        return tuple(column.cells.get(identifier) for column in self.columns)

    def state(self, identifier: str) -> Cell | None:
        """Return the best that the cycle has for a subject: done, else planned, else missed; None without any audit."""
        held = self.cells(identifier)
        return next((cell for cell in Cell if cell in held), None)

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Ids that no audit has covered and none will: planned nowhere, or only where the audit ended without them."""
        return tuple(subject.id for subject in self.subjects if self.state(subject.id) in (None, Cell.MISSED))


def coverage(isms: Isms, programme: AuditProgramme, today: date, due_soon: int = 0) -> ProgrammeCoverage:
    """Return what a programme covers on a day; within `due_soon` days, the day itself included, an audit is due.

    Of clauses those count that require something; a heading such as 9.2 stands for all below it.
    """
    return ProgrammeCoverage(
        programme=programme,
        columns=tuple(_column(isms, part, today, due_soon) for part in programme.audits),
        groups=tuple(group for group in _groups(isms) if group.subjects),
    )


def audit_state(audit: Audit | None, day: date | None, today: date, due_soon: int = 0) -> AuditState:
    """Return where an audit stands that is to be done by a day; None for one that is not registered yet."""
    if audit is not None and audit.ended_on is not None and audit.ended_on <= today:
        return AuditState.DONE
    if audit is not None and audit.retired:
        return AuditState.CANCELLED
    if day is None:
        return AuditState.UNDATED
    if day < today:
        return AuditState.OVERDUE
    if audit is not None and audit.started_on is not None and audit.started_on <= today:
        return AuditState.STARTED
    return AuditState.DUE if day <= today + timedelta(days=due_soon) else AuditState.PLANNED


def reached(isms: Isms, named: Iterable[str]) -> tuple[str, ...]:
    """Return ids with headings replaced by the clauses below them that require something, each once."""
    below: dict[str, list[Clause]] = defaultdict(list)
    for clause in isms.of(Clause):
        below[clause.parent or ""].append(clause)
    return tuple(dict.fromkeys(found for identifier in named for found in _below(isms, below, identifier)))


def planned_part(isms: Isms, audit: Audit) -> tuple[AuditProgramme, PlannedAudit] | None:
    """Return the programme that names an audit, and what it says of it; None where none does."""
    programmes = (programme for programme in isms.of(AuditProgramme) if not programme.retired)
    return next(((programme, part) for programme in programmes for part in programme.audits if part.audit == audit.id), None)


def _below(isms: Isms, below: Mapping[str, list[Clause]], identifier: str) -> Iterator[str]:
    clause = isms.get(Clause, identifier)
    if clause is None or not clause.heading:
        yield identifier
        return
    for sub in below.get(identifier, ()):
        yield from _below(isms, below, sub.id)


def _column(isms: Isms, part: PlannedAudit, today: date, due_soon: int) -> PlannedColumn:
    audit = isms.get(Audit, part.audit)
    day = audit.planned if audit is not None and audit.planned else part.planned
    state = audit_state(audit, day, today, due_soon)
    over = state in (AuditState.DONE, AuditState.CANCELLED)
    cells = dict.fromkeys(reached(isms, part.covers), Cell.MISSED if over else Cell.PLANNED)
    if audit is not None and state is AuditState.DONE:
        cells |= dict.fromkeys(reached(isms, audit.covered), Cell.DONE)
    return PlannedColumn(part=part, audit=audit, day=day, state=state, cells=cells)


def _groups(isms: Isms) -> Iterator[CoverageGroup]:
    decisions = decisions_on(isms)
    applicable = [
        control
        for control in isms.of(Control)
        if not control.retired and any(found.included for found in decisions.get(control.id, [])[:1])
    ]
    yield CoverageGroup("Clauses", tuple(clause for clause in isms.of(Clause) if not clause.heading))
    yield CoverageGroup("Controls of Annex A", tuple(control for control in applicable if not control.own))
    yield CoverageGroup("Controls of our own", tuple(control for control in applicable if control.own))
    sites = (site for site in isms.of(Site) if site.in_scope and site.living)
    yield CoverageGroup("Sites and units", tuple(sites))
