"""A mapping that has no meaning is refused with the place of every mistake."""

from __future__ import annotations

import pytest

from isms_plugin.errors import SettingsError
from isms_plugin.sources.reconciliation_plan import read_plan

WHOLE = """
register: assets
key: {identifier: Serial Number, title: Device Name}
where: {kind: hardware, state: [in_use, null]}
fields:
  location: Site
  owner: {column: User, by: person}
must:
  - {column: Encrypted, is: ["yes"], says: not encrypted}
ignore:
  - {key: X-1, reason: Demo, until: 2026-12-31}
"""


def test_a_mapping_is_read_with_its_short_forms() -> None:
    plan = read_plan(WHOLE.encode(), "m.yml").plan
    assert plan.key == {"identifier": "Serial Number", "title": "Device Name"}
    assert plan.where == {"kind": ("hardware",), "state": ("in_use", "")}
    assert (plan.fields["location"].column, plan.fields["owner"].by) == ("Site", "person")
    assert plan.must[0].allowed == ("yes",)
    assert str(plan.ignore[0].until) == "2026-12-31"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "m.yml: a mapping is written"),
        ("- a", "m.yml: a mapping is written"),
        ("register: assets\n", "m.yml:1:1: the mapping needs `key`"),
        ("key: {}\n", "m.yml:1:6: key: "),
        ("key: {a: b}\nkeys: 1\n", "m.yml:2:7: no such key: keys; there are: register, export, sheet, list, key, "),
        ("key: {a: b}\nmust:\n  - {column: c, says: d, equals: e}\n", "m.yml:3:34: no such key: equals; there are: column, is, is_not"),
        ("key: {a: b}\nignore:\n  - {key: c, reason: d, until: soon}\n", "m.yml:3:32: ignore.0.until: should be a date"),
        ("key: {a: b}\nreport: [everything]\n", "m.yml:2:10: report.0: "),
        ("key: {a: b\n", "m.yml:"),
        ("key: &x {a: b}\n", "m.yml:1:6: anchor"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_plan(text.encode(), "m.yml")
    assert str(refused.value).startswith(message)


def test_faults_that_are_found_later_get_their_place_too() -> None:
    file = read_plan(WHOLE.encode(), "m.yml")
    file.refuse([])
    with pytest.raises(SettingsError, match=r"^m.yml:3:19: first\nm.yml:7:19: second$"):
        file.refuse([(("fields", "owner", "column"), "second"), (("key", "identifier"), "first")])
