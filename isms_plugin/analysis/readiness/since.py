"""Since which day surveillance and recertification look, what was done in operation since, and the trend of findings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from isms_plugin.analysis.calendar.nil_returns import happened
from isms_plugin.analysis.corrective_action.finding import finding_state
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.audit import Audit, AuditFinding
from isms_plugin.model.cadence import Period, later
from isms_plugin.model.certification import Certification
from isms_plugin.model.entry import Entry

EXTERNAL: Final = ("stage_1", "stage_2", "surveillance", "recertification")
"""Kinds of audit that the certification body makes."""
CYCLE_MONTHS: Final = 36
"""How far recertification looks back where no certificate says since when it holds."""


class Since(NamedTuple):
    """The day after which things count, and what happened on it; without a day everything counts."""

    day: date | None
    entry: Entry | None
    why: str


class Counted(NamedTuple):
    """A register of what is done in operation: what happened since, the newest first."""

    declaration: type[Entry]
    entries: tuple[Entry, ...]


class AuditTrend(NamedTuple):
    """An audit that has ended, and its findings by grade."""

    audit: Audit
    counts: dict[str, int]
    open: int
    """How many of them nothing has settled."""


def since(facts: Facts, stage: Stage) -> Since:
    """Return the day after which an audit of a stage looks: of the last external audit or, for recertification, of the certificate."""
    if stage is Stage.RECERTIFICATION:
        issued = [item for item in facts.isms.living(Certification) if item.issued_on and item.issued_on <= facts.today and not item.closed]
        certificate = max(issued, key=lambda item: (item.issued_on, item.id), default=None)
        if certificate is not None:
            return Since(certificate.issued_on, certificate, "the day of the certificate")
        return Since(later(facts.today, -CYCLE_MONTHS), None, "three years ago; no certificate says since when it holds")
    ended = [(audit.ended_on, audit) for audit in facts.isms.living(Audit) if audit.kind in EXTERNAL and audit.ended_on]
    past = [(day, audit) for day, audit in ended if day <= facts.today]
    day, last = max(past, key=lambda pair: (pair[0], pair[1].id), default=(None, None))
    return Since(day, last, "the last day of the last external audit" if last else "no external audit has taken place; everything counts")


def operational(facts: Facts, after: Since) -> list[Counted]:
    """Return every register of operation whose entries have a day, with what happened since."""
    period = _period(facts, after)
    registers = [kind for kind in facts.isms.kinds if kind.KIND.group == "Operation" and (kind.KIND.happened or kind.KIND.occasion)]
    return [Counted(kind, tuple(reversed(happened(facts.isms, kind, period))) if period else ()) for kind in registers]


def trend(facts: Facts) -> list[AuditTrend]:
    """Return the audits that have ended with their findings by grade, the oldest first."""
    ended = [(audit.ended_on, audit) for audit in facts.isms.living(Audit) if audit.ended_on and audit.ended_on <= facts.today]
    found = []
    for _, audit in sorted(ended, key=lambda pair: (pair[0], pair[1].id)):
        findings = [finding for finding in facts.isms.living(AuditFinding) if finding.audit == audit.id]
        counts = {grade: sum(finding.grade == grade for finding in findings) for grade in ("major", "minor", "ofi", "compliant")}
        found.append(AuditTrend(audit, counts, sum(finding_state(facts.isms, facts.trace, finding).open for finding in findings)))
    return found


def _period(facts: Facts, after: Since) -> Period | None:
    """Return the days that count: from the day after up to today; None while there is none."""
    first = date.min if after.day is None else after.day + timedelta(days=1)
    return Period(first, facts.today) if first <= facts.today else None


def within(facts: Facts, after: Since, day: date | None) -> bool:
    """Whether a day lies after the day of the audit and is not to come; the day itself belongs to the audit."""
    return day is not None and day <= facts.today and (after.day is None or day > after.day)
