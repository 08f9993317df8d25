"""Whatever a text holds, a comment shows it as it is and nothing else comes of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from isms_plugin.render.comment_text import in_html, plain

HOSTILE = (
    "@team", "#1", "!1", "$1", "%1", "&1", "~label", "^alert#1", "GH-1", "[vulnerability:1]", "*iteration:1", "owner/repo#1",
    "<script>alert(1)</script>", "</details>", "</summary>", "<!--", "-->", "<img src=x onerror=y>", "`", "```", "~~~", "**", "__", "~~",
    "[x](javascript:alert(1))", "![x](data:text/html)", "<https://evil.example>", "https://evil.example", "www.evil.example", "a@b.example",
    "mailto:a@b.example", "[a]: https://evil.example", "[^1]", "|", "| - |", "\\", "\\\\`", "&lt;", "&#64;team", "\x1b[31m", "\u202e",
    "\x00",
    "- [x] ", "1. ", "+ ", "# ", "> ", "---", "===", "    code", "\n", "\n\n", "\r", "\t", "/close", ":+1:", "$$x$$", "{+a+}", "\ud800",
    "\u200b",
    "word", " ", "é", "字", "👩‍💻",
)  # fmt: skip
texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), max_size=8).map("".join)
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


class Tags(HTMLParser):
    """Tags and text of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join((tag, *(name for name, _ in attrs))))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"comment {data}")


def shown(text: str) -> str:
    """A text as it is to be read: in one line, signs that steer replaced, without the signs that part."""
    line = re.sub("[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]", "\ufffd", " ".join(text.split()))
    return line if len(line) <= 300 else line[:299].rstrip() + "\u2026"


def calls(text: str) -> list[str]:
    """Everything that a platform would make a link, a mention or a reference of."""
    return re.findall(r"(?i)[@#!$%~^][\w\"'/]|&\d|\bGH-\d|[\[*]\w+:|://|\bwww\.|javascript:|data:|mailto:", text)


@given(texts)
def test_a_text_in_markdown_reads_as_it_is_and_brings_no_tag(text: str) -> None:
    found = Tags(MARKDOWN.render(f"- **Id**: {plain(text)} end\n\n> <ins>{plain(text)}</ins>"))
    assert found.tags == ["ul", "li", "strong", "blockquote", "p", "ins"]
    assert "".join(found.text.replace("\u200b", "").split()) == "".join(f"Id: {shown(text)} end {shown(text)}".split())
    assert calls(found.text) == []


@given(texts)
def test_a_text_at_the_beginning_of_an_item_begins_nothing_else(text: str) -> None:
    found = Tags(MARKDOWN.render(f"- x\n- {plain(text)}\n\nafter {plain(text)}"))
    assert found.tags in (["ul", "li", "li", "p"], ["ul", "li", "li", "p", "br"])


@given(texts)
def test_a_text_in_html_reads_as_it_is(text: str) -> None:
    found = Tags(f"<details><summary>{in_html(text, 300)}</summary></details>")
    assert found.tags == ["details", "summary"]
    assert found.text.replace("\u200b", "") == shown(text)
    assert calls(found.text) == []


@given(texts)
def test_a_text_is_one_line_that_can_always_be_written(text: str) -> None:
    assert "\n" not in plain(text)
    assert "\n" not in in_html(text)
    (plain(text) + in_html(text)).encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Policy 1.0", "Policy 1.0"),
        ("1. First", "1\\. First"),
        ("RSK-001 of POL-01", "RSK-001 of POL-01"),
        ("a_b", "a\\_b"),
        ("x" * 400, "x" * 299 + "\u2026"),
        ("@team", "@\u200bteam"),
    ],
)
def test_what_is_harmless_stays_readable(text: str, expected: str) -> None:
    assert plain(text) == expected
