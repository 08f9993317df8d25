from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.broken_chains import RULES, broken_chains
from isms_plugin.analysis.facts import analyse
from isms_plugin.model.action import Action
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.codes import CODES
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.improvement import Improvement, Nonconformity
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.objective import Measure, Objective
from isms_plugin.model.settings import Settings
from tests.builders import (
    TODAY,
    a_control,
    a_decision,
    a_document,
    a_requirement,
    a_risk,
    a_supplier,
    an_asset,
    an_evidence,
    an_isms,
)


def an_action(**changes: Any) -> Action:
    return Action.model_validate({"id": "ACT-001", "title": "Do", "for": []} | changes)


def an_objective(**changes: Any) -> Objective:
    return Objective.model_validate({"id": "OBJ-001", "title": "Better", "measures": ["MET-001"]} | changes)


def a_nonconformity(**changes: Any) -> Nonconformity:
    return Nonconformity.model_validate({"id": "NC-001", "title": "Wrong"} | changes)


def a_finding(**changes: Any) -> AuditFinding:
    return AuditFinding.model_validate({"id": "FND-001", "title": "Seen", "grade": "minor"} | changes)


def an_improvement(**changes: Any) -> Improvement:
    return Improvement.model_validate({"id": "IMP-001", "title": "Idea", "decision": "do"} | changes)


MEASURE = Measure.model_validate({"id": "MET-001", "title": "Count"})
ACTION = an_action(**{"for": ["RSK-001"]})
EXCLUDED = a_control(id="A.5.2"), a_decision(id="SOA-A.5.2", control="A.5.2", decision="excluded", state=None)
RETIRED = a_control(id="A.5.2", status="retired")
NO_DOCUMENT = ("POL-001", "APR-POL-001-1.0")
INCIDENTS = a_control(id="A.5.24"), a_decision(id="SOA-A.5.24", control="A.5.24", business_decision="Wanted.")
NOTHING_HAPPENED = NilReturn.model_validate(
    {"id": "NIL-001", "register": "incidents", "period_from": "2026-01-01", "period_to": "2026-06-30", "controls": ["A.5.24"]}
)


def breaks(*changed: Entry, without: tuple[str, ...] = ()) -> dict[str, list[tuple[str, str]]]:
    """What each rule found, as id and words; rules that found nothing are left out."""
    found = broken_chains(analyse(an_isms(*changed, without=without), History(), Settings(), TODAY, list))
    return {rule.name: [(item.entry.id, item.what) for item in items] for rule, items in found if items}


FAILING: list[tuple[str, tuple[Entry, ...], tuple[str, ...], str, str]] = [
    ("control-without-driver", (), ("RSK-001", "REQ-001"), "A.5.1", "no risk, requirement"),
    ("own-control-undecided", (a_control(id="CTL-001"),), (), "CTL-001", "nobody decided"),
    ("control-without-document", (), NO_DOCUMENT, "A.5.1", "no document"),
    ("control-without-evidence", (), ("EVD-001",), "A.5.1", "no evidence"),
    ("control-without-evidence", INCIDENTS, (), "A.5.24", "no evidence"),
    ("risk-without-treatment", (a_risk(treatment=None),), (), "RSK-001", "no treatment"),
    ("risk-without-treatment", (a_risk(id="RSK-002", controls=[]),), (), "RSK-002", "no control and no action"),
    ("risk-without-treatment", (a_risk(id="RSK-002", controls=["A.5.2"]), RETIRED), (), "RSK-002", "no control"),
    ("requirement-unmet", (a_requirement(met_by=[]),), (), "REQ-001", "nothing is named"),
    ("document-unplaced", (a_document(id="POL-002", controls=[], clauses=[]),), (), "POL-002", "no control and no clause"),
    ("evidence-orphaned", (an_evidence(id="EVD-002", **{"for": []}),), (), "EVD-002", "proves nothing"),
    ("evidence-orphaned", (an_evidence(id="EVD-002", **{"for": ["A.5.2", "SOA-A.5.2"]}), *EXCLUDED), (), "EVD-002", "excluded: A.5.2"),
    (
        "evidence-orphaned",
        (an_evidence(id="EVD-002", **{"for": ["AST-002"]}), an_asset(id="AST-002", status="retired")),
        (), "EVD-002", "retired or unknown: AST-002",
    ),
    ("objective-unmeasured", (an_objective(measures=[]),), (), "OBJ-001", "no measure"),
    ("action-aimless", (an_action(),), (), "ACT-001", "serves nothing"),
    ("nonconformity-without-action", (a_nonconformity(),), (), "NC-001", "no action"),
    ("finding-not-taken-up", (a_finding(),), (), "FND-001", "graded minor"),
    ("finding-not-taken-up", (a_finding(grade="ofi"),), (), "FND-001", "graded ofi"),
    ("improvement-not-started", (an_improvement(),), (), "IMP-001", "no action does it"),
    ("supplier-not-reviewed", (a_supplier(reviewed_on=None),), (), "SUP-001", "never reviewed"),
    ("supplier-not-reviewed", (a_supplier(result=None),), (), "SUP-001", "the review of 2026-01-01 has no result"),
]  # fmt: skip

