"""Schemas say what the program reads, and complete with ids where they are told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from isms_plugin.export.schema import known_ids, schemas
from isms_plugin.model.isms import KINDS
from isms_plugin.model.people import Person
from isms_plugin.sources.yaml_reader import read_yaml


def schema(register: str, known: Any = None) -> Any:
    return json.loads(schemas(KINDS, known)[f"{register}.schema.json"])


def faults(register: str, rows: Any, known: Any = None) -> list[str]:
    validator = Draft202012Validator(schema(register, known))
    return [error.message for error in validator.iter_errors(rows)]


RISK = {"id": "RSK-001", "title": "Loss", "likelihood": 2}


@pytest.mark.parametrize("declaration", [kind for kind in KINDS if kind.KIND.example], ids=lambda kind: kind.KIND.name)
def test_every_example_is_as_its_schema_says(declaration: Any) -> None:
    validator = Draft202012Validator(json.loads(schemas([declaration])[f"{declaration.KIND.register}.schema.json"]))
    texts = read_yaml(declaration.KIND.example_text).value
    rows = texts if isinstance(texts, list) else [texts]
    assert list(validator.iter_errors(_typed(rows))) == []


def _typed(value: Any) -> Any:
    """Whole numbers and truth as an editor reads them; all other scalars stay text."""
    if isinstance(value, dict):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    if value in ("true", "false"):
        return value == "true"
    try:
        return float(value) if "." in value else int(value)
    except (TypeError, ValueError):
        return value


@pytest.mark.parametrize("title", ["Loss", 2026, 1.1, None])
def test_a_text_may_look_like_a_number_or_be_empty(title: Any) -> None:
    assert faults("risks", [{**RISK, "title": title}]) == []


@pytest.mark.parametrize(("likelihood", "right"), [(0, False), (1, True), (10, True), (11, False), ("high", False), (None, True)])
def test_limits_of_numbers_hold(likelihood: Any, right: bool) -> None:
    assert (faults("risks", [{**RISK, "likelihood": likelihood}]) == []) is right


def test_ids_complete_with_names_and_others_stay_allowed() -> None:
    people = [Person(id="PER-001", name="Anna"), Person(id="PER-002", name="Bo", status="retired")]
    known = known_ids(people)
    assert known == {"person": {"PER-001": "Anna"}}
    made = schema("risks", known)
    assert made["$defs"]["ids-person"] == {"enum": ["PER-001"], "enumDescriptions": ["Anna"]}
    assert made["$defs"]["Risk"]["properties"]["owner"]["anyOf"][0] == {"$ref": "#/$defs/ids-person"}
    assert faults("risks", [{**RISK, "owner": "PER-777"}, {**RISK, "owner": None}], known) == []
    assert "ids-asset" not in made["$defs"]


def test_ids_complete_inside_parts() -> None:
    made = schema("audits", known_ids([Person(id="PER-001", name="Anna")]))
    items = made["$defs"]["Sample"]["properties"]["items"]
    assert items["items"]["anyOf"][0] == {"$ref": "#/$defs/ids-any"}
    assert made["$defs"]["ids-any"]["enum"] == ["PER-001"]


def test_an_empty_field_is_not_offered_as_a_default() -> None:
    created = schema("risks")["$defs"]["Risk"]["properties"]["created"]
    assert created == {"title": "Created", "description": created["description"], "format": "date", "type": ["string", "null"]}
