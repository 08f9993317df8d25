"""Where each thing asked for can be demonstrated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.readiness.show_me import Answer, Demonstration, beside, owners, register_of, show_me
from isms_plugin.analysis.readiness.trails import Pull
from isms_plugin.model.entry import Entry
from isms_plugin.model.settings import read_settings
from tests.builders import (
    a_clause,
    a_control,
    a_decision,
    a_document,
    a_person,
    a_supplier,
    a_training,
    an_acknowledgement,
    an_evidence,
    an_incident,
    facts_of,
)

PERIOD = read_settings({"audited_period": "2026-01-01..2026-06-30"})


def included(control: str, **changes: Any) -> tuple[Entry, Entry]:
    return a_control(id=control), a_decision(**{"id": f"SOA-{control}", "control": control} | changes)


def demonstration(name: str, *changed: Entry, **options: Any) -> Demonstration:
    return next(item for item in show_me(facts_of(*changed, **options)) if item.trail.name == name)


def answer(words: str, *changed: Entry, trail: str = "joiner", **options: Any) -> Answer:
    return next(item for item in demonstration(trail, *changed, **options).answers if words in item.question.ask.lower())


def evidence(name: str, **changes: Any) -> Entry:
    return an_evidence(**{"id": name, "for": ["A.6.2"], "kind": "contract"} | changes)


CONTRACT = included("A.6.2")


def test_evidence_of_the_sort_asked_for_answers() -> None:
    found = answer("contract", *CONTRACT, evidence("EVD-002"), evidence("EVD-003", kind="report"))
    assert (found.state, [item.id for item in found.evidence], found.who) == ("evidence", ["EVD-002"], ("PER-001",))


def test_nothing_registered_is_said() -> None:
    assert answer("contract", *CONTRACT).state == "nothing registered"


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "retired"},
        {"status": "draft"},
        {"period_from": "2024-01-01", "period_to": "2025-11-24", "taken_on": "2025-11-24"},
        {"period_from": "2026-11-25", "period_to": "2026-11-25", "taken_on": "2026-11-25"},
        {"valid_to": "2026-11-23"},
        {"period_from": None, "period_to": None, "taken_on": None},
    ],
)
def test_what_proves_nothing_of_the_period_is_left_out(changes: dict[str, Any]) -> None:
    assert answer("contract", *CONTRACT, evidence("EVD-002", **changes)).evidence == ()


def test_what_proves_most_comes_first_then_the_best_sort_then_the_newest() -> None:
    both = (*included("A.5.16"), *included("A.5.18"))
    older = an_evidence(**{"id": "EVD-002", "for": ["A.5.16", "A.5.18"], "kind": "ticket", "period_to": "2026-03-31"})
    newer = an_evidence(**{"id": "EVD-003", "for": ["A.5.16", "A.5.18"], "kind": "ticket", "period_to": "2026-05-31"})
    part = an_evidence(**{"id": "EVD-004", "for": ["A.5.18"], "kind": "ticket", "period_to": "2026-06-30"})
    found = answer("helpdesk", *both, older, newer, part)
    assert ([item.id for item in found.evidence], found.more) == (["EVD-003", "EVD-002"], 1)
    sorts = answer(
        "anti-virus",
        *included("A.8.7"),
        an_evidence(**{"id": "EVD-002", "for": ["A.8.7"], "kind": "report", "period_to": "2026-06-30"}),
        an_evidence(**{"id": "EVD-003", "for": ["A.8.7"], "kind": "device_build_record", "period_to": "2026-03-31"}),
    )
    assert [item.id for item in sorts.evidence] == ["EVD-003", "EVD-002"]


def test_entries_of_a_register_answer_too() -> None:
    found = answer("have read", *included("A.6.1"), an_acknowledgement(), without=["EVD-001"])
    assert (found.state, [len(item.entries) for item in found.registers]) == ("entries", [1])


def test_a_register_of_occasions_without_one_is_no_failure() -> None:
    empty = answer("one incident", *included("A.5.25"), trail="incident")
    assert empty.state == "no occasion yet"
    assert answer("one incident", *included("A.5.25"), an_incident(), trail="incident").state == "entries"


@pytest.mark.parametrize(
    ("held_on", "counted"),
    [("2025-12-31", 0), ("2026-01-01", 1), ("2026-06-30", 1), ("2026-07-01", 0)],
)
def test_the_first_and_the_last_day_of_the_period_count(held_on: str, counted: int) -> None:
    register = register_of(facts_of(a_training(held_on=held_on), settings=PERIOD), Pull("training"))
    assert register is not None
    assert (len(register.entries), register.living) == (counted, 1)


@pytest.mark.parametrize(("today", "counted"), [(date(2026, 3, 4), 0), (date(2026, 3, 5), 1)])
def test_days_to_come_do_not_count(today: date, counted: int) -> None:
    register = register_of(facts_of(a_training(held_on="2026-03-05"), settings=PERIOD, today=today), Pull("training"))
    assert register is not None
    assert len(register.entries) == counted


def test_a_period_that_has_not_begun_holds_nothing() -> None:
    register = register_of(facts_of(a_training(), settings=PERIOD, today=date(2025, 6, 1)), Pull("training"))
    assert register is not None
    assert register.entries == ()


def test_the_newest_entry_comes_first_by_the_day_that_the_trail_names() -> None:
    suppliers = (a_supplier(reviewed_on="2026-02-01"), a_supplier(id="SUP-002", reviewed_on="2026-05-01"))
    register = register_of(facts_of(*suppliers), Pull("supplier", "reviewed_on"))
    assert register is not None
    assert [entry.id for entry in register.entries] == ["SUP-002", "SUP-001"]


def test_registers_without_days_are_counted_as_a_whole() -> None:
    register = register_of(facts_of(), Pull("supplier"))
    assert register is not None
    assert (register.dated, register.entries, register.living) == (False, (), 1)


def test_excluded_controls_are_named_apart_and_nothing_is_asked_about_them() -> None:
    entries = (*included("A.6.2", decision="excluded"), *included("A.6.1"))
    found = demonstration("joiner", *entries)
    assert (found.applicable, found.excluded) == (("A.6.1",), ("A.6.2",))
    assert not any("contract" in item.question.ask for item in found.answers)


def test_a_trail_of_excluded_controls_alone_is_not_shown() -> None:
    shown = {item.trail.name for item in show_me(facts_of(*included("A.8.15", decision="excluded")))}
    assert "logging" not in shown
    assert "logging" in {item.trail.name for item in show_me(facts_of(*included("A.8.15")))}


def test_who_can_demonstrate_it() -> None:
    other = a_person(id="PER-002", name="Bo Dahl")
    facts = facts_of(other, a_document(owner="PER-002"), *included("A.6.2"), *included("A.6.1", owner=None), a_clause())
    assert owners(facts, ["A.6.2", "A.6.1", "A.5.1", "5.2"]) == ("PER-001", "PER-002")
    assert owners(facts_of(a_document(owner="PER-002"), other, without=["APR-POL-001-1.0"]), ["5.2"]) == ()


def test_documents_in_force_are_named_once() -> None:
    found = demonstration("leadership", a_document(controls=["A.5.1", "A.5.2"]), *included("A.5.2"))
    assert [document.id for document in found.documents] == ["POL-001"]


def test_own_controls_stand_beside_the_trails() -> None:
    assert [row.control.id for row in beside(facts_of(*included("CTL-001"), *included("CTL-002", decision="excluded")))] == ["CTL-001"]
