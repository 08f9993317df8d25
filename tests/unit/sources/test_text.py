from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.sources.text import MAX_BYTES, conflict, decode, without_markers

MERGE = "before\n<<<<<<< HEAD\nours\n||||||| base\nold\n=======\ntheirs\n>>>>>>> feature\nafter\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\nb\n", "a\nb\n"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb\r", "a\nb\n"),
        (b"\xef\xbb\xbfa", "a"),
        ("Wärme, 温度, 🔥".encode(), "Wärme, 温度, 🔥"),
    ],
)
def test_utf_8_is_read_whatever_its_line_ends(data: bytes, text: str) -> None:
    assert decode(data) == (text, [])


@pytest.mark.parametrize(
    ("data", "text", "line", "column"),
    [
        (b"a\nW\xe4rme\n", "a\nW\\xe4rme\n", 2, 2),
        ("äöü".encode() + b"\xe4", "äöü\\xe4", 1, 4),
        (b"\xef\xbb\xbf\xe4", "\\xe4", 1, 1),
        (b"a\r\nb\rc\xff", "a\nb\nc\\xff", 3, 2),
        (b"\xe4\n\xe4", "\\xe4\n\\xe4", 1, 1),
    ],
)
def test_other_bytes_stay_visible_and_the_first_is_reported_by_character(data: bytes, text: str, line: int, column: int) -> None:
    found, (fault,) = decode(data)
    assert found == text
    assert (fault.code, fault.line, fault.column) == ("unreadable-file", line, column)


@pytest.mark.parametrize(
    "data", ["Wärme".encode("utf-16"), "Wärme".encode("utf-16-be"), "a".encode("utf-32"), b"a\0b", b"\xff\xfe", b"\xfe\xff"]
)
def test_binary_is_no_text(data: bytes) -> None:
    text, (fault,) = decode(data)
    assert text is None
    assert (fault.code, fault.line, fault.column) == ("unreadable-file", 0, 0)


def test_a_text_can_be_as_large_as_the_limit_and_no_larger() -> None:
    assert decode(b"a" * MAX_BYTES)[1] == []
    text, (fault,) = decode(b"a" * (MAX_BYTES + 1))
    assert text is None
    assert "16 MiB" in fault.message


@given(st.binary())
def test_any_bytes_can_be_decoded(data: bytes) -> None:
    text, faults = decode(data)
    assert text is not None or faults
    assert "\r" not in (text or "")


@given(st.text(st.characters(exclude_characters="\0\r\ufeff", exclude_categories=["Cs"])))
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode()) == (text, [])


def test_a_conflict_is_found_where_it_begins() -> None:
    fault = conflict(MERGE)
    assert fault is not None
    assert (fault.code, fault.line, fault.column) == ("conflict-marker", 2, 1)


@pytest.mark.parametrize(
    "text", ["", "a <<<<<<< b", " <<<<<<< HEAD", "<<<<<<<< HEAD", "<<<<<<<HEAD", "Title\n=======\n", ">>>>>>> quote\n"]
)
def test_a_text_with_such_signs_elsewhere_has_no_conflict(text: str) -> None:
    assert conflict(text) is None
    assert without_markers(text) == text


def test_markers_are_blanked_and_every_line_stays_where_it_was() -> None:
    assert without_markers(MERGE).splitlines() == ["before", "", "ours", "", "old", "", "theirs", "", "after"]
