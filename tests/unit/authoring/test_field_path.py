"""Fields and values as they are written on a command line."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.authoring.field_path import allowed, changes_of, find_field, read_words
from isms_plugin.authoring.value_yaml import Bare
from isms_plugin.errors import IsmsError
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk


def words(*given: str, kind: type[Entry] = Risk) -> list[tuple[str, str, Any]]:
    return [(change.action, change.name, change.value) for change in read_words(kind, given)]


def test_pairs_and_assignments_may_be_mixed() -> None:
    assert words("title", "a=b", "owner=PER-1", "controls+=A.5.1,A.5.2", "controls-=A.6.3", "note", "x += y") == [
        ("set", "title", "a=b"), ("set", "owner", "PER-1"), ("add", "controls", "A.5.1"), ("add", "controls", "A.5.2"),
        ("remove", "controls", "A.6.3"), ("set", "note", "x += y"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("controls", "A.5.1, A.5.2,", ["A.5.1", "A.5.2"]),
        ("controls", '["A.5.1"]', ["A.5.1"]),
        ("audience", '["staff, all", others]', ["staff, all", "others"]),
        ("audience", "staff, others", ["staff", "others"]),
        ("audience.0", "staff, others", "staff, others"),
        ("title", "[no list], {no: map}", "[no list], {no: map}"),
        ("changes", "[{version: '1.0', on: 2026-01-31}]", [{"version": "1.0", "on": "2026-01-31"}]),
        ("changes.1", "{version: '1.0'}", {"version": "1.0"}),
        ("changes.1.note", "a: b", "a: b"),
    ],
)
def test_values_are_read_by_their_declaration(field: str, value: str, expected: Any) -> None:
    assert words(field, value, kind=Document) == [("set", field, expected)]


def test_dates_numbers_and_truths_are_bare_and_nothing_else() -> None:
    found = {name: value for _, name, value in words(
        "next_review", "2026-02-28", "review_interval", "12", "ack_required", "true", "version", "1.10",
        "changes", "[{version: '1.0', on: 2026-01-31}]", kind=Document,
    )}  # fmt: skip
    bare = {name for name, value in found.items() if isinstance(value, Bare)}
    assert bare == {"next_review", "review_interval", "ack_required"}
    assert isinstance(found["changes"][0]["on"], Bare)
    assert not isinstance(found["changes"][0]["version"], Bare)


def test_a_structured_item_is_added_as_a_whole_and_a_text_with_its_commas() -> None:
    assert words("changes+={version: '1.0', note: x}", "audience+=staff, all", kind=Document) == [
        ("add", "changes", {"version": "1.0", "note": "x"}), ("add", "audience", "staff, all"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("likelihod", "3"), "likelihod: a risk has no such field; did you mean likelihood"),
        (("qqq", "3"), "qqq: a risk has no such field; it has id, title"),
        (("owner",), "owner: what is it to be"),
        (("owner", " "), "Take it out with --unset owner"),
        (("owner.x", "3"), "owner is an id; nothing stands in it"),
        (("owner+=PER-1",), "owner: is no list"),
        (("controls", "[A.5.1"), "controls: cannot be read as a list"),
        (("controls", "[a]: b"), "controls: cannot be read as a list"),
    ],
)
def test_what_has_no_meaning_is_refused(given: tuple[str, ...], told: str) -> None:
    with pytest.raises(IsmsError, match=told.replace("[", r"\[")):
        words(*given)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("changes.note", "x", r"changes is a list; say which item is meant, as in changes\.0\.note"),
        ("changes.0", "x", r"made of fields; write \{version: \.\.\., note: \.\.\.\}"),
        ("changes.0.nothing", "x", "a document has no such field"),
        ("changes.0.0", "x", "no such field"),
    ],
)
def test_parts_are_named_by_the_way_to_them(field: str, value: str, told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        words(field, value, kind=Document)


def test_a_field_knows_what_stands_before_it_and_goes_by_its_key() -> None:
    assert find_field(Risk, "owner").before[:2] == ("id", "title")
    assert find_field(Person, "name").pointer == ("name",)
    assert find_field(Document, "changes.12.by").pointer == ("changes", 12, "by")


def test_unset_needs_no_value() -> None:
    assert [(change.action, change.pointer) for change in changes_of(Document, "unset", "changes.0")] == [("unset", ("changes", 0))]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("treatment", "treatment is one of modification, avoidance, sharing, retention: "),
        ("owner", "owner is the id of a person: "),
        ("note", "note is a text: "),
        ("links", "links is a list (id): "),
        ("assessed_on", "assessed_on is a date: "),
    ],
)
def test_what_is_allowed_is_told(name: str, told: str) -> None:
    assert allowed(Risk, name).startswith(told)
