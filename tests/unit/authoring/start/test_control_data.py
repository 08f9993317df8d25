"""Control data in front of texts that stay as they are, byte for byte."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.authoring.start.control_data import with_control_data
from isms_plugin.sources.markdown_reader import read_markdown

FIELDS = {"id": "POL-10", "version": "1.10", "next_review": date(2027, 3, 5)}
BOM = b"\xef\xbb\xbf"


def test_front_matter_is_put_before_a_text() -> None:
    assert with_control_data(b"# A\n", FIELDS, ["the text says: a\nb"]) == (
        b"---\n# the text says: a b\nid: POL-10\nversion: '1.10'\nnext_review: 2027-03-05\n---\n# A\n"
    )


def test_line_ends_and_marks_stay() -> None:
    assert with_control_data(BOM + b"# A\r\nb", {"id": "POL-10"}) == BOM + b"---\r\nid: POL-10\r\n---\r\n# A\r\nb"


def test_front_matter_that_is_there_gets_what_it_lacks() -> None:
    data = b"---\ntitle:   'A'  # mine\n\n---\n# A\n"
    assert with_control_data(data, {"id": "POL-10"}) == b"---\ntitle:   'A'  # mine\n\nid: POL-10\n---\n# A\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe", b"---\ntitle: A\n", b"+++\na = 1\n+++\n", b"title: A\nversion: 1\n---\ntext\n", b"---\n- a\n---\n",
        b"---\ntitle: A\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n", b"---\ntitle: &a A\nother: *a\n---\n",
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_none(data: bytes) -> None:
    assert with_control_data(data, FIELDS) is None


def test_a_rule_in_the_text_closes_nothing() -> None:
    assert with_control_data(b"---\ntitle: A\n...\nB\n\n---\n", {"id": "POL-10"}) == b"---\ntitle: A\nid: POL-10\n...\nB\n\n---\n"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200), st.sampled_from((b"", BOM)), st.booleans())
def test_the_text_below_is_the_same_or_nothing_is_written(text: str, mark: bytes, crlf: bool) -> None:
    body = text.encode()
    data = mark + (body.replace(b"\n", b"\r\n") if crlf else body)
    new = with_control_data(data, FIELDS)
    if new is None:
        return
    before, after = read_markdown(data), read_markdown(new)
    assert after.body == before.body
    assert {key: (after.data or {})[key] for key in FIELDS} == {"id": "POL-10", "version": "1.10", "next_review": "2027-03-05"}
    if before.data is None:
        assert new.endswith(data.removeprefix(BOM))
        assert new.startswith(mark)
