"""Two states compared: what changed is told, what only moved is not, whatever the order."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.changes import Changes, EntryChange, FieldChange, changes
from isms_plugin.model.approval import Approval
from isms_plugin.model.control import Control, ControlDecision
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.isms import KINDS, Isms
from isms_plugin.model.people import Person, Role
from isms_plugin.model.risk import Risk
from isms_plugin.model.state import state_of
from tests.builders import a_decision, a_document, a_person, a_risk, a_role, a_supplier, an_asset, an_evidence, an_isms

FIRST = (Document, ControlDecision, Control, Risk, Evidence, Person, Role)


def compared(old: Isms, new: Isms) -> Changes:
    return changes(state_of(old, name="old"), state_of(new, name="new"))


def all_of(found: Changes) -> list[EntryChange]:
    return [change for group in found.groups for change in group.changes if not group.record]


def one(*changed: Entry, before: tuple[Entry, ...] = (), **parts: Any) -> EntryChange:
    (change,) = all_of(compared(an_isms(*before), an_isms(*changed, **parts)))
    return change


def test_equal_states_have_no_changes_and_all_groups_say_so() -> None:
    found = compared(an_isms(), an_isms())
    assert found.total == 0
    assert [group.name for group in found.groups] == [
        *("documents", "soa", "controls", "risks", "evidence", "people", "roles", "scope"),
        *(declaration.KIND.name for declaration in KINDS if declaration.KIND.register and declaration not in FIRST),
    ]


def test_an_entry_that_moved_did_not_change() -> None:
    elsewhere = {entry.id: Place("registers/other.yml", 99, 3) for entry in an_isms().entries.values() if entry.id in an_isms().places}
    assert all_of(compared(an_isms(), an_isms(places=elsewhere))) == []


@pytest.mark.parametrize(
    ("entry", "group"),
    [
        (a_document(version="2.0"), "documents"),
        (a_document(answers=["scope"]), "scope"),
        (a_decision(decision="excluded"), "soa"),
        (a_risk(likelihood="5"), "risks"),
        (an_evidence(source="Mail"), "evidence"),
        (a_person(job="CIO"), "people"),
        (a_role(deputy="PER-001"), "roles"),
        (an_asset(location="Attic"), "asset"),
        (a_supplier(result="not_acceptable"), "supplier"),
    ],
)
def test_each_change_stands_in_its_group_and_nowhere_else(entry: Entry, group: str) -> None:
    found = compared(an_isms(), an_isms(entry))
    assert [(item.name, change.id) for item in found.groups for change in item.changes] == [(group, entry.id)]
    assert found.total == 1


def test_a_document_that_no_longer_is_the_scope_still_belongs_there() -> None:
    found = compared(an_isms(a_document(answers=["scope"])), an_isms(a_document(answers=[])))
    assert [group.name for group in found.groups if group.changes] == ["scope"]


def test_what_is_new_has_all_its_fields_after_and_none_before() -> None:
    change = one(a_person(id="PER-002", name="Bodo Kern"))
    assert (change.change, change.title) == ("added", "Bodo Kern")
    assert [(field.key, field.old, field.new) for field in change.fields] == [
        ("name", "", "Bodo Kern"), ("status", "", "active"), ("job", "", "CISO"), ("active_from", "", "2020-01-01"),
    ]  # fmt: skip


def test_what_is_gone_has_all_its_fields_before_and_none_after() -> None:
    change = one(without=["RSK-001"])
    assert (change.change, change.id, change.title) == ("removed", "RSK-001", "Theft")
    assert {field.new for field in change.fields} == {""}
    assert [(field.title, field.old) for field in change.fields][-2:] == [("Current level", "12"), ("Residual level", "4")]


def test_a_field_is_told_by_key_and_title_before_and_after() -> None:
    assert one(a_decision(state="partly")).fields == (FieldChange(key="state", title="Implementation", old="implemented", new="partly"),)


def test_what_is_worked_out_changes_with_its_factors() -> None:
    assert [(field.key, field.old, field.new) for field in one(a_risk(likelihood="4")).fields] == [
        ("likelihood", "3", "4"), ("level", "12", "16"),
    ]  # fmt: skip


def test_a_field_that_was_emptied_or_filled() -> None:
    assert [(field.old, field.new) for field in one(a_supplier(contract=None)).fields] == [("Safe", "")]
    assert [(field.old, field.new) for field in one(a_supplier(exit_plan="Leave.")).fields] == [("", "Leave.")]


def test_truth_is_told_in_words() -> None:
    assert [(field.old, field.new) for field in one(a_supplier(personal_data="true")).fields] == [("no", "yes")]


def test_lists_of_ids_are_sets_whose_items_are_told() -> None:
    before = (a_risk(controls=["A.5.1", "A.8.13"]),)
    (field,) = one(a_risk(controls=["A.8.1", "A.5.1"]), before=before).fields
    assert (field.old, field.new, field.added, field.removed) == ("A.5.1; A.8.13", "A.8.1; A.5.1", ("A.8.1",), ("A.8.13",))


def test_the_order_of_ids_does_not_count_that_of_texts_does() -> None:
    assert all_of(compared(an_isms(a_risk(controls=["A.5.1", "A.8.1"])), an_isms(a_risk(controls=["A.8.1", "A.5.1"])))) == []
    (field,) = one(a_person(git=["b", "a"]), before=(a_person(git=["a", "b"]),)).fields
    assert (field.old, field.new, field.added, field.removed) == ("a; b", "b; a", (), ())


def test_parts_are_told_in_one_line() -> None:
    former = [{"person": "PER-001", "since": "2019-01-01", "until": "2019-12-31"}]
    (field,) = one(a_role(former_holders=former)).fields
    assert (field.new, field.added) == ("PER-001, 2019-01-01, 2019-12-31", ("PER-001, 2019-01-01, 2019-12-31",))


def test_the_text_of_a_document_is_a_field_of_its_own() -> None:
    change = one(body="New words.")
    assert [(field.key, field.title) for field in change.fields] == [("text", "Text")]
    assert change.fields[0].old != change.fields[0].new


def test_white_space_is_no_change_of_a_text() -> None:
    assert all_of(compared(an_isms(body="One  two\nthree"), an_isms(body="One two three\n\n"))) == []


def test_an_id_that_now_belongs_to_another_kind_is_another_entry() -> None:
    found = compared(an_isms(an_asset(id="X-1")), an_isms(a_supplier(id="X-1")))
    assert [(change.kind, change.change) for change in all_of(found)] == [("asset", "removed"), ("supplier", "added")]


def test_numbers_in_ids_count_as_numbers() -> None:
    found = compared(an_isms(), an_isms(*(a_risk(id=f"RSK-{number}") for number in (10, 9, 100))))
    assert [change.id for change in all_of(found)] == ["RSK-9", "RSK-10", "RSK-100"]


def faulty(entry: Entry, key: str) -> Isms:
    place = an_isms().place(entry)
    return an_isms(entry, faults=(Diagnostic(code="invalid-value", message="wrong", entry=entry.id, place=place.at(key)),))


def test_a_value_that_could_not_be_read_is_unknown_not_empty() -> None:
    (change,) = all_of(compared(faulty(a_risk(treatment=None), "treatment"), an_isms()))
    assert [(field.key, field.old, field.new) for field in change.fields] == [("treatment", None, "modification")]


def test_values_that_could_not_be_read_on_either_side_tell_nothing() -> None:
    found = compared(faulty(a_risk(controls=["A.5.1"]), "controls"), faulty(a_risk(controls=[]), "controls"))
    assert all_of(found) == []
    assert len(found.old.faults) == len(found.new.faults) == 1


def test_records_tell_of_changes_and_are_not_counted_among_them() -> None:
    record = Approval(id="APR-009", document="POL-001")
    place = {"APR-009": Place("registers/approvals.yml", 1, 1)}
    found = compared(an_isms(places={}), an_isms(record, places=place))
    assert [(group.name, change.change) for group in found.groups for change in group.changes] == [("approval", "added")]
    assert (found.total, found.records) == (0, 1)


def test_the_states_stay_known_without_their_entries() -> None:
    found = compared(an_isms(), an_isms())
    assert (found.old.name, found.new.name, found.old.entries, found.new.entries) == ("old", "new", {}, {})
