"""Links that have to be looked at again: since a baseline, since a review, and by a change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from isms_plugin.analysis.suspect_links import check_suspect_links, newly_suspect, reviews_of, suspect_links
from isms_plugin.model.entry import Entry
from isms_plugin.model.linked import Linked, linked_of
from tests.builders import a_control, a_decision, a_link_review, a_risk, an_asset, an_isms

BEFORE = replace(linked_of(an_isms()), name="isms-1")
OTHER = an_asset(location="Another office")
OLD = "isms-meaning-1:" + "0" * 64


def told(*entries: Entry, before: Linked | None = BEFORE) -> list[tuple[str, str]]:
    isms = an_isms(*entries)
    return [(item.entry, item.message) for item in check_suspect_links(isms, before)]


def test_nothing_is_suspect_while_nothing_changes() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (OTHER, [("RSK-001", "assets: AST-001 means something else than in isms-1")]),
        (an_asset(note="Looked at.", next_review="2027-01-01", state_on="2026-01-01"), []),
        (a_decision(state="partly"), [
            ("POL-001", "controls: A.5.1 means something else than in isms-1"),
            ("RSK-001", "controls: A.5.1 means something else than in isms-1"),
            ("REQ-001", "met_by: A.5.1 means something else than in isms-1"),
        ]),
    ],
)  # fmt: skip
def test_what_an_entry_relies_on_changed_since_the_newest_baseline(changed: Entry, expected: list[tuple[str, str]]) -> None:
    assert told(changed) == expected


def test_the_place_is_that_of_the_field_and_the_hint_the_command() -> None:
    item = next(check_suspect_links(an_isms(OTHER), BEFORE))
    assert item.place.pointer[-1] == "assets"
    assert item.code == "suspect-link"
    assert '`isms review RSK-001 AST-001 --reason "..."`' in item.hint


@pytest.mark.parametrize(
    "entries",
    [
        (an_asset(location="Elsewhere", status="draft"),),
        (OTHER, a_risk(status="draft")),
        (OTHER, a_risk(assets=[])),
        (an_asset(id="AST-002", title="New"), a_risk(assets=["AST-002"])),
    ],
    ids=["draft target", "draft source", "link gone", "link is new"],
)
def test_what_is_not_in_force_or_was_not_linked_then_is_left_out(entries: tuple[Entry, ...]) -> None:
    assert told(*entries) == []


def test_without_a_baseline_and_a_review_nobody_knows() -> None:
    assert told(OTHER, before=None) == []


def test_a_review_of_what_it_means_now_clears_a_link_and_one_of_what_it_meant_does_not() -> None:
    now = linked_of(an_isms(OTHER)).meanings["AST-001"]
    assert told(OTHER, a_link_review(fingerprint=now)) == []
    assert told(OTHER, a_link_review()) == [("RSK-001", "assets: AST-001 means something else than in LRV-RSK-001-AST-001")]
    assert told(a_link_review(fingerprint=OLD), before=None) == [
        ("RSK-001", "assets: AST-001 means something else than in LRV-RSK-001-AST-001")
    ]


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-10-31", True), ("2026-11-01", False), ("2026-11-02", False)], ids=["earlier", "same day", "later"]
)
def test_of_several_reviews_the_newest_counts_and_of_one_day_the_one_with_the_higher_number(day: str, *, expected: bool) -> None:
    reviews = a_link_review(fingerprint=OLD), a_link_review(id="LRV-RSK-001-AST-001-2", reviewed_on=day)
    assert bool(told(*reviews)) is expected


@pytest.mark.parametrize(
    ("changes", "suspect"),
    [
        ({}, False), ({"status": "draft"}, True), ({"status": "retired"}, True), ({"field": "assets"}, False),
        ({"field": "controls"}, True),
        ({"source": "REQ-001"}, True), ({"reviewed_on": None}, True), ({"fingerprint": "isms-meaning-2:" + "0" * 64}, True),
    ],
)  # fmt: skip
def test_a_review_counts_for_its_own_link_alone(changes: dict[str, Any], *, suspect: bool) -> None:
    now = linked_of(an_isms(OTHER)).meanings["AST-001"]
    found = told(OTHER, a_link_review(**({"fingerprint": now} | changes)))
    assert bool(found) is suspect


def test_links_of_several_fields_are_told_as_one() -> None:
    isms = an_isms(a_risk(existing=["A.5.1"]))
    before = replace(linked_of(isms), name="isms-1")
    after = an_isms(a_risk(existing=["A.5.1"]), a_decision(state="partly"))
    found = [item for item in suspect_links(linked_of(after), before, {}) if item.source == "RSK-001"]
    assert [(item.target, item.fields) for item in found] == [("A.5.1", ("existing", "controls"))]


def test_a_change_makes_suspect_only_what_it_changes_itself() -> None:
    old, new = an_isms(OTHER, a_link_review()), an_isms(OTHER, a_link_review(), a_decision(how="By mail."))
    found = newly_suspect(linked_of(old), linked_of(new), reviews_of(new))
    assert [(item.source, item.target) for item in found] == [("POL-001", "A.5.1"), ("RSK-001", "A.5.1"), ("REQ-001", "A.5.1")]


def test_a_change_that_comes_with_its_review_makes_nothing_suspect() -> None:
    old, new = linked_of(an_isms()), an_isms(OTHER)
    assert [item.source for item in newly_suspect(old, linked_of(new), {})] == ["RSK-001"]
    reviews = reviews_of(an_isms(OTHER, a_link_review(fingerprint=linked_of(new).meanings["AST-001"])))
    assert newly_suspect(old, linked_of(new), reviews) == ()


def test_a_draft_is_told_before_it_is_in_force() -> None:
    new = an_isms(an_asset(location="Elsewhere", status="draft"), a_control(id="A.5.2"))
    assert [item.target for item in newly_suspect(linked_of(an_isms()), linked_of(new), {})] == ["AST-001"]
