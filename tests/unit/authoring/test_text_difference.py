"""What a person who approves sees in the terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.authoring.text_difference import text_difference
from isms_plugin.model.fingerprint import text_hash

BLOCKS = st.sampled_from(["One two.", "- item", "---", "+++ x", "-- y", "++", "| a | b |", "## Head", ""])
TEXTS = st.lists(BLOCKS, max_size=6).map("\n\n".join)


def shown(old: str, new: str, title: str = "Policy") -> list[str]:
    return list(text_difference(("Policy", old), (title, new)))


def test_blocks_that_differ_are_shown_with_what_stands_beside_them() -> None:
    assert shown("One.\n\nTwo.\n\nThree.\n\nFour.", "One.\n\nTwo, changed.\n\nThree.\n\nFour.") == [
        "@@ -2,3 +2,3 @@",
        " One.",
        "-Two.",
        "+Two, changed.",
        " Three.",
    ]


def test_the_way_lines_are_wrapped_shows_nothing() -> None:
    assert shown("One two\nthree.", "One\ntwo three.\n\n\n") == []


def test_a_new_title_is_shown() -> None:
    assert shown("Text.", "Text.", "Rules") == ["@@ -1,2 +1,2 @@", "-# Policy", "+# Rules", " Text."]


def test_long_blocks_are_wrapped_and_only_their_changed_lines_shown() -> None:
    old = " ".join(f"word{number:03d}" for number in range(60))
    lines = shown(old, old.replace("word050", "other50"))
    assert all(len(line) <= 101 for line in lines)
    assert [line[0] for line in lines] == ["@", " ", "-", "+", " "] or [line[0] for line in lines] == ["@", " ", "-", "+"]


def test_a_rule_that_goes_is_shown_although_it_looks_like_the_head_of_a_difference() -> None:
    assert "----" in shown("One.\n\n---\n\nTwo.", "One.\n\nTwo.")
    assert "+++ x" in shown("One.", "One.\n\n++ x")


@given(TEXTS, TEXTS)
def test_something_is_shown_exactly_when_the_hash_is_another(old: str, new: str) -> None:
    lines = shown(old, new)
    assert bool(lines) == (text_hash("Policy", old) != text_hash("Policy", new))
    assert bool(lines) == any(line[0] in "+-" for line in lines)
