from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.model.diagnostic import Pointer
from isms_plugin.sources.yaml_reader import MAX_DEPTH, locate, read_yaml

YAML_SIGNS = st.text(alphabet="-:[]{}&*!|>'\"%@`#?,. \n\tab0~<=")
TEXTS = st.one_of(st.text(), YAML_SIGNS)
PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_characters="\x7f\x85", exclude_categories=["Cc"]))
PLAIN = st.recursive(PRINTABLE, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PRINTABLE, inner, max_size=4), max_leaves=20)


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def faults(text: str) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in read_yaml(text).faults]


@pytest.mark.parametrize(
    "scalar",
    [
        "no",
        "on",
        "yes",
        "off",
        "true",
        "1.10",
        "012",
        "0x1F",
        "1_000",
        "1e3",
        ".inf",
        "12:30:45",
        "2026-01-01",
        "-",
        "<<",
        "=",
        "None",
        "NULL",
    ],
)
def test_a_scalar_stays_what_was_written(scalar: str) -> None:
    assert read_yaml(f"key: {scalar!r}\n").value == {"key": scalar}
    if scalar != "-":
        assert read_yaml(f"key: {scalar}\n").value == {"key": scalar}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_none_unless_it_is_quoted(nothing: str) -> None:
    assert read_yaml(f"key: {nothing}\n").value == {"key": None}
    assert read_yaml(f"key: '{nothing}'\n").value == {"key": nothing}


@pytest.mark.parametrize("key", ["null", "~", "no", "1.10"])
def test_a_key_is_always_a_text(key: str) -> None:
    assert read_yaml(f"{key}: value\n").value == {key: "value"}


@pytest.mark.parametrize("text", ["key: !!int 5\n", "key: !secret 5\n", "!!map {key: !!python/name:os.system 5}\n"])
def test_tags_have_no_meaning(text: str) -> None:
    assert read_yaml(text).value == {"key": "5"}
    assert faults(text) == []


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n...\n", "~"])
def test_an_empty_text_holds_nothing_and_is_read_to_its_end(text: str) -> None:
    parsed = read_yaml(text)
    assert (parsed.value, parsed.faults, parsed.complete) == (None, [], True)


@pytest.mark.parametrize("text", ["%YAML 1.1\n---\na: b\n", "---\na: b\n...\n", "{a: b}", "? a\n: b\n", "a: |-\n  b\n", '"a": "b"'])
def test_every_way_to_write_a_mapping_is_read(text: str) -> None:
    assert read_yaml(text).value == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: [b\nc: d\n", "yaml-syntax", 2, 2),
        ("a: b: c\n", "yaml-syntax", 1, 5),
        ("a: 'b\nc: d\n", "yaml-syntax", 1, 4),
        ("- a\nb: c\n", "yaml-syntax", 2, 1),
        ("a: @b\n", "yaml-syntax", 1, 4),
        ("a:\n\tb: c\n", "yaml-syntax", 2, 1),
        ("%\n", "yaml-syntax", 1, 2),
        ("ü: \x07\n", "yaml-syntax", 1, 4),
        ("a: ü\nb: ü\x00\n", "yaml-syntax", 2, 5),
        ("a: b\n---\nc: d\n", "yaml-syntax", 2, 1),
        ("a: b\n? [c]\n: d\n", "yaml-syntax", 2, 3),
        ("? {a: b}\n: c\n", "yaml-syntax", 1, 3),
        ("a: b\na: c\n", "duplicate-key", 2, 1),
        ("a: b\na: {c: d}\n", "duplicate-key", 2, 1),
        ("a: &b c\n", "yaml-alias", 1, 4),
        ("a: &b [c]\n", "yaml-alias", 1, 4),
        ("&a b: c\n", "yaml-alias", 1, 1),
        ("a: *b\n", "yaml-alias", 1, 4),
        ("*a : b\n", "yaml-alias", 1, 1),
        ("[" * (MAX_DEPTH + 1), "yaml-limit", 1, MAX_DEPTH + 1),
    ],
)
def test_a_fault_is_reported_by_code_line_and_column(text: str, code: str, line: int, column: int) -> None:
    assert faults(text) == [(code, line, column)]


@pytest.mark.parametrize(
    ("text", "tab"),
    [("a:\n\t- b\n", True), ("a:\n \tb: c\n", True), ("- \ta: b\n", True), ("a: b\tc: d\n", False), ("a: \t[b\n", False)],
)
def test_a_tab_is_blamed_only_where_it_stands_for_spaces(text: str, tab: bool) -> None:
    (fault,) = read_yaml(text).faults
    assert ("tab" in fault.message) is tab


def test_lines_count_from_the_line_the_text_begins_on() -> None:
    parsed = read_yaml("- a\n- b: c\n  b: d\n- *e\n- [\n", first_line=10)
    assert parsed.lines == [10, 11, 13, 14]
    assert [fault.line for fault in parsed.faults] == [12, 13, 15]


