"""Documented information that is missing or not approved, and version control."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.documented import ELSEWHERE, NEVER_DUE, find, find_version_control
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.history import Completeness, History
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.objective import Measure
from isms_plugin.model.operation import RestoreTest
from tests.builders import (
    TODAY,
    a_clause,
    a_decision,
    a_document,
    a_measure,
    a_nonconformity,
    an_action,
    an_approval,
    an_evidence,
    facts_of,
    told,
)

MISSING = [("information-missing", "8.1")]


def asking(name: str, kind: str = "document", basis: str = "explicit") -> Entry:
    item = {"id": name, "kind": kind, "basis": basis, "name": f"the {name}"}
    return a_clause(id="8.1", title="Operation", documented_information=[item])


def found(*changed: Entry, stage: Stage = Stage.STAGE_2, **options: Any) -> list[tuple[str, str]]:
    return told(find(facts_of(*changed, **options), stage))


@pytest.mark.parametrize("stage", Stage)
def test_what_is_asked_for_in_so_many_words_has_to_exist(stage: Stage) -> None:
    assert found(asking("scope"), stage=stage) == MISSING
    assert found(asking("scope", basis="implied"), stage=stage) == []


def test_what_is_missing_is_told_with_what_could_be_done() -> None:
    (item,) = find(facts_of(asking("scope")), Stage.STAGE_1)
    assert item.message == "8.1 Operation: nothing is registered as the scope"
    assert item.hint == "write the document and give it `answers: [scope]`"
    (item,) = find(facts_of(asking("objectives")), Stage.STAGE_1)
    assert item.hint == "fill the register `objectives`, or write the document and give it `answers: [objectives]`"
    assert item.place.path == "registers/objectives.yml"


@pytest.mark.parametrize("name", sorted(ELSEWHERE | NEVER_DUE))
def test_nothing_is_told_twice(name: str) -> None:
    assert found(asking(name)) == []


def test_a_document_with_a_version_in_force_is_enough() -> None:
    assert found(asking("policy")) == []


@pytest.mark.parametrize(
    "changes", [{"status": "draft"}, {"status": "retired"}, {"decision": "rejected"}, {"version": "0.9"}, {"document": "POL-002"}]
)
def test_a_document_of_which_no_version_is_in_force_is_not(changes: dict[str, Any]) -> None:
    assert found(asking("policy"), an_approval(**changes)) == [("information-unapproved", "POL-001")]


@pytest.mark.parametrize(
    ("changes", "state"),
    [({"status": "draft"}, "draft"), ({"status": "in_review"}, "in review"), ({}, "no approval on record")],
)
def test_the_state_of_the_document_is_told(changes: dict[str, Any], state: str) -> None:
    (item,) = find(facts_of(asking("policy"), a_document(**changes), without=["APR-POL-001-1.0"]), Stage.STAGE_1)
    assert item.message == f"8.1 Operation: no approved version of the policy: POL-001 Security policy ({state})"


def test_an_approval_that_does_not_count_is_named() -> None:
    (item,) = find(facts_of(asking("policy"), an_approval(decision="rejected")), Stage.STAGE_1)
    assert "its approval APR-POL-001-1.0 does not count" in item.message


def test_a_withdrawn_document_is_missing() -> None:
    assert found(asking("policy"), a_document(status="withdrawn")) == MISSING


def test_records_need_no_approval() -> None:
    assert found(asking("policy", kind="record"), without=["APR-POL-001-1.0"]) == []


@pytest.mark.parametrize(("status", "missing"), [("active", False), ("draft", True), ("retired", True)])
def test_a_register_with_living_entries_is_enough(status: str, missing: bool) -> None:
    action = an_action(status=status)
    assert found(asking("risk-treatment-plan"), action) == (MISSING if missing else [])


def test_a_nil_return_says_that_there_was_no_occasion() -> None:
    item = asking("nonconformities", kind="record")
    nil = NilReturn.model_validate({"id": "NIL-001", "register": "nonconformities", "period_from": "2026-01-01", "period_to": "2026-06-30"})
    assert found(item) == MISSING
    assert found(item, nil) == []
    assert found(item, nil.model_copy(update={"status": "draft"})) == MISSING
    assert found(item, a_nonconformity()) == []


UNVALUED: Measure = a_measure(values=[])
UNTREATED = a_decision(state="planned")


@pytest.mark.parametrize(
    ("name", "entries", "without", "missing"),
    [
        ("operation", (), (), False),
        ("operation", (), ("EVD-001",), True),
        ("operation", (an_evidence(status="draft"),), (), True),
        ("operation", (RestoreTest(id="RST-001", tested_on=TODAY),), ("EVD-001",), False),
        ("measurement-results", (), (), True),
        ("measurement-results", (UNVALUED,), (), True),
        ("measurement-results", (a_measure(),), (), False),
        ("measurement-results", (a_measure(status="retired"),), (), True),
        ("risk-treatment-results", (), (), False),
        ("risk-treatment-results", (UNTREATED,), (), True),
        ("risk-treatment-results", (UNTREATED, an_action(done_on="2026-11-24")), (), False),
        ("risk-treatment-results", (UNTREATED, an_action(done_on="2026-11-25")), (), True),
        ("risk-treatment-results", (UNTREATED, an_action(done_on=None)), (), True),
        ("risk-treatment-results", (), ("RSK-001",), True),
    ],
)
def test_results_are_owed_from_stage_2_on(name: str, entries: tuple[Entry, ...], without: tuple[str, ...], missing: bool) -> None:
    asked = asking(name, kind="record")
    assert found(asked, *entries, without=without, stage=Stage.STAGE_1) == []
    for stage in (Stage.STAGE_2, Stage.SURVEILLANCE, Stage.RECERTIFICATION):
        assert found(asked, *entries, without=without, stage=stage) == (MISSING if missing else [])


def test_the_registers_of_operation_are_those_beside_evidence() -> None:
    assert RestoreTest.KIND.group == Evidence.KIND.group


@pytest.mark.parametrize(
    ("completeness", "codes"),
    [(Completeness.UNKNOWN, ["not-version-controlled"]), (Completeness.SHALLOW, []), (Completeness.COMPLETE, [])],
)
def test_a_history_shows_versions(completeness: Completeness, codes: list[str]) -> None:
    facts = replace(facts_of(), history=History(completeness=completeness, reason="no repository"))
    items = list(find_version_control(facts, Stage.STAGE_1))
    assert [item.code for item in items] == codes
    assert all(item.message.endswith(": no repository") for item in items)


def versions(*documents: Entry) -> list[str]:
    facts = replace(facts_of(*documents, without=["POL-001"]), history=History(completeness=Completeness.COMPLETE))
    return [item.message for item in find_version_control(facts, Stage.STAGE_1)]


def test_documents_have_versions() -> None:
    bare, other = a_document(id="POL-002", version=None), a_document(id="POL-003", version=None)
    assert versions(bare, other) == ["no document has a version: 2 in policies"]
    assert versions(bare, a_document(id="POL-003")) == []
    assert versions(bare, a_document(id="POL-003", status="withdrawn")) == ["no document has a version: 1 in policies"]
    assert versions() == []
