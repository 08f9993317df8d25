"""What the manager of the ISMS sees first: what is blocked, what is due, what is not covered; ranked, each line leading to its entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Final, Literal, NamedTuple

from isms_plugin.analysis.calendar.schedule import DueItem
from isms_plugin.analysis.corrective_action.certification import Blocker, CertificationView, certification_view
from isms_plugin.analysis.documents.acknowledgements import DocumentCoverage
from isms_plugin.analysis.evidence.coverage import gaps
from isms_plugin.analysis.evidence.state import State
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.first_steps import FirstStep, first_steps
from isms_plugin.analysis.next_days import NextDay, distance, next_days, next_stage
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit
from isms_plugin.analysis.risk.acceptance import over_limit
from isms_plugin.analysis.risk.profile import by_level
from isms_plugin.model.action import Action
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence

Section = Literal["blocked", "overdue", "soon", "coverage"]

NEAR: Final = 14
"""Days within which something due comes before the rest of what is due soon."""
_NAMED: Final = 3
"""Entries of one finding that have a line each; more of them share one."""


class Ranked(NamedTuple):
    """Where a line stands, what it says of itself, and how grave it is."""

    section: Section
    words: str
    grade: Grade = Grade.INFO


class Sort(Enum):
    """What a line is about. Lines of a section stand in this order, then by day, then as they were found."""

    GATE = Ranked("blocked", "gate", Grade.MAJOR)
    OPEN_MAJOR = Ranked("blocked", "open major", Grade.MAJOR)
    RAISED = Ranked("blocked", "major", Grade.MAJOR)
    BODY_MINOR = Ranked("blocked", "minor", Grade.MINOR)
    RISK = Ranked("blocked", "risk", Grade.MAJOR)
    OVERDUE_MAJOR = Ranked("overdue", "overdue", Grade.MAJOR)
    OVERDUE = Ranked("overdue", "overdue", Grade.MINOR)
    NEAR = Ranked("soon", "soon")
    SOON = Ranked("soon", "later")
    NOT_ACKNOWLEDGED = Ranked("coverage", "not confirmed", Grade.MINOR)
    EVIDENCE_EXPIRED = Ranked("coverage", "evidence expired", Grade.MINOR)
    UNCOVERED = Ranked("coverage", "not audited", Grade.MINOR)
    EVIDENCE_GAP = Ranked("coverage", "evidence gap", Grade.OFI)
    EVIDENCE_EXPIRING = Ranked("coverage", "evidence expiring")
    TO_ACKNOWLEDGE = Ranked("coverage", "to be confirmed")


_RANK: Final = {sort: rank for rank, sort in enumerate(Sort)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: the entry it leads to, or none where it leads to the page of its sort under a title."""

    sort: Sort
    reasons: tuple[str, ...]
    entry: str = ""
    title: str = ""
    day: date | None = None
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """Everything on the first page that is worked out."""

    audit: MockAudit
    """What the auditor would raise in the next audit of the certification."""
    certificate: CertificationView
    lines: tuple[Line, ...]
    """Ranked."""
    days: tuple[NextDay, ...]
    first: tuple[FirstStep, ...]
    waived: int
    """Diagnostics that an exception waives today."""

    def of(self, section: Section) -> list[Line]:
        """Return the lines of a section."""
        return [line for line in self.lines if line.sort.value.section == section]


def dashboard(facts: Facts, audits: Mapping[Stage, MockAudit]) -> Dashboard:
    """Return the dashboard of a day; the same facts give the same lines."""
    audit = audits[next_stage(facts.isms, facts.today)]
    certificate = certification_view(facts)
    lines = (*_together(_blocked(facts, audit, certificate)), *_due(facts, certificate), *_uncovered(facts, audit))
    return Dashboard(
        audit=audit,
        certificate=certificate,
        lines=tuple(sorted(lines, key=lambda line: (_RANK[line.sort], line.day or date.max))),
        days=next_days(facts.isms, facts.today),
        first=first_steps(facts.isms),
        waived=sum(facts.waiver(item) is not None for item in facts.diagnostics),
    )


