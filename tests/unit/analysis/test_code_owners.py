"""Who is asked about a change, and who cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.code_owners import CodeOwners, account_of, code_owners
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.settings import Settings
from tests.builders import TODAY, a_decision, a_document, a_nonconformity, a_person, a_risk, a_role, an_asset

ANNA = a_person(git=["Anna Berg", "anna@example.org", "anna"])
BODO = a_person(id="PER-002", name="Bodo Kern", git=["@bodo"])
CARLA = a_person(id="PER-003", name="Carla Diaz", git=["@org/carla"])
ROLE = a_role(holder="PER-002", deputy="PER-003")
PLACES = {
    "POL-001": "policies/a.md", "RSK-001": "registers/risks.yml", "SOA-A.5.1": "registers/soa.yml",
    "AST-001": "registers/assets/AST-001.yml", "AST-002": "registers/assets/AST-002.yml", "NC-001": "registers/nonconformities.yml",
}  # fmt: skip


def asked(*entries: Entry, today: date = TODAY, places: dict[str, str] | None = None, **settings: Any) -> CodeOwners:
    known = {entry.id: entry for entry in (ANNA, BODO, CARLA, ROLE, *entries)}
    isms = Isms(entries=known, places={name: Place(path, 1, 1) for name, path in (PLACES | (places or {})).items()})
    return code_owners(isms, Settings.model_validate(settings), today)


def lines(owners: CodeOwners) -> list[tuple[str, tuple[str, ...]]]:
    return [(file.path, file.asked) for file in (*owners.registers, *owners.documents)]


@pytest.mark.parametrize(
    ("names", "account"),
    [
        (["Anna Berg", "anna@example.org", "anna"], "@anna"),
        (["anna", "@anna-berg"], "@anna-berg"),
        (["@org/team"], "@org/team"),
        (["Anna Berg", "anna@example.org"], "anna@example.org"),
        (["Anna Berg"], ""),
        ([], ""),
        (["@anna @evil"], ""),
        (["@anna\n* @evil"], ""),
        (["@anna #"], ""),
    ],
)
def test_an_account_is_a_single_word_and_nothing_else_becomes_one(names: list[str], account: str) -> None:
    assert account_of(a_person(git=names)) == account


def test_of_a_document_those_who_may_approve_come_first_then_its_owner() -> None:
    (document,) = asked(a_document()).documents
    assert (document.path, document.asked, document.approvers) == (
        "policies/a.md",
        ("@bodo", "@org/carla", "@anna"),
        ("@bodo", "@org/carla"),
    )


def test_an_owner_may_be_a_role_and_nobody_is_asked_twice() -> None:
    (document,) = asked(a_document(owner="ROL-001")).documents
    assert document.asked == ("@bodo", "@org/carla")


def test_of_a_register_the_owners_of_all_that_it_holds_are_asked() -> None:
    owners = asked(a_risk(), a_risk(id="RSK-002", owner="PER-002"), a_decision(), places={"RSK-002": "registers/risks.yml"})
    assert lines(owners) == [("registers/risks.yml", ("@anna", "@bodo")), ("registers/soa.yml", ("@anna",))]


def test_a_folder_is_one_line_where_all_of_it_has_the_same_owners() -> None:
    same = asked(an_asset(), an_asset(id="AST-002"))
    assert lines(same) == [("registers/assets/", ("@anna",))]
    other = asked(an_asset(), an_asset(id="AST-002", owner="PER-002"))
    assert lines(other) == [("registers/assets/AST-001.yml", ("@anna",)), ("registers/assets/AST-002.yml", ("@bodo",))]


def test_retired_and_closed_entries_ask_nobody() -> None:
    assert lines(asked(a_risk(status="retired"), a_document(status="withdrawn"), a_nonconformity())) == []


@pytest.mark.parametrize(("today", "named"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_who_leaves_is_asked_on_the_last_day_and_not_after(today: date, named: bool) -> None:
    owners = asked(a_risk(), a_person(git=["@anna"], active_to="2026-06-30"), today=today)
    assert lines(owners) == ([("registers/risks.yml", ("@anna",))] if named else [])
    told = "PER-001 Anna Berg: left on 2026-06-30; named for registers/risks.yml"
    assert owners.gaps == (() if named else (told,))


@pytest.mark.parametrize(("today", "named"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_who_begins_is_asked_from_the_first_day(today: date, named: bool) -> None:
    owners = asked(a_risk(), a_person(git=["@anna"], active_from="2026-07-01"), today=today)
    assert bool(owners.registers) is named
    assert owners.gaps == (() if named else ("PER-001 Anna Berg: begins on 2026-07-01; named for registers/risks.yml",))


def test_who_has_no_account_and_a_role_that_nobody_holds_are_told() -> None:
    owners = asked(a_document(), a_risk(), a_person(git=["Anna Berg"]), a_role(holder="PER-099"))
    assert lines(owners) == []
    assert owners.gaps == (
        "PER-001 Anna Berg: has no account in the field `git`; named for policies/a.md and 1 more",
        "ROL-001 CISO: nobody holds the role; named for policies/a.md",
    )


def test_the_setting_names_who_is_asked_about_the_rest() -> None:
    assert asked(code_owners="ROL-001").rest == ("@bodo", "@org/carla")
    assert asked(code_owners="PER-001").rest == ("@anna",)
    nobody = asked(code_owners="ROL-099")
    assert (nobody.rest, nobody.gaps) == ((), ("code_owners: ROL-099 is neither a person nor a role",))


def test_a_path_that_would_break_the_line_is_told_and_left_out() -> None:
    owners = asked(a_risk(), places={"RSK-001": "registers/a\n* @evil.yml"})
    assert lines(owners) == []
    assert owners.gaps == ("'registers/a\\n* @evil.yml': nobody can be asked about a file of that name",)


def test_the_order_of_entries_does_not_matter_for_the_files() -> None:
    first, second = a_risk(), a_decision()
    assert asked(first, second) == asked(second, first)
