"""What an auditor would raise on a day: the failures of the checks, put together and graded as she would; never a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import ReadinessCheck, Stage
from isms_plugin.analysis.readiness.gates import GATES, Gate
from isms_plugin.analysis.readiness.table import CHECKS, check_of, quoted
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.operation import RuleException

_SOME: Final = 3
"""Failures from which on something can be widespread, if they are half of what was looked at. Both numbers are ours: auditors judge."""

_ORDER: Final = {code: position for position, code in enumerate(CODES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding as an auditor would write it: everything with one code, and the grade of it all."""

    check: ReadinessCheck
    code: str
    items: tuple[Diagnostic, ...]
    grade: Grade
    why: str = ""
    """Why the grade is higher than that of a single case; empty where it is not."""
    clauses: tuple[str, ...] = ()
    """Clauses and controls that are quoted, each once."""


class Waived(NamedTuple):
    """A diagnostic that does not count while an exception is in force."""

    item: Diagnostic
    check: ReadinessCheck
    waiver: RuleException


@dataclass(frozen=True, slots=True, kw_only=True)
class MockAudit:
    """The result of a mock audit: findings with the gravest first, and what was waived."""

    stage: Stage
    findings: tuple[Finding, ...] = ()
    waived: tuple[Waived, ...] = ()

    def graded(self, grade: Grade) -> list[Finding]:
        """Return the findings of a grade."""
        return [finding for finding in self.findings if finding.grade is grade]

    @property
    def compliant(self) -> list[ReadinessCheck]:
        """Checks that were asked and found nothing."""
        failed = {finding.check.number for finding in self.findings}
        return [check for check in CHECKS if check.asked_at(self.stage) and check.number not in failed]

    @property
    def ready(self) -> bool:
        """Whether nothing stands that would fail the audit."""
        return not self.graded(Grade.MAJOR)

    def tripped(self, gate: Gate) -> list[Finding]:
        """Return the majors that trip a gate."""
        return [finding for finding in self.graded(Grade.MAJOR) if finding.code in gate.codes]

    @property
    def gates(self) -> list[tuple[Gate, list[Finding]]]:
        """Every gate with what trips it."""
        return [(gate, self.tripped(gate)) for gate in GATES]


def mock_audit(facts: Facts, stage: Stage) -> MockAudit:
    """Return what would be raised in an audit; the same facts give the same result.

    What the settings turn off or grade lower counts as in the table of codes: only an exception with an approver and a last day
    waives something.
    """
    found: dict[tuple[int, str], list[Diagnostic]] = defaultdict(list)
    waived: list[Waived] = []
    for check, item in _failures(facts, stage):
        waiver = facts.waiver(item)
        if waiver:
            waived.append(Waived(item, check, waiver))
        else:
            found[check.number, item.code].append(item)
    findings = [_finding(facts, CHECKS[number - 1], code, items) for (number, code), items in found.items()]
    graded = [finding for finding in findings if finding.grade > Grade.INFO]
    return MockAudit(
        stage=stage,
        findings=tuple(sorted(graded, key=lambda item: (-item.grade, item.check.number, _ORDER[item.code]))),
        waived=tuple(sorted(waived, key=lambda item: (item.check.number, item.item.order))),
    )


def _failures(facts: Facts, stage: Stage) -> Iterator[tuple[ReadinessCheck, Diagnostic]]:
    reported = ((check_of(facts.isms, item), item) for item in (*facts.diagnostics, *facts.silenced))
    yield from ((check, item) for check, item in reported if check.asked_at(stage))
    for check in CHECKS:
        if check.find is not None and check.asked_at(stage):
            yield from ((check, item) for item in facts.locate(check.find(facts, stage)))


def _finding(facts: Facts, check: ReadinessCheck, code: str, items: Sequence[Diagnostic]) -> Finding:
    grade = max(Grade.of(CODES[code].grade), *(item.grade(facts.settings.regrade) for item in items))
    why = _widespread(facts, items) if check.widespread and grade is Grade.MINOR else ""
    ordered = tuple(sorted(items, key=lambda item: item.order))
    clauses = tuple(dict.fromkeys(clause for item in ordered for clause in quoted(facts.isms, check, item)))
    return Finding(check=check, code=code, items=ordered, grade=Grade.MAJOR if why else grade, why=why, clauses=clauses)


def _widespread(facts: Facts, items: Iterable[Diagnostic]) -> str:
    """Return why minors are a major together: at least half of all entries of their kinds have the same mistake."""
    entries = facts.isms.entries
    failing = {item.entry for item in items if item.entry in entries}
    kinds = {type(entries[identifier]) for identifier in failing}
    population = [entry for entry in entries.values() if type(entry) in kinds and entry.living]
    if len(failing) < _SOME or 2 * len(failing) < len(population):
        return ""
    return f"widespread: {len(failing)} of {len(population)}"
