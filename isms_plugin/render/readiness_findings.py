"""What a mock audit raises, as an auditor would write it: verdict, gates, findings, what was waived and what is compliant."""

from __future__ import annotations

from typing import Final, NamedTuple

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.gates import Gate
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit
from isms_plugin.analysis.readiness.table import CHECKS, gate_asked_at
from isms_plugin.analysis.readiness.verdict import WORDS, verdict
from isms_plugin.model.codes import CODES
from isms_plugin.render.environment import View
from isms_plugin.render.linked_text import hint, told

PAGES: Final = {
    Stage.STAGE_1: "readiness/stage-1.md",
    Stage.STAGE_2: "readiness/stage-2.md",
    Stage.SURVEILLANCE: "readiness/surveillance.md",
    Stage.RECERTIFICATION: "readiness/recertification.md",
}
SHOW_ME: Final = "readiness/show-me.md"
SHOWN: Final = 3
"""Items of a finding that are shown at once; of more the rest is folded."""


class GateState(NamedTuple):
    """A gate at a stage: what trips it, and whether anybody asks for it yet."""

    gate: Gate
    findings: list[Finding]
    asked: bool


def verdict_part(view: View, audit: MockAudit) -> str:
    """Return whether one is ready in a sentence, as of which day and commit, and how many findings there are of each grade."""
    grades = [(grade, len(audit.graded(grade))) for grade in WORDS]
    return view.render(
        "readiness_verdict.html.jinja", audit=audit, sentence=verdict(audit), grades=grades, words=WORDS, pages=PAGES, show_me=SHOW_ME
    )


def gates_part(view: View, audit: MockAudit) -> str:
    """Return every gate, in place or tripped."""
    gates = [GateState(gate, findings, gate_asked_at(gate, audit.stage)) for gate, findings in audit.gates]
    return view.render("readiness_gates.html.jinja", gates=gates, anchor=anchor)


def findings_part(view: View, audit: MockAudit) -> str:
    """Return the findings with the gravest first, then what was waived, what is compliant and what is asked only later."""
    later = [check for check in CHECKS if not check.asked_at(audit.stage)]
    return view.render(
        "readiness_findings.html.jinja",
        audit=audit,
        later=later,
        codes=CODES,
        shown=SHOWN,
        anchor=anchor,
        told=told,
        hint=hint,
    )


def anchor(finding: Finding) -> str:
    """Return the name under which a finding is linked on its page."""
    return f"finding-{finding.check.number}-{finding.code}"
