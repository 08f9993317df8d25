from __future__ import annotations

import pytest

from isms_plugin.model.document import Change, Document
from isms_plugin.model.entry import Entry, Ref
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.fields import field_map, fields_of, prose_of, references_of
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk
from tests.builders import a_control, a_document, a_person, a_risk, an_evidence


@pytest.mark.parametrize(
    ("declaration", "key", "word", "many"),
    [
        (Risk, "title", "text", False),
        (Risk, "scenario", "Markdown", False),
        (Risk, "likelihood", "whole number", False),
        (Risk, "assessed_on", "date", False),
        (Risk, "owner", "id", False),
        (Risk, "controls", "id", True),
        (Risk, "treatment", "choice", False),
        (Risk, "affects", "choice", True),
        (Document, "ack_required", "true or false", False),
        (Document, "changes", "mapping", True),
        (Evidence, "at", "text", False),
        (Evidence, "sha256", "text", False),
    ],
)
def test_a_field_says_its_type_in_a_word(declaration: type[Entry], key: str, word: str, many: bool) -> None:
    spec = field_map(declaration)[key]
    assert (spec.word, spec.many) == (word, many)


def test_a_field_goes_by_the_key_it_has_in_yaml() -> None:
    assert field_map(Evidence)["for"].name == "proves"
    assert field_map(Person)["name"].name == "title"
    assert "title" not in field_map(Person)


def test_a_field_knows_where_it_leads_what_it_takes_and_what_it_is_made_of() -> None:
    fields = field_map(Document)
    assert fields["owner"].ref == Ref(("person", "role"))
    assert fields["related"].ref == Ref()
    assert fields["classification"].choices == ("public", "internal", "confidential", "restricted")
    assert fields["changes"].part is Change
    assert fields["approver_role"].back == "Documents it approves"
    assert (field_map(Evidence)["at"].form, field_map(Evidence)["sha256"].form) == ("place", "code")


def test_fields_keep_the_order_of_their_declaration() -> None:
    assert [spec.key for spec in fields_of(Change)] == ["version", "on", "by", "note"]


def test_references_carry_the_way_to_their_value() -> None:
    document = a_document(
        related=["RSK-001"], changes=[{"version": "1", "note": "first"}, {"version": "2", "note": "more", "by": "PER-002"}]
    )
    found = {reference.pointer: reference.target for reference in references_of(document)}
    assert found == {
        ("owner",): "PER-001",
        ("approver_role",): "ROL-001",
        ("approved_by",): "PER-001",
        ("controls", 0): "A.5.1",
        ("clauses", 0): "5.2",
        ("related", 0): "RSK-001",
        ("changes", 1, "by"): "PER-002",
    }


def test_references_of_a_renamed_field_go_by_its_key() -> None:
    assert [reference.pointer for reference in references_of(an_evidence(owner=None, taken_by=None))] == [("for", 0)]


def test_an_entry_that_names_nothing_has_no_references() -> None:
    assert list(references_of(a_control())) == []


def test_prose_is_every_filled_text_and_nothing_else() -> None:
    risk = a_risk(note="See also.", threat="", weakness=None)
    assert [(spec.key, text) for spec, text in prose_of(risk)] == [
        ("id", "RSK-001"),
        ("title", "Theft"),
        ("note", "See also."),
        ("scenario", "A laptop is stolen."),
        ("method_version", "1.0"),
    ]


def test_places_and_hashes_are_no_prose() -> None:
    keys = {spec.key for spec, _ in prose_of(an_evidence())}
    assert keys == {"id", "title", "source"}


def test_the_name_of_a_person_is_prose() -> None:
    assert [spec.key for spec, _ in prose_of(a_person())] == ["id", "name", "job"]
