from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.soa import SoaRow, check_soa, statement_of_applicability
from isms_plugin.analysis.trace import trace
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from tests.builders import a_control, a_decision, a_document, a_requirement, a_risk, an_evidence, an_isms, told


def rows(isms: Isms) -> list[SoaRow]:
    return statement_of_applicability(isms, trace(isms)[0])


def row(isms: Isms) -> SoaRow:
    return rows(isms)[0]


def check(isms: Isms) -> list[Diagnostic]:
    return list(check_soa(isms, rows(isms)))


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


def test_existing_controls_of_a_risk_drive_nothing() -> None:
    assert row(an_isms(a_risk(controls=[], existing=["A.5.1"]))).drivers == ("REQ-001",)


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
        ({"decision": "excluded"}, ["exclusion-contradicted"]),
        ({"decision": "excluded", "state": None}, ["exclusion-contradicted"]),
        ({"decision": None}, []),
        ({"state": None}, ["missing-field"]),
        ({"state": "planned"}, ["planned-without-date"]),
        ({"state": "partly"}, ["planned-without-date"]),
        ({"state": "not_implemented"}, ["planned-without-date"]),
        ({"state": "planned", "due": "2027-01-01"}, []),
        ({"state": "implemented"}, []),
    ],
)
def test_a_decision_agrees_with_the_registers(changes: dict[str, Any], codes: list[str]) -> None:
    assert [item.code for item in check(an_isms(a_decision(**changes)))] == codes


def test_an_exclusion_that_nothing_contradicts_stands() -> None:
    assert check(an_isms(a_decision(decision="excluded"), a_risk(controls=[]), a_requirement(met_by=[]))) == []


def test_a_contradicted_exclusion_names_what_calls_for_the_control() -> None:
    (found,) = check(an_isms(a_decision(decision="excluded")))
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
