from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.soa.checks import check_soa
from isms_plugin.analysis.soa.exclusions import by_habit
from isms_plugin.analysis.soa.statement import SoaRow, statement_of_applicability
from isms_plugin.analysis.trace import trace
from isms_plugin.model.action import Action
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.isms import Isms
from isms_plugin.model.organization import Site
from tests.builders import TODAY, a_control, a_decision, a_document, a_requirement, a_risk, a_supplier, an_asset, an_evidence, an_isms, told

OUT = {"decision": "excluded", "reason": "Nobody outside the company writes code for us."}
ALONE = (a_risk(controls=[]), a_requirement(met_by=[]))
"""A risk and a requirement that call for nothing."""


def an_action(**changes: Any) -> Action:
    return Action.model_validate({"id": "ACT-001", "title": "Buy", "for": ["A.5.1"], "what": "Buy it.", "due": "2027-01-01"} | changes)


def rows(isms: Isms) -> list[SoaRow]:
    return statement_of_applicability(isms, trace(isms)[0])


def row(isms: Isms) -> SoaRow:
    return rows(isms)[0]


def check(isms: Isms) -> list[Diagnostic]:
    return list(check_soa(isms, rows(isms), TODAY))


def test_a_valid_statement_has_nothing_to_report() -> None:
    assert check(an_isms()) == []


def test_every_control_has_a_row_annex_a_first() -> None:
    isms = an_isms(a_control(id="A.5.2"), a_control(id="CTL-001"))
    assert [(item.control.id, item.decision is not None) for item in rows(isms)] == [("A.5.1", True), ("A.5.2", False), ("CTL-001", False)]


def test_a_row_gathers_what_is_stored_elsewhere_and_names_it_once() -> None:
    isms = an_isms(a_decision(drivers=["4.2", "RSK-001"], documents=["POL-001", "POL-002"], evidence=["EVD-001", "EVD-002"]))
    found = row(isms)
    assert found.drivers == ("RSK-001", "REQ-001", "4.2")
    assert found.documents == ("POL-001", "POL-002")
    assert found.evidence == ("EVD-001", "EVD-002")


def test_evidence_for_the_decision_is_evidence_for_the_control() -> None:
    assert row(an_isms(an_evidence(**{"for": ["SOA-A.5.1"]}))).evidence == ("EVD-001",)


def test_existing_controls_of_a_risk_drive_nothing_but_contradict_an_exclusion() -> None:
    counted = a_risk(controls=[], existing=["A.5.1"])
    assert row(an_isms(counted)).drivers == ("REQ-001",)
    (found,) = check(an_isms(a_decision(**OUT), counted, a_requirement(met_by=[])))
    assert (found.code, found.message) == ("exclusion-contradicted", "A.5.1 is excluded, but RSK-001 call for it")


def test_what_calls_for_a_control_is_told_apart_by_its_sort() -> None:
    found = row(an_isms(a_risk(id="RSK-002", controls=[]), a_decision(drivers=["4.2", "RSK-002", "REQ-001"])))
    assert (found.risks, found.requirements, found.others) == (("RSK-001", "RSK-002"), ("REQ-001",), ("4.2",))


def test_findings_and_actions_of_control_and_decision_stand_in_the_row() -> None:
    isms = an_isms(
        an_action(id="ACT-002", **{"for": ["SOA-A.5.1"]}),
        an_action(id="ACT-003", **{"for": []}),
        an_action(),
        a_decision(actions=["ACT-003"]),
        AuditFinding(id="FND-001", requirement="A.5.1"),
        Nonconformity(id="NC-001", concerns=("SOA-A.5.1",)),
        Nonconformity(id="NC-002", requirement="A.5.1", status="retired"),
    )
    assert row(isms).actions == ("ACT-003", "ACT-001", "ACT-002")
    assert row(isms).findings == ("FND-001", "NC-001")


def test_last_verified_is_what_the_decision_says_else_the_newest_evidence() -> None:
    newer = an_evidence(id="EVD-002", taken_on="2026-09-01")
    assert str(row(an_isms(newer)).verified_on) == "2026-09-01"
    assert str(row(an_isms(newer, a_decision(verified_on="2026-08-01"))).verified_on) == "2026-08-01"
    assert row(an_isms(without=["EVD-001"])).verified_on is None


