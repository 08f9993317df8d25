"""The site as plain Markdown, for any other generator: ordinary links, ready HTML in place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.mentions import BRACKET, without_code
from isms_plugin.render.page import Page, Site, put_in, resolve_links

_MARKDOWN_LINK: Final = re.compile(r"\]\(isms:([^)#\s]+)(#[^)\s]*)?")
_BLANK_LINES: Final = re.compile(r"\n\s*\n")


def markdown_pages(facts: Facts, site: Site, *, source_links: bool = False) -> Iterator[tuple[str, bytes]]:
    """Address and content of every page; references become Markdown's own reference links.

    Links inside ready HTML are as published with directory addresses (`documents/POL-03/`), because most generators
    rewrite only the links of Markdown itself; `source_links` is for those that rewrite HTML as well.
    """
    for page in site.pages:
        yield page.uri, _Writer(page, facts, site, source_links).text().encode()


@dataclass(frozen=True, slots=True)
class _Writer:
    page: Page
    facts: Facts
    site: Site
    source_links: bool

    def text(self) -> str:
        title = self.page.title.replace("\\", "\\\\").replace('"', '\\"')
        body = _MARKDOWN_LINK.sub(lambda match: f"]({self._source(match[1])}{match[2] or ''}", self.page.markdown)
        # a blank line would end a block of HTML
        parts = {name: _BLANK_LINES.sub("\n", html.strip()) for name, html in {**self.page.parts, **self.page.late}.items()}
        html = resolve_links(put_in(body, parts), self._source if self.source_links else self._published)
        search = "" if self.page.searchable else "search:\n  exclude: true\n"
        return f'---\ntitle: "{title}"\n{search}---\n\n{html}{self._definitions()}'

    def _definitions(self) -> str:
        found: dict[str, str] = {}
        for match in BRACKET.finditer(without_code(self.page.markdown)):
            identifier = match["id"] or match["clause"]
            entry = self.facts.isms.entries.get(identifier)
            if entry is not None:
                shown = match["id"] or f"clause {identifier}"
                found[shown] = f'[{shown}]: {self._source(identifier)} "{entry.name.replace(chr(34), chr(39))}"'
        return "\n\n" + "\n".join(found.values()) + "\n" if found else "\n"

    def _source(self, target: str) -> str:
        """Way from this page's file to another file."""
        address, mark, anchor = self.site.addresses.get(target, target).partition("#")
        return posixpath.relpath(address, posixpath.dirname(self.page.uri) or ".") + mark + anchor

    def _published(self, target: str) -> str:
        """Way from this page to another as published."""
        address, mark, anchor = self.site.addresses.get(target, target).partition("#")
        way = posixpath.relpath(_url(address) or ".", _url(self.page.uri) or ".")
        return way + ("/" if address.endswith(".md") else "") + mark + anchor


def published_url(uri: str) -> str:
    """Return the address of a page as generators publish it: a folder, `index.md` standing for its own."""
    folder = _url(uri)
    return f"{folder}/" if folder else ""


def _url(uri: str) -> str:
    if not uri.endswith(".md"):
        return uri
    stem = uri.removesuffix(".md")
    return posixpath.dirname(stem) if posixpath.basename(stem) == "index" else stem
