"""The words of ready HTML, as a reader sees them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(("p", "br", "li", "ul", "ol", "div", "pre", "blockquote", "tr", "td", "th", "table", "h1", "h2", "h3", "h4"))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """Keep words of different blocks apart."""
        if tag in _BLOCKS:
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Keep words of different blocks apart."""
        if tag in _BLOCKS:
            self.found.append(" ")

    def handle_data(self, data: str) -> None:
        """Take text as it is."""
        self.found.append(data)


def words_of(html: str) -> str:
    """Return the words of HTML in one line; blocks are told apart by a space."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.found).split())