def test_the_retired_neither_drives_nor_supports() -> None:
    retired = {"status": "retired"}
    isms = an_isms(
        a_decision(documents=["POL-001"], evidence=["EVD-001"]),
        a_risk(**retired), a_requirement(**retired), an_evidence(**retired), a_document(status="withdrawn"),
    )  # fmt: skip
    assert (row(isms).drivers, row(isms).documents, row(isms).evidence) == ((), (), ())


def test_no_decision_at_all_is_said_once() -> None:
    (found,) = check(an_isms(a_control(id="A.5.2"), without=["SOA-A.5.1"]))
    assert (found.code, found.entry) == ("no-decision", "")


def test_a_control_without_decision_is_named() -> None:
    assert told(check(an_isms(a_control(id="A.5.2"), a_control(id="CTL-001")))) == [("no-decision", "A.5.2"), ("no-decision", "CTL-001")]


@pytest.mark.parametrize(("status", "codes"), [("active", ["second-decision"]), ("draft", ["second-decision"]), ("retired", [])])
def test_a_second_decision_in_force_is_one_too_many(status: str, codes: list[str]) -> None:
    isms = an_isms(a_decision(id="SOA-2", decision="excluded", status=status))
    assert [item.code for item in check(isms)] == codes
    assert row(isms).decision == a_decision()


def test_a_decision_on_no_control_is_left_to_other_checks() -> None:
    assert check(an_isms(a_decision(id="SOA-2", control=None), a_decision(id="SOA-3", control="A.99.9"))) == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (OUT, ["exclusion-contradicted"]),
        (OUT | {"state": None}, ["exclusion-contradicted"]),
        ({"decision": None}, []),
        ({"state": None}, ["missing-field"]),
        ({"state": "planned"}, ["planned-without-date"]),
        ({"state": "partly"}, ["planned-without-date"]),
        ({"state": "not_implemented"}, ["planned-without-date"]),
        ({"state": "planned", "due": "2027-01-01"}, []),
        ({"state": "planned", "due": "2026-11-24"}, ["plan-disagrees"]),
        ({"state": "planned", "due": "2026-11-23"}, ["implementation-overdue", "plan-disagrees"]),
        ({"state": "implemented"}, []),
    ],
)
def test_a_decision_agrees_with_the_registers(changes: dict[str, Any], codes: list[str]) -> None:
    assert [item.code for item in check(an_isms(a_decision(**changes), an_action()))] == codes


def test_an_exclusion_that_nothing_contradicts_stands() -> None:
    assert check(an_isms(a_decision(**OUT), *ALONE)) == []


def test_a_contradicted_exclusion_names_what_calls_for_the_control() -> None:
    (found,) = check(an_isms(a_decision(**OUT)))
    assert found.message == "A.5.1 is excluded, but RSK-001, REQ-001 call for it"
    assert found.place.pointer == ("decision",)


@pytest.mark.parametrize(
    ("document", "evidence", "codes"),
    [
        (a_document(controls=[]), an_evidence(**{"for": ["5.2"]}), ["implemented-unsupported"]),
        (a_document(controls=[]), an_evidence(), []),
        (a_document(), an_evidence(**{"for": ["5.2"]}), []),
    ],
)
def test_a_document_or_evidence_supports_an_implemented_control(document: Any, evidence: Any, codes: list[str]) -> None:
    assert [item.code for item in check(an_isms(document, evidence))] == codes


@pytest.mark.parametrize(
    ("reason", "habit"),
    [
        ("n/a", True), ("N.A.", True), ("Not applicable.", True), ("This control is not applicable to our organization.", True),
        ("Cloud", True), ("Everything is in the cloud", True), ("We are a cloud only company", True), ("We have no need.", True),
        ("All 20 engineers are employees, and no supplier writes code for us.", False),
        ("不適用", True), ("当社は開発を外部に委託しておらず、全員が社員である。", False),
        ("Not applicable to our offices, because the landlord owns cables and ducts.", False),
        ("Everything is in the cloud of [SUP-001], and nothing is kept in offices.", False),
    ],
)  # fmt: skip
def test_a_reason_by_habit_is_known(reason: str, habit: bool) -> None:
    assert by_habit(reason) is habit


def excluded(control: str, *entries: Any) -> list[str]:
    """Messages on an exclusion of a control that nothing calls for."""
    isms = an_isms(a_control(id=control), a_decision(id="SOA-X1", control=control, **OUT), *ALONE, *entries)
    return [item.message for item in check(isms) if item.code == "exclusion-against-register"]


