"""A mock audit as data (schema isms-audit/1)."""

from __future__ import annotations

from typing import Any

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit, Waived
from isms_plugin.analysis.readiness.table import gate_asked_at
from isms_plugin.analysis.readiness.verdict import verdict
from isms_plugin.model.diagnostic import Diagnostic


def audit_data(facts: Facts, audit: MockAudit) -> dict[str, Any]:
    """Return what an auditor would raise; the same facts give the same data in the same order."""
    return {
        "schema": "isms-audit/1",
        "stage": audit.stage.value,
        "as_of": facts.today.isoformat(),
        "commit": facts.history.head,
        "uncommitted": bool(facts.history.uncommitted),
        "ready": audit.ready,
        "verdict": verdict(audit),
        "findings": [_finding(finding) for finding in audit.findings],
        "gates": [
            {
                "name": gate.name,
                "title": gate.title,
                "asked": gate_asked_at(gate, audit.stage),
                "tripped": bool(majors),
                "codes": [major.code for major in majors],
            }
            for gate, majors in audit.gates
        ],
        "waived": [_waived(waived) for waived in audit.waived],
        "compliant": [{"check": check.number, "title": check.title} for check in audit.compliant],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "grade": finding.grade.word,
        "check": finding.check.number,
        "title": finding.check.title,
        "code": finding.code,
        "clauses": finding.clauses,
        "why": finding.why,
        "items": [_item(item) for item in finding.items],
    }


def _item(item: Diagnostic) -> dict[str, Any]:
    return {
        "entry": item.entry,
        "message": item.message,
        "hint": item.hint,
        "path": item.place.path,
        "line": item.place.line,
        "column": item.place.column,
    }


def _waived(waived: Waived) -> dict[str, Any]:
    waiver = waived.waiver
    return {
        "exception": waiver.id,
        "approved_by": waiver.approved_by,
        "until": waiver.expires_on.isoformat() if waiver.expires_on else "",
        "check": waived.check.number,
        "code": waived.item.code,
        "clause": waived.item.clause,
        **_item(waived.item),
    }
