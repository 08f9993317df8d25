from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.corrective_action.finding import FindingState, finding_state, found_by_body, raised_by_body, taken_up_by
from isms_plugin.analysis.trace import trace
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Improvement
from tests.builders import a_finding, a_nonconformity, an_action, an_audit, an_isms

ALONE = {"becomes": None}
SERVING = {"for": ["FND-001"]}


def state(changes: dict[str, Any], *others: Entry) -> FindingState:
    finding = a_finding(**changes)
    isms = an_isms(finding, an_audit(), *others)
    return finding_state(isms, trace(isms)[0], finding)


@pytest.mark.parametrize(
    ("changes", "others", "expected"),
    [
        ({"grade": "compliant"} | ALONE, (), FindingState.COMPLIANT),
        (ALONE, (), FindingState.NOT_TAKEN_UP),
        ({"grade": None} | ALONE, (), FindingState.NOT_TAKEN_UP),
        ({}, (), FindingState.NOT_TAKEN_UP),
        ({}, (a_nonconformity(status="retired"),), FindingState.NOT_TAKEN_UP),
        ({}, (a_nonconformity(closed_on=None),), FindingState.TAKEN_UP),
        ({}, (a_nonconformity(),), FindingState.SETTLED),
        ({"becomes": "IMP-001"}, (Improvement.model_validate({"id": "IMP-001"}),), FindingState.TAKEN_UP),
        ({"becomes": "IMP-001"}, (Improvement.model_validate({"id": "IMP-001", "done_on": "2026-11-01"}),), FindingState.SETTLED),
        (ALONE, (an_action(**SERVING, done_on=None),), FindingState.TAKEN_UP),
        (ALONE, (an_action(**SERVING),), FindingState.SETTLED),
        (ALONE, (an_action(**SERVING), an_action(id="ACT-002", **SERVING, done_on=None)), FindingState.TAKEN_UP),
        (ALONE, (an_action(**SERVING, status="retired"),), FindingState.NOT_TAKEN_UP),
        ({"grade": "ofi", "declined": "true"} | ALONE, (), FindingState.DECLINED),
        ({"grade": "minor", "declined": "true"} | ALONE, (), FindingState.NOT_TAKEN_UP),
    ],
)
def test_a_finding_is_what_became_of_it(changes: dict[str, Any], others: tuple[Entry, ...], expected: FindingState) -> None:
    assert state(changes, *others) is expected


def test_what_it_becomes_goes_before_actions() -> None:
    finding = a_finding()
    isms = an_isms(finding, a_nonconformity(), an_action(**SERVING))
    taker = taken_up_by(isms, trace(isms)[0], finding)
    assert taker is not None
    assert taker.id == "NC-001"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("stage_1", True), ("stage_2", True), ("surveillance", True), ("recertification", True), ("internal", False), ("customer", False)],
)
def test_the_certification_body_makes_four_kinds_of_audit(kind: str, expected: bool) -> None:
    finding, item = a_finding(), a_nonconformity()
    isms = an_isms(finding, item, an_audit(kind=kind))
    assert found_by_body(isms, finding) is expected
    assert raised_by_body(isms, trace(isms)[0], item) is expected


def test_a_nonconformity_may_say_itself_that_the_body_raised_it() -> None:
    isms = an_isms()
    assert raised_by_body(isms, trace(isms)[0], a_nonconformity(source="certification_body"))
    assert raised_by_body(isms, trace(isms)[0], a_nonconformity(certification_body={"number": "1"}))
    assert not raised_by_body(isms, trace(isms)[0], a_nonconformity())
