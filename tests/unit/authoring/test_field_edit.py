"""Any field changed in place: the file says the same but for it, and no line outside of it changes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from isms_plugin.authoring.field_change import Change, applied
from isms_plugin.authoring.field_edit import with_changes
from isms_plugin.authoring.value_yaml import Bare
from isms_plugin.errors import IsmsError
from isms_plugin.sources.yaml_reader import read_yaml

REGISTER = """\
# head
- id: R-1  # why
  title: 'Old title'
  owner:   # nobody yet
  controls: [A.5.1, A.5.2]  # c
  list:
    - a  # one
    # about b
    - b
  note: >-  # told
    Some text
    goes on.

  parts:
    - {what: x, n: 1}
    - what: y
      n: 2
- id: R-2
"""


def changed(action: Any, *pointer: str | int, text: str = REGISTER, **more: Any) -> str:
    return with_changes(text, (0,), [Change(pointer=pointer, action=action, **more)])


def replaced(old: str, new: str) -> str:
    assert REGISTER.count(old) == 1
    return REGISTER.replace(old, new)


@pytest.mark.parametrize(
    ("pointer", "value", "old", "new"),
    [
        (("title",), "New: it's", "'Old title'", "'New: it''s'"),
        (("owner",), "PER-1", "owner:   #", "owner: PER-1   #"),
        (("owner",), "1.10", "owner:   #", 'owner: "1.10"   #'),
        (("owner",), Bare("2026-02-28"), "owner:   #", "owner: 2026-02-28   #"),
        (("controls",), ["A.1", "4.1"], "[A.5.1, A.5.2]", '[A.1, "4.1"]'),
        (("controls", 1), "A.6", "A.5.2]", "A.6]"),
        (("list",), ["b", "c: d", "a"], "- a  # one\n    # about b\n    - b\n", '- b\n    - "c: d"\n    - a  # one\n'),
        (("list",), "text", "list:\n    - a  # one\n    # about b\n    - b\n", "list: text\n"),
        (("list",), [], "list:\n    - a  # one\n    # about b\n    - b\n", "list: []\n"),
        (("note",), "short", ">-  # told\n    Some text\n    goes on.\n", ">-  # told\n    short\n"),
        (("note",), "two\nlines\n", ">-  # told\n    Some text\n    goes on.\n", "|  # told\n    two\n    lines\n"),
        (("parts", 0, "what"), "a, b", "{what: x,", '{what: "a, b",'),
        (("parts", 1, "what"), "a, b", "what: y", 'what: "a, b"'),
        (("parts", 1), {"what": "q"}, "what: y\n      n: 2\n", "{what: q}\n"),
        (("list", 0), {"what": "q"}, "- a  #", "- {what: q}  #"),
    ],
)
def test_a_value_takes_the_place_of_another(pointer: tuple[str | int, ...], value: Any, old: str, new: str) -> None:
    assert changed("set", *pointer, value=value) == replaced(old, new)


def test_a_long_text_is_folded_and_the_comment_stays_in_its_first_line() -> None:
    words = "word " * 40 + "end"
    text = changed("set", "owner", value=words)
    assert "  owner: >-   # nobody yet\n    word word" in text
    assert read_yaml(text).value[0]["owner"] == words


@pytest.mark.parametrize(
    ("key", "value", "before", "after"),
    [
        ("created", Bare("2026-01-01"), ("id", "title"), "  title: 'Old title'\n"),
        ("created", "x", ("id", "unknown"), "- id: R-1  # why\n"),
        ("created", "x", (), "      n: 2\n"),
        ("created", "a\n b\n", ("note",), "    goes on.\n"),
        ("created", [{"what": "x"}], ("list",), "    - b\n"),
    ],
)
def test_a_new_field_goes_behind_those_declared_before_it(key: str, value: Any, before: tuple[str, ...], after: str) -> None:
    text = changed("set", key, value=value, before=before)
    ahead, _, behind = text.partition(f"  {key}:")
    assert ahead.endswith(after)
    assert ahead + REGISTER.removeprefix(ahead) == REGISTER
    assert text.endswith(REGISTER.removeprefix(ahead))
    assert behind


@pytest.mark.parametrize(
    ("pointer", "value", "old", "new"),
    [
        (("controls",), "A.6", "A.5.2]", "A.5.2, A.6]"),
        (("list",), "c", "    - b\n", "    - b\n    - c\n"),
        (("parts",), {"what": "z", "n": Bare("3")}, "      n: 2\n", "      n: 2\n    - what: z\n      n: 3\n"),
        (("owner",), "PER-1", "owner:   #", "owner: [PER-1]   #"),
    ],
)
def test_an_item_is_added(pointer: tuple[str, ...], value: Any, old: str, new: str) -> None:
    assert changed("add", *pointer, value=value) == replaced(old, new)


@pytest.mark.parametrize(
    ("pointer", "value", "old", "new"),
    [
        (("controls",), "A.5.1", "A.5.1, ", ""),
        (("controls",), "A.5.2", ", A.5.2", ""),
        (("list",), "a", "    - a  # one\n", ""),
        (("list",), "b", "    - b\n", ""),
        (("parts",), {"what": "x"}, "    - {what: x, n: 1}\n", ""),
        (("parts",), {"n": "2"}, "    - what: y\n      n: 2\n", ""),
    ],
)
def test_an_item_is_taken_out(pointer: tuple[str, ...], value: Any, old: str, new: str) -> None:
    assert changed("remove", *pointer, value=value) == replaced(old, new)


@pytest.mark.parametrize(
    ("pointer", "old", "new"),
    [
        (("note",), "  note: >-  # told\n    Some text\n    goes on.\n", ""),
        (("owner",), "  owner:   # nobody yet\n", ""),
        (("id",), "id: R-1  # why\n  title", "title"),
        (("parts",), "  parts:\n    - {what: x, n: 1}\n    - what: y\n      n: 2\n", ""),
        (("parts", 1), "    - what: y\n      n: 2\n", ""),
        (("parts", 0, "n"), ", n: 1", ""),
        (("parts", 0, "what"), "what: x, ", ""),
        (("parts", 1, "what"), "what: y\n      n", "n"),
    ],
)
def test_a_field_is_taken_out(pointer: tuple[str | int, ...], old: str, new: str) -> None:
    assert changed("unset", *pointer) == replaced(old, new)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: R\n  l: [a]  # c\n", "- id: R\n  l: []  # c\n"),
        ("- id: R\n  l:  # c\n    - a\n  z: 1\n", "- id: R\n  l: []  # c\n  z: 1\n"),
        ("- {id: R, l: [a, ]}\n", "- {id: R, l: []}\n"),
    ],
)
def test_the_last_item_leaves_an_empty_list(text: str, expected: str) -> None:
    assert changed("remove", "l", text=text, value="a") == expected
    assert changed("unset", "l", 0, text=text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: R\n  by: x", "- id: R"),
        ("- id: R\r\n  by: x\r\n- id: S\r\n", "- id: R\r\n- id: S\r\n"),
        ("-   by: x\n    id: R\n", "-   id: R\n"),
        ("- {by: x, id: R}  # c", "- {id: R}  # c"),
        ("-\n  by: x\n  id: R\n", "-\n  id: R\n"),
        ("# a\n- id: R\n  by: |+\n    x\n\n# c\n- id: S\n", "# a\n- id: R\n\n# c\n- id: S\n"),
    ],
)
def test_line_ends_and_indentation_stay(text: str, expected: str) -> None:
    assert changed("unset", "by", text=text) == expected


def test_several_changes_are_made_one_after_the_other() -> None:
    changes = [
        *(Change(pointer=("l",), action="add", value=item) for item in "ab"),
        Change(pointer=("id",), action="set", value="S"),
    ]
    assert with_changes("- id: R # c\n", (0,), changes) == "- id: S # c\n  l: [a, b]\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- id: R\n  a: &x 1\n  by: x\n", "line 2: anchor &x"),
        ("- id: R\n  a: *x\n  by: x\n", "clear the mistakes"),
        ("- id: R\n  by: x\n  by: y\n", "stands twice"),
        ("- id: R\n  by: [\n", "clear the mistakes"),
        ("- ? id\n  : R\n", "cannot be changed in place"),
        ("- by: x\n  # about id\n  id: R\n", "a comment below it"),
    ],
)
def test_what_cannot_be_changed_in_place_is_refused(text: str, told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        with_changes(text, (0,), [Change(pointer=("by",), action="unset" if "about" in text else "set", value="new")])


@pytest.mark.parametrize(
    ("action", "pointer", "value", "told"),
    [
        ("remove", ("controls",), "A.9", "controls: A.9 is not in it"),
        ("remove", ("gone",), "A.9", "gone: A.9 is not in it"),
        ("add", ("controls",), "A.5.1", "controls: A.5.1 is in it already"),
        ("add", ("title",), "A.5.1", "title: is no list where it stands"),
        ("unset", ("gone",), None, "gone: is not there"),
        ("set", ("parts", 2, "what"), "x", "parts.2.what: there is nothing at this place"),
        ("set", ("gone", "what"), "x", "gone.what: there is nothing at this place"),
        ("set", ("title", "what"), "x", "title.what: there is nothing at this place"),
        ("unset", ("parts", 7), None, "parts.7: there is nothing at this place"),
    ],
)
def test_what_has_no_place_is_refused(action: str, pointer: tuple[str | int, ...], value: Any, told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        changed(action, *pointer, value=value)


def test_what_stands_twice_in_a_list_is_not_chosen_from() -> None:
    with pytest.raises(IsmsError, match=r"a is in it 2 times; unset l\.0 or another"):
        changed("remove", "l", text="- l: [a, b, a]\n", value="a")


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"), max_size=10
)
TEXTS = WORDS | st.sampled_from(
    [
        "one line\ntwo\n",
        "kept\n\n",
        " lead\nrest",
        "# no",
        "a: b",
        "[",
        "null",
        "1.10",
        "word " * 30 + "end",
        "é 漢",
        "\\n",
        "'",
        '"',
        "x #y",
    ]
)
SCALARS = st.none() | TEXTS
ITEMS = TEXTS | st.fixed_dictionaries({"what": TEXTS}, optional={"n": SCALARS})
VALUES = SCALARS | st.lists(ITEMS, max_size=3)
ROWS = st.lists(st.dictionaries(st.sampled_from(["id", "by", "list", "on", "note"]), VALUES, min_size=1), min_size=1, max_size=3)
STYLES = st.sampled_from([None, "'", '"', "|", ">"])
COMMENTS = st.sampled_from(["", "  # why", " # a: b - c"])


def field_text(key: str, value: Any, style: Any, comment: str, margin: str, *, flow: bool) -> str:
    """One field as a person or a program may have written it, without the margin of its first line."""
    text = yaml.dump({key: value}, allow_unicode=True, width=30, sort_keys=False, default_style=style, default_flow_style=flow)
    text = text[1:].rstrip()[:-1] + "\n" if flow else text
    first, *rest = text.split("\n")
    single = len(rest) == 1 and not first.endswith(("|", ">", "-", "+"))
    return (first + comment if single else first) + "".join(f"\n{margin + line if line else line}" for line in rest)


@st.composite
def registers(draw: st.DrawFn) -> tuple[str, list[dict[str, str]]]:
    """A register in a mixture of styles, and the text of each field of each row."""
    margin = draw(st.sampled_from(["", "  "]))
    dash = draw(st.sampled_from(["- ", "-   "]))
    fields, pieces = [], []
    for row in draw(ROWS):
        inner = margin + " " * len(dash)
        texts = {key: field_text(key, value, draw(STYLES), draw(COMMENTS), inner, flow=draw(st.booleans())) for key, value in row.items()}
        fields.append(texts)
        between = draw(st.sampled_from(["", f"{inner}# between\n", "\n"]))
        pieces.append(margin + dash + (between + inner).join(texts.values()) + draw(st.sampled_from(["", "# after\n", "\n"])))
    return "".join(pieces), fields


def holds(data: Any, pointer: tuple[str | int, ...]) -> bool:
    try:
        for step in pointer:
            data = data[step]
    except (KeyError, IndexError, TypeError):
        return False
    return True


@given(registers(), st.booleans(), st.booleans(), st.data())
def test_nothing_but_the_field_changes(made: tuple[str, list[dict[str, str]]], crlf: bool, ends: bool, data: st.DataObject) -> None:
    text, fields = made
    text = text if ends else text.rstrip("\n")
    text = text.replace("\n", "\r\n") if crlf else text
    before = read_yaml(text)
    assume(not before.faults and isinstance(before.value, list) and len(before.value) == len(fields))
    position = data.draw(st.integers(0, len(fields) - 1))
    row = before.value[position]
    assume(list(row) == list(fields[position]))
    action = data.draw(st.sampled_from(["set", "add", "remove", "unset"]))
    pointer = data.draw(st.sampled_from([("by",), ("list",), ("new",), ("note",), ("list", 0), ("list", 1, "what"), ("note", 0, "n")]))
    value = data.draw(ITEMS if action in ("add", "remove") else TEXTS | st.lists(ITEMS, max_size=2))
    change = Change(pointer=pointer, action=action, value=value, before=data.draw(st.sampled_from([(), ("id",), ("id", "by", "list")])))
    try:
        wanted = applied(row, change)
        result = with_changes(text, (position,), [change])
    except IsmsError:
        return
    assert read_yaml(result).value == [wanted if number == position else other for number, other in enumerate(before.value)]
    untouched = [part for number, texts in enumerate(fields) for key, part in texts.items() if (number, key) != (position, pointer[0])]
    others = [line.rstrip() for part in untouched for line in part.split("\n") if line.strip()]
    kept = [line.rstrip() for line in result.replace("\r\n", "\n").split("\n")]
    assert [line for line in others if not any(known.endswith(line) for known in kept)] == []
    assert ("\r\n" in result) <= ("\r\n" in text)
    assert result.count("# between") == text.count("# between")
    assert result.count("# after") == text.count("# after")


@given(registers(), TEXTS)
def test_setting_a_text_always_works_in_block_and_flow(made: tuple[str, list[dict[str, str]]], value: str) -> None:
    text, fields = made
    before = read_yaml(text)
    assume(not before.faults and len(before.value) == len(fields) and list(before.value[0]) == list(fields[0]))
    for key in [*fields[0], "new"]:
        assert read_yaml(with_changes(text, (0,), [Change(pointer=(key,), action="set", value=value)])).value[0] == {
            **before.value[0],
            key: value,
        }
