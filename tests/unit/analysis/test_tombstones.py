from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from isms_plugin.analysis.tombstones import check_tombstones
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.former import Former, FormerEntry
from isms_plugin.model.isms import Isms
from tests.builders import a_risk, an_isms, told

THEFT = FormerEntry("risk", "Theft", "registers/risks.yml", "active")


def former(name: str = "isms-1", unread: tuple[str, ...] = (), **entries: FormerEntry) -> Former:
    held = {identifier.replace("_", "-"): entry for identifier, entry in entries.items()}
    return Former(name=f"baseline {name}", entries=held, unread=frozenset(unread))


def found(isms: Isms, *states: Former) -> list[Diagnostic]:
    return list(check_tombstones(isms, states))


def test_without_baselines_nothing_is_known() -> None:
    assert found(an_isms()) == []


def test_an_entry_that_stayed_is_fine_under_any_name() -> None:
    assert found(an_isms(a_risk(title="Loss of a laptop")), former(RSK_001=THEFT)) == []


def test_an_id_of_another_kind_is_used_again() -> None:
    (item,) = found(an_isms(), former(RSK_001=THEFT._replace(kind="asset", title="Old server")))
    assert (item.code, item.entry, item.place.pointer) == ("id-reused", "RSK-001", ("id",))
    assert item.message == "RSK-001 (Theft) stood for the asset 'Old server' in baseline isms-1"


@pytest.mark.parametrize(("title", "codes"), [("Fire", [("id-reused", "RSK-001")]), ("  theft", [])])
def test_what_was_gone_comes_back_as_what_it_was(title: str, codes: list[tuple[str, str]]) -> None:
    states = former("isms-2"), former("isms-1", RSK_001=THEFT._replace(title=title))
    assert told(found(an_isms(), *states)) == codes


def test_an_id_is_told_once_with_the_newest_baseline_that_shows_it() -> None:
    other = THEFT._replace(kind="asset")
    states = former("isms-3"), former("isms-2", RSK_001=other), former("isms-1", RSK_001=other._replace(title="Older"))
    (item,) = found(an_isms(), *states)
    assert item.message.endswith("in baseline isms-2")


def test_a_file_that_could_not_be_read_is_no_gap() -> None:
    fire = former("isms-1", RSK_001=THEFT._replace(title="Fire"))
    assert found(an_isms(), former("isms-2", unread=("registers/risks.yml",)), fire) == []
    assert len(found(an_isms(), former("isms-2", unread=("registers/assets.yml",)), fire)) == 1


def test_what_was_deleted_since_the_newest_baseline_is_told() -> None:
    (item,) = found(an_isms(), former("isms-2", RSK_002=THEFT), former("isms-1", RSK_003=THEFT))
    assert (item.code, item.entry, item.place) == ("entry-deleted", "RSK-002", Place("registers/risks.yml"))
    assert item.message == "RSK-002 (Theft) stood in baseline isms-2 and was deleted since"
    assert "`status: retired`" in item.hint


def test_a_document_is_withdrawn_rather_than_retired() -> None:
    (item,) = found(an_isms(), former(POL_009=FormerEntry("document", "Old policy", "policies/old.md", "approved")))
    assert "`status: withdrawn`" in item.hint


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "approval"}, {"kind": "control_decision"}, {"kind": "nil_return"}, {"kind": "register_given_up"},
        {"status": "draft"}, {"kind": "document", "status": "in_review"},
    ],
    ids=lambda entry: "-".join(entry.values()),
)  # fmt: skip
def test_records_derived_ids_and_drafts_may_go(entry: dict[str, Any]) -> None:
    assert found(an_isms(), former(XYZ_001=THEFT._replace(**entry))) == []


def test_a_document_that_goes_by_its_path_may_move() -> None:
    state = Former(name="baseline isms-1", entries={"policies/old.md": FormerEntry("document", "Old", "policies/old.md", "approved")})
    assert found(an_isms(), state) == []


@pytest.mark.parametrize(("code", "count"), [("yaml-syntax", 0), ("unknown-field", 1)])
def test_a_file_that_cannot_be_read_deletes_nothing(code: str, count: int) -> None:
    fault = Diagnostic(code=code, message="", place=Place("registers/risks.yml", 3))
    assert len(found(replace(an_isms(), faults=(fault,)), former(RSK_002=THEFT))) == count


@pytest.mark.parametrize(
    ("old", "codes"),
    [
        (THEFT, []),
        (THEFT._replace(title="  theft "), []),
        (THEFT._replace(title="Fire"), [("id-reused", "RSK-001")]),
        (THEFT._replace(kind="asset"), [("id-reused", "RSK-001")]),
    ],
)
def test_an_id_that_a_commit_took_away_comes_back_as_what_it_was(old: FormerEntry, codes: list[tuple[str, str]]) -> None:
    deleted = [Former(name="commit 1234567890", entries={"RSK-001": old, "RSK-009": old})]
    assert told(check_tombstones(an_isms(), (), deleted)) == codes


def test_an_id_used_again_is_told_once() -> None:
    fire = THEFT._replace(title="Fire")
    deleted = [Former(name="commit 1234567890", entries={"RSK-001": fire})]
    (item,) = check_tombstones(an_isms(), (former("isms-2"), former("isms-1", RSK_001=fire)), deleted)
    assert (item.code, item.entry) == ("id-reused", "RSK-001")


def test_records_may_be_written_anew() -> None:
    old = FormerEntry("approval", "Another", "registers/approvals.yml", "active")
    assert told(check_tombstones(an_isms(), (), [Former(name="commit 1", entries={"APR-POL-001-1.0": old})])) == []
