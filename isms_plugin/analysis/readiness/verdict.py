"""The answer of a mock audit in one sentence: ready, or not ready and why; never a score."""

from __future__ import annotations

from typing import Final

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Grade

_NAMED: Final = 3
"""Majors that are told in the sentence; the rest is counted."""

WORDS: Final = {
    Grade.MAJOR: ("major", "majors"),
    Grade.MINOR: ("minor", "minors"),
    Grade.OFI: ("opportunity for improvement", "opportunities for improvement"),
}
"""What findings of a grade are called, one and several."""


def counted(audit: MockAudit, grade: Grade) -> str:
    """Return how many findings of a grade there are, in words."""
    number = len(audit.graded(grade))
    return f"{number} {WORDS[grade][number != 1]}"


def verdict(audit: MockAudit) -> str:
    """Return whether one is ready for an audit, and why or why not."""
    name = stage_name(audit.stage)
    majors = audit.graded(Grade.MAJOR)
    if majors:
        return f"Not ready for {name}, because {counted(audit, Grade.MAJOR)} would be raised: {_told(majors)}."
    left = [counted(audit, grade) for grade in (Grade.MINOR, Grade.OFI) if audit.graded(grade)]
    return f"Ready for {name}: nothing stands that would end the audit" + (f"; {' and '.join(left)} would be raised." if left else ".")


def stage_name(stage: Stage) -> str:
    """Return what an audit is called inside a sentence."""
    return stage.title if stage.value.isdigit() else stage.value


def _told(majors: list[Finding]) -> str:
    reasons = [f"{_reason(finding)} ({', '.join(finding.clauses)})" for finding in majors[:_NAMED]]
    return "; ".join([*reasons, *([f"and {len(majors) - _NAMED} more"] if len(majors) > _NAMED else [])])


def _reason(finding: Finding) -> str:
    meaning = CODES[finding.code].meaning.removesuffix(".").partition(";")[0]
    return f"{meaning[0].lower()}{meaning[1:]}" + (f", {finding.why}" if finding.why else "")