@pytest.mark.parametrize(
    ("control", "entry", "told"),
    [
        ("A.5.19", a_supplier(), True), ("A.5.23", a_supplier(), True), ("A.5.22", a_supplier(status="retired"), False),
        ("A.5.24", a_supplier(), False),
        ("A.7.2", Site(id="SIT-001", kind="site", in_scope=True), True),
        ("A.7.2", Site(id="SIT-001", kind="site", in_scope=False), False),
        ("A.7.2", Site(id="SIT-001", kind="unit", in_scope=True), False),
        ("A.7.1", Site(id="SIT-001", kind="remote", in_scope=True), False),
        ("A.7.1", Site(id="SIT-001", kind="site", in_scope=True, status="draft"), False),
        ("A.7.12", Site(id="SIT-001", kind="site", in_scope=True), False),
        ("A.6.7", Site(id="SIT-001", kind="remote", in_scope=True), True),
        ("A.5.9", an_asset(), True), ("A.5.34", an_asset(), True), ("A.5.34", an_asset(personal_data="false"), False),
        ("A.5.34", an_asset(state="disposed"), False),
    ],
)  # fmt: skip
def test_what_a_register_holds_contradicts_an_exclusion(control: str, entry: Any, told: bool) -> None:
    assert bool(excluded(control, entry)) is told


def test_of_many_entries_three_are_named() -> None:
    (found,) = excluded("A.5.9", *(an_asset(id=f"AST-00{number}") for number in range(1, 6)))
    assert found == "A.5.9 is excluded, but the registers hold assets: AST-001, AST-002, AST-003 and 2 more"


def test_a_decision_of_management_is_enough_to_include_a_control() -> None:
    assert [item.code for item in check(an_isms(*ALONE))] == ["no-driver"]
    assert check(an_isms(*ALONE, a_decision(business_decision="Board, 2026-03-02."))) == []
    assert check(an_isms(*ALONE, a_decision(status="draft"))) == []


@pytest.mark.parametrize(
    ("reason", "codes"),
    [
        ("It lowers the risk of theft.", ["risk-not-linked"]), ("See [RSK-001].", ["risk-not-linked"]),
        ("The risk assessment found it needed.", []), ("Brisk trade needs it.", []),
    ],
)  # fmt: skip
def test_a_reason_that_speaks_of_a_risk_needs_one(reason: str, codes: list[str]) -> None:
    isms = an_isms(a_risk(controls=[]), a_decision(reason=reason))
    assert [item.code for item in check(isms)] == codes
    assert check(an_isms(a_decision(reason=reason))) == []


def test_two_alike_reasons_may_be_a_coincidence_and_three_are_not() -> None:
    numbers = ("A.5.1", "A.5.2", "A.5.3")
    controls = [a_control(id=number) for number in numbers]
    alike = [a_decision(id=f"SOA-{number}", control=number, business_decision="Board.", documents=["POL-001"]) for number in numbers]
    isms = an_isms(*controls, *alike)
    assert told(check(isms)) == [("reason-copied", "SOA-A.5.1")]
    assert "A.5.1, A.5.2, A.5.3 have the same reason" in check(isms)[0].message
    assert check(an_isms(*controls, *alike[:2], alike[2].model_copy(update={"reason": "Another."}))) == []
    assert check(an_isms(*controls, *alike[:2], alike[2].model_copy(update=OUT | {"reason": "Needed."})))[0].code == "exclusion-by-habit"


@pytest.mark.parametrize(
    ("state", "action", "codes"),
    [
        ("implemented", {"for": ["A.5.1", "RSK-001"]}, ["plan-disagrees"]),
        ("implemented", {"for": ["A.5.1"]}, []),
        ("implemented", {"for": ["A.5.1", "RSK-001"], "done_on": "2026-01-01"}, []),
        ("planned", {}, []),
        ("planned", {"due": "2027-02-02"}, ["plan-disagrees"]),
        ("planned", {"due": "2026-12-01"}, []),
        ("planned", {"done_on": "2026-01-01"}, ["planned-without-action"]),
        ("planned", {"status": "retired"}, ["planned-without-action"]),
    ],
)
def test_the_statement_and_the_treatment_plan_agree(state: str, action: dict[str, Any], codes: list[str]) -> None:
    isms = an_isms(a_decision(state=state, due="2027-02-01"), an_action(**action))
    assert [item.code for item in check(isms)] == codes


def test_an_action_that_the_risk_names_treats_it() -> None:
    isms = an_isms(a_risk(actions=["ACT-001"]), an_action())
    (found,) = check(isms)
    assert found.message == "A.5.1 is implemented, but ACT-001 is still to be done to treat RSK-001 with it"
