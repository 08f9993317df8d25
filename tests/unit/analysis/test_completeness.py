from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.completeness import check_entries, missing_fields
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import DocumentText, Isms
from tests.builders import TODAY, a_control, a_decision, a_document, a_person, a_risk, a_role, an_asset, an_isms, told


def check(*changed: Entry, today: date = TODAY) -> list[Diagnostic]:
    return list(check_entries(an_isms(*changed), today))


def test_valid_entries_lack_nothing() -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("entry", "missing"),
    [
        (a_risk(), []),
        (a_risk(owner=None, controls=[], scenario=""), ["owner", "scenario"]),
        (a_risk(owner=None, status="draft"), []),
        (a_risk(title=None, status="draft"), ["title"]),
        (a_risk(title=None, status="retired"), []),
        (a_decision(decision=None, reason=" ", owner=None, status="draft"), []),
        (a_decision(control=None, status="draft"), ["control"]),
        (a_decision(decision=None, reason=None), ["decision", "reason"]),
        (a_document(version=None), ["version"]),
        (a_document(version=None, status="draft"), []),
        (a_document(version=None, status="in_review"), []),
        (a_document(version=None, status=""), ["status", "version"]),
        (a_document(version=None, status="withdrawn"), []),
        (a_person(name=None), ["name"]),
    ],
)
def test_a_field_is_missing_according_to_the_state_of_the_entry(entry: Entry, missing: list[str]) -> None:
    assert [spec.key for spec in missing_fields(entry)] == missing


@pytest.mark.parametrize(
    ("entry", "code", "message"),
    [
        (a_risk(owner=None, likelihood=None), "missing-field", "RSK-001 has no owner, likelihood"),
        (a_document(owner=None, kind=None), "missing-control-data", "POL-001 has no kind"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(entry: Entry, code: str, message: str) -> None:
    (found,) = check(entry)
    assert (found.code, found.message, found.place) == (code, message, an_isms(entry).place(entry))


@pytest.mark.parametrize(("controlled", "codes"), [(True, ["missing-control-data"]), (False, [])])
def test_a_document_without_any_control_data_is_not_asked_for_each(controlled: bool, codes: list[str]) -> None:
    text = DocumentText(path="policies/a.md", body="", first_line=1, controlled=controlled)
    isms = an_isms(a_document(id="policies/a.md", kind=None), texts={"policies/a.md": text})
    assert [item.code for item in check_entries(isms, TODAY)] == codes


def test_the_catalogue_is_not_asked_for_anything() -> None:
    assert check(a_control(id="A.5.2", owner=None, title=None)) == []


@pytest.mark.parametrize("identifier", ["RSK", "RSK 1", "RSK001", "1-RSK", "Risiko-Ä1"])
def test_an_id_that_no_reference_could_name_is_reported(identifier: str) -> None:
    (found,) = check(a_risk(id=identifier))
    assert (found.code, found.place.pointer) == ("invalid-id", ("id",))
    assert "RSK-001" in found.hint


def test_ids_that_differ_in_case_are_reported_at_the_second() -> None:
    found = check(a_risk(id="rsk-001"), a_risk(id="Rsk-001"), an_asset(id="a.5.1"))
    assert told(found) == [("case-of-id", "a.5.1"), ("case-of-id", "rsk-001"), ("case-of-id", "Rsk-001")]
    assert found[1].message == "rsk-001 and RSK-001 differ only in upper and lower case"


@pytest.mark.parametrize(
    ("person", "codes"),
    [
        ({"active_to": "2026-11-23"}, ["owner-inactive"]),
        ({"active_to": "2026-11-24"}, []),
        ({"active_to": "2026-11-25"}, []),
        ({"active_from": "2026-11-23"}, []),
        ({"active_from": "2026-11-24"}, []),
        ({"active_from": "2026-11-25"}, ["owner-inactive"]),
    ],
)
def test_an_owner_is_here_on_the_day(person: dict[str, Any], codes: list[str]) -> None:
    isms = an_isms(a_person(**person), a_person(id="PER-002"))
    only_the_risk = Isms(entries={key: isms.entries[key] for key in ("RSK-001", "PER-001")}, places=isms.places)
    assert [item.code for item in check_entries(only_the_risk, date(2026, 11, 24))] == codes


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (a_risk(owner="PER-002"), "owner"),
        (a_role(holder="PER-002"), "holder"),
        (a_role(deputy="PER-002"), "deputy"),
        (an_asset(custodian="PER-002"), "custodian"),
        (a_document(owner="PER-002", status="draft"), "owner"),
    ],
)
def test_whoever_answers_for_something_is_here(entry: Entry, field: str) -> None:
    (found,) = check(a_person(id="PER-002", name="Bodo Kern", active_to="2026-01-01"), entry)
    assert (found.code, found.entry, found.place.pointer) == ("owner-inactive", entry.id, (field,))
    assert found.message == f"{field} PER-002 (Bodo Kern) is not active on 2026-11-24"


@pytest.mark.parametrize(
    "entry",
    [
        a_risk(accepted_by="PER-002"),
        a_document(approved_by="PER-002"),
        a_role(appointed_by="PER-002"),
        a_risk(owner="PER-002", status="retired"),
        a_document(owner="PER-002", status="withdrawn"),
        a_risk(owner="AST-001"),
    ],
)
def test_whoever_did_something_once_may_have_left(entry: Entry) -> None:
    assert check(a_person(id="PER-002", active_to="2026-01-01"), entry) == []
