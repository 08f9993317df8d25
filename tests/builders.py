"""Valid entries and a valid ISMS; a test changes the one thing it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.approval import Approval
from isms_plugin.model.asset import Asset
from isms_plugin.model.control import Clause, Control, ControlDecision
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.isms import DocumentText, Isms, Standard
from isms_plugin.model.people import Person, Role
from isms_plugin.model.requirement import Requirement
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod
from isms_plugin.model.supplier import Supplier

TODAY = date(2026, 11, 24)
HASH = "a" * 64


def a_person(**changes: Any) -> Person:
    return Person.model_validate({"id": "PER-001", "name": "Anna Berg", "job": "CISO", "active_from": "2020-01-01"} | changes)


def a_role(**changes: Any) -> Role:
    valid = {
        "id": "ROL-001", "title": "CISO", "holder": "PER-001", "duties": "Runs the ISMS.", "authorities": "Stops releases.",
        "appointed_by": "PER-001", "appointed_on": "2020-01-01",
    }  # fmt: skip
    return Role.model_validate(valid | changes)


def a_clause(**changes: Any) -> Clause:
    return Clause.model_validate({"id": "5.2", "title": "Policy", "documented_information": [{"id": "policy", "name": "policy"}]} | changes)


def a_control(**changes: Any) -> Control:
    return Control.model_validate({"id": "A.5.1", "title": "Policies", "theme": "organizational"} | changes)


def a_document(**changes: Any) -> Document:
    valid = {
        "id": "POL-001", "title": "Security policy", "kind": "policy", "version": "1.0", "status": "approved", "owner": "PER-001",
        "approver_role": "ROL-001", "approved_by": "PER-001", "approved_on": "2026-01-01", "next_review": "2027-01-01",
        "classification": "internal", "controls": ["A.5.1"], "clauses": ["5.2"], "answers": ["policy"],
    }  # fmt: skip
    return Document.model_validate(valid | changes)


def an_approval(**changes: Any) -> Approval:
    valid = {
        "id": "APR-POL-001-1.0", "document": "POL-001", "version": "1.0", "content_hash": text_hash("Security policy", ""),
        "decision": "approved", "person": "PER-001", "role": "ROL-001", "decided_on": "2026-01-01", "method": "minutes", "reference": "B-7",
    }  # fmt: skip
    return Approval.model_validate(valid | changes)


def a_decision(**changes: Any) -> ControlDecision:
    valid = {
        "id": "SOA-A.5.1", "control": "A.5.1", "decision": "included", "reason": "Needed.", "state": "implemented", "owner": "PER-001",
    }  # fmt: skip
    return ControlDecision.model_validate(valid | changes)


def a_risk(**changes: Any) -> Risk:
    valid = {
        "id": "RSK-001", "title": "Theft", "owner": "PER-001", "scenario": "A laptop is stolen.", "assets": ["AST-001"],
        "method_version": "1.0", "likelihood": "3", "consequence": "4", "treatment": "modification", "controls": ["A.5.1"],
        "residual_likelihood": "2", "residual_consequence": "2", "assessed_on": "2026-01-01",
    }  # fmt: skip
    return Risk.model_validate(valid | changes)


def a_method(**changes: Any) -> RiskMethod:
    steps = [{"value": value, "name": str(value), "meaning": "Told."} for value in range(1, 11)]
    bands = [{"name": name, "from": start} for name, start in (("low", 1), ("medium", 5), ("high", 10), ("critical", 15))]
    valid = {
        "id": "MTH-1.0", "version": "1.0", "title": "Risk method", "owner": "PER-001", "valid_from": "2020-01-01", "likelihood": steps,
        "consequence": steps, "bands": bands, "acceptable": "6", "with_acceptance": "9",
    }  # fmt: skip
    return RiskMethod.model_validate(valid | changes)


def an_asset(**changes: Any) -> Asset:
    valid = {
        "id": "AST-001", "title": "Laptop", "owner": "PER-001", "kind": "hardware", "classification": "internal", "location": "Office",
        "personal_data": "true", "criticality": "low", "state": "in_use",
    }  # fmt: skip
    return Asset.model_validate(valid | changes)


def a_supplier(**changes: Any) -> Supplier:
    valid = {
        "id": "SUP-001", "title": "Cloud", "owner": "PER-001", "service": "Hosting", "data_shared": "internal", "criticality": "high",
        "contract": "Safe", "security_terms": "in_contract", "personal_data": "false", "reviewed_on": "2026-01-01", "result": "acceptable",
    }  # fmt: skip
    return Supplier.model_validate(valid | changes)


def a_requirement(**changes: Any) -> Requirement:
    valid = {
        "id": "REQ-001", "title": "GDPR", "owner": "PER-001", "source": "law", "citation": "Art. 32", "asks": "Security.",
        "met_by": ["A.5.1"], "evaluated_on": "2026-01-01", "evaluated_by": "PER-001", "result": "met",
    }  # fmt: skip
    return Requirement.model_validate(valid | changes)


def an_evidence(**changes: Any) -> Evidence:
    valid = {
        "id": "EVD-001", "title": "Export", "owner": "PER-001", "for": ["A.5.1"], "kind": "report", "period_from": "2026-01-01",
        "period_to": "2026-06-30", "taken_on": "2026-07-01", "taken_by": "PER-001", "source": "Directory", "method": "export",
        "at": "evidence/export.csv", "sha256": HASH, "classification": "internal",
    }  # fmt: skip
    return Evidence.model_validate(valid | changes)


def an_acknowledgement(**changes: Any) -> Acknowledgement:
    valid = {
        "id": "ACK-1", "person": "PER-001", "document": "POL-001", "version": "1.0", "content_hash": text_hash("Security policy", ""),
        "acknowledged_on": "2026-01-10", "method": "lms", "source": "export.csv",
    }  # fmt: skip
    return Acknowledgement.model_validate(valid | changes)


def an_isms(*changed: Entry, without: Iterable[str] = (), body: str = "", pages: Mapping[str, str] | None = None, **parts: Any) -> Isms:
    """One entry of each kind, in which nothing is wrong; `changed` entries are added or take the place of those with their id."""
    valid = (
        a_clause(), a_control(), a_document(), a_decision(), a_risk(), a_method(), an_asset(), a_supplier(), a_requirement(), an_evidence(),
        a_person(), a_role(), an_approval(content_hash=text_hash("Security policy", body)),
    )  # fmt: skip
    entries = {entry.id: entry for entry in (*valid, *changed) if entry.id not in without}
    catalogued = (Clause, Control)
    given: dict[str, Any] = {
        "entries": entries,
        "places": {
            entry.id: Place(f"registers/{entry.KIND.register}.yml", line, 1)
            for line, entry in enumerate(entries.values(), start=1)
            if not isinstance(entry, catalogued)
        },
        "texts": {"POL-001": DocumentText(path="policies/security.md", body=body, first_line=10)},
        "pages": {path: DocumentText(path=path, body=text, first_line=1) for path, text in (pages or {}).items()},
        "files": frozenset(("policies/security.md", "evidence/export.csv", "docs/index.md", "docs/guide/index.md")),
        "digests": {"evidence/export.csv": HASH},
        "standard": Standard(successors={"A.9.4.3": ("A.5.17",), "A.18.2.3": ("A.5.36", "A.8.8")}),
    }
    return Isms(**given | parts)


class MemoryTree:
    """A snapshot whose files are values."""

    revision = ""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def paths(self, folder: str) -> list[str]:
        return sorted(path for path in self.files if path.startswith(f"{folder}/"))

    def exists(self, path: str) -> bool:
        return path in self.files

    def read(self, path: str) -> bytes:
        return self.files[path]


def told(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    """Code and entry of each diagnostic."""
    return [(item.code, item.entry) for item in diagnostics]
