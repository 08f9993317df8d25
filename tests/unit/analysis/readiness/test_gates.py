"""The gates of the classic majors."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.gates import GATES, Gate
from isms_plugin.analysis.readiness.mock_audit import MockAudit, mock_audit
from isms_plugin.analysis.readiness.table import CHECKS
from isms_plugin.model.codes import CODES
from tests.builders import a_nonconformity, a_waiver, facts_of


def gate(name: str) -> Gate:
    return next(gate for gate in GATES if gate.name == name)


def tripped(audit: MockAudit, name: str) -> list[str]:
    return [item.entry for finding in audit.tripped(gate(name)) for item in finding.items]


def test_each_has_a_name_of_its_own() -> None:
    assert len({gate.name for gate in GATES}) == len(GATES)


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.name)
def test_each_asks_and_is_tripped_by_majors_alone(gate: Gate) -> None:
    assert gate.question.endswith("?")
    assert {CODES[code].grade for code in gate.codes} == {"major"}
    assert set(gate.codes) <= {code for check in CHECKS for code in check.codes}


def test_no_code_trips_two() -> None:
    codes = [code for gate in GATES for code in gate.codes]
    assert len(set(codes)) == len(codes)


def test_a_gate_holds_what_trips_it() -> None:
    audit = mock_audit(facts_of(a_nonconformity(grade="major", closed_on=None)), Stage.STAGE_2)
    assert tripped(audit, "open-major") == ["NC-001"]
    assert [found.name for found, _ in audit.gates] == [gate.name for gate in GATES]
    assert [finding.code for name, findings in audit.gates if name.name == "open-major" for finding in findings] == ["open-major"]


def test_a_gate_is_open_before_the_stage_that_asks_for_it() -> None:
    audit = mock_audit(facts_of(a_nonconformity(grade="major", closed_on=None)), Stage.STAGE_1)
    assert tripped(audit, "open-major") == []


def test_what_is_waived_trips_no_gate() -> None:
    major = a_nonconformity(grade="major", closed_on=None)
    audit = mock_audit(facts_of(major, a_waiver("open-major")), Stage.STAGE_2)
    assert tripped(audit, "open-major") == []
    assert [waived.item.entry for waived in audit.waived] == ["NC-001"]
