"""What an edit changes, line by line."""

from __future__ import annotations

from isms_plugin.authoring.line_difference import line_difference


def test_places_and_lines_of_each_change() -> None:
    before = b"".join(b"line %d\n" % number for number in range(1, 9))
    after = before.replace(b"line 2\n", b"new\x1b[31m\n").replace(b"line 7\n", b"")
    assert list(line_difference("a.yml", before, after)) == [
        "a.yml:2", "  - line 2", "  + new\N{REPLACEMENT CHARACTER}[31m", "a.yml:6", "  - line 7",
    ]  # fmt: skip


def test_nothing_where_nothing_changes() -> None:
    assert list(line_difference("a.yml", b"a\n", b"a\n")) == []


def test_long_lines_are_cut() -> None:
    assert list(line_difference("a.yml", b"", b"x" * 200))[1] == f"  + {'x' * 160}..."
