"""State of every applicable control: design, operation, and what was found."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.controls import (
    ControlStanding,
    ControlState,
    Design,
    control_standings,
    excluded,
    undecided,
)
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit
from isms_plugin.analysis.readiness.table import check_of
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.entry import Entry
from tests.builders import a_control, a_decision, a_document, a_finding, a_nonconformity, an_action, an_audit, an_evidence, facts_of

NOTHING_RAISED = MockAudit(stage=Stage.STAGE_2)


def standing(*changed: Entry, audit: MockAudit = NOTHING_RAISED, control: str = "A.5.1", **options: Any) -> ControlStanding:
    return control_standings(facts_of(*changed, **options), audit)[control]


def raised(facts: Facts, code: str, grade: Grade, entry: str) -> MockAudit:
    item = Diagnostic(code=code, message="m", entry=entry)
    return MockAudit(stage=Stage.STAGE_2, findings=(Finding(check=check_of(facts.isms, item), code=code, items=(item,), grade=grade),))


def test_designed_and_evidenced_is_compliant() -> None:
    found = standing()
    assert (found.state, found.design, found.reason) == (ControlState.COMPLIANT, Design.IN_FORCE, "EVD-001 shows it")


@pytest.mark.parametrize(
    ("changed", "options", "design"),
    [
        ((), {"without": ["APR-POL-001-1.0"]}, Design.DRAFT),
        ((a_document(controls=[]),), {}, Design.NONE),
        ((a_document(title="Another title"),), {}, Design.CHANGED),
        ((a_document(status="withdrawn"),), {}, Design.NONE),
    ],
)
def test_design_follows_the_documents(changed: tuple[Entry, ...], options: dict[str, Any], design: Design) -> None:
    assert standing(*changed, **options).design is design


@pytest.mark.parametrize(
    ("state", "reason"), [("planned", "it is planned"), ("partly", "it is implemented in part")]
)  # fmt: skip
def test_what_is_planned_is_no_finding(state: str, reason: str) -> None:
    found = standing(a_decision(state=state))
    assert (found.state, found.reason) == (ControlState.NOT_IMPLEMENTED, reason)


def test_without_an_occasion_nothing_can_fail() -> None:
    control, decision = a_control(id="A.5.25"), a_decision(id="SOA-A.5.25", control="A.5.25")
    assert standing(control, decision, control="A.5.25").state is ControlState.NO_OCCASION


def test_without_evidence_it_is_not_shown() -> None:
    assert standing(without=["EVD-001"]).state is ControlState.UNPROVED


@pytest.mark.parametrize("entry", ["A.5.1", "SOA-A.5.1", "EVD-001", "ACT-001"])
@pytest.mark.parametrize(
    ("grade", "state"),
    [(Grade.MAJOR, ControlState.MAJOR), (Grade.MINOR, ControlState.MINOR), (Grade.OFI, ControlState.OFI)],
)
def test_what_is_raised_about_it_its_evidence_or_actions_tells(entry: str, grade: Grade, state: ControlState) -> None:
    facts = facts_of(an_action(**{"for": ["A.5.1"]}, done_on=None))
    found = control_standings(facts, raised(facts, "evidence-changed", grade, entry))["A.5.1"]
    assert (found.state, found.reason) == (state, "an evidence file does not have the recorded SHA-256")


def test_a_finding_that_quotes_the_control_concerns_it() -> None:
    facts = facts_of(a_control(id="A.5.9"), a_decision(id="SOA-A.5.9", control="A.5.9"))
    found = control_standings(facts, raised(facts, "no-asset-register", Grade.MAJOR, ""))
    assert (found["A.5.9"].state, found["A.5.1"].state) == (ControlState.MAJOR, ControlState.COMPLIANT)


def test_a_finding_on_a_document_is_not_repeated_with_every_control() -> None:
    facts = facts_of()
    assert control_standings(facts, raised(facts, "review-overdue", Grade.MINOR, "POL-001"))["A.5.1"].state is ControlState.COMPLIANT


def test_open_nonconformities_count_with_their_grade() -> None:
    found = standing(a_nonconformity(closed_on=None, grade="major"), a_finding(), an_audit(), an_action())
    assert found.state is ControlState.MAJOR
    assert found.reason.startswith("NC-001 is open: ")
    assert [item.entry.id for item in found.opened] == ["NC-001"]


def test_the_reason_is_that_of_the_gravest() -> None:
    facts = facts_of(a_nonconformity(closed_on=None), an_evidence(), an_action())
    found = control_standings(facts, raised(facts, "evidence-changed", Grade.MAJOR, "EVD-001"))["A.5.1"]
    assert "NC-001" not in found.reason


def test_excluded_and_undecided_controls_have_no_standing() -> None:
    facts = facts_of(
        a_control(id="A.5.2"), a_control(id="A.5.3"), a_control(id="A.5.4"), a_decision(id="SOA-2", control="A.5.2", decision="excluded"),
        a_decision(id="SOA-3", control="A.5.3", decision=None),
    )  # fmt: skip
    assert list(control_standings(facts, NOTHING_RAISED)) == ["A.5.1"]
    assert [row.control.id for row in excluded(facts)] == ["A.5.2"]
    assert [row.control.id for row in undecided(facts)] == ["A.5.3", "A.5.4"]
