"""What rendering produces: pages and files, knowing nothing of the generator that writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from isms_plugin.model.diagnostic import Place

NOWHERE: Final = Place()

_PART: Final = re.compile(r'<div data-isms="([a-z-]+)"></div>')
_ANCHOR: Final = re.compile(r'<a\b[^>]*?\bhref="isms:([^"#]*)(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
_PICTURE: Final = re.compile(r'<img\b[^>]*?\bsrc="isms:([^"#]*)"[^>]*>')
_LINK: Final = re.compile(r'(href|src)="isms:([^"#]*)(#[^"]*)?"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as Markdown with places for ready HTML.

    `parts` are read by the site's search, `late` ones are not: long tables would drown it. Links are written
    `isms:TARGET`, where the target is an entry's id or the address of a page or file.
    """

    uri: str
    title: str
    markdown: str
    parts: Mapping[str, str] = field(default_factory=dict)
    late: Mapping[str, str] = field(default_factory=dict)
    place: Place = NOWHERE
    meta: Mapping[str, Any] = field(default_factory=dict)
    searchable: bool = True
    """Whether the site's search may lead here."""
    group: str = ""
    """Heading under which an overview of the site lists the page; empty for pages reached by links alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """A file of the site: its bytes, or the path in the snapshot that holds them."""

    uri: str
    content: bytes = b""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All pages and files, and where each entry is found: page address, with anchor where it shares a page."""

    pages: tuple[Page, ...] = ()
    files: tuple[SiteFile, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    outside: tuple[SiteFile, ...] = ()
    """Files beside the site that its pages lead to; their addresses begin with `../`."""


def part(name: str) -> str:
    """Mark the place of a part in Markdown."""
    return f'<div data-isms="{name}"></div>'


def put_in(html: str, parts: Mapping[str, str]) -> str:
    """Put parts where they are marked; unknown marks stay for a later pass."""
    if not parts or "data-isms" not in html:
        return html
    return _PART.sub(lambda match: parts.get(match[1], match[0]), html)


def unlink(html: str, there: Callable[[str], bool]) -> str:
    """Turn `isms:` links to what is not there into plain words; pictures of it go, and links that say nothing else (`isms-only`)."""
    if '="isms:' not in html:
        return html
    html = _PICTURE.sub(lambda match: match[0] if there(match[1]) else "", html)
    return _ANCHOR.sub(lambda match: match[0] if there(match[1]) else "" if "isms-only" in match[0] else match[2], html)


def resolve_links(html: str, address: Callable[[str], str]) -> str:
    """Turn `isms:` links into real ones."""
    if '="isms:' not in html:
        return html
    return _LINK.sub(lambda match: f'{match[1]}="{address(match[2])}{match[3] or ""}"', html)
