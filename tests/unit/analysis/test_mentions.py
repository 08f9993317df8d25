from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.mentions import Mention, mentions, without_code

TEXTS = st.text(alphabet="[]()`~<>!-\\\n A.81RSK:", max_size=40)
WORDS = st.text(alphabet="[]() A.81-RSK0:isms", max_size=20)


def named(text: str) -> list[str]:
    return [mention.target for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[A.8.13]", ["A.8.13"]),
        ("See [RSK-001].", ["RSK-001"]),
        ("([RSK-001], [RSK-002])", ["RSK-001", "RSK-002"]),
        ("[clause 9.2] and [Clause 4]", ["9.2", "4"]),
        ("[our risk](isms:RSK-001)", ["RSK-001"]),
        ("[our risk](isms:RSK-001#part)", ["RSK-001"]),
        ("[our risk][RSK-001]", ["RSK-001"]),
        ("**[RSK-001]**", ["RSK-001"]),
        ("a[RSK-001]", ["RSK-001"]),
        ("[RSK-001][text]", ["RSK-001"]),
        ("[RSK-001]:\n", ["RSK-001"]),
        ("| [RSK-001] | [RSK-002] |", ["RSK-001", "RSK-002"]),
    ],
)
def test_prose_names_an_id_in_brackets(text: str, targets: list[str]) -> None:
    assert named(text) == targets


@pytest.mark.parametrize(
    "text",
    [
        "RSK-001", "[RSK]", "[see RSK-001]", "[ RSK-001 ]", "[RSK-001](https://example.org)", "![RSK-001]", "\\[RSK-001]",
        "[RSK-001]: https://example.org", "[clause nine]", "[clause 9.]", "[9.2]", "[]", "[x](https://isms:RSK-001)",
        "[x](isms:nil-returns/index.md)",
    ],
)  # fmt: skip
def test_prose_names_nothing_by(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("A.9.4.3", ["A.9.4.3"]),
        ("see A.12.6.1, A.18.2.3.", ["A.12.6.1", "A.18.2.3"]),
        ("[A.9.4.3]", ["A.9.4.3"]),
        ("[text](isms:A.9.4.3)", ["A.9.4.3"]),
        ("A.8.13", []),
        ("A.9.4.3.1", []),
        ("A.4.1.1", []),
        ("A.19.1.1", []),
        ("SOA-A.9.4.3", []),
        ("BA.9.4.3", []),
        ("A.9.4.3-rc1", []),
        ("A.9.4.321", []),
    ],
)
def test_a_number_of_the_2013_edition_is_known_by_its_form(text: str, old: list[str]) -> None:
    found = [mention for mention in mentions(text) if mention.old]
    assert [mention.target for mention in found] == old
    assert named(text) == old


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[RSK-001]", 1, 2),
        ("a\nb [RSK-001]", 2, 4),
        ("ü [RSK-001]", 1, 4),
        ("[text](isms:RSK-001)", 1, 13),
        ("`x\ny`\n[RSK-001]", 3, 2),
        ("[clause 9.2]", 1, 9),
    ],
)
def test_a_mention_is_where_its_id_is(text: str, line: int, column: int) -> None:
    (found,) = mentions(text)
    assert (found.line, found.column) == (line, column)


def test_lines_count_from_the_first_line_of_the_body() -> None:
    assert list(mentions("\n[RSK-001]", first_line=5)) == [Mention("RSK-001", 6, 2)]


def test_mentions_come_in_the_order_of_the_text() -> None:
    assert named("A.9.4.3 [text](isms:RSK-003) [RSK-001] [RSK-002]") == ["A.9.4.3", "RSK-003", "RSK-001", "RSK-002"]


CODE = [
    "`[RSK-001]`",
    "`A.9.4.3`",
    "``[RSK-001] ` ``",
    "`a\n[RSK-001]`",
    "```\n[RSK-001]\n```",
    "~~~ yaml\n[RSK-001]\n\n[RSK-002]\n~~~",
    "````\n```\n[RSK-001]\n````",
    "- a\n\n    ```\n    [RSK-001]\n\n    [RSK-002]\n    ```",
    "> ```\n> [RSK-001]\n>\n> A.9.4.3\n> ```",
    "<!-- [RSK-001]\n\n[RSK-002] -->",
]
UNCLOSED = "```\n[RSK-001]"


@pytest.mark.parametrize("code", [*CODE, UNCLOSED])
def test_code_and_comments_name_nothing(code: str) -> None:
    assert named(code) == []
    assert named(f"[AST-001]\n\n{code}") == ["AST-001"]


@pytest.mark.parametrize("code", CODE)
def test_what_follows_code_is_prose_again(code: str) -> None:
    assert named(f"{code}\n\n[AST-001]") == ["AST-001"]


@pytest.mark.parametrize(
    "text",
    ["a ` b\n\n[RSK-001]\n\nc ` d", "\\`[RSK-001]\\`", "```code``` a\n\n[RSK-001]", "`` a ` [RSK-001]", "a ` [RSK-001]", "<!-- [RSK-001]"],
)
def test_a_sign_that_opens_no_code_hides_nothing(text: str) -> None:
    assert named(text) == ["RSK-001"]


@given(st.sampled_from(["`", "``", "```"]), WORDS, TEXTS)
def test_an_id_in_a_code_span_is_never_found(ticks: str, words: str, after: str) -> None:
    line = 1
    span = f"{ticks} [RSK-001] {words} [A.9.4.3] {ticks}"
    assert all(mention.line > line for mention in mentions(f"{span}\n\n{after}"))


@given(st.sampled_from(["```", "~~~", "`````"]), TEXTS)
def test_an_id_in_fenced_code_is_never_found(fence: str, text: str) -> None:
    inside = text.replace("`", "").replace("~", "")
    assert named(f"{fence}\n{inside}\n[RSK-001] A.9.4.3\n{fence}\n") == []


@given(TEXTS)
def test_code_is_blanked_and_everything_else_stays_where_it_is(text: str) -> None:
    blanked = without_code(text)
    assert len(blanked) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, blanked, strict=True))
    assert blanked.count("\n") == text.count("\n")


@given(TEXTS)
def test_a_mention_points_at_its_id(text: str) -> None:
    lines = text.split("\n")
    for mention in mentions(text):
        assert lines[mention.line - 1][mention.column - 1 :].startswith(mention.target)


def test_much_text_of_bad_will_takes_no_time() -> None:
    for text in ("`" * 20_000, "[A" * 20_000, "<!--" * 20_000, "`x\n" * 20_000, "~~~\n" * 19_999, "[A" + "-A" * 20_000 + "]"):
        assert named(text) == []
