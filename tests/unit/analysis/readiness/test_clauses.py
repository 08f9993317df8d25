"""State of every clause, with the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.clauses import ClauseStanding, ClauseState, clause_standings
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit
from isms_plugin.analysis.readiness.table import check_of
from isms_plugin.model.diagnostic import Diagnostic, Grade
from isms_plugin.model.entry import Entry
from isms_plugin.model.nil_return import NilReturn
from tests.builders import (
    a_clause,
    a_document,
    a_nonconformity,
    a_review,
    an_action,
    an_audit,
    an_evidence,
    an_improvement,
    an_objective,
    facts_of,
)

NOTHING_RAISED = MockAudit(stage=Stage.STAGE_2)
REVIEWS = {"documented_information": [{"id": "management-review-results", "name": "results", "kind": "record", "basis": "explicit"}]}
LOG = {"documented_information": [{"id": "nonconformities", "name": "log", "kind": "record", "basis": "explicit"}]}
NIL = NilReturn.model_validate(
    {
        "id": "NIL-1", "register": "nonconformities", "period_from": "2026-01-01", "period_to": "2026-06-30", "stated_by": "PER-001",
        "stated_on": "2026-07-01", "basis": "Looked.",
    }
)  # fmt: skip


def standing(*changed: Entry, clause: str = "5.2", audit: MockAudit = NOTHING_RAISED, **options: Any) -> ClauseStanding:
    return clause_standings(facts_of(*changed, **options), audit)[clause]


def raised(facts: Facts, code: str, grade: Grade, entry: str = "") -> MockAudit:
    item = Diagnostic(code=code, message="m", entry=entry)
    return MockAudit(stage=Stage.STAGE_2, findings=(Finding(check=check_of(facts.isms, item), code=code, items=(item,), grade=grade),))


def test_an_approved_document_puts_it_in_place() -> None:
    found = standing()
    assert (found.state, found.reasons[0].text, found.reasons[0].entries) == (ClauseState.IN_PLACE, "in force", ("POL-001",))


def test_without_an_approval_there_is_a_draft_only() -> None:
    found = standing(without=["APR-POL-001-1.0"])
    assert (found.state, found.reasons[0].entries) == (ClauseState.DRAFT, ("POL-001",))


@pytest.mark.parametrize("basis", ["explicit", "implied"])
def test_what_nothing_answers_is_missing(basis: str) -> None:
    clause = a_clause(documented_information=[{"id": "policy", "name": "policy", "basis": basis}])
    found = standing(clause, without=["POL-001", "APR-POL-001-1.0"])
    assert found.state is ClauseState.MISSING
    assert found.reasons[0].text == "no document and no register answers it"


def test_what_is_only_implied_may_be_answered_by_a_document_that_names_the_clause() -> None:
    document = a_document(answers=[])
    for basis, state in (("implied", ClauseState.IN_PLACE), ("explicit", ClauseState.MISSING)):
        clause = a_clause(documented_information=[{"id": "policy", "name": "policy", "basis": basis}])
        found = standing(clause, document)
        assert (found.state, [item.id for item in found.documents]) == (state, ["POL-001"])


def test_a_withdrawn_document_answers_nothing() -> None:
    assert standing(a_document(status="withdrawn")).state is ClauseState.MISSING


@pytest.mark.parametrize(
    ("held_on", "state"),
    [
        (None, ClauseState.PLANNED),
        ("2026-11-25", ClauseState.PLANNED),
        ("2026-11-24", ClauseState.IN_PLACE),
        ("2024-02-29", ClauseState.IN_PLACE),
    ],
)
def test_a_record_counts_from_the_day_it_happened(held_on: str | None, state: ClauseState) -> None:
    clause = a_clause(id="9.3.3", **REVIEWS)
    assert standing(clause, a_review(held_on=held_on), clause="9.3.3").state is state


def test_on_a_leap_day_the_day_itself_counts() -> None:
    clause = a_clause(id="9.3.3", **REVIEWS)
    review = a_review(held_on="2028-02-29")
    assert standing(clause, review, clause="9.3.3", today=date(2028, 2, 29)).state is ClauseState.IN_PLACE
    assert standing(clause, review, clause="9.3.3", today=date(2028, 2, 28)).state is ClauseState.PLANNED


def test_a_record_counts_before_the_document_about_it() -> None:
    clause = a_clause(id="9.3.3", **REVIEWS)
    document = a_document(answers=["management-review-results"])
    assert standing(clause, document, a_review(held_on="2026-06-24"), clause="9.3.3").reasons[0].text == "1 in Management reviews"
    assert standing(clause, document, a_review(), clause="9.3.3").reasons[0].text == "in force"


@pytest.mark.parametrize(
    ("entries", "told"), [((), "nobody has stated so"), ((NIL,), "a nil return says so")], ids=["silent", "nil"]
)  # fmt: skip
def test_a_register_of_occasions_may_be_empty(entries: tuple[Entry, ...], told: str) -> None:
    found = standing(a_clause(id="10.2", **LOG), *entries, clause="10.2")
    assert found.state is ClauseState.NO_OCCASION
    assert told in found.reasons[0].text


def test_a_draft_entry_is_no_record() -> None:
    clause = a_clause(id="9.3.3", **REVIEWS)
    assert standing(clause, a_review(held_on="2026-06-24", status="draft"), clause="9.3.3").state is ClauseState.MISSING


def test_a_clause_that_asks_for_nothing_written_is_answered_by_registers_documents_or_evidence() -> None:
    clause = a_clause(id="9.2.1", documented_information=[])
    nothing = standing(clause, clause="9.2.1")
    assert (nothing.state, nothing.reasons[0].text) == (ClauseState.MISSING, "no document, register or evidence answers it")
    assert standing(clause, an_audit(), clause="9.2.1").reasons[0].text == "the register audits answers it"
    assert standing(clause, an_evidence(**{"for": ["9.2.1"]}), clause="9.2.1").reasons[0].text == "evidence shows it"
    assert standing(clause, a_document(clauses=["9.2.1"]), clause="9.2.1").reasons[0].text == "documents name it"


@pytest.mark.parametrize(
    ("grade", "state"),
    [
        (Grade.MAJOR, ClauseState.MAJOR),
        (Grade.MINOR, ClauseState.MINOR),
        (Grade.OFI, ClauseState.OFI),
    ],
)
def test_a_finding_that_quotes_it_tells(grade: Grade, state: ClauseState) -> None:
    facts = facts_of()
    found = clause_standings(facts, raised(facts, "policy-not-communicated", grade, "POL-001"))["5.2"]
    assert (found.state, found.reasons[0].entries) == (state, ("POL-001",))
    assert found.reasons[0].text == "Nothing shows that the information security policy was communicated"


def test_findings_on_other_clauses_do_not_touch_it() -> None:
    facts = facts_of()
    assert clause_standings(facts, raised(facts, "open-major", Grade.MAJOR, "POL-001"))["5.2"].state is ClauseState.IN_PLACE


def test_what_is_missing_is_told_once() -> None:
    facts = facts_of(without=["POL-001", "APR-POL-001-1.0"])
    found = clause_standings(facts, raised(facts, "information-missing", Grade.MAJOR, "5.2"))["5.2"]
    assert [reason.state for reason in found.reasons] == [ClauseState.MISSING]
    assert [concern.finding.code for concern in found.concerns] == ["information-missing"]


def test_open_nonconformities_are_seen_and_the_gravest_reason_counts() -> None:
    open_minor = a_nonconformity(requirement="5.2", closed_on=None)
    assert standing(open_minor).state is ClauseState.MINOR
    both = standing(open_minor, a_nonconformity(id="NC-002", requirement="5.2", closed_on=None, grade="major"), without=["APR-POL-001-1.0"])
    assert [reason.state for reason in both.reasons] == [ClauseState.MAJOR, ClauseState.DRAFT, ClauseState.MINOR]
    assert both.reasons[0].entries == ("NC-002",)


def test_headings_have_no_standing() -> None:
    assert list(clause_standings(facts_of(a_clause(id="5", heading="true", documented_information=[])), NOTHING_RAISED)) == ["5.2"]


def test_pieces_are_named_where_there_are_several() -> None:
    pieces = [{"id": "objectives", "name": "objectives"}, {"id": "improvements", "name": "ideas", "kind": "record"}]
    clause = a_clause(id="6.2", documented_information=pieces)
    found = standing(clause, an_objective(), an_improvement(raised_on="2026-11-25"), an_action(), clause="6.2")
    assert [(reason.state, reason.text) for reason in found.reasons] == [
        (ClauseState.PLANNED, "ideas: Improvements hold nothing that has happened yet")
    ]
