"""What a change touches: directly, and by one relation in either direction, before or after."""

from __future__ import annotations

from isms_plugin.analysis.impact.touched import Touched
from isms_plugin.model.entry import Entry
from tests.builders import a_decision, a_document, a_person, a_risk, an_acknowledgement, an_asset, an_evidence
from tests.unit.analysis.impact.changed import impact_of


def touched(*new: Entry, old: tuple[Entry, ...] = ()) -> dict[str, tuple[tuple[Touched, ...], tuple[Touched, ...]]]:
    return {group.kind: (group.direct, group.related) for group in impact_of(old, new).touched}


def ids(found: tuple[Touched, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.id, item.via) for item in found]


def test_nothing_is_touched_where_nothing_changes() -> None:
    assert touched() == {}


def test_relations_count_both_ways_and_people_and_records_are_left_out() -> None:
    found = touched(a_risk(title="Loss"), an_acknowledgement(), old=(an_acknowledgement(),))
    assert list(found) == ["control", "risk", "asset"]
    assert found["risk"] == ((Touched("RSK-001", "Loss", change="changed"),), ())
    assert ids(found["control"][1]) == [("A.5.1", ("RSK-001",))]
    assert ids(found["asset"][1]) == [("AST-001", ("RSK-001",))]


def test_a_decision_changes_its_control() -> None:
    found = touched(a_decision(state="partly"))
    assert found["control"][0] == (Touched("A.5.1", "Policies", change="decision changed"),)
    assert [item.id for item in found["control_decision"][0]] == ["SOA-A.5.1"]
    assert {kind: [item.id for item in related] for kind, (_, related) in found.items() if related} == {
        "risk": ["RSK-001"], "evidence": ["EVD-001"], "document": ["POL-001"], "requirement": ["REQ-001"],
    }  # fmt: skip


def test_a_relation_that_was_taken_out_counts_too() -> None:
    assert ids(touched(a_risk(assets=[]))["asset"][1]) == [("AST-001", ("RSK-001",))]


def test_several_ways_are_all_told() -> None:
    assert ids(touched(a_risk(title="Loss"), an_evidence(title="Other"))["control"][1]) == [("A.5.1", ("RSK-001", "EVD-001"))]


def test_what_is_new_or_gone_is_called_so() -> None:
    new = an_asset(id="AST-002", title="Phone")
    assert touched(new)["asset"][0][0].change == "added"
    assert touched(old=(new,))["asset"][0] == (Touched("AST-002", "Phone", change="removed"),)


def test_whoever_leaves_touches_what_they_answer_for() -> None:
    found = touched(a_person(active_to="2026-11-23"))
    assert "person" not in found
    assert [item.id for item in found["risk"][1]] == ["RSK-001"]
    assert [item.id for item in found["role"][1]] == ["ROL-001"]


def promise(about: str = "AST-001", every: str = "year") -> dict[str, str]:
    return {"what": "Restore test", "every": every, "register": "restore-tests", "about": about}


def test_promises_stand_with_their_document_or_what_they_are_about() -> None:
    document = a_document(promises=[promise()])
    words = "Restore test (AST-001), each year, in restore-tests"
    assert touched(document, an_asset(title="Store"), old=(document,))["promises"] == ((), (Touched("POL-001", words, via=("AST-001",)),))
    changed = touched(a_document(promises=[promise(every="half_year")]), old=(document,))["promises"][0]
    assert [(item.title, item.change) for item in changed] == [
        (words, "removed"), ("Restore test (AST-001), each half year, in restore-tests", "added"),
    ]  # fmt: skip
    kept = touched(a_document(promises=[promise()], title="Other"), old=(document,))["promises"][0]
    assert [item.change for item in kept] == ["in a document that changed"]
