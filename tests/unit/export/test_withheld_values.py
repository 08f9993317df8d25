"""Many values looked for in a text at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.export.folded_text import folded
from isms_plugin.export.withheld_values import Values


def _found(text: str, *values: str, broken: bool = False) -> list[str]:
    search = Values(values)
    return sorted(search.values[number] for number in search.found(folded(text), broken=broken))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Anna Berg", "by ANNA\n  BERG, today"),
        ("Anna Berg", "see anna-berg.html"),
        ("Anna Lindberg", "xAnna Lindbergx"),
        ("Robinson", "fooRobinsonbar"),
        ("anna.berg@example.org", "<anna.berg@example.org>"),
        ("RSK-013", "RSK-013: theft"),
        ("Ann", "Ann, Bob"),
        ("ab cd ef gh", "ab cd ef gh"),
        ("田中一郎", "承認者は田中一郎です"),
        ("See [the plan](plan.md) **now**", "See the plan now"),
        ("1. First\n2. Second step", "First Second step"),
        ("```yaml\nkey: value here\n```", "key: value here"),
    ],
)
def test_a_value_is_found_however_it_is_written(value: str, text: str) -> None:
    assert _found(text, value) == [value]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Andrea", "Andreas wrote it"),
        ("Anna Berg", "Hanna Berg wrote it"),
        ("Andrea", "he came and read"),
        ("RSK-013", "RSK-0131"),
        ("Anna Berg", "Anna and Berg, Berg Anna"),
        ("ab", "ab"),
        ("...", "... --"),
        ("", "x"),
        ("Berglund", "berg lund"),
    ],
)
def test_what_only_looks_alike_is_none(value: str, text: str) -> None:
    assert _found(text, value) == []


def test_of_values_within_each_other_both_are_found() -> None:
    assert _found("the whole salary list of 2026", "salary list", "whole salary list of", "other list") == [
        "salary list",
        "whole salary list of",
    ]


def test_spaces_within_words_hide_nothing_where_they_may_stand() -> None:
    assert _found("the confi dential plan", "confidential", broken=True) == ["confidential"]
    assert _found("the confi dential plan", "confidential") == []


def test_nothing_to_look_for_is_nothing() -> None:
    assert not Values(["", "a", "-"])
    assert Values(["abc"])
    assert Values(["abc", "abcdef"]).longest == 6


_TEXT = st.text(st.sampled_from("abcde äß-. \n田"), max_size=40)


@given(_TEXT, _TEXT, st.lists(_TEXT, max_size=4), st.text(st.sampled_from("abcdefgä "), min_size=12, max_size=40))
def test_a_value_is_found_among_others_in_any_surroundings(before: str, after: str, others: list[str], value: str) -> None:
    assert value in _found(f"{before} {value}\n{after}", value, *others) or len(folded(value)) < 3


@given(_TEXT, st.lists(st.text(st.sampled_from("abcdeä "), min_size=1, max_size=14), max_size=6))
def test_found_is_what_stands_there(text: str, values: list[str]) -> None:
    words = folded(text)
    for value in _found(text, *values):
        assert folded(value) in words
    for value in {*values} - {*_found(text, *values)}:
        assert b" %b " % folded(value) not in b" %b " % words or len(folded(value)) < 3