PASSING: list[tuple[str, tuple[Entry, ...]]] = [
    ("control-without-evidence", (*INCIDENTS, NOTHING_HAPPENED)),
    ("control-without-driver", (a_decision(business_decision="The board wants it."),)),
    ("own-control-undecided", (a_control(id="CTL-001"), a_decision(id="SOA-CTL-001", control="CTL-001"))),
    ("own-control-undecided", (a_control(id="CTL-001", status="retired"),)),
    ("control-without-document", EXCLUDED),
    ("control-without-evidence", (a_decision(state="planned"),)),
    ("risk-without-treatment", (a_risk(controls=[], actions=["ACT-001"]), ACTION)),
    ("risk-without-treatment", (a_risk(treatment="retention", controls=[]),)),
    ("risk-without-treatment", (a_risk(status="draft", treatment=None),)),
    ("requirement-unmet", (a_requirement(met_by=[], result="not_applicable"),)),
    ("document-unplaced", (a_document(id="POL-002", controls=[], clauses=["5.2"]),)),
    ("document-unplaced", (a_document(id="POL-002", controls=[], clauses=[], status="draft"),)),
    ("document-unplaced", (a_document(id="POL-002", controls=[], clauses=[], kind="report"),)),
    ("document-unplaced", (a_document(id="POL-002", controls=[], clauses=[]), a_decision(documents=["POL-002"]))),
    ("evidence-orphaned", (an_evidence(**{"for": ["A.5.1", "A.5.2"]}), *EXCLUDED)),
    ("evidence-orphaned", (an_evidence(id="EVD-002", **{"for": []}), a_risk(evidence=["EVD-002"]))),
    ("objective-unmeasured", (an_objective(), MEASURE)),
    ("action-aimless", (ACTION,)),
    ("action-aimless", (an_action(), a_risk(actions=["ACT-001"]))),
    ("nonconformity-without-action", (a_nonconformity(actions=["ACT-001"]), an_action())),
    ("nonconformity-without-action", (a_nonconformity(), an_action(**{"for": ["NC-001"]}))),
    ("finding-not-taken-up", (a_finding(becomes="NC-001"), a_nonconformity())),
    ("finding-not-taken-up", (a_finding(), an_action(**{"for": ["FND-001"]}))),
    ("finding-not-taken-up", (a_finding(grade="ofi", declined="true"),)),
    ("finding-not-taken-up", (a_finding(grade="compliant"),)),
    ("improvement-not-started", (an_improvement(decision="later"),)),
    ("improvement-not-started", (an_improvement(done_on="2026-02-01"),)),
    ("improvement-not-started", (an_improvement(actions=["ACT-001"]), an_action())),
    ("supplier-not-reviewed", (a_supplier(status="retired", reviewed_on=None),)),
]


def test_in_a_valid_isms_no_chain_is_broken() -> None:
    assert breaks() == {}


@pytest.mark.parametrize(("rule", "changed", "without", "entry", "what"), FAILING)
def test_a_break_is_found(rule: str, changed: tuple[Entry, ...], without: tuple[str, ...], entry: str, what: str) -> None:
    (found,) = breaks(*changed, without=without)[rule]
    assert found[0] == entry
    assert what in found[1]


@pytest.mark.parametrize(("rule", "changed"), PASSING)
def test_what_holds_is_left_alone(rule: str, changed: tuple[Entry, ...]) -> None:
    assert rule not in breaks(*changed)


def test_every_rule_is_tested_both_ways_and_names_codes_that_exist() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert {name for name, *_ in FAILING} == set(names) == {name for name, _ in PASSING}
    assert {code for rule in RULES for code in rule.codes} <= CODES.keys()
    assert all(rule.why.endswith(".") for rule in RULES)
