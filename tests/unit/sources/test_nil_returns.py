"""Nil returns where they are written: in their own register, in the one they speak of, in files of a folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from isms_plugin.model.nil_return import NilReturn
from isms_plugin.sources.workspace import Sources

FIELDS = "{period_from: 2026-01-01, period_to: 2026-06-30, stated_by: PER-001, stated_on: 2026-07-03, basis: Log.}"
KINDS = """- register: visitors
  title: Visitor
  plural: Visitors
  prefix: VIS
  about: Who came.
  happened: came_on
  fields: [{name: came_on, title: Came on, description: Day., type: date}]
"""
PLACES = {
    "in a list": {"registers/incidents.yml": f"- {{id: INC-1, title: Laptop}}\n- nil_return: {FIELDS}\n"},
    "alone in a file": {"registers/incidents.yml": f"nil_return: {FIELDS}\n"},
    "in a file of a folder": {"registers/incidents/2026-h1.yml": f"nil_return: {FIELDS}\n"},
    "in a Markdown file": {"registers/incidents/2026-h1.md": f"---\nnil_return: {FIELDS}\n---\n"},
    "in its own register": {
        "registers/nil-returns.yml": f"- {FIELDS.replace('{', '{id: NIL-incidents-2026-01-01, register: incidents, ', 1)}\n"
    },
}


@pytest.mark.parametrize("files", PLACES.values(), ids=PLACES.keys())
def test_it_may_stand_in_several_places(read: Callable[..., Sources], files: dict[str, str]) -> None:
    isms = read(files).isms
    assert [item.message for item in isms.faults] == []
    (found,) = isms.of(NilReturn)
    assert (found.id, found.register_name, str(found.period)) == ("NIL-incidents-2026-01-01", "incidents", "2026-01-01 to 2026-06-30")


def test_it_may_stand_in_a_register_of_the_organizations_own(read: Callable[..., Sources]) -> None:
    isms = read({"registers/kinds.yml": KINDS, "registers/visitors.yml": f"- nil_return: {FIELDS}\n"}).isms
    (found,) = isms.of(NilReturn)
    assert (found.id, found.register_name) == ("NIL-visitors-2026-01-01", "visitors")


def test_it_may_have_an_id_of_its_own(read: Callable[..., Sources]) -> None:
    given = FIELDS.replace("{", "{id: NIL-7, ", 1)
    assert [item.id for item in read({"registers/incidents.yml": f"- nil_return: {given}\n"}).isms.of(NilReturn)] == ["NIL-7"]


REST = "    stated_on: 2026-07-03\n    basis: L\n"
MISTAKES = {
    "wrong day": (
        "- nil_return:\n    period_from: 2026-01-01\n    period_to: 2026-06-31\n    stated_by: PER-1\n" + REST,
        ("invalid-value", "registers/incidents.yml:3:16"),
    ),
    "unknown field": (
        "- nil_return:\n    period_from: 2026-01-01\n    period_to: 2026-06-30\n    stated: PER-1\n" + REST,
        ("unknown-field", "registers/incidents.yml:4:13"),
    ),
    "unknown person": (
        "- nil_return:\n    period_from: 2026-01-01\n    period_to: 2026-06-30\n    stated_by: PER-1\n" + REST,
        ("unknown-reference", "registers/incidents.yml:4:16"),
    ),
    "not a mapping": ("- nil_return: nothing happened\n", ("register-shape", "registers/incidents.yml:1:3")),
    "with other keys": ("- nil_return: {period_from: 2026-01-01}\n  id: INC-1\n", ("register-shape", "registers/incidents.yml:1:3")),
    "not indented": ("- nil_return:\n  period_from: 2026-01-01\n", ("register-shape", "registers/incidents.yml:1:3")),
    "nothing in it": ("- nil_return: {}\n", ("missing-field", "registers/incidents.yml:1:15")),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_reported_where_it_stands(
    diagnose: Callable[..., list[tuple[str, str]]], text: str, expected: tuple[str, str]
) -> None:  # fmt: skip
    assert expected in diagnose({"registers/incidents.yml": text})
