from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.model.control import ControlDecision
from isms_plugin.model.diagnostic import Diagnostic, Place, Pointer
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map
from isms_plugin.model.isms import KINDS
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk
from isms_plugin.model.supplier import Supplier
from isms_plugin.sources.validation import read_entry

PLACE = Place("registers/risks.yml", 3, 1, (0,))
VALUES = st.recursive(
    st.none() | st.text(max_size=5) | st.sampled_from(["true", "3", "2026-01-01", "A.5.1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "note", "type", "x"]), inner, max_size=3),
    max_leaves=6,
)


def diagnostics(declaration: type[Entry], **data: Any) -> list[Diagnostic]:
    return read_entry(declaration, {"id": "X-1", **data}, PLACE)[1]


def test_a_valid_entry_is_read_without_a_word() -> None:
    risk, found = read_entry(Risk, {"id": " RSK-001 ", "title": "Theft", "likelihood": "3"}, PLACE)
    assert risk == Risk.model_validate({"id": "RSK-001", "title": "Theft", "likelihood": 3})
    assert found == []


@pytest.mark.parametrize("identifier", [None, "", "  ", ["RSK-001"], {"RSK": "001"}])
def test_without_an_id_there_is_no_entry(identifier: Any) -> None:
    risk, (found,) = read_entry(Risk, {"id": identifier, "title": "Theft"}, PLACE)
    assert risk is None
    assert (found.code, found.message, found.place) == ("missing-id", "risk without id", PLACE)
    assert "`id: RSK-001`" in found.hint


def test_a_row_that_goes_by_a_field_gets_its_id_from_it() -> None:
    decision, _ = read_entry(ControlDecision, {"control": "A.5.1"}, PLACE)
    assert decision is not None
    assert decision.id == "SOA-A.5.1"


def test_a_row_that_goes_by_a_field_can_have_an_id_of_its_own() -> None:
    decision, _ = read_entry(ControlDecision, {"id": "SOA-7", "control": "A.5.1"}, PLACE)
    assert decision is not None
    assert decision.id == "SOA-7"


@pytest.mark.parametrize("control", [None, ["A.5.1"]])
def test_a_row_without_that_field_is_no_entry(control: Any) -> None:
    decision, (found,) = read_entry(ControlDecision, {"control": control}, PLACE)
    assert decision is None
    assert found.message == "decision on applicability without control"


@pytest.mark.parametrize("key", ["owner", "likelihood", "controls", "status", "scenario", "treatment"])
def test_an_empty_field_is_a_field_that_is_not_there(key: str) -> None:
    assert read_entry(Risk, {"id": "X-1", key: None}, PLACE) == read_entry(Risk, {"id": "X-1"}, PLACE)


def test_faulty_fields_are_empty_and_the_others_are_kept() -> None:
    data = {"id": "X-1", "title": "Theft", "likelihood": "high", "status": "open", "controls": ["A.5.1", ["x"], "A.5.2", None, "A.5.3"]}
    risk, found = read_entry(Risk, data, PLACE)
    assert risk == Risk.model_validate({"id": "X-1", "title": "Theft", "controls": ["A.5.1", "A.5.2", "A.5.3"]})
    assert {item.place.pointer for item in found} == {(0, "likelihood"), (0, "status"), (0, "controls", 1), (0, "controls", 3)}
    assert {(item.code, item.entry) for item in found} == {("invalid-value", "X-1")}


def test_the_data_are_left_as_they_were() -> None:
    data = {"id": "X-1", "controls": ["A.5.1", ["x"]], "colour": "red"}
    read_entry(Risk, data, PLACE)
    assert data == {"id": "X-1", "controls": ["A.5.1", ["x"]], "colour": "red"}


@pytest.mark.parametrize(
    ("declaration", "data", "message"),
    [
        (Risk, {"title": ["x"]}, "title: should be a text"),
        (Risk, {"controls": "A.5.1"}, "controls: should be a list, not 'A.5.1'"),
        (Risk, {"controls": {"A.5.1": None}}, "controls: should be a list"),
        (Risk, {"likelihood": "3.5"}, "likelihood: should be a whole number, not '3.5'"),
        (Risk, {"likelihood": "11"}, "likelihood: should be less than or equal to 10, not '11'"),
        (Risk, {"likelihood": ["3"]}, "likelihood: should be a valid integer"),
        (Risk, {"assessed_on": "2026-02-30"}, "assessed_on: day is out of range for month, not '2026-02-30'"),
        (Risk, {"assessed_on": ["x"]}, "assessed_on: should be a valid date"),
        (Risk, {"treatment": "hope"}, "treatment: should be 'modification', 'avoidance', 'sharing' or 'retention', not 'hope'"),
        (Document, {"status": "in_force"}, "status: should be 'draft', 'in_review', 'approved' or 'withdrawn', not 'in_force'"),
        (Supplier, {"personal_data": "yes"}, "personal_data: should be true or false, not 'yes'"),
        (Supplier, {"assurance": ["ISO"]}, "assurance.0: should be `key: value` lines, not 'ISO'"),
        (Supplier, {"assurance": [{}, {"valid_to": "soon"}]}, "assurance.1.valid_to: should be a date as YYYY-MM-DD, not 'soon'"),
    ],
)
def test_a_wrong_value_is_told_in_words_of_the_field(declaration: type[Entry], data: dict[str, Any], message: str) -> None:
    (found,) = diagnostics(declaration, **data)
    assert (found.code, found.message) == ("invalid-value", message)


def test_a_long_value_is_cut() -> None:
    (found,) = diagnostics(Risk, treatment="x" * 1000)
    assert found.message.endswith(f", not '{'x' * 60}'")


@pytest.mark.parametrize(
    ("declaration", "data", "pointer", "hint"),
    [
        (Risk, {"ownr": "x"}, ("ownr",), "did you mean `owner`?"),
        (Risk, {"OWNER": "x"}, ("OWNER",), "did you mean `owner`?"),
        (Risk, {"proves": []}, ("proves",), "isms schema"),
        (Risk, {"": "x"}, ("",), "isms schema"),
        (Person, {"nmae": "x"}, ("nmae",), "did you mean `name`?"),
        (Person, {"title": "x"}, ("title",), "isms schema"),
        (Supplier, {"assurance": [{}, {"vaild_to": "x"}]}, ("assurance", 1, "vaild_to"), "did you mean `valid_to`?"),
        (Document, {"changes": [{"notes": "x"}]}, ("changes", 0, "notes"), "did you mean `note`?"),
    ],
)
def test_an_unknown_field_is_told_the_nearest_one(declaration: type[Entry], data: dict[str, Any], pointer: Pointer, hint: str) -> None:
    (found,) = diagnostics(declaration, **data)
    assert (found.code, found.place.pointer) == ("unknown-field", (0, *pointer))
    assert hint in found.hint


def test_an_unknown_field_is_reported_even_when_it_is_empty() -> None:
    assert [item.code for item in diagnostics(Risk, colour=None)] == ["unknown-field"]


@given(st.data(), st.sampled_from(KINDS))
def test_whatever_the_fields_hold_the_entry_is_read_or_something_is_said(data: st.DataObject, declaration: type[Entry]) -> None:
    keys = st.sampled_from(sorted(field_map(declaration))) | st.text(max_size=3)
    row = data.draw(st.dictionaries(keys, VALUES, max_size=6))
    entry, found = read_entry(declaration, row, PLACE)
    assert entry is not None or found
    assert all(item.place.pointer[:1] == (0,) for item in found)
    assert entry is None or declaration.model_validate(entry.model_dump(by_alias=True)) == entry
