"""Which clauses and entries findings are about."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.concerns import by_clause, by_entry, merged
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit
from isms_plugin.analysis.readiness.table import check_of, quoted
from isms_plugin.model.diagnostic import Diagnostic, Grade
from tests.builders import a_measure, a_nonconformity, an_action, facts_of


def facts() -> Facts:
    return facts_of(a_nonconformity(), an_action(), a_measure())


@pytest.mark.parametrize(
    ("code", "entry", "clauses"),
    [
        ("acceptance-stale", "RSK-001", ("6.1.3",)),
        ("no-asset-register", "", ("A.5.9",)),
        ("information-missing", "5.2", ("5.2",)),
        ("overdue", "ACT-001", ("8.3",)),
        ("overdue", "MET-001", ("9.1",)),
        ("missing-field", "NC-001", ("10.2",)),
        ("missing-field", "RSK-001", ("6.1.2",)),
        ("overdue", "GONE", ("8.1",)),
        ("empty-register", "", ("7.5.1",)),
    ],
)
def test_clause_that_is_quoted(code: str, entry: str, clauses: tuple[str, ...]) -> None:
    item = Diagnostic(code=code, message="m", entry=entry)
    made = facts()
    assert quoted(made.isms, check_of(made.isms, item), item) == clauses


def finding(code: str, grade: Grade, *entries: str) -> Finding:
    items = tuple(Diagnostic(code=code, message=entry, entry=entry) for entry in entries)
    return Finding(check=check_of(facts().isms, items[0]), code=code, items=items, grade=grade)


def test_findings_are_split_by_what_they_name() -> None:
    audit = MockAudit(
        stage=Stage.STAGE_2, findings=(finding("open-major", Grade.MAJOR, "NC-001"), finding("overdue", Grade.MINOR, "ACT-001", "ACT-002"))
    )
    assert [item.entry for item in by_entry(audit)["ACT-002"][0].items] == ["ACT-002"]
    assert [item.entry for item in by_clause(facts(), audit)["8.3"][0].items] == ["ACT-001", "ACT-002"]
    assert "8.1" not in by_clause(facts(), audit)


def test_concerns_of_several_entries_hold_each_finding_once_and_the_gravest_first() -> None:
    audit = MockAudit(
        stage=Stage.STAGE_2, findings=(finding("overdue", Grade.MINOR, "ACT-001", "ACT-002"), finding("open-major", Grade.MAJOR, "NC-001"))
    )
    found = by_entry(audit)
    together = merged(found["ACT-002"], found["NC-001"], found["ACT-001"], found["ACT-001"])
    assert [(concern.finding.code, [item.entry for item in concern.items]) for concern in together] == [
        ("open-major", ["NC-001"]),
        ("overdue", ["ACT-001", "ACT-002"]),
    ]
