"""Edits of a text by spans, and the lines around a place, however they end."""

from __future__ import annotations

import pytest

from isms_plugin.authoring.text_edit import Edit, line_break, line_end, line_start, with_edits


def test_spans_count_in_the_text_as_it_was() -> None:
    assert with_edits("abcdef", [Edit(1, 2, "BBB"), Edit(4, 4, "-"), Edit(5, 6, "")]) == "aBBBcd-e"
    assert with_edits("abcdef", []) == "abcdef"


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r", "\x85"])
def test_a_line_ends_before_its_break(mark: str) -> None:
    text = f"one{mark}two{mark}"
    place = text.index("w")
    assert text[line_start(text, place) : line_end(text, place)] == "two"
    assert (line_break(text), line_start(text, 1)) == (mark, 0)


def test_without_a_break_the_text_is_one_line() -> None:
    assert (line_start("one", 2), line_end("one", 1), line_break("one")) == (0, 3, "\n")
