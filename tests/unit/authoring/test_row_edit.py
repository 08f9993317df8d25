"""Fields of one entry set in place: the file says the same but for them, and no other line changes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from isms_plugin.authoring.row_edit import set_fields
from isms_plugin.errors import IsmsError
from isms_plugin.sources.yaml_reader import read_yaml

VALUES = {"by": "PER-1", "on": "2026-03-05", "until": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: R-1\n", '- id: R-1\n  by: PER-1\n  on: 2026-03-05\n'),
        ("- id: R-1", '- id: R-1\n  by: PER-1\n  on: 2026-03-05'),
        ("- id: R-1\r\n- id: R-2\r\n", '- id: R-1\r\n  by: PER-1\r\n  on: 2026-03-05\r\n- id: R-2\r\n'),
        ("- {id: R-1}  # kept\n", '- {id: R-1, by: PER-1, on: 2026-03-05}  # kept\n'),
        ("- {}\n", '- {by: PER-1, on: 2026-03-05}\n'),
        ("- id: R-1 # why\n  by: 'X' # who\n\n# end\n", '- id: R-1 # why\n  by: PER-1 # who\n  on: 2026-03-05\n\n# end\n'),
        ("- by:\n  id: R-1\n", '- by: PER-1\n  on: 2026-03-05\n  id: R-1\n'),
        ("- until: 2026-01-01\n  id: R-1\n", '- until: null\n  id: R-1\n  by: PER-1\n  on: 2026-03-05\n'),
        ("- id: R-1\n  by: >-\n    two\n    lines\n\n", '- id: R-1\n  by: PER-1\n  on: 2026-03-05\n\n'),
        ("-   id: R-1\n    by: X\n    list:\n    - a\n", '-   id: R-1\n    by: PER-1\n    on: 2026-03-05\n    list:\n    - a\n'),
        ("- id: R-1\n  note: |+\n    kept\n\n- id: R-2\n", '- id: R-1\n  note: |+\n    kept\n\n  by: PER-1\n  on: 2026-03-05\n- id: R-2\n'),
        ("- id: R-1\n  list:\n    - {a: b}  # c\n", '- id: R-1\n  list:\n    - {a: b}  # c\n  by: PER-1\n  on: 2026-03-05\n'),
    ],
)  # fmt: skip
def test_a_row_keeps_its_form(text: str, expected: str) -> None:
    assert set_fields(text, (0,), VALUES) == expected


def test_what_could_be_taken_for_something_else_is_quoted() -> None:
    changed = set_fields("- id: R-1\n", (0,), {"a": "isms-risk-1:ab", "b": "null", "c": "a: b # c", "d": ""})
    assert changed == '- id: R-1\n  a: "isms-risk-1:ab"\n  b: "null"\n  c: "a: b # c"\n  d: ""\n'


@pytest.mark.parametrize(
    ("text", "pointer"),
    [("id: R-1\n", ()), ("# a\nnil:\n  id: R-1\nrest: 1\n", ("nil",)), ("- - a\n  - {id: R-1}\n", (0, 1)), ("\ufeffid: R-1\n", ())],
)
def test_an_entry_may_stand_anywhere(text: str, pointer: tuple[str | int, ...]) -> None:
    if text.startswith("\ufeff"):
        text = text[1:]  # marks of byte order are taken off before
    changed: Any = read_yaml(set_fields(text, pointer, {"by": "PER-1"})).value
    for step in pointer:
        changed = changed[step]
    assert changed == {"id": "R-1", "by": "PER-1"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- id: [\n", "mistakes"),
        ("- &a {id: R-1}\n", "mistakes"),
        ("- id: R-1\n  by: [a]\n", "single value"),
        ("- id: R-1\n  by:\n    - a\n", "single value"),
        ("- text\n", "no entry"),
        ("[]\n", "no entry"),
        ("- [id: R-1, a]\n- x\n", "no entry"),
        ("- ? id\n  : R-1\n", "in place"),
    ],
)
def test_what_cannot_be_changed_in_place_is_refused(text: str, told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        set_fields(text, (0,), {"by": "PER-1"})


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"), max_size=12
)
LEAVES = st.none() | WORDS | st.sampled_from(["line one\nline two\n", "kept\n\n", "# no comment", "a: b", "[", "é 漢", "null"])
LISTS = st.lists(LEAVES, max_size=3) | st.dictionaries(st.sampled_from("pqr"), LEAVES | st.lists(LEAVES, max_size=2), max_size=3)
ROWS = st.lists(
    st.fixed_dictionaries({}, optional={"id": LEAVES, "by": LEAVES, "list": LISTS, "on": LEAVES, "note": LEAVES | LISTS}),
    min_size=1,
    max_size=4,
)
NEW = st.dictionaries(st.sampled_from(["by", "on", "until", "state"]), st.none() | WORDS, min_size=1, max_size=4)


def in_block(row: dict[str, Any], style: str | None, width: int) -> list[str]:
    """The fields of a row as YAML, one by one."""
    return [yaml.dump({key: value}, allow_unicode=True, width=width, sort_keys=False, default_style=style) for key, value in row.items()]


def as_item(fields: list[str]) -> str:
    return "- " + "".join(fields).replace("\n", "\n  ").rstrip(" ") if fields else "- {}\n"


@given(ROWS, NEW, st.sampled_from([None, "'", "|"]), st.sampled_from([20, 200]), st.data())
def test_only_the_fields_change(
    rows: list[dict[str, Any]], values: dict[str, str | None], style: str, width: int, data: st.DataObject
) -> None:
    """After it the file reads as before but for those fields; the text of other fields and rows is the same."""
    pieces = [as_item(in_block(row, style, width)) + "# after\n" for row in rows]
    position = data.draw(st.integers(0, len(rows) - 1))
    text = "".join(pieces)
    before = read_yaml(text)
    assume(not before.faults and len(before.value) == len(rows))
    row = before.value[position]
    changed = set_fields(text, (position,), values)
    expected = row | {key: value for key, value in values.items() if value is not None or key in row}
    assert read_yaml(changed).value == [expected if number == position else other for number, other in enumerate(before.value)]
    ahead, behind = "".join(pieces[:position]), "".join(pieces[position + 1 :])
    assert changed.startswith(ahead)
    assert changed.endswith(behind)
    others = [
        as_item([field])[2:] for key, field in zip(rows[position], in_block(rows[position], style, width), strict=True) if key not in values
    ]
    assert [field for field in others if field.rstrip() not in changed] == []


@given(ROWS, NEW, st.data())
def test_rows_in_braces_stay_in_braces(rows: list[dict[str, Any]], values: dict[str, str | None], data: st.DataObject) -> None:
    pieces = [
        f"- {yaml.dump(row, default_flow_style=True, allow_unicode=True, width=10**6).rstrip()}  # {number}\n"
        for number, row in enumerate(rows)
    ]
    position = data.draw(st.integers(0, len(rows) - 1))
    before = read_yaml("".join(pieces))
    assume(not before.faults)
    row = before.value[position]
    assume(all(not isinstance(row.get(key), list | dict) for key in values))
    changed = set_fields("".join(pieces), (position,), values)
    expected = row | {key: value for key, value in values.items() if value is not None or key in row}
    assert read_yaml(changed).value[position] == expected
    ahead, behind = "".join(pieces[:position]), "".join(pieces[position + 1 :])
    assert changed.startswith(ahead + "- {")
    assert changed.endswith(f"}}  # {position}\n{behind}")
