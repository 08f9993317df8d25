"""Every declaration is complete: pages, schemas and reports are derived from it."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel

from isms_plugin.analysis.completeness import missing_fields
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import ID_PATTERN, Entry
from isms_plugin.model.fields import field_map, fields_of
from isms_plugin.model.isms import KINDS
from isms_plugin.model.own_register import OwnRegister
from isms_plugin.sources.catalogue import read_catalogue
from isms_plugin.sources.validation import read_entry
from isms_plugin.sources.yaml_reader import read_yaml

NAMES = [declaration.KIND.name for declaration in KINDS]
PARTS = {spec.part for declaration in KINDS for spec in fields_of(declaration) if spec.part}
DECLARATIONS = [*KINDS, *sorted(PARTS, key=lambda part: part.__name__)]
by_kind = pytest.mark.parametrize("declaration", KINDS, ids=NAMES)


@pytest.mark.parametrize(
    "names", [NAMES, [d.KIND.register for d in KINDS if d.KIND.register], [d.KIND.prefix for d in KINDS if d.KIND.prefix]]
)
def test_names_registers_and_prefixes_belong_to_one_kind(names: list[str]) -> None:
    assert len(set(names)) == len(names)


@by_kind
def test_what_a_kind_says_of_itself_exists(declaration: type[Entry]) -> None:
    kind = declaration.KIND
    known = {entry.id for entry in read_catalogue().entries}
    assert set(kind.clauses) <= known
    assert kind.key == "" or kind.key in declaration.model_fields
    assert field_map(declaration)[kind.body].word == "Markdown"
    assert list(declaration.model_validate({"id": "X-1"}).worked_out({})) == [name for name, _ in kind.computed]
    days = {spec.name for spec in fields_of(declaration) if spec.word == "date"}
    assert {kind.happened, kind.closed} - {""} <= days
    assert not kind.prefix or re.fullmatch(ID_PATTERN, f"{kind.prefix}-001")


@by_kind
def test_an_entry_of_any_kind_needs_nothing_but_its_id(declaration: type[Entry]) -> None:
    assert declaration.model_validate({"id": "X-1"}).id == "X-1"


@pytest.mark.parametrize("declaration", DECLARATIONS)
def test_a_field_has_a_title_and_a_sentence(declaration: type[BaseModel]) -> None:
    fields = fields_of(declaration)
    assert [spec.key for spec in fields if not spec.title[0].isupper() or not spec.description.endswith(".")] == []


@pytest.mark.parametrize("declaration", DECLARATIONS)
def test_a_reference_leads_to_kinds_that_exist(declaration: type[BaseModel]) -> None:
    assert {kind for spec in fields_of(declaration) if spec.ref for kind in spec.ref.kinds} <= set(NAMES)


@pytest.mark.parametrize("part", sorted(PARTS, key=lambda part: part.__name__))
def test_no_field_of_a_part_is_required(part: type[BaseModel]) -> None:
    assert part.model_validate({})


@pytest.mark.parametrize("declaration", [declaration for declaration in (*KINDS, OwnRegister) if declaration.KIND.register])
def test_the_example_of_a_register_is_complete_and_has_no_mistake(declaration: type[Entry]) -> None:
    read = read_yaml(declaration.KIND.example_text)
    assert read.faults == []
    entry, diagnostics = read_entry(declaration, read.value, Place("registers/example.yml", 1, 1))
    assert diagnostics == []
    assert entry is not None
    assert [spec.key for spec in missing_fields(entry)] == []
    assert len(declaration.KIND.example_text.splitlines()) <= 30  # one screen
