"""The words that changed, as a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.impact.passages import Passage, counted, passages
from isms_plugin.model.fingerprint import canonical_text


def told(old: str | None, new: str | None) -> list[str]:
    marks = {"same": "{}", "added": "+[{}]", "removed": "-[{}]"}
    texts = (None if body is None else ("Title", body) for body in (old, new))
    return [" ".join(marks[piece.mark].format(" ".join(piece.words)) for piece in passage) for passage in passages(*texts)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Lock it after ten minutes.", "Lock it after five minutes.", ["Lock it after -[ten] +[five] minutes."]),
        ("One two three.\n\nFour.", "One two\nthree.\n\n\nFour.", []),
        ("Keep.\n\nGone now.", "Keep.", ["-[Gone now.]"]),
        ("Keep.", "Keep.\n\n- New item", ["+[- New item]"]),
        ("Wholly different words here.", "Nothing alike in this.", ["-[Wholly different words here.]", "+[Nothing alike in this.]"]),
        ("See **the rule** and *this*.", "See **the rule** and *that*.", ["See the rule and -[this.] +[that.]"]),
        ("See [the page](https://a.example).", "See [the page](https://b.example).", ["See the page -[(https://a.example).] +[(https://b.example).]"]),
        ("## Old heading", "## New heading", ["-[Old] +[New] heading"]),
        ("As [POL-01] says.", "As [POL-02] says.", ["As -[POL-01] +[POL-02] says."]),
        ("A *word*.", "A **word**.", ["A -[*word*.] +[**word**.]"]),
        ("", "", []),
    ],
)  # fmt: skip
def test_words_are_told_in_their_passage(old: str, new: str, expected: list[str]) -> None:
    assert told(old, new) == expected


def test_a_title_is_read_too() -> None:
    assert [piece.words for piece in passages(("Old title", "Text."), ("New title", "Text."))[0]] == [("Old",), ("New",), ("title",)]


def test_what_is_new_or_gone_is_told_as_a_whole() -> None:
    assert told(None, "One.\n\nTwo.") == ["+[Title]", "+[One.]", "+[Two.]"]
    assert told("One.", None) == ["-[Title]", "-[One.]"]


def test_words_are_counted() -> None:
    found = passages(("T", "Lock it after ten minutes."), ("T", "Lock it after about five minutes."))
    assert (counted(found, "added"), counted(found, "removed")) == (2, 1)


def test_a_very_long_passage_is_not_compared_word_by_word() -> None:
    old, new = ("word " * 4000, "word " * 4000 + "more")
    assert [piece.mark for passage in passages(("T", old), ("T", new)) for piece in passage] == ["removed", "added"]


def test_a_text_of_many_passages_that_are_alike_is_compared_in_time() -> None:
    old, new = ("- a\n- b\n" * 10_000, "- b\n- a\n" * 10_000)
    assert counted(passages(("T", old), ("T", new)), "added") > 0


def words(found: tuple[Passage, ...], mark: str) -> list[str]:
    return [word for passage in found for piece in passage if piece.mark == mark for word in piece.words]


@given(st.text(alphabet="ab *_[]()#-`|\n.", max_size=60), st.text(alphabet="ab *_[]()#-`|\n.", max_size=60))
def test_nothing_is_told_only_where_nothing_reads_differently(old: str, new: str) -> None:
    same = canonical_text("T", old) == canonical_text("T", new)
    found = passages(("T", old), ("T", new))
    assert not (same and found)
    changed = sorted(canonical_text("T", old).split()) != sorted(canonical_text("T", new).split())
    assert not changed or words(found, "added") or words(found, "removed")
