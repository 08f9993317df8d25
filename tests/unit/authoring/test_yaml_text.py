"""Entries are written so that reading gives back what was meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.authoring.yaml_text import entry_yaml, row_yaml
from isms_plugin.sources.yaml_reader import read_yaml

AWKWARD = [
    "no", "on", "~", "null", "true", "1.10", "012", "1e3", "2026-01-02", "12:30:00", "0x1F", "=", "<<", "...", "---", "--- x",
    "- item", "-", "a: b", "a:", ": a", "# none", "a #b", "'quoted'", '"quoted"', "{a: b}", "[a]", "*alias", "&anchor", "!tag", "%x",
    "@x", "`x`", "| x", "> x", "?", "? x", " x ", "one\ntwo", "one\ntwo\n", "one\n\n\ntwo\n\n", "\n", "\nx", " x\ny", "  x\n y\n",
    "one \ntwo", "a\tb", "\tx\ny", "Ü é 漢字 🔐", "ends with colon:", "x" * 300, "word " * 60 + "end", "word " * 60 + "\nend",
    "\\n", "C:\\temp", "line\u2028separator", "-----BEGIN X-----\nab+/=\n",
]  # fmt: skip
LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff") | st.sampled_from("\n\t :-#'\"|>")
TEXTS = st.text(LETTERS, min_size=1)


def read_back(text: str) -> object:
    found = read_yaml(text)
    assert (found.faults, found.complete) == ([], True)
    return found.value


@pytest.mark.parametrize("text", AWKWARD)
def test_any_text_comes_back(text: str) -> None:
    assert read_back(entry_yaml({"id": "X-1", "note": text, "last": "end"})) == {"id": "X-1", "note": text, "last": "end"}
    assert read_back(row_yaml({"id": "X-1", "note": text})) == [{"id": "X-1", "note": text}]


@given(TEXTS, TEXTS)
def test_texts_come_back_beside_each_other(one: str, other: str) -> None:
    assert read_back(entry_yaml({"a": one, "b": [other, one], "c": {"d": other}})) == {"a": one, "b": [other, one], "c": {"d": other}}


@given(st.lists(st.dictionaries(st.sampled_from(["id", "note", "by"]), TEXTS, min_size=1), min_size=1, max_size=4))
def test_rows_one_after_the_other_are_a_register(rows: list[dict[str, str]]) -> None:
    assert read_back("".join(map(row_yaml, rows))) == rows


def test_fields_keep_their_order_and_what_is_empty_is_left_out() -> None:
    empty = {"note": "", "file": None, "links": (), "items": []}
    data = {"version": "1.0", "id": "APR-1", **empty, "day": date(2026, 1, 2), "tags": ("a", "b")}
    assert entry_yaml(data) == "version: '1.0'\nid: APR-1\nday: 2026-01-02\ntags:\n- a\n- b\n"


def test_texts_of_several_lines_are_blocks_and_letters_stay_letters() -> None:
    assert entry_yaml({"note": "Für alle\nund immer\n"}) == "note: |\n  Für alle\n  und immer\n"


def test_a_value_that_stands_twice_is_written_twice() -> None:
    days = [date(2026, 1, 2)]
    assert "*" not in entry_yaml({"one": days, "other": days})