def _together(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield one line for each entry: the gravest, with the reasons of the others behind its own."""
    found: dict[str, Line] = {}
    for line in sorted(lines, key=lambda line: _RANK[line.sort]):
        if not line.entry:
            yield line
        elif line.entry in found:
            known = found[line.entry]
            found[line.entry] = replace(known, reasons=tuple(dict.fromkeys((*known.reasons, *line.reasons))), day=known.day or line.day)
        else:
            found[line.entry] = line
    yield from found.values()


def _blocked(facts: Facts, audit: MockAudit, certificate: CertificationView) -> Iterator[Line]:
    gates = {finding.code: gate.title for gate, tripped in audit.gates for finding in tripped}
    for finding in audit.graded(Grade.MAJOR):
        yield from _raised(facts, finding, gates.get(finding.code, ""))
    yield from _blocking(Sort.OPEN_MAJOR, certificate.majors)
    yield from _blocking(Sort.BODY_MINOR, certificate.minors)
    for item in by_level(facts.isms):
        if over_limit(item) and not item.risk.draft:
            _, most = item.method.limits(item.risk.category)
            told = f"level {item.residual_level} after treatment, its owner may accept {most} at most"
            yield Line(sort=Sort.RISK, entry=item.risk.id, reasons=(told,))


def _raised(facts: Facts, finding: Finding, gate: str) -> Iterator[Line]:
    """Yield a line for each entry of a finding; one for all where they are many, or where there is none."""
    sort = Sort.GATE if gate else Sort.RAISED
    known = list(dict.fromkeys(item.entry for item in finding.items if item.entry in facts.isms.entries))
    if not known or len(known) > _NAMED:
        told = finding.items[0].message if len(finding.items) == 1 else CODES[finding.code].meaning.removesuffix(".")
        more = (f"{len(known)} entries",) if known else ()
        yield Line(sort=sort, title=gate or finding.check.title, reasons=tuple(filter(None, (told, *more, finding.why))))
        return
    for identifier in known:
        told = next(item.message for item in finding.items if item.entry == identifier)
        reasons = (gate, _without_name(facts.isms.entries[identifier], told), finding.why)
        yield Line(sort=sort, entry=identifier, reasons=tuple(filter(None, reasons)))


def _without_name(entry: Entry, message: str) -> str:
    """Return a message without the id and name that it begins with: the line says them already."""
    rest = message.removeprefix(entry.id).lstrip(": ") if message.startswith(entry.id) else message
    return rest.removeprefix(entry.name).lstrip(":, ")


def _blocking(sort: Sort, blockers: Iterable[Blocker]) -> Iterator[Line]:
    for entry, why in blockers:
        yield Line(sort=sort, entry=entry.id, reasons=("blocks the certificate", why))


def _due(facts: Facts, certificate: CertificationView) -> Iterator[Line]:
    """Yield what is overdue or due soon; the calendar has the rest."""
    grave = _of_majors(facts, certificate)
    for item in facts.schedule:
        if item.state != "later":
            yield Line(
                sort=_due_sort(item, grave, facts.settings.regrade, facts.today),
                entry=item.entry.id,
                reasons=(item.what, distance(item.day, facts.today)),
                day=item.day,
                who=item.owner.id if item.owner else "",
            )


def _due_sort(item: DueItem, grave: frozenset[str], regrade: Mapping[str, Grade], today: date) -> Sort:
    if item.state == "overdue":
        return Sort.OVERDUE_MAJOR if item.entry.id in grave or regrade.get(item.code) is Grade.MAJOR else Sort.OVERDUE
    return Sort.NEAR if item.day <= today + timedelta(days=NEAR) else Sort.SOON


def _of_majors(facts: Facts, certificate: CertificationView) -> frozenset[str]:
    """Return the open majors and the actions that are to close them."""
    majors = {entry.id for entry, _ in certificate.majors}
    named = {action for entry, _ in certificate.majors for action in getattr(entry, "actions", ())}
    serving = {source for identifier in majors for source in facts.trace.sources(identifier, Action, "purpose")}
    return frozenset(majors | named | serving)


def _uncovered(facts: Facts, audit: MockAudit) -> Iterator[Line]:
    for covered in facts.coverage.documents:
        yield from _unconfirmed(covered)
    for evidence in facts.isms.of(Evidence):
        standing = facts.evidence[evidence.id]
        sort = {State.EXPIRED: Sort.EVIDENCE_EXPIRED, State.EXPIRING: Sort.EVIDENCE_EXPIRING}.get(standing.state)
        if sort is not None and evidence.living:
            yield Line(sort=sort, entry=evidence.id, reasons=(standing.reason,))
    for (newest, _, _), items in gaps(facts.evidence_coverage).items():
        targets = ", ".join(item.target for item in items)
        yield Line(sort=Sort.EVIDENCE_GAP, entry=newest.id, reasons=(f"{targets}: {items[0].sentence}",))
    for finding in audit.findings:
        if finding.code == "audit-coverage-gap":
            yield from (Line(sort=Sort.UNCOVERED, entry=item.entry, reasons=(item.message,)) for item in finding.items if item.entry)


def _unconfirmed(covered: DocumentCoverage) -> Iterator[Line]:
    entry, version = covered.document.id, f" version {covered.text.version}" if covered.text.version else ""
    if covered.of("missing", "stale"):
        yield Line(sort=Sort.NOT_ACKNOWLEDGED, entry=entry, reasons=(f"{covered.count('missing', 'stale')} have not confirmed{version}",))
    waiting = covered.of("grace")
    if waiting:
        last = max((item.due for item in waiting if item.due), default=None)
        by = f", the last by {last}" if last else ""
        yield Line(sort=Sort.TO_ACKNOWLEDGE, entry=entry, reasons=(f"{covered.count('grace')} have still time to confirm{version}{by}",))
