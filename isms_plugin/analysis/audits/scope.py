"""What an audit is to look at, what it looked at, and what is known of that from audits before (clause 9.2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from isms_plugin.analysis.audits.programme import CoverageGroup, planned_part, reached
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.audit import Audit, AuditFinding, AuditProgramme
from isms_plugin.model.control import Clause, Control
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.isms import Isms
from isms_plugin.model.organization import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditScope:
    """What the programme plans for an audit, and what the audit says that it covered; headings stand for the clauses below them."""

    programme: AuditProgramme | None
    planned: tuple[str, ...]
    covered: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everything of both, what is planned first."""
        return tuple(dict.fromkeys((*self.planned, *self.covered)))

    @property
    def left_out(self) -> tuple[str, ...]:
        """What was planned and is not covered."""
        return tuple(name for name in self.planned if name not in self.covered)

    @property
    def added(self) -> tuple[str, ...]:
        """What is covered and was not planned."""
        return tuple(name for name in self.covered if name not in self.planned)


def audit_scope(isms: Isms, audit: Audit) -> AuditScope:
    """Return the scope of an audit; one that no programme names has nothing planned."""
    programme, part = planned_part(isms, audit) or (None, None)
    return AuditScope(programme=programme, planned=reached(isms, part.covers) if part else (), covered=reached(isms, audit.covered))


def grouped(isms: Isms, identifiers: Iterable[str]) -> list[CoverageGroup]:
    """Return entries by sort, in the order of catalogue and registers; ids that lead nowhere are left out, and groups without entries."""
    wanted = {identifier: isms.entries[identifier] for identifier in identifiers if identifier in isms.entries}
    kinds = {type(entry) for entry in wanted.values()}
    found = [entry for kind in isms.kinds if kind in kinds for entry in isms.of(kind) if entry.id in wanted]
    groups: dict[str, list[Entry]] = {
        "Clauses": [entry for entry in found if isinstance(entry, Clause)],
        "Controls of Annex A": [entry for entry in found if isinstance(entry, Control) and not entry.own],
        "Controls of our own": [entry for entry in found if isinstance(entry, Control) and entry.own],
        "Sites and units": [entry for entry in found if isinstance(entry, Site)],
        "Others": [entry for entry in found if not isinstance(entry, Clause | Control | Site)],
    }
    return [CoverageGroup(title, tuple(entries)) for title, entries in groups.items() if entries]


def audited_in(isms: Isms, subject: str, audit: Audit) -> tuple[Audit, ...]:
    """Return the other audits that have ended and covered a subject, the latest first."""
    found = [
        other for other in isms.of(Audit) if other.id != audit.id and other.ended_on and not other.retired and _covers(isms, other, subject)
    ]
    return tuple(sorted(found, key=lambda other: other.ended_on or date.min, reverse=True))


def _covers(isms: Isms, audit: Audit, subject: str) -> bool:
    return subject in reached(isms, audit.covered)


def findings_on(isms: Isms, trace: Trace, subjects: Iterable[str]) -> tuple[AuditFinding | Nonconformity, ...]:
    """Return the findings and nonconformities about subjects, each once in the order of the registers; drafts and retired ones not."""
    named = {
        source
        for subject in subjects
        for kind in (AuditFinding, Nonconformity)
        for field in ("requirement", "concerns")
        for source in trace.sources(subject, kind, field)
    }
    entries: list[AuditFinding | Nonconformity] = [*isms.of(AuditFinding), *isms.of(Nonconformity)]
    return tuple(entry for entry in entries if entry.id in named and entry.living)


def findings_of(isms: Isms, audit: Audit) -> tuple[AuditFinding, ...]:
    """Return the findings of an audit, the gravest first."""
    order = ("major", "minor", "ofi", "compliant", None)
    found = [finding for finding in isms.of(AuditFinding) if finding.audit == audit.id and finding.living]
    return tuple(sorted(found, key=lambda finding: order.index(finding.grade)))
