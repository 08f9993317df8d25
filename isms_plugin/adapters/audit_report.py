"""A mock audit as lines to read, in 100 columns."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit, Waived
from isms_plugin.analysis.readiness.table import gate_asked_at
from isms_plugin.analysis.readiness.verdict import stage_name, verdict
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Diagnostic, Grade

_WIDTH: Final = 100
_NAMED: Final = 5
"""Entries that are named beside a gate; the rest is counted."""


def audit_text(facts: Facts, audit: MockAudit) -> str:
    """Return findings, gates, what is waived, counts and the verdict, which comes last."""
    parts = [
        _wrapped(_head(facts, audit)),
        *(list(_finding(finding)) for finding in audit.findings),
        list(_gates(audit)),
        list(_waived(facts, audit)),
        [*_wrapped(_counts(audit)), *_wrapped(verdict(audit))],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _head(facts: Facts, audit: MockAudit) -> str:
    commit = f", commit {facts.history.head[:10]}" if facts.history.head else ", not in git"
    changed = " with changes that are not committed" if facts.history.uncommitted else ""
    return f"What an auditor would raise at {stage_name(audit.stage)}, as of {facts.today.isoformat()}{commit}{changed}"


def _finding(finding: Finding) -> Iterator[str]:
    why = f" ({finding.why})" if finding.why else ""
    yield from _wrapped(f"{finding.grade.word.upper()}{why}, check {finding.check.number}: {finding.check.title}", later=4)
    yield from _wrapped(f"{', '.join(finding.clauses)}: {CODES[finding.code].meaning} [{finding.code}]", 4)
    for item in finding.items:
        yield from _item(item)


def _item(item: Diagnostic) -> Iterator[str]:
    where = " ".join(part for part in (item.entry, str(item.place) if item.place.path else "") if part)
    yield from _wrapped(f"- {where}" if where else "- the ISMS as a whole", 4, 6)
    yield from _wrapped(item.message, 6)
    label = "" if item.hint.endswith("?") else "to clear it: "
    yield from _wrapped(f"{label}{item.hint}" if item.hint else "", 6, 8)


def _gates(audit: MockAudit) -> Iterator[str]:
    yield "Gates"
    for gate, majors in audit.gates:
        if majors:
            yield from _wrapped(f"tripped: {gate.title.lower()}, by {'; '.join(map(_cause, majors))}", 4, 6)
    others = [gate for gate, majors in audit.gates if not majors]
    for label, asked in (("not tripped", True), ("not asked at this stage", False)):
        names = [gate.title.lower() for gate in others if gate_asked_at(gate, audit.stage) is asked]
        yield from _wrapped(f"{label}: {', '.join(names)}" if names else "", 4, 6)


def _cause(major: Finding) -> str:
    entries = list(dict.fromkeys(item.entry for item in major.items if item.entry))
    more = [f"{len(entries) - _NAMED} more"] if len(entries) > _NAMED else []
    return f"{major.code} ({', '.join(entries[:_NAMED] + more)})" if entries else major.code


def _waived(facts: Facts, audit: MockAudit) -> Iterator[str]:
    if audit.waived:
        yield "Waived, so not counted"
    for waived in audit.waived:
        yield from _wrapped(f"- {_waiver(facts, waived)}", 4, 6)
        yield from _wrapped(f"{waived.item.message} [{waived.item.code}, {waived.item.clause}]", 6)


def _waiver(facts: Facts, waived: Waived) -> str:
    waiver = waived.waiver
    person = facts.isms.entries.get(waiver.approved_by or "")
    end = waiver.expires_on.isoformat() if waiver.expires_on else "no day"
    return f"{waiver.id}, approved by {person.name if person else waiver.approved_by}, until {end}; check {waived.check.number}"


def _counts(audit: MockAudit) -> str:
    graded = [f"{len(audit.graded(grade))} {grade.word}" for grade in (Grade.MAJOR, Grade.MINOR, Grade.OFI)]
    compliant = len(audit.compliant)
    checks = f"{compliant} check{'s' * (compliant != 1)} compliant"
    return ", ".join([*graded, f"{len(audit.waived)} waived", checks]) + "."


def _wrapped(text: str, first: int = 0, later: int | None = None) -> list[str]:
    """Return lines of a text, indented; what is longer than a line, such as a path, is kept whole."""
    after = " " * (first if later is None else later)
    return wrap(text, _WIDTH, initial_indent=" " * first, subsequent_indent=after, break_long_words=False, break_on_hyphens=False)
