"""Which links rely on their targets, here and in an older state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from isms_plugin.model.isms import KINDS
from isms_plugin.model.linked import Link, linked_in, linked_of
from isms_plugin.model.state import as_json, from_json, state_of
from tests.builders import a_control, a_decision, a_document, a_requirement, a_risk, an_asset, an_isms, an_objective


def fields(name: str, *changed: Any) -> list[tuple[str, str]]:
    return [(link.field, link.target) for link in linked_of(an_isms(*changed)).links if link.source == name]


def test_links_stand_by_the_keys_of_their_fields() -> None:
    assert fields("RSK-001") == [("assets", "AST-001"), ("controls", "A.5.1")]
    assert fields("POL-001") == [("approver_role", "ROL-001"), ("controls", "A.5.1")]


def test_a_link_in_a_part_stands_by_the_outermost_field() -> None:
    promises = [{"what": "Restore test", "every": "year", "register": "restore-tests", "about": "AST-001"}]
    assert ("promises", "AST-001") in fields("POL-001", a_document(promises=promises))


@pytest.mark.parametrize(
    "changes",
    [
        {"links": ["AST-001"], "assets": [], "controls": []},
        {"evidence": ["EVD-001"], "assets": [], "controls": []},
        {"status": "retired"},
        {"assets": ["AST-999"], "controls": []},
    ],
)
def test_what_names_loosely_or_is_over_relies_on_nothing(changes: dict[str, Any]) -> None:
    assert fields("RSK-001", a_risk(**changes)) == []


def test_a_closed_entry_relies_on_nothing() -> None:
    assert fields("OBJ-001", an_objective(follows_from=["RSK-001"])) == [("follows_from", "RSK-001")]
    assert fields("OBJ-001", an_objective(follows_from=["RSK-001"], closed_on="2026-01-31", outcome="reached")) == []


def test_what_happened_and_people_neither_link_nor_mean_anything() -> None:
    found = linked_of(an_isms())
    assert not {"EVD-001", "PER-001", "APR-POL-001-1.0", "5.2"} & (found.meanings.keys() | {link.source for link in found.links})


def test_a_control_means_what_is_decided_on_it_and_the_decision_does_not_rely_on_itself() -> None:
    before, after = (linked_of(an_isms(a_decision(state=state))) for state in ("implemented", "planned"))
    assert before.meanings["A.5.1"] != after.meanings["A.5.1"]
    assert before.meanings["AST-001"] == after.meanings["AST-001"]
    assert Link("SOA-A.5.1", "control", "A.5.1") not in after.links


def test_drafts_are_known() -> None:
    found = linked_of(an_isms(an_asset(status="draft"), a_requirement(status="retired")))
    assert found.drafts == {"AST-001", "REQ-001"}


def test_a_state_that_was_kept_has_the_same_links() -> None:
    isms = an_isms(a_control(id="CTL-001", title="Own"), a_document(supersedes=None), body="Rules.\n")
    kept = from_json(as_json(state_of(isms, name="isms-1")))
    assert linked_in(kept, KINDS) == replace(linked_of(isms), name="isms-1")
