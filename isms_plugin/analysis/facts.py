"""Everything that pages and reports are made of, computed once from one ISMS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from isms_plugin.analysis.acknowledgement_checks import check_acknowledgements
from isms_plugin.analysis.acknowledgements import Coverage, coverage
from isms_plugin.analysis.approval_checks import check_approvals
from isms_plugin.analysis.approvals import Standing, standings
from isms_plugin.analysis.completeness import check_entries
from isms_plugin.analysis.document_control import check_documents
from isms_plugin.analysis.evidence_coverage import check_evidence
from isms_plugin.analysis.links import check_links
from isms_plugin.analysis.risk_profile import check_risks
from isms_plugin.analysis.soa import SoaRow, check_soa, statement_of_applicability
from isms_plugin.analysis.trace import Trace, trace
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.history import History
from isms_plugin.model.isms import Isms
from isms_plugin.model.settings import Settings

Locator = Callable[[Iterable[Diagnostic]], list[Diagnostic]]
"""Gives diagnostics their line and column; the sources know how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One ISMS on one day, with all that follows from it."""

    isms: Isms
    history: History
    settings: Settings
    today: date
    trace: Trace
    soa: tuple[SoaRow, ...]
    standings: Mapping[str, Standing]
    """Where each document stands, by its id."""
    coverage: Coverage
    diagnostics: tuple[Diagnostic, ...]
    by_entry: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)

    def grade(self, diagnostic: Diagnostic) -> Grade:
        """Return the grade of a diagnostic in this organization."""
        return diagnostic.grade(self.settings.regrade)

    @property
    def failing(self) -> int:
        """How many diagnostics reach the threshold of the settings."""
        return sum(self.grade(item) >= self.settings.threshold > Grade.OFF for item in self.diagnostics)


def analyse(isms: Isms, history: History, settings: Settings, today: date, locate: Locator) -> Facts:
    """Run every check and derive every view; the same input gives the same facts."""
    relations, reported = trace(isms)
    soa = statement_of_applicability(isms, relations)
    standing = standings(isms, history, settings)
    covered = coverage(isms, standing, settings, today)
    found = [
        *isms.faults,
        *reported,
        *check_entries(isms, today),
        *check_documents(isms, history, standing, today),
        *check_approvals(isms, history, settings, standing, today),
        *check_acknowledgements(isms, covered, standing),
        *check_soa(isms, soa),
        *check_risks(isms),
        *check_evidence(isms),
        *check_links(isms),
    ]
    regrade = settings.regrade
    diagnostics = locate(item for item in found if item.grade(regrade) is not Grade.OFF)
    by_entry: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in diagnostics:
        by_entry[item.entry].append(item)
    return Facts(
        isms=isms,
        history=history,
        settings=settings,
        today=today,
        trace=relations,
        soa=tuple(soa),
        standings=standing,
        coverage=covered,
        diagnostics=tuple(diagnostics),
        by_entry={entry: tuple(items) for entry, items in by_entry.items()},
    )
