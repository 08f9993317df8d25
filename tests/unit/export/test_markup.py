"""Tags of HTML, read as browsers do."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.export.markup import Tag, tags


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<a href=\"x\" TITLE='y'>", [("a", {"href": "x", "title": "y"})]),
        ("<a href=x/y?z>", [("a", {"href": "x/y?z"})]),
        ("<a href = x data-a>", [("a", {"href": "x", "data-a": ""})]),
        ('<a title="a > b" href="x">', [("a", {"title": "a > b", "href": "x"})]),
        ("<p title=it's><b id=x>", [("p", {"title": "it's"}), ("b", {"id": "x"})]),
        ('<a href="a&amp;b">', [("a", {"href": "a&b"})]),
        ('<a href="1" href="2">', [("a", {"href": "1"})]),
        ("</a><br/>", [("br", {})]),
        ('<svg viewBox="0"/>', [("svg", {"viewbox": "0"})]),
        ("<!-- <a href=x> --><i>", [("i", {})]),
        ("<!--><i>", [("i", {})]),
        ("<!-- never closed <i>", []),
        ("<textarea><a href=x></textarea><i>", [("textarea", {}), ("i", {})]),
        ("<script>if (a<b) { '<a href=x>' }</script><i>", [("script", {}), ("i", {})]),
        ("<SCRIPT src=x></SCRIPT\n><i>", [("script", {"src": "x"}), ("i", {})]),
        ("<scripts><a>", [("scripts", {}), ("a", {})]),
        ("<style>a > b{}", [("style", {})]),
        ("<script/><i>", [("script", {}), ("i", {})]),
        ("a < b, c <d", [("d", {})]),
        ("<a href='never closed", [("a", {"href": "never closed"})]),
    ],
)
def test_tags_are_read_as_browsers_do(html: str, found: list[tuple[str, dict[str, str]]]) -> None:
    assert [(tag.name, tag.attributes) for tag in tags(html)] == found


def test_what_stands_in_a_style_is_kept() -> None:
    assert [*tags("<style media=all>a{}</style>")] == [Tag("style", " media=all", "a{}")]


@pytest.mark.parametrize("part", ["<", "<a ", '<a x="', "<!--", "<script>", "<a x=", "</", '"', "<a\n="])
def test_damaged_text_takes_no_longer(part: str) -> None:
    assert sum(1 for _ in tags(part * 50_000)) <= 50_000  # seconds, were anything tried twice


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in reversed(attrs)}))


_NAMES = st.sampled_from(["a", "b", "p", "svg", "x-y"])
_ATTRIBUTES = st.lists(
    st.tuples(st.sampled_from(["href", "id", "data-x"]), st.text(st.sampled_from("ab /<>&;'=#"), max_size=6).map(lambda text: f'"{text}"')),
    max_size=3,
)


@given(st.lists(st.tuples(_NAMES, _ATTRIBUTES, st.text(st.sampled_from("ab &;'\"=>"), max_size=6)), max_size=6))
def test_ordinary_pages_are_read_as_the_library_does(parts: list[tuple[str, list[tuple[str, str]], str]]) -> None:
    html = "".join(f"<{name}{''.join(f' {key}={value}' for key, value in found)}>{text}</{name}>" for name, found, text in parts)
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert [(tag.name, tag.attributes) for tag in tags(html)] == parser.found
