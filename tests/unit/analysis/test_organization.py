"""Scope, places, expectations and changes: what the cases in `tests/cases` leave open."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.organization import check_organization
from isms_plugin.analysis.scope_text import nearest, same_words
from isms_plugin.analysis.trace import trace
from isms_plugin.model.entry import Entry
from tests.builders import TODAY, a_certification, a_change, a_document, a_party, a_risk, a_site, an_action, an_isms, told

SCOPE = a_document(answers=["scope"])


def found(*changed: Entry, body: str = "", **options: Any) -> list[tuple[str, str]]:
    isms = an_isms(*changed, body=body, **options)
    return told(check_organization(isms, trace(isms)[0], TODAY))


@pytest.mark.parametrize(
    "body",
    [
        "Drawing charts.",
        "Drawing charts",
        "# Scope\n\n> Drawing\n> charts.\n\nNo more.",
        "# Scope\nDrawing charts",
        "The scope is: Drawing charts.",
        'We say "Drawing charts" to everybody.',
        "All of it. Drawing charts. [DOC-02]",
        "| Scope | **Drawing charts** |\n|---|---|",
        "- Drawing\n  charts\n- Selling paper",
    ],
)
def test_the_same_words(body: str) -> None:
    assert same_words("Drawing\ncharts.", body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "drawing charts.",
        "Drawing chart.",
        "Drawing charts, and selling them.",
        "Drawing charts and selling them.",
        "No Drawing charts.",
        "Drawing\n\nmany charts.",
    ],
)
def test_other_words(body: str) -> None:
    assert not same_words("Drawing charts.", body)


def test_a_scope_of_several_paragraphs() -> None:
    scope = "Drawing charts:\n\n- in Leeds\n- at sea"
    assert same_words(scope, f"# Scope\n\n{scope}\n\nMore.")
    assert not same_words(scope, "Drawing charts:\n\n- in Leeds\n- at sea and above")


def test_the_nearest_words_are_told() -> None:
    assert nearest("Drawing charts in Leeds.", "Text.\n\nDrawing charts\nin York.") == "Drawing charts in York."
    assert nearest("Drawing charts in Leeds.", "Nothing alike.") == ""


def test_a_certificate_is_compared_with_every_scope_document() -> None:
    assert found(SCOPE, a_certification(), body="Selling.") == [("scope-disagrees", "CRT-001")]
    assert found(SCOPE, a_certification(), body="Drawing charts.") == []
    assert found(SCOPE, a_document(id="POL-002", answers=["scope"]), a_certification(), body="Drawing charts.") == []


def test_without_a_scope_document_that_alone_is_missing() -> None:
    assert found(a_certification(), a_site(title="Office in Paris"), body="Selling.") == []
    withdrawn = a_document(answers=["scope"], status="withdrawn")
    assert found(withdrawn, a_certification(), a_site(title="Office in Paris")) == []


@pytest.mark.parametrize("changes", [{"scope": None}, {"scope": "  "}, {"ended_on": "2026-11-24"}, {"status": "draft"}])
def test_what_is_not_compared(changes: dict[str, Any]) -> None:
    assert found(SCOPE, a_certification(**changes), body="Selling.") == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, True),
        ({"title": "Leeds"}, True),
        ({"title": "Head office", "address": "1 Harbour Street, Leeds"}, True),
        ({"title": "Head office", "address": "1 Harbour Street, York"}, False),
        ({"title": "Office in Paris"}, False),
        ({"title": "Leedsham"}, False),
        ({"title": "the two rooms"}, True),
        ({"title": "the three rooms"}, False),
        ({"id": "SIT-042", "title": "Barn"}, True),
    ],
)
def test_a_place_is_named(changes: dict[str, Any], named: bool) -> None:
    body = "From our office in leeds, the two\nrooms and SIT-042."
    assert found(SCOPE, a_site(**changes), body=body) == ([] if named else [("site-outside", "SIT-001")])


def test_a_name_that_two_places_share_names_none_of_them() -> None:
    shed, barn = a_site(id="SIT-002", title="Shed in Leeds"), a_site(id="SIT-003", title="Barn in Leeds")
    assert found(SCOPE, shed, barn, body="In Leeds.") == [("site-outside", "SIT-002"), ("site-outside", "SIT-003")]
    assert found(SCOPE, shed, barn, body="In Leeds, with the barn.") == [("site-outside", "SIT-002")]


@pytest.mark.parametrize("changes", [{"kind": "unit"}, {"kind": "remote"}, {"in_scope": None}, {"status": "retired"}])
def test_other_places_need_no_name(changes: dict[str, Any]) -> None:
    assert found(SCOPE, a_site(**changes), body="In Paris.") == []


def test_a_requirement_that_writes_it_down_meets_an_expectation() -> None:
    assert found(a_party()) == []
    assert found(a_party(requirements=[])) == [("expectation-unanswered", "PTY-001")]


@pytest.mark.parametrize(
    ("changes", "assessed"),
    [
        ({"approved_on": "2026-01-01"}, True),
        ({"approved_on": "2026-01-02"}, False),
        ({"approved_on": None, "done_on": "2026-01-01"}, True),
        ({"approved_on": None, "done_on": "2026-01-02"}, False),
        ({"done_on": "2026-11-24"}, False),
        ({"done_on": "2026-11-25"}, True),
        ({"status": "retired"}, True),
    ],
)
def test_a_significant_change_calls_for_an_assessment(changes: dict[str, Any], assessed: bool) -> None:
    assert found(a_change(**changes)) == ([] if assessed else [("change-not-assessed", "CHG-001")])


@pytest.mark.parametrize(("day", "assessed"), [("2028-02-29", True), ("2028-02-28", False)])
def test_the_leap_day_is_a_day(day: str, assessed: bool) -> None:
    isms = an_isms(a_change(approved_on="2028-02-29", done_on="2028-02-29"), a_risk(assessed_on=day))
    items = list(check_organization(isms, trace(isms)[0], TODAY.replace(year=2028)))
    assert (items == []) is assessed


def test_a_risk_that_names_the_change_counts_alone() -> None:
    late = a_risk(id="RSK-002", assessed_on="2026-10-01")
    assert found(a_change(), late) == []
    assert found(a_change(), a_risk(links=["CHG-001"]), late) == [("change-not-assessed", "CHG-001")]
    assert found(a_change(), a_risk(), a_risk(id="RSK-002", links=["CHG-001"], assessed_on="2026-10-01")) == []


def test_a_future_assessment_is_none() -> None:
    assert found(a_change(), a_risk(assessed_on="2026-11-25")) == [("change-not-assessed", "CHG-001")]


def test_a_change_that_carries_out_a_treatment_was_looked_at_with_it() -> None:
    change = a_change(affects=["RSK-001"], links=["ACT-001"])
    assert found(change, an_action()) == [("change-not-assessed", "CHG-001")]
    assert found(change, an_action(**{"for": ["RSK-001"]})) == []
    assert found(change, an_action(), a_risk(actions=["ACT-001"])) == []
    assert found(change, an_action(), a_risk(actions=["ACT-001"], assessed_on=None)) == [("change-not-assessed", "CHG-001")]
