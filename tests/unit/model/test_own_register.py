"""A declaration makes a kind with everything that kinds have, or says in a sentence why it cannot."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import REVIEW, Due, Entry
from isms_plugin.model.fields import field_map
from isms_plugin.model.isms import KINDS
from isms_plugin.model.own_register import NEEDS, TYPES, OwnRegister, declared
from isms_plugin.sources.validation import read_entry
from isms_plugin.sources.yaml_reader import read_yaml

FIELD = {"name": "came_on", "title": "Came on", "description": "Day of the visit.", "type": "date", "need": "always"}


def a_register(*fields: dict[str, Any], **changes: Any) -> OwnRegister:
    valid = {
        "id": "KIND-visitors", "register": "visitors", "title": "Visitor", "plural": "Visitors", "prefix": "VIS", "about": "Who came.",
        "fields": [FIELD, *fields],
    }  # fmt: skip
    return OwnRegister.model_validate(valid | changes)


def a_kind(*fields: dict[str, Any], **changes: Any) -> type[Entry]:
    made = declared(a_register(*fields, **changes), KINDS)
    assert not isinstance(made, str), made
    return made


def a_field(**changes: Any) -> dict[str, Any]:
    return {"name": "more", "title": "More", "description": "More of it."} | changes


def test_the_kind_says_what_the_declaration_says() -> None:
    kind = a_kind(
        clauses=["A.7.2"], happened="came_on", closed="came_on", due="came_on", group="Doors", page="rows", occasional="true"
    ).KIND
    assert (kind.name, kind.register, kind.prefix, kind.clauses, kind.group, kind.page) == (
        "visitors", "visitors", "VIS", ("A.7.2",), "Doors", "rows"
    )  # fmt: skip
    assert (kind.happened, kind.closed, kind.due, kind.occasion) == ("came_on", "came_on", (Due("came_on", "visitor"),), "came_on")


def test_without_more_it_is_a_register_that_is_reviewed() -> None:
    kind = a_kind().KIND
    assert (kind.happened, kind.closed, kind.due, kind.occasion, kind.page) == ("", "", (REVIEW,), "", "limit")


def test_hyphens_are_part_of_the_register_alone() -> None:
    kind = a_kind(register="fire-drills").KIND
    assert (kind.name, kind.register) == ("fire_drills", "fire-drills")


@pytest.mark.parametrize("word", [*TYPES, "any", "person", "control"])
@pytest.mark.parametrize("many", ["false", "true"])
def test_a_field_of_every_type_is_read_and_checked(word: str, many: str) -> None:
    made = a_kind(a_field(type=word, many=many))
    spec = field_map(made)["more"]
    assert spec.many is (many == "true")
    assert spec.word == {"markdown": "Markdown", "any": "id", "person": "id", "control": "id", "place": "text"}.get(word, word)
    assert spec.ref is None or spec.ref.kinds == (() if word == "any" else (word,))


def test_a_choice_takes_its_values_and_no_other() -> None:
    made = a_kind(a_field(type="choice", choices=["yes", "no"]))
    assert read_entry(made, {"id": "VIS-1", "more": "no"}, Place())[1] == []
    (fault,) = read_entry(made, {"id": "VIS-1", "more": "maybe"}, Place())[1]
    assert fault.code == "invalid-value"


@pytest.mark.parametrize("need", NEEDS)
def test_a_field_is_needed_when_the_declaration_says_so(need: str) -> None:
    assert field_map(a_kind(a_field(need=need)))["more"].need == need.replace("_", " ")


@pytest.mark.parametrize("word", [*TYPES, "choice", "any", *(declaration.KIND.name for declaration in KINDS)])
@pytest.mark.parametrize("many", ["false", "true"])
def test_the_example_is_a_valid_entry(word: str, many: str) -> None:
    made = a_kind(a_field(type=word, many=many, choices=["at: the door", "no"]))
    text = read_yaml(made.KIND.example_text)
    assert (text.complete, text.faults) == (True, [])
    assert isinstance(text.value, dict)
    entry, faults = read_entry(made, text.value, Place())
    assert faults == []
    assert entry is not None
    assert getattr(entry, "more") not in (None, ())  # noqa: B009 - the field is made by the declaration


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"plural": None, "about": None}, "has no plural, about"),
        ({"fields": []}, "has no fields"),
        ({"register": "risks"}, "the name 'risks' is taken"),
        ({"register": "audit-finding"}, "the name 'audit-finding' is taken"),
        ({"prefix": "RSK"}, "the prefix 'RSK' is taken"),
        ({"happened": "more"}, "happened: 'more' is no field of type date"),
        ({"closed": "title"}, "closed: 'title' is no field of type date"),
        ({"due": "gone"}, "due: 'gone' is no field of type date"),
        ({"occasional": "true"}, "is occasional, but `happened` names no field"),
    ],
)
def test_a_declaration_that_cannot_be_used_says_why(changes: dict[str, Any], told: str) -> None:
    found = declared(a_register(**changes), KINDS)
    assert isinstance(found, str)
    assert told in found


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ({"name": "Came"}, "'Came' is no name of a field"),
        ({"name": "_hidden"}, "'_hidden' is no name of a field"),
        ({"name": "two words"}, "'two words' is no name of a field"),
        ({"name": None}, "'' is no name of a field"),
        ({"name": "came_on"}, "the field 'came_on' is declared twice"),
        ({"name": "owner"}, "the field 'owner' is one that every entry has"),
        ({"name": "closed"}, "the field 'closed' is one that every entry has"),
        ({"name": "model_dump"}, "the field 'model_dump' is one that every entry has"),
        ({"type": "choice"}, "the field 'more' has no choices"),
        ({"type": "colour"}, "the field 'more' has no known type: 'colour'"),
    ],
)
def test_a_field_that_cannot_be_used_says_why(field: dict[str, Any], told: str) -> None:
    found = declared(a_register(a_field(**field)), KINDS)
    assert isinstance(found, str)
    assert told in found


def test_a_register_may_refer_to_one_declared_before() -> None:
    visitors = a_kind()
    made = declared(
        a_register(a_field(type="visitors"), register="badges", prefix="BDG", title="Badge", plural="Badges"), (*KINDS, visitors)
    )
    assert not isinstance(made, str)
    assert "more: VIS-001" in made.KIND.example