def test_items_know_their_lines_whatever_they_are() -> None:
    parsed = read_yaml("- a\n-\n  b: c\n\n# d\n- [e,\n   f]\n- *g\n- |\n  h\n-\n- i\n")
    assert parsed.lines == [1, 3, 6, 8, 9, 11, 12]
    assert parsed.value == ["a", {"b": "c"}, ["e", "f"], None, "h\n", None, "i"]


def test_of_two_values_under_one_key_the_first_is_kept() -> None:
    assert read_yaml("a: b\na: {c: [d, {e: f}]}\ng: h\n").value == {"a": "b", "g": "h"}


def test_what_was_read_before_a_syntax_error_is_kept() -> None:
    assert read_yaml("a: b\nc: [d]\ne: [\n").value == {"a": "b", "c": ["d"]}
    assert read_yaml("- {a: b}\n- c: [\n").value == [{"a": "b"}]
    assert not read_yaml("a: b\nc: [\n").complete


def test_the_deepest_nesting_allowed_is_read() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert faults(text) == []
    assert locate(text, (0,) * (MAX_DEPTH - 1)) == (1, MAX_DEPTH)


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 200_000 + "a", "{a: " * 200_000, "a: [" + "[" * 200_000 + "]" * 200_000 + "]"])
def test_deep_nesting_exhausts_no_stack(text: str) -> None:
    assert [code for code, _, _ in faults(text)] == ["yaml-limit"]
    assert locate(text, ("a", 0, 0)) is None


def test_an_alias_bomb_stays_small() -> None:
    bomb = "a0: &a0 x\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10))
    value = read_yaml(bomb).value
    assert value["a9"] == [None] * 10
    assert locate(bomb, ("a9", 0, 0, 0, 0)) is not None


@given(TEXTS)
def test_no_text_raises(text: str) -> None:
    parsed = read_yaml(text)
    assert parsed.complete or parsed.faults
    assert all(fault.line >= 1 and fault.column >= 1 for fault in parsed.faults)


@given(TEXTS, st.lists(st.integers(-1, 3) | PRINTABLE, max_size=4))
def test_a_place_is_looked_up_in_any_text(text: str, steps: list[int | str]) -> None:
    found = locate(text, tuple(steps))
    assert found is None or min(found) >= 1


@given(PLAIN, st.sampled_from([None, True, False]))
def test_plain_data_is_read_as_the_base_loader_reads_it(data: Any, flow: bool | None) -> None:
    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True, default_flow_style=flow, width=60)
    parsed = read_yaml(text)
    assert parsed.value == yaml.load(text, yaml.BaseLoader) == data
    assert parsed.faults == []


@given(st.lists(st.dictionaries(PRINTABLE, PRINTABLE | st.lists(PRINTABLE, max_size=2), min_size=1, max_size=2), min_size=1, max_size=4))
def test_every_item_of_a_list_is_on_its_line(items: list[Any]) -> None:
    text = yaml.dump(items, Dumper=Dumper, allow_unicode=True, default_flow_style=False, width=60)
    lines = text.split("\n")
    assert [number for number, line in enumerate(lines, 1) if line.startswith("- ")] == read_yaml(text).lines


TEXT = """\
# a comment
- id: RSK-001
  owner:   PER-001
  controls: [A.5.1, A.5.2]
  note:
  changes:
    - by: PER-002
-
  id: RSK-002
"""


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ((), (2, 1)),
        ((0,), (2, 3)),
        ((0, "id"), (2, 7)),
        ((0, "owner"), (3, 12)),
        ((0, "controls", 1), (4, 21)),
        ((0, "changes", 0, "by"), (7, 11)),
        ((1, "id"), (9, 7)),
    ],
)
def test_a_value_is_found_by_the_way_to_it(pointer: Pointer, place: tuple[int, int]) -> None:
    assert locate(TEXT, pointer) == place


def test_an_empty_value_is_where_its_key_is() -> None:
    assert locate(TEXT, (0, "note")) == (5, 3)


def test_an_alias_is_where_its_key_is() -> None:
    assert locate("a: &b [c]\nd: *b\n", ("d",)) == (2, 1)


@pytest.mark.parametrize(
    ("pointer", "place"),
    [((0, "gone"), (2, 3)), ((0, "id", "gone"), (2, 7)), ((0, "controls", 9), (4, 13)), ((2,), (2, 1)), ((9,), (2, 1)), (("id",), (2, 1))],
)
def test_what_is_not_there_is_where_the_nearest_thing_above_it_is(pointer: Pointer, place: tuple[int, int]) -> None:
    assert locate(TEXT, pointer) == place


@pytest.mark.parametrize("text", ["", "a: [", "a: b\n---\nc: d\n", "a: *b\n"])
def test_nothing_is_found_in_a_text_that_cannot_be_composed(text: str) -> None:
    assert locate(text, ("a",)) is None


def test_places_count_from_the_line_the_text_begins_on() -> None:
    assert locate("a: b\n", ("a",), first_line=5) == (5, 4)
