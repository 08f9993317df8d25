"""The answer of an audit in one sentence."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit
from isms_plugin.analysis.readiness.table import CHECKS
from isms_plugin.analysis.readiness.verdict import verdict
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Diagnostic, Grade


def found(code: str, grade: Grade, why: str = "") -> Finding:
    check = next(check for check in CHECKS if code in check.codes)
    items = (Diagnostic(code=code, message="It is so."),)
    return Finding(check=check, code=code, items=items, grade=grade, why=why, clauses=(CODES[code].clause,))


MAJORS = [found(code, Grade.MAJOR) for code in ("no-training", "no-management-review", "open-major", "no-internal-audit")]


def told(*findings: Finding, stage: Stage = Stage.STAGE_2) -> str:
    return verdict(MockAudit(stage=stage, findings=findings))


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        (Stage.STAGE_1, "Stage 1"),
        (Stage.STAGE_2, "Stage 2"),
        (Stage.SURVEILLANCE, "surveillance"),
        (Stage.RECERTIFICATION, "recertification"),
    ],
)
def test_nothing_found_is_ready(stage: Stage, name: str) -> None:
    assert told(stage=stage) == f"Ready for {name}: nothing stands that would end the audit."


def test_minors_and_opportunities_are_counted_and_do_not_end_an_audit() -> None:
    minor, ofi = found("promise-missed", Grade.MINOR), found("evidence-gap", Grade.OFI)
    ready = "Ready for Stage 2: nothing stands that would end the audit; "
    assert told(minor) == f"{ready}1 minor would be raised."
    assert told(minor, minor, ofi) == f"{ready}2 minors and 1 opportunity for improvement would be raised."
    assert told(ofi, ofi) == f"{ready}2 opportunities for improvement would be raised."


def test_a_major_says_why_one_is_not_ready() -> None:
    assert told(MAJORS[0], found("evidence-gap", Grade.OFI)) == (
        "Not ready for Stage 2, because 1 major would be raised: nobody has had any training in information security (7.3)."
    )


def test_up_to_three_majors_are_told_the_others_are_counted() -> None:
    assert told(*MAJORS[:3]).endswith("(7.3); no management review took place in time (9.3.1); a major nonconformity is open (10.2).")
    assert told(*MAJORS).startswith("Not ready for Stage 2, because 4 majors would be raised: ")
    assert told(*MAJORS).endswith("; a major nonconformity is open (10.2); and 1 more.")


def test_why_minors_became_a_major_is_told() -> None:
    reason = "nothing shows that the holder of a role can do what the role needs, widespread: 3 of 5 (7.2)."
    assert told(found("competence-missing", Grade.MAJOR, "widespread: 3 of 5")).endswith(reason)
