"""Everything that pages and reports are made of, computed once from one ISMS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from isms_plugin.analysis.audits.checks import check_audits
from isms_plugin.analysis.audits.information_requests import check_information_requests
from isms_plugin.analysis.calendar.nil_returns import check_nil_returns
from isms_plugin.analysis.calendar.occasions import Occasions, check_occasions, occasions
from isms_plugin.analysis.calendar.promises import Record, check_promises, promise_records
from isms_plugin.analysis.calendar.schedule import DueItem, check_schedule, schedule
from isms_plugin.analysis.completeness import check_entries
from isms_plugin.analysis.corrective_action.checks import check_corrective_action
from isms_plugin.analysis.documents.acknowledgement_checks import check_acknowledgements
from isms_plugin.analysis.documents.acknowledgements import Coverage, coverage
from isms_plugin.analysis.documents.approval_checks import check_approvals
from isms_plugin.analysis.documents.approvals import Standing, standings
from isms_plugin.analysis.documents.control import check_documents
from isms_plugin.analysis.evidence.checks import check_evidence, check_kept_files
from isms_plugin.analysis.evidence.coverage import EvidenceCoverage, evidence_coverage
from isms_plugin.analysis.evidence.state import EvidenceStanding, evidence_standings
from isms_plugin.analysis.links import check_links
from isms_plugin.analysis.management_review.checks import check_management_reviews
from isms_plugin.analysis.measurement import check_measures
from isms_plugin.analysis.organization import check_organization
from isms_plugin.analysis.redaction.sections import check_audience_marks
from isms_plugin.analysis.risk.checks import check_risks
from isms_plugin.analysis.soa.checks import check_soa
from isms_plugin.analysis.soa.statement import SoaRow, statement_of_applicability
from isms_plugin.analysis.suspect_links import check_suspect_links
from isms_plugin.analysis.tombstones import check_tombstones
from isms_plugin.analysis.trace import Trace, trace
from isms_plugin.analysis.waivers import check_waivers, waiver_of, waivers
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.history import History
from isms_plugin.model.isms import Isms
from isms_plugin.model.known import NOTHING_KNOWN, KnownFile
from isms_plugin.model.operation import RuleException
from isms_plugin.model.settings import Settings

if TYPE_CHECKING:
    from isms_plugin.model.profile import Profile, Withheld

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
    promises: tuple[Record, ...] = ()
    """What documents in force promise, with what the registers show of it."""
    schedule: tuple[DueItem, ...] = ()
    """Everything that falls due, by day."""
    occasions: Occasions
    """Whether registers of occasions hold something, a nil return, or neither."""
    evidence: Mapping[str, EvidenceStanding]
    """Where each piece of evidence stands, by its id."""
    evidence_coverage: tuple[EvidenceCoverage, ...]
    """For which calendar periods there is evidence, for every proved entry and cadence."""
    locate: Locator = field(default=list, compare=False)
    """Gives further diagnostics their line and column."""
    waivers: tuple[RuleException, ...] = ()
    """Exceptions in force that waive checks."""
    diagnostics: tuple[Diagnostic, ...] = ()
    silenced: tuple[Diagnostic, ...] = ()
    """What the settings turn off: no report of ours shows it, but an auditor would see it."""
    by_entry: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    known: KnownFile = NOTHING_KNOWN
    """Diagnostics that are known and let a check pass; an audit pays no heed to them."""
    profile: Profile | None = None
    """For whom they are, where that is not everybody."""
    withheld: tuple[Withheld, ...] = ()
    """What those readers do not see."""

    def grade(self, diagnostic: Diagnostic) -> Grade:
        """Return the grade of a diagnostic in this organization; what is waived is for information."""
        grade = diagnostic.grade(self.settings.regrade)
        return min(grade, Grade.INFO) if self.waiver(diagnostic) else grade

    def waiver(self, diagnostic: Diagnostic) -> RuleException | None:
        """Return the exception that waives a diagnostic, if there is one."""
        return waiver_of(self.waivers, diagnostic) if self.waivers else None

    @property
    def failing(self) -> int:
        """How many diagnostics reach the threshold of the settings and are not known."""
        return sum(self.fails(item) for item in self.diagnostics)

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic reaches the threshold of the settings and is not known."""
        return self.grade(diagnostic) >= self.settings.threshold > Grade.OFF and self.known.get(diagnostic) is None


def analyse(isms: Isms, history: History, settings: Settings, today: date, locate: Locator) -> Facts:
    """Run every check and derive every view; the same input gives the same facts."""
    facts, reported = _views(isms, history, settings, today)
    regrade = settings.regrade
    found = list(chain(isms.faults, reported, _checks(facts)))
    diagnostics = locate(item for item in found if item.grade(regrade) is not Grade.OFF)
    silenced = locate(item for item in found if item.grade(regrade) is Grade.OFF)
    by_entry: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in diagnostics:
        by_entry[item.entry].append(item)
    return replace(
        facts,
        locate=locate,
        diagnostics=tuple(diagnostics),
        silenced=tuple(silenced),
        by_entry={entry: tuple(items) for entry, items in by_entry.items()},
    )


def _views(isms: Isms, history: History, settings: Settings, today: date) -> tuple[Facts, list[Diagnostic]]:
    """Return everything that is derived, without what the checks find, and what following the references has found."""
    relations, reported = trace(isms)
    standing = standings(isms, history, settings)
    audited = settings.period(today)
    promised = promise_records(isms, standing, audited, today)
    facts = Facts(
        isms=isms,
        history=history,
        settings=settings,
        today=today,
        trace=relations,
        soa=tuple(statement_of_applicability(isms, relations)),
        standings=standing,
        coverage=coverage(isms, standing, settings, today),
        promises=promised,
        schedule=schedule(isms, standing, promised, today, settings.due_soon),
        occasions=occasions(isms, audited),
        evidence=evidence_standings(isms, audited, today, settings.due_soon),
        evidence_coverage=evidence_coverage(isms, audited, today),
        waivers=waivers(isms, today),
    )
    return facts, reported


def _checks(facts: Facts) -> Iterator[Diagnostic]:
    """Everything that is wrong, in no order that matters."""
    isms, history, settings, today = facts.isms, facts.history, facts.settings, facts.today
    yield from check_entries(isms, today)
    yield from check_documents(isms, history, facts.standings, today)
    yield from check_approvals(isms, history, settings, facts.standings, today)
    yield from check_acknowledgements(isms, facts.coverage, facts.standings)
    yield from check_soa(isms, facts.soa, today)
    yield from check_risks(isms, facts.trace, today)
    yield from check_kept_files(isms)
    yield from check_evidence(isms, history, facts.soa, facts.evidence, facts.evidence_coverage, today, settings.evidence_lag)
    yield from check_links(isms)
    yield from check_suspect_links(isms, history.linked)
    yield from check_tombstones(isms, history.former, history.deleted)
    yield from check_schedule(isms, facts.schedule)
    yield from check_promises(isms, facts.promises)
    yield from check_nil_returns(isms, today)
    yield from check_occasions(isms, facts.occasions, settings.period(today))
    yield from check_organization(isms, facts.trace, today)
    yield from check_audits(isms, facts.trace)
    yield from check_information_requests(isms, today)
    yield from check_corrective_action(isms, facts.trace, today)
    yield from check_management_reviews(isms)
    yield from check_measures(isms, history)
    yield from check_waivers(isms)
    yield from check_audience_marks(isms)
