"""An approved and frozen statement, and evidence that controls work."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.control import find_statement, find_unproved
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import Baseline, Completeness, History
from tests.builders import a_control, a_decision, a_document, an_approval, an_evidence, facts_of, told

SOA = a_document(answers=["soa"])


def frozen(*days: str) -> History:
    made = [Baseline(name=f"isms-{day}", commit="c", tagger="Anna", date=datetime.fromisoformat(f"{day}T23:30:00+02:00")) for day in days]
    return History(completeness=Completeness.COMPLETE, baselines=tuple(made))


def statement(*changed: Entry, history: History | None = None, **options: Any) -> list[tuple[str, str]]:
    facts = facts_of(SOA, *changed, **options)
    return told(find_statement(replace(facts, history=history or frozen("2026-01-01")), Stage.STAGE_1))


def test_the_statement_is_approved_and_frozen() -> None:
    assert statement() == []


@pytest.mark.parametrize(
    ("changed", "without", "entry", "message"),
    [
        ([], ["SOA-A.5.1"], "", "no control has a decision"),
        ([a_decision(decision=None)], [], "", "no control has a decision"),
        ([a_document(answers=[])], [], "", "no document is the statement of applicability"),
        ([a_document(answers=["soa"], status="withdrawn")], [], "", "no document is the statement of applicability"),
        ([], ["APR-POL-001-1.0"], "POL-001", "POL-001: no version of the statement of applicability is approved"),
        ([an_approval(decision="rejected")], [], "POL-001", "POL-001: no version of the statement of applicability is approved"),
    ],
)
def test_what_is_not_approved(changed: list[Entry], without: list[str], entry: str, message: str) -> None:
    (item,) = find_statement(facts_of(SOA, *changed, without=without), Stage.STAGE_1)
    assert (item.code, item.entry) == ("soa-not-approved", entry)
    assert message in item.message


def test_a_draft_that_decides_nothing_is_no_decision() -> None:
    undecided = a_decision(id="SOA-A.8.1", control="A.8.1", decision=None, reason=None, state=None, status="draft")
    assert statement(a_control(id="A.8.1", title="User end point devices"), undecided) == [("no-decision", "SOA-A.8.1")]


def test_a_draft_that_decides_is_one() -> None:
    assert statement(a_decision(status="draft")) == []


@pytest.mark.parametrize(
    ("history", "codes"),
    [
        (frozen(), ["soa-not-frozen"]),
        (frozen("2025-12-31"), ["soa-not-frozen"]),
        (frozen("2026-01-01"), []),
        (frozen("2026-01-02", "2025-12-31"), []),
        (replace(frozen(), completeness=Completeness.SHALLOW), []),
        (History(), []),
    ],
)
def test_a_baseline_from_the_day_of_the_approval_on_holds_it(history: History, codes: list[str]) -> None:
    assert [code for code, _ in statement(history=history)] == codes


def unproved(*changed: Entry, **options: Any) -> list[tuple[str, str]]:
    return told(find_unproved(facts_of(*changed, **options), Stage.STAGE_2))


UNPROVED = [("control-unproved", "SOA-A.5.1")]


def test_an_implemented_control_has_evidence() -> None:
    assert unproved() == []
    assert unproved(without=["EVD-001"]) == UNPROVED


@pytest.mark.parametrize("changes", [{"decision": "excluded"}, {"state": "partly"}, {"state": "planned"}])
def test_others_owe_none(changes: dict[str, Any]) -> None:
    assert unproved(a_decision(**changes), without=["EVD-001"]) == []


def test_evidence_of_earlier_years_shows_nothing() -> None:
    old = {"period_from": "2024-01-01", "period_to": "2024-12-31", "taken_on": "2025-01-02"}
    assert unproved(an_evidence(**old)) == UNPROVED


@pytest.mark.parametrize("changes", [{"valid_to": "2026-11-23"}, {"sha256": "b" * 64}, {"at": "evidence/lost.csv"}])
def test_what_has_a_code_of_its_own_is_not_told_twice(changes: dict[str, Any]) -> None:
    assert unproved(an_evidence(**changes)) == []


def test_a_control_without_a_document_too_has_a_code_of_its_own() -> None:
    assert unproved(a_document(controls=[]), without=["EVD-001"]) == []


def test_a_control_that_waits_for_its_occasion_is_no_failure() -> None:
    waiting = (a_control(id="A.5.36"), a_decision(id="SOA-A.5.36", control="A.5.36"), a_document(controls=["A.5.1", "A.5.36"]))
    assert unproved(*waiting) == []
    assert unproved(a_control(id="A.5.2"), a_decision(id="SOA-A.5.2", control="A.5.2"), a_document(controls=["A.5.1", "A.5.2"])) == [
        ("control-unproved", "SOA-A.5.2")
    ]
