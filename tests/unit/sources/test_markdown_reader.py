from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.sources.markdown_reader import MarkdownText, read_markdown

MARKDOWN_SIGNS = st.text(alphabet="-+.:=#<> \n\r\tab0[]").map(lambda text: text.encode())


def split(text: str) -> MarkdownText:
    return read_markdown(text.encode())


def faults(text: str) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in split(text).faults]


@pytest.mark.parametrize(
    ("text", "front", "front_line", "body", "body_line"),
    [
        ("---\nid: A-1\n---\nBody\n", "id: A-1\n", 2, "Body\n", 4),
        ("---\nid: A-1\n---\n\n\nBody", "id: A-1\n", 2, "\n\nBody", 4),
        ("---\nid: A-1\n...\nBody", "id: A-1\n", 2, "Body", 4),
        ("--- \nid: A-1\n---\t\nBody", "id: A-1\n", 2, "Body", 4),
        ("\n\n---\nid: A-1\n---\nBody", "id: A-1\n", 4, "Body", 6),
        ("---\nid: A-1\n---", "id: A-1\n", 2, "", 4),
        ("id: A-1\n---\nBody", "id: A-1\n", 1, "Body", 3),
    ],
)
def test_front_matter_and_body_know_their_lines(text: str, front: str, front_line: int, body: str, body_line: int) -> None:
    found = split(text)
    assert (found.front, found.front_line, found.body, found.body_line) == (front, front_line, body, body_line)
    assert found.data == {"id": "A-1"}


@pytest.mark.parametrize(
    "text", ["", "Body\n", "# Title\n---\nBody", "----\nBody\n", "--- title\nBody\n", "Note: text\n", "++++\n", "a\n---\nid: A-1\n---\n"]
)
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    found = split(text)
    assert (found.data, found.body, found.body_line, found.faults) == (None, text, 1, [])


def test_empty_front_matter_holds_nothing() -> None:
    found = split("---\n---\nBody")
    assert (found.data, found.body, found.body_line, found.faults) == (None, "Body", 3, [])


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("---\nid: A-1\nBody\n", "front-matter", 1, 1),
        ("---", "front-matter", 1, 1),
        ("\n---\nid: A-1\n", "front-matter", 2, 1),
        ("---\n- id: A-1\n---\n", "front-matter", 2, 1),
        ("---\nA-1\n---\n", "front-matter", 2, 1),
        ("id: A-1\ntitle: A\nlist:\n- a\n  # b\n\nc: d\n---\nBody", "front-matter", 1, 1),
        ("+++\nid = 1\n+++\nBody", "front-matter-toml", 1, 1),
        ("\n+++\nid = 1\n", "front-matter-toml", 2, 1),
        ("+++", "front-matter-toml", 1, 1),
        ("---\nid: A-1\ntitle: a: b\n---\n", "yaml-syntax", 3, 9),
        ("---\nid: A-1\nid: A-2\n---\n", "duplicate-key", 3, 1),
        ("Body\n<<<<<<< HEAD\n", "conflict-marker", 2, 1),
    ],
)
def test_a_fault_is_reported_by_code_line_and_column(text: str, code: str, line: int, column: int) -> None:
    assert faults(text) == [(code, line, column)]


@pytest.mark.parametrize("text", ["---\nid: A-1\nBody\n", "\n---\nBody", "+++\nid = 1\nBody"])
def test_front_matter_without_end_stays_in_the_body(text: str) -> None:
    assert (split(text).body, split(text).body_line) == (text, 1)


@pytest.mark.parametrize(("text", "body_line"), [("+++\nid = 1\n+++\nBody", 4), ("\n\n+++\n+++\nBody", 5)])
def test_toml_is_taken_off_the_body(text: str, body_line: int) -> None:
    assert (split(text).body, split(text).body_line, split(text).data) == ("Body", body_line, None)


def test_what_can_be_read_of_broken_front_matter_is_kept() -> None:
    assert split("---\nid: A-1\ntitle: [\n---\n").data == {"id": "A-1"}


def test_both_sides_of_a_conflict_in_front_matter_are_read_and_the_body_is_left_alone() -> None:
    found = split("---\nid: A-1\n<<<<<<< HEAD\na: b\n=======\nc: d\n>>>>>>> x\n---\nBody\n=======\n")
    assert found.data == {"id": "A-1", "a": "b", "c": "d"}
    assert found.body == "Body\n=======\n"
    assert found.body_line == 9


def test_binary_has_neither_front_matter_nor_body() -> None:
    found = read_markdown(b"---\nid: \0\n---\n")
    assert (found.data, found.body) == (None, "")
    assert [fault.code for fault in found.faults] == ["unreadable-file"]


def test_many_lines_that_could_be_front_matter_take_no_time() -> None:
    text = "Note:\n" + "        code, indented\n" * 2000 + "end\n"
    assert split(text).body == text


@given(st.binary() | st.text().map(str.encode) | MARKDOWN_SIGNS)
def test_no_file_raises(data: bytes) -> None:
    found = read_markdown(data)
    assert found.front_line >= 1
    assert found.body_line >= 1


@given(MARKDOWN_SIGNS)
def test_the_body_is_found_on_its_line(data: bytes) -> None:
    found = read_markdown(data)
    lines = data.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert "\n".join(lines[found.body_line - 1 :]) == found.body
