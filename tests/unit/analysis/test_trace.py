from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from isms_plugin.analysis.trace import related, trace
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import fields_of
from isms_plugin.model.isms import KINDS, Isms
from isms_plugin.model.risk import Risk
from tests.builders import a_control, a_decision, a_document, a_person, a_risk, an_asset, an_evidence, an_isms, told
from tests.generated import references


def reported(isms: Isms) -> list[tuple[str, str]]:
    return told(trace(isms)[1])


def messages(isms: Isms) -> list[str]:
    return [f"{item.message}; {item.hint}" for item in trace(isms)[1]]


def pairs(isms: Isms) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What each entry says it refers to, and what each says refers to it."""
    found, _ = trace(isms)
    outgoing = {(entry, relation.target) for entry, relations in found.outgoing.items() for relation in relations}
    incoming = {(relation.source, entry) for entry, relations in found.incoming.items() for relation in relations}
    return outgoing, incoming


def test_in_a_valid_isms_every_reference_leads_to_something() -> None:
    assert reported(an_isms()) == []


def test_a_relation_is_stored_once_and_has_a_name_on_both_sides() -> None:
    found, _ = trace(an_isms())
    (relation,) = [relation for relation in found.outgoing["RSK-001"] if relation.target == "A.5.1"]
    assert (relation.label, relation.back, relation.field, relation.kind) == ("Treated by", "Risks it treats", "controls", "risk")
    assert relation in found.incoming["A.5.1"]


def test_a_relation_without_a_name_for_the_other_side_goes_by_kind_and_field() -> None:
    found, _ = trace(an_isms())
    assert {relation.back for relation in found.incoming["PER-001"] if relation.kind == "risk"} == {"Risks (risk owner)"}


def test_the_sources_of_a_kind_and_field_are_found() -> None:
    found, _ = trace(an_isms(a_risk(id="RSK-002")))
    assert found.sources("A.5.1", Risk, "controls") == ["RSK-001", "RSK-002"]
    assert found.sources("A.5.1", Document, "controls") == ["POL-001"]
    assert found.sources("A.5.1", Risk, "existing") == []
    assert found.sources("RSK-001", Risk, "controls") == []


def test_relations_are_grouped_by_their_name_and_name_an_entry_once() -> None:
    isms = an_isms(a_risk(controls=["A.5.1", "A.5.1"], existing=["A.5.1"]))
    found, _ = trace(isms)
    risk = isms.entries["RSK-001"]
    incoming = {label: entries for label, entries in related(isms, found.incoming["A.5.1"], incoming=True) if risk in entries}
    assert incoming == {"Risks it treats": [risk], "Risks that count on it": [risk]}
    assert ("Assets", [isms.entries["AST-001"]]) in list(related(isms, found.outgoing["RSK-001"], incoming=False))


@pytest.mark.parametrize(
    "prose", [{"body": "See [AST-001]."}, {"body": "See [it](isms:AST-001) and [AST-001]."}, {"changed": a_document(note="See [AST-001].")}]
)
def test_prose_makes_a_relation_once(prose: dict[str, Any]) -> None:
    changed = [prose.pop("changed")] if "changed" in prose else []
    isms = an_isms(*changed, **prose)
    found, _ = trace(isms)
    labels = [(relation.label, relation.back) for relation in found.outgoing["POL-001"] if relation.target == "AST-001"]
    assert labels == [("Mentions", "Mentioned in")]


def test_prose_adds_nothing_to_what_a_field_says() -> None:
    found, _ = trace(an_isms(a_risk(note="See [A.5.1].")))
    assert [relation.field for relation in found.outgoing["RSK-001"] if relation.target == "A.5.1"] == ["controls"]


def test_an_entry_that_mentions_itself_is_not_related_to_itself() -> None:
    assert ("RSK-001", "RSK-001") not in pairs(an_isms(a_risk(note="See [RSK-001].")))[0]


def test_a_page_is_no_entry_and_relates_to_nothing() -> None:
    isms = an_isms(pages={"docs/index.md": "See [AST-001]."})
    assert pairs(isms) == pairs(an_isms())
    assert reported(isms) == []


@pytest.mark.parametrize(
    ("entry", "code", "pointer", "fragment"),
    [
        (a_risk(owner="PER-002"), "unknown-reference", ("owner",), "did you mean PER-001?"),
        (a_risk(owner="Frau Berg"), "unknown-reference", ("owner",), "register it"),
        (a_risk(owner="per-001"), "case-of-id", ("owner",), "write PER-001"),
        (a_risk(controls=["A.5.1", "A.9.4.3"]), "control-2013", ("controls", 1), "since 2022 it is A.5.17"),
        (a_risk(controls=["A.18.2.3"]), "control-2013", ("controls", 0), "A.5.36 and A.8.8"),
        (a_risk(controls=["A.9.9.9"]), "unknown-reference", ("controls", 0), "A.9.9.9 does not exist"),
        (a_risk(owner="A.5.1"), "wrong-kind", ("owner",), "owner: A.5.1 is a control, not a person; name a person"),
        (a_risk(note="See [RSK-999]."), "unknown-reference", ("note",), "RSK-999"),
        (a_risk(title="After A.9.4.3"), "control-2013", ("title",), "A.5.17"),
        (a_risk(note="See A.9.9.9."), "control-2013", ("note",), "the 2013 edition had no such control either"),
        (a_risk(note="See [clause 99]."), "unknown-reference", ("note",), "99 does not exist"),
        (a_risk(note="See [rsk-001]."), "case-of-id", ("note",), "write RSK-001"),
        (a_document(changes=[{"version": "1", "note": "x", "by": "PER-009"}]), "unknown-reference", ("changes", 0, "by"), "PER-009"),
        (an_evidence(**{"for": ["RSK-009"]}), "unknown-reference", ("for", 0), "RSK-009"),
    ],
)
def test_a_reference_that_leads_nowhere_is_reported_where_it_stands(
    entry: Entry, code: str, pointer: tuple[str | int, ...], fragment: str
) -> None:
    isms = an_isms(entry)
    (found,) = trace(isms)[1]
    assert (found.code, found.entry, found.place) == (code, entry.id, isms.place(entry).at(*pointer))
    assert fragment in f"{found.message}; {found.hint}"


@pytest.mark.parametrize("word", ["[FIG-1]", "[ISO-27001]", "[RFC.2119]", "[x-1]"])
def test_brackets_around_what_looks_like_no_id_of_this_isms_are_just_brackets(word: str) -> None:
    assert reported(an_isms(body=word, pages={"docs/index.md": word})) == []


def test_ids_of_this_isms_teach_which_prefixes_there_are() -> None:
    risk = a_risk(id="HSE-1")
    assert reported(an_isms(body="[HSE-2]")) == []
    assert reported(an_isms(risk, body="[HSE-2]")) == [("unknown-reference", "POL-001")]


def test_mentions_in_bodies_and_pages_have_line_and_column() -> None:
    isms = an_isms(body="\nSee [RSK-999].", pages={"docs/index.md": "See [RSK-998]."})
    found = {item.message: item.place for item in trace(isms)[1]}
    assert found == {
        "RSK-999 does not exist": Place("policies/security.md", 11, 6),
        "RSK-998 does not exist": Place("docs/index.md", 1, 6),
    }


@pytest.mark.parametrize(("status", "code"), [("draft", ["retired-reference"]), ("active", ["retired-reference"]), ("retired", [])])
def test_only_a_tombstone_may_refer_to_a_tombstone(status: str, code: list[str]) -> None:
    field = an_isms(an_asset(status="retired"), a_risk(status=status))
    prose = an_isms(an_asset(status="retired"), a_risk(assets=[], note="[AST-001]", status=status))
    assert [found for found, _ in reported(field)] == code
    assert [found for found, _ in reported(prose)] == code


def test_a_page_does_not_refer_to_a_tombstone() -> None:
    isms = an_isms(an_asset(status="retired"), a_risk(assets=[]), pages={"docs/index.md": "[AST-001]"})
    assert [str(item.place) for item in trace(isms)[1]] == ["docs/index.md:1:2"]


def test_what_takes_the_place_of_a_document_names_it() -> None:
    old = a_document(id="POL-000", status="withdrawn")
    assert reported(an_isms(old, a_document(supersedes="POL-000"))) == []
    assert reported(an_isms(old, a_document(related=["POL-000"]))) == [("retired-reference", "POL-001")]


def test_a_retired_target_of_the_wrong_kind_is_of_the_wrong_kind() -> None:
    assert reported(an_isms(an_asset(status="retired"), a_risk(assets=[], owner="AST-001"))) == [("wrong-kind", "RSK-001")]


def test_texts_of_the_catalogue_are_not_searched() -> None:
    assert reported(an_isms(a_control(description="See [RSK-999]."))) == []


def test_a_decision_refers_to_its_control() -> None:
    found, _ = trace(an_isms())
    assert [relation.source for relation in found.incoming["A.5.1"] if relation.label == "Control"] == [a_decision().id]


def test_what_nobody_names_has_no_incoming_relations() -> None:
    found, _ = trace(an_isms(a_person(id="PER-002")))
    assert "PER-002" not in found.incoming


IDS = {declaration: f"{declaration.KIND.prefix or 'CLS'}-001" for declaration in KINDS}
TARGETS = [*IDS.values(), "RSK-999", "nothing"]


@pytest.mark.parametrize("declaration", KINDS, ids=lambda kind: str(kind.KIND.name))
@settings(max_examples=20)
@given(st.randoms(use_true_random=True))
def test_an_entry_lists_another_exactly_when_the_other_refers_to_it(declaration: type[Entry], draw: Random) -> None:
    entries: dict[str, Entry] = {identifier: kind.model_validate({"id": identifier}) for kind, identifier in IDS.items()}
    expected: set[tuple[str, str]] = set()
    for kind in dict.fromkeys((declaration, *draw.sample(KINDS, 2))):
        identifier, named = IDS[kind], set[str]()
        row = references(draw, kind, lambda _: TARGETS, named)
        mentioned = set(draw.choices(TARGETS, k=draw.randint(0, 2)))
        note = next(spec.key for spec in fields_of(kind) if spec.name == "note")
        row[note] = " and ".join(f"[{target}]" for target in sorted(mentioned))
        entries[identifier] = kind.model_validate({"id": identifier, **row})
        expected |= {(identifier, target) for target in named | (mentioned - {identifier}) if target in IDS.values()}
    isms = Isms(entries=entries, places={identifier: Place("registers/all.yml", 1, 1) for identifier in entries})
    assert pairs(isms) == (expected, expected)


def parts_with_references(declaration: type[BaseModel]) -> set[str]:
    """Keys of the fields whose references stand inside structured values."""
    return {spec.key for spec in fields_of(declaration) if spec.part and (any(inner.ref for inner in fields_of(spec.part)))}


def test_references_in_parts_are_among_those_that_are_generated() -> None:
    found = {f"{kind.KIND.name}.{key}" for kind in KINDS for key in parts_with_references(kind)}
    assert {"audit_programme.audits", "audit.samples", "document.promises", "measure.values"} <= found
