"""What is missing on either side is found, what disagrees is told, and nothing is guessed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.reconciliation.cell_values import held
from isms_plugin.analysis.reconciliation.checks import plan_faults
from isms_plugin.analysis.reconciliation.comparison import reconcile
from isms_plugin.analysis.reconciliation.result import Difference, Reconciled
from isms_plugin.model.asset import Asset
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person
from isms_plugin.model.reconciliation import Reconciliation
from isms_plugin.model.supplier import Supplier
from isms_plugin.model.table import Row, Table
from tests.builders import TODAY, a_control, a_person

HEADINGS = ("Serial", "Name", "State", "User", "Site", "Encrypted", "Seen")
KEY = {"identifier": "Serial", "title": "Name"}


def asset(number: int, **fields: Any) -> Asset:
    given = {"id": f"AST-00{number}", "title": f"Laptop {number}", "identifier": f"SN-{number}", "kind": "hardware", "state": "in_use"}
    return Asset.model_validate({key: value for key, value in (given | fields).items() if value is not None})


def an_isms(*entries: Entry) -> Isms:
    people = (a_person(git=["anna@example.org"]), a_person(id="PER-002", name="Bodo Kern"))
    every = (*people, a_control(id="A.8.24", title="Use of cryptography"), *entries)
    places = {entry.id: Place("registers/assets.yml", line, 1) for line, entry in enumerate(every, 1)}
    return Isms(entries={entry.id: entry for entry in every}, places=places)


def a_table(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> Table:
    return Table(name="x.csv", headings=tuple(headings), rows=tuple(Row(str(line), tuple(row)) for line, row in enumerate(rows, 2)))


def found(entries: Sequence[Entry], rows: Sequence[Sequence[str]], **plan: Any) -> Reconciled:
    made = Reconciliation.model_validate({"key": KEY} | plan)
    isms, table = an_isms(*entries), a_table(*rows)
    assert plan_faults(made, Asset, isms, table) == []
    return reconcile(isms, Asset, made, table, TODAY)


def told(result: Reconciled) -> list[tuple[str, str, str]]:
    return [(item.sort, item.entry, item.key) for item in result.differences]


def test_both_sides_that_agree_differ_in_nothing() -> None:
    result = found([asset(1), asset(2)], [("SN-2",), ("sn-1",)])
    assert (told(result), result.matched, result.entries, result.compared) == ([], 2, 2, 2)


def test_what_is_missing_on_either_side_is_told_with_its_place() -> None:
    result = found([asset(1), asset(2)], [("SN-1",), ("SN-9", "Laptop 9")])
    assert told(result) == [("not-registered", "", "SN-9"), ("not-in-export", "AST-002", "SN-2")]
    assert result.differences[0].rows == ("x.csv:3",)
    assert str(result.differences[1].place) == "registers/assets.yml:5:1"
    assert [item.values for item in result.unregistered] == [{"identifier": "SN-9", "title": "Laptop 9"}]


def test_keys_are_tried_in_order() -> None:
    assert told(found([asset(1)], [("", "laptop  1")])) == []
    assert told(found([asset(1, identifier=None)], [("SN-9", "Laptop 1")])) == []


def test_a_name_does_not_count_against_a_more_certain_key() -> None:
    result = found([asset(1)], [("SN-9", "Laptop 1")])
    assert told(result) == [("not-registered", "", "SN-9"), ("not-in-export", "AST-001", "SN-1")]


def test_a_second_key_decides_between_two_entries() -> None:
    twins = [asset(1, identifier="SN-1"), asset(2, identifier="SN-1")]
    assert told(found(twins, [("SN-1", "Laptop 2")])) == [("not-in-export", "AST-001", "SN-1")]
    result = found(twins, [("SN-1", "Laptop 7")])
    assert told(result) == [("ambiguous", "AST-001", "SN-1")]
    assert "AST-002 (registers/assets.yml:5:1)" in result.differences[0].told


def test_two_rows_of_one_key_are_told_once() -> None:
    result = found([asset(1)], [("SN-1",), ("SN-1",), ("SN-9", "b"), ("SN-9", "a")])
    assert told(result) == [("not-registered", "", "SN-9"), ("ambiguous", "AST-001", "SN-1")]
    assert [item.rows for item in result.differences] == [("x.csv:4", "x.csv:5"), ("x.csv:2", "x.csv:3")]
    assert [item.values["title"] for item in result.unregistered] == ["a"]


def test_what_looks_alike_is_named_and_not_taken() -> None:
    (missing, there) = found([asset(1, identifier="C02XY12345")], [("C02XY1234S",)]).differences
    assert (missing.near, there.sort) == ("AST-001", "not-in-export")
    # one that has its row already is no candidate
    (missing,) = found([asset(1, identifier="C02XY12345")], [("C02XY12345",), ("C02XY1234S",)]).differences
    assert missing.near == ""


def test_without_a_key_nothing_is_compared() -> None:
    result = found([asset(1, identifier=None)], [("", "", "in_use")], key={"identifier": "Serial"})
    assert told(result) == [("no-key", "", ""), ("no-key", "AST-001", "")]


def test_entries_and_rows_are_chosen() -> None:
    entries = [asset(1), asset(2, state="disposed"), asset(3, kind="software"), asset(4, status="retired"), asset(5)]
    rows = [("SN-1", "", "Active"), ("SN-2", "", "Active"), ("SN-4", "", "Active"), ("SN-5", "", "Sold"), ("SN-8", "", "Sold")]
    result = found(entries, rows, where={"kind": "hardware", "state": ["in_use", None]}, only={"State": "active"})
    assert told(result) == [
        ("registered-otherwise", "AST-002", "SN-2"), ("registered-otherwise", "AST-004", "SN-4"), ("not-in-export", "AST-005", "SN-5"),
    ]  # fmt: skip
    assert "state is disposed" in result.differences[0].told
    assert "retired" in result.differences[1].told
    assert "State is 'Sold'" in result.differences[2].told
    assert (result.entries, result.compared, result.rows) == (2, 3, 5)


def test_one_entry_may_stand_for_many_rows() -> None:
    many = {"together": [{"entry": "AST-009", "only": {"State": "Pool"}}]}
    pool = asset(9, identifier=None, title="Laptops of the pool")
    result = found([pool, asset(1)], [("SN-1", "", "Pool"), ("SN-7", "", "Pool"), ("SN-8", "", "Other")], **many)
    assert told(result) == [("not-registered", "", "SN-8")]
    assert result.together == {"AST-009": 1}
    assert told(found([pool, asset(1)], [("SN-1",)], **many)) == [("not-in-export", "AST-009", "Laptops of the pool")]


@pytest.mark.parametrize(
    ("fields", "rule", "row", "expected"),
    [
        ({"location": "Leeds  Office"}, {"location": "Site"}, {"Site": "leeds office"}, ""),
        ({"location": "Leeds"}, {"location": "Site"}, {"Site": "Utrecht"}, "location is Leeds, Site says Utrecht"),
        ({}, {"location": "Site"}, {"Site": "Utrecht"}, "location is empty, Site says Utrecht"),
        ({"location": "Leeds"}, {"location": "Site"}, {}, "location is Leeds, Site says empty"),
        ({"location": "Leeds"}, {"location": {"column": "Site", "when_empty": "skip"}}, {}, ""),
        ({"owner": "PER-001"}, {"owner": "User"}, {"User": "Anna@example.org"}, ""),
        ({"owner": "PER-001"}, {"owner": {"column": "User", "by": "person"}}, {"User": "anna berg"}, ""),
        ({"owner": "PER-001"}, {"owner": "User"}, {"User": "Bodo Kern"}, "owner is PER-001 (Anna Berg), User says PER-002 (Bodo Kern)"),
        ({"owner": "PER-001"}, {"owner": "User"}, {"User": "C. Diaz"}, "owner is PER-001 (Anna Berg), User says 'C. Diaz'"),
        ({"location": "Bodo Kern"}, {"location": {"column": "User", "by": "person"}}, {"User": "PER-002"}, ""),
        ({"state_on": "2026-03-01"}, {"state_on": "Seen"}, {"Seen": "2026-03-01T10:00:00Z"}, ""),
        ({"state_on": "2026-03-01"}, {"state_on": {"column": "Seen", "date_format": "%d/%m/%Y"}}, {"Seen": "01/03/2026"}, ""),
        ({"state_on": "2026-03-01"}, {"state_on": "Seen"}, {"Seen": "01/03/2026"}, "state_on is 2026-03-01, Seen says '01/03/2026'"),
        ({"personal_data": "true"}, {"personal_data": "Encrypted"}, {"Encrypted": "Yes"}, ""),
        ({"personal_data": "true"}, {"personal_data": "Encrypted"}, {"Encrypted": "No"}, "personal_data is true, Encrypted says false"),
        ({}, {"state": "State"}, {"State": "In Use"}, ""),
        ({}, {"state": {"column": "State", "values": {"Deployed": "in_use"}}}, {"State": "deployed"}, ""),
        ({"location": "7"}, {"location": {"column": "Site", "by": "number"}}, {"Site": "7.0"}, ""),
        ({"location": "7"}, {"location": {"column": "Site", "by": "number"}}, {"Site": "seven"}, "location is 7, Site says 'seven'"),
        ({"location": "7"}, {"location": {"column": "Site", "by": "number"}}, {"Site": "nan"}, "location is 7, Site says 'nan'"),
    ],
)  # fmt: skip
def test_fields_are_compared_by_what_they_mean(fields: dict[str, Any], rule: dict[str, Any], row: dict[str, str], expected: str) -> None:
    cells = {"Serial": "SN-1"} | row
    result = found([asset(1, **fields)], [[cells.get(heading, "") for heading in HEADINGS]], fields=rule)
    assert [item.told for item in result.differences] == ([expected] if expected else [])


def test_a_disagreement_carries_both_values_and_both_places() -> None:
    (item,) = found([asset(1, owner="PER-001")], [("SN-1", "", "", "C. Diaz")], fields={"owner": "User"}).differences
    assert (item.registered, item.exported, item.rows, item.personal) == ("PER-001", "C. Diaz", ("x.csv:2",), True)
    assert item.place == Place("registers/assets.yml", 4, 1, ("owner",))


@pytest.mark.parametrize(
    ("rule", "cell", "holds"),
    [
        ({"is": ["yes", "true"]}, "YES", True), ({"is": "yes"}, "no", False), ({"is": "yes"}, "", False),
        ({"is_not": ["no", None]}, "", False), ({"is_not": "no"}, "yes", True),
        ({"within_days": 30}, "2026-10-25", True), ({"within_days": 30}, "2026-10-24", False), ({"within_days": 30}, "soon", False),
        ({"within_days": 0, "date_format": "%d.%m.%Y"}, "24.11.2026", True),
        ({"is": "yes", "only": {"State": "Active"}}, "no", True),
    ],
)  # fmt: skip
def test_conditions_are_asked_of_rows_whatever_is_registered(rule: dict[str, Any], cell: str, holds: bool) -> None:
    must = [{"column": "Encrypted", "says": "not encrypted", "control": "A.8.24"} | rule]
    result = found([asset(1)], [("SN-1", "", "", "", "", cell), ("SN-9", "", "", "", "", cell)], must=must)
    conditions = [item for item in result.differences if item.sort == "condition"]
    assert [(item.entry, item.requirement) for item in conditions] == ([] if holds else [("AST-001", "A.8.24"), ("", "A.8.24")])


@pytest.mark.parametrize(
    ("rule", "ignored"),
    [
        ({"key": "sn-9"}, 1), ({"key": "AST-002"}, 1), ({"key": "SN-9", "differences": ["not-registered"]}, 1),
        ({"key": "SN-9", "differences": ["condition"]}, 0), ({"key": "SN-9", "until": "2026-11-24"}, 1),
        ({"key": "SN-9", "until": "2026-11-23"}, 0),
    ],
)  # fmt: skip
def test_what_is_known_is_ignored_until_its_day(rule: dict[str, Any], ignored: int) -> None:
    result = found([asset(1), asset(2)], [("SN-1",), ("SN-9",)], ignore=[{"reason": "Known."} | rule])
    assert (len(result.ignored), len(result.differences)) == (ignored, 2 - ignored)
    assert len(result.unregistered) == sum(item.sort == "not-registered" for item in result.differences)
    assert result.idle == (("SN-9",) if rule.get("differences") == ["condition"] else ())
    assert any("was ignored until 2026-11-23" in item.told for item in result.differences) == (rule.get("until") == "2026-11-23")


def test_only_what_counts_is_reported() -> None:
    assert told(found([asset(1)], [("SN-9",)], report=["not-in-export"])) == [("not-in-export", "AST-001", "SN-1")]


@pytest.mark.parametrize(
    ("plan", "pointer", "message"),
    [
        ({"key": {"serial": "Serial"}}, ("key", "serial"), "assets have no field 'serial'"),
        ({"key": {"identifier": "Serail"}}, ("key", "identifier"), "x.csv has no column 'Serail'; did you mean 'Serial'?"),
        ({"where": {"kind": "hardwear"}}, ("where", "kind"), "kind is never 'hardwear'; did you mean 'hardware'?"),
        ({"only": {"Colour": "red"}}, ("only", "Colour"), "x.csv has no column 'Colour'; there are: "),
        ({"fields": {"links": "Site"}}, ("fields", "links"), "links is a list"),
        ({"must": [{"column": "Seen", "says": "x"}]}, ("must", 0), "needs one of"),
        ({"must": [{"column": "Seen", "says": "x", "is": "1", "control": "A.9.9"}]}, ("must", 0, "control"), "A.9.9 does not exist"),
        ({"together": [{"entry": "PER-001"}]}, ("together", 0, "entry"), "PER-001 is not in the register assets"),
        ({"propose": {"title": "{Model}"}}, ("propose", "title"), "x.csv has no column 'Model'"),
        ({"requirement": "A.9.9"}, ("requirement",), "A.9.9 does not exist"),
    ],
)  # fmt: skip
def test_a_mapping_that_fits_neither_side_is_refused(plan: dict[str, Any], pointer: tuple[str | int, ...], message: str) -> None:
    faults = plan_faults(Reconciliation.model_validate({"key": KEY} | plan), Asset, an_isms(), a_table())
    assert [fault.pointer for fault in faults] == [pointer]
    assert faults[0].message.startswith(message)


def test_two_columns_of_one_name_are_refused() -> None:
    faults = plan_faults(Reconciliation(key={"identifier": "Serial"}), Asset, an_isms(), a_table(headings=("Serial", "serial")))
    assert [fault.message for fault in faults] == ["x.csv has 2 columns 'Serial'; rename one in the export"]


def test_lists_choose_entries_and_parts_do_not() -> None:
    assert plan_faults(Reconciliation(key={"name": "Name"}, where={"groups": ("a",)}), Person, an_isms(), a_table()) == []
    faults = plan_faults(Reconciliation(key={"title": "Name"}, where={"assurance": ("a",)}), Supplier, an_isms(), a_table())
    assert [fault.pointer for fault in faults] == [("where", "assurance")]


CELL = st.sampled_from(["", "SN-1", "SN-2", "sn-3", "SN-9", "SN-8", "Laptop 1", "Laptop 2", "yes", "no"])
ROWS = st.lists(st.lists(CELL, min_size=7, max_size=7).map(tuple), max_size=8)


def _content(item: Difference, table: Table) -> tuple[Any, ...]:
    cells = {table.where(row): row.cells for row in table.rows}
    return (item.sort, item.key, item.entry, item.told, item.field, item.near, sorted(cells[row] for row in item.rows))


@given(rows=ROWS, seed=st.integers())
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, ...]], seed: int) -> None:
    plan = Reconciliation.model_validate(
        {
            "key": KEY, "only": {"Site": ["yes", "SN-1", ""]}, "fields": {"location": "User"}, "ignore": [{"key": "SN-9", "reason": "x"}],
            "must": [{"column": "Encrypted", "is": "yes", "says": "x"}], "together": [{"entry": "AST-004", "only": {"State": "yes"}}],
        }
    )  # fmt: skip
    isms = an_isms(
        asset(1), asset(2, identifier="SN-1"), asset(3), asset(4, identifier=None), asset(5, state="disposed", identifier="SN-8")
    )
    shuffled = random.Random(seed).sample(rows, len(rows))
    results = []
    for some in (rows, shuffled):
        table = a_table(*some)
        result = reconcile(isms, Asset, plan, table, TODAY)
        counts = (result.matched, result.compared, result.together, result.unregistered, result.idle)
        results.append((sorted(_content(item, table) for item in result.differences), len(result.ignored), counts))
    assert results[0] == results[1]


TITLES = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=6).filter(str.strip)


@given(names=st.lists(st.tuples(TITLES, TITLES), max_size=6, unique_by=lambda pair: " ".join(pair[1].split()).casefold()))
def test_a_register_compared_with_its_own_export_differs_in_nothing(names: list[tuple[str, str]]) -> None:
    assets = [
        asset(number, title=title, identifier=f"{number} {serial}", owner="PER-001", personal_data="true", state_on="2026-01-31")
        for number, (title, serial) in enumerate(names)
    ]
    headings = ("identifier", "title", "kind", "state", "owner", "personal_data", "state_on")
    fields = field_map(Asset)
    table = a_table(*(["".join(held(item, fields[name])) for name in headings] for item in assets), headings=headings)
    plan = Reconciliation.model_validate(
        {"key": {"identifier": "identifier", "title": "title"}, "fields": {name: name for name in headings}}
    )
    isms = an_isms(*assets)
    assert plan_faults(plan, Asset, isms, table) == []
    result = reconcile(isms, Asset, plan, table, TODAY)
    assert (result.differences, result.matched) == ((), len(assets))
