"""Valid entries and a valid ISMS; a test changes the one thing it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.action import Action
from isms_plugin.model.approval import Approval
from isms_plugin.model.asset import Asset
from isms_plugin.model.audit import Audit, AuditFinding, AuditProgramme
from isms_plugin.model.certification import Certification
from isms_plugin.model.competence import Competence, Training
from isms_plugin.model.control import Clause, Control, ControlDecision
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import History
from isms_plugin.model.improvement import Improvement, Nonconformity
from isms_plugin.model.incident import Incident
from isms_plugin.model.information_request import InformationRequest
from isms_plugin.model.isms import DocumentText, Isms, Standard
from isms_plugin.model.link_review import LinkReview
from isms_plugin.model.linked import linked_of
from isms_plugin.model.management_review import INPUTS, ManagementReview
from isms_plugin.model.objective import Measure, Objective
from isms_plugin.model.operation import ManagedChange, RuleException
from isms_plugin.model.organization import Communication, ContextIssue, InterestedParty, Site
from isms_plugin.model.people import Person, Role
from isms_plugin.model.profile import Profile
from isms_plugin.model.requirement import Requirement
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod
from isms_plugin.model.settings import Settings
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

    def chunks(self, path: str) -> Iterator[bytes]:
        data = self.files[path]
        return (data[start : start + 7] for start in range(0, len(data), 7))


def told(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    """Code and entry of each diagnostic."""
    return [(item.code, item.entry) for item in diagnostics]


def an_action(**changes: Any) -> Action:
    valid = {
        "id": "ACT-001", "title": "Script", "owner": "PER-001", "for": ["A.5.1"], "what": "Compare by script.", "due": "2026-09-30",
        "done_on": "2026-09-25", "result": "Done.",
    }  # fmt: skip
    return Action.model_validate(valid | changes)


def a_nonconformity(**changes: Any) -> Nonconformity:
    """A nonconformity with every part of its chain, closed."""
    valid = {
        "id": "NC-001", "title": "Laptop missing", "owner": "PER-001", "source": "internal_audit", "requirement": "A.5.1",
        "facts": "One laptop was not in the register.", "grade": "minor", "raised_by": "PER-003", "raised_on": "2026-08-19",
        "correction": "Entered.", "extent": "All others compared.", "cause": "No step asks for it.", "actions": ["ACT-001"],
        "effect_criterion": "No difference.", "effect_due": "2026-11-10", "effect_result": "None.", "verified_by": "PER-002",
        "verified_on": "2026-11-09", "evidence": ["EVD-001"], "closed_on": "2026-11-10",
    }  # fmt: skip
    return Nonconformity.model_validate(valid | changes)


def an_audit(**changes: Any) -> Audit:
    """An internal audit that has ended."""
    valid = {
        "id": "AUD-001", "title": "Internal audit", "owner": "PER-001", "kind": "internal", "scope": "Everything", "criteria": "Our rules",
        "independence": "From outside.", "planned": "2026-08-31", "started_on": "2026-08-17", "ended_on": "2026-08-21",
        "covered": ["A.5.1"], "report": "Folder", "reported_to": "PER-001", "conclusion": "Conforms.",
    }  # fmt: skip
    return Audit.model_validate(valid | changes)


def a_finding(**changes: Any) -> AuditFinding:
    valid = {
        "id": "FND-001", "title": "Laptop missing", "owner": "PER-001", "audit": "AUD-001", "requirement": "A.5.1", "grade": "minor",
        "facts": "One laptop was not in the register.", "found_on": "2026-08-19", "becomes": "NC-001",
    }  # fmt: skip
    return AuditFinding.model_validate(valid | changes)


def a_competence(**changes: Any) -> Competence:
    valid = {
        "id": "CMP-001", "title": "Course", "person": "PER-001", "role": "ROL-001", "need": "Audit technique", "basis": "training",
        "judged_on": "2026-01-20", "judged_by": "PER-001",
    }  # fmt: skip
    return Competence.model_validate(valid | changes)


def a_training(**changes: Any) -> Training:
    valid = {
        "id": "TRN-001", "title": "Security day", "owner": "PER-001", "course": "Security day", "held_on": "2026-03-05",
        "audience": "all staff", "content": "slides", "invited": "3", "attended": "3",
    }  # fmt: skip
    return Training.model_validate(valid | changes)


def a_communication(**changes: Any) -> Communication:
    valid = {
        "id": "COM-001", "title": "New rules", "audience": "all staff", "when": "at once", "by": "PER-001", "how": "meeting",
        "done": [{"told_on": "2026-03-02"}],
    }  # fmt: skip
    return Communication.model_validate(valid | changes)


def a_measure(**changes: Any) -> Measure:
    value = {"period_from": "2026-07-01", "period_to": "2026-09-30", "recorded_on": "2026-10-06", "value": "0"}
    valid = {
        "id": "MET-001", "title": "Leaks", "unit": "files", "method": "Counted.", "source": "Store", "every": "quarter",
        "measured_by": "PER-001", "analysed_by": "PER-001", "values": [value],
    }  # fmt: skip
    return Measure.model_validate(valid | changes)


def an_objective(**changes: Any) -> Objective:
    valid = {
        "id": "OBJ-001", "title": "No leaks", "owner": "PER-001", "measures": ["MET-001"], "target": "none", "due": "2027-03-31",
        "plan": "Looked at each quarter.", "resources": "An hour.",
    }  # fmt: skip
    return Objective.model_validate(valid | changes)


def a_programme(**changes: Any) -> AuditProgramme:
    valid = {
        "id": "PRG-001", "title": "Internal audits", "owner": "PER-001", "period_from": "2026-01-01", "period_to": "2028-12-31",
        "methods": "interviews", "rationale": "All of it.", "approved_by": "PER-001", "approved_on": "2026-02-20",
        "audits": [{"planned": "2027-05-28", "covers": ["5.2", "A.5.1"]}],
    }  # fmt: skip
    return AuditProgramme.model_validate(valid | changes)


def a_review(**changes: Any) -> ManagementReview:
    return ManagementReview.model_validate({"id": "MRV-001", "title": "Review", "owner": "PER-001", "planned": "2026-06-26"} | changes)


def an_improvement(**changes: Any) -> Improvement:
    valid = {
        "id": "IMP-001", "title": "Checklist", "owner": "PER-001", "origin": "Meeting", "idea": "A list.", "raised_on": "2026-07-13",
    }  # fmt: skip
    return Improvement.model_validate(valid | changes)


def a_held_review(**changes: Any) -> ManagementReview:
    """A review that was held, with an answer to every input; nobody has signed its minutes."""
    answers = [{"input": name, "summary": "No change, because nothing happened."} for name in INPUTS]
    held = {
        "held_on": "2026-06-24", "period_from": "2026-01-01", "period_to": "2026-06-20", "chair": "PER-001", "attendees": ["PER-001"],
        "inputs": answers, "decisions": [{"text": "Buy keys.", "action": "ACT-001"}], "conclusion": "Suitable.",
    }  # fmt: skip
    return a_review(**(held | changes))


def an_incident(**changes: Any) -> Incident:
    valid = {
        "id": "INC-001", "title": "Laptop lost", "owner": "PER-001", "detected_on": "2026-09-14", "reported_by": "staff",
        "description": "Left on a train.", "decision": "incident", "decided_by": "PER-001", "severity": "low",
    }  # fmt: skip
    return Incident.model_validate(valid | changes)


def an_issue(**changes: Any) -> ContextIssue:
    valid = {
        "id": "CTX-001", "title": "Floods", "owner": "PER-001", "kind": "external", "effect": "Offices close.", "leads_to": ["RSK-001"],
        "climate": "true", "decided_on": "2026-02-12",
    }  # fmt: skip
    return ContextIssue.model_validate(valid | changes)


def a_party(**changes: Any) -> InterestedParty:
    valid = {
        "id": "PTY-001", "title": "Customers", "owner": "PER-001", "expectation": "Data stays here.", "taken_on": "true",
        "requirements": ["REQ-001"],
    }  # fmt: skip
    return InterestedParty.model_validate(valid | changes)


def a_site(**changes: Any) -> Site:
    valid = {"id": "SIT-001", "title": "Office in Leeds", "owner": "PER-001", "kind": "site", "in_scope": "true"}
    return Site.model_validate(valid | changes)


def a_change(**changes: Any) -> ManagedChange:
    """A significant change that was made."""
    valid = {
        "id": "CHG-001", "title": "New store", "owner": "PER-001", "kind": "operational", "why": "Room.", "risk_checked": "Looked at.",
        "significant": "true", "approved_by": "PER-001", "approved_on": "2026-03-10", "tested": "Yes.", "done_on": "2026-03-12",
    }  # fmt: skip
    return ManagedChange.model_validate(valid | changes)


def a_certification(**changes: Any) -> Certification:
    valid = {
        "id": "CRT-001", "title": "Certificate", "owner": "PER-001", "body": "Firm", "scope": "Drawing charts.", "applied_on": "2026-07-15",
    }  # fmt: skip
    return Certification.model_validate(valid | changes)


def a_waiver(*codes: str, **changes: Any) -> RuleException:
    """An exception that waives codes from its first to its last day, both included."""
    valid = {
        "id": "EXC-001", "title": "Later", "owner": "PER-001", "rule": "A.5.1", "scope": "All", "reason": "Moving.", "risk": "RSK-001",
        "approved_by": "PER-001", "approved_on": "2026-11-01", "expires_on": "2026-12-31", "waives": codes,
    }  # fmt: skip
    return RuleException.model_validate(valid | changes)


def a_request(**changes: Any) -> InformationRequest:
    """A request of an auditor that nobody has answered yet."""
    valid = {
        "id": "IRQ-001", "title": "All changes", "owner": "PER-001", "audit": "AUD-001", "asked_by": "Lead auditor",
        "asked_on": "2026-11-02", "about": ["A.5.1"], "due": "2026-12-11",
    }  # fmt: skip
    return InformationRequest.model_validate(valid | changes)


def a_link_review(**changes: Any) -> LinkReview:
    """A look at the link from the risk to the asset as it is, on the first day of November."""
    valid = {
        "id": "LRV-RSK-001-AST-001", "source": "RSK-001", "target": "AST-001", "fingerprint": linked_of(an_isms()).meanings["AST-001"],
        "reviewed_by": "PER-001", "reviewed_on": "2026-11-01", "reason": "The level stays.",
    }  # fmt: skip
    return LinkReview.model_validate(valid | changes)


def facts_of(*changed: Entry, today: date = TODAY, without: Iterable[str] = (), settings: Settings | None = None, **parts: Any) -> Facts:
    """Everything about an ISMS of one entry of each kind, with no history; see `an_isms`."""
    return analyse(an_isms(*changed, without=without, **parts), History(), settings or Settings(), today, list)


def a_profile(**changes: Any) -> Profile:
    """A profile whose readers may see everything; a test takes away the one thing it is about."""
    valid = {"title": "Pack", "readers": "Anybody.", "classifications": ["public", "internal", "confidential", "restricted"]}
    return Profile.model_validate(valid | changes)
