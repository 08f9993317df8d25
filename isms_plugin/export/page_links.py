"""What a page, a picture or a style sheet leads to, what it loads, where it sends something, and the places on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from isms_plugin.export.markup import Tag, tags


class Use(Enum):
    """What a browser does with an address."""

    LEADS = "leads to"
    """Somebody follows it."""
    LOADS = "loads"
    """It is fetched with the page."""
    SENDS = "sends to"
    """Something that readers did goes there."""
    STARTS = "starts all its links at"
    """Every other address of the page is read from there."""


class Reference(NamedTuple):
    """An address on a page."""

    url: str
    use: Use


class PageLinks(NamedTuple):
    """What was found on a page."""

    references: tuple[Reference, ...]
    """In the order of the page, each once."""
    anchors: frozenset[str]
    """Names of places that a link may name."""


_SHOWN_RELATIONS: Final = frozenset(("stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "manifest"))
_FETCHED_RELATIONS: Final = frozenset(("preload", "modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch"))
_LINKS: Final = ("a", "area")
_LOADED: Final = ("src", "poster", "background", "data", "manifest")
_LISTS: Final = ("srcset", "imagesrcset")
_SENT: Final = ("action", "formaction", "ping")
_STYLED: Final = ("style", "fill", "stroke", "mask", "clip-path", "filter", "cursor", "marker", "marker-start", "marker-mid", "marker-end")
_TOLD: Final = re.compile(rf"(?i)\b(?:id|name|href|content|srcdoc|{'|'.join((*_LOADED, *_LISTS, *_SENT))})\s*=|url\(")
"""What a tag has to have before its attributes are looked at."""
_NOTHING: Final = PageLinks((), frozenset())
_CANDIDATE: Final = re.compile(r"[\s,]*+([^\s,]\S*[^\s,]|[^\s,])(?:\s[^,]*)?(?:,|$)")
_REFRESH: Final = re.compile(r"(?i)^[\s\d.]*[;,]?\s*(?:url\s*=\s*)?['\"]?([^'\"]+)")
_CSS: Final = re.compile(
    r"""/\*.*?(?:\*/|\Z) | @namespace[^;]*+ | @import\s*+(?P<imported>"[^"]*"|'[^']*')
    | url\(\s*+(?P<url>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|(?:\\[0-9a-f]{1,6}\s?|\\.|[^()"'\s\\])*+)\s*+\)
    | (?P<text>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')(?P<density>\s++[\d.]++(?:x|dppx|dpi)\b)?""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)


def links_of_page(text: str) -> PageLinks:
    """Return what stands on a page of HTML or in a picture in SVG."""
    references: dict[Reference, None] = {}
    anchors: set[str] = set()
    for tag in tags(text):
        if tag.name == "style":
            references.update(dict.fromkeys(links_of_styles(tag.content)))
        if tag.source:
            found = _links_of_tag(tag.name, tag.source)
            references.update(dict.fromkeys(found.references))
            anchors |= found.anchors
    return PageLinks(tuple(references), frozenset(anchors))


@lru_cache(maxsize=1 << 15)  # pages of a site have most of their tags in common
def _links_of_tag(name: str, source: str) -> PageLinks:
    if not _TOLD.search(source):
        return _NOTHING
    attributes = Tag(name, source, "").attributes
    references = [*_references(name, attributes)]
    if "srcdoc" in attributes:
        references += links_of_page(attributes["srcdoc"]).references
    anchors = (attributes.get("id", ""), attributes.get("name", "") if name in _LINKS else "")
    return PageLinks(tuple(references), frozenset(filter(None, anchors)))


def links_of_styles(text: str) -> Iterator[Reference]:
    """Return what style sheet or style loads; parts of a page that it names, such as `#mask`, are none of it."""
    for match in _CSS.finditer(text):
        imported, url, quoted, density = match.group("imported", "url", "text", "density")
        told = imported or url or (quoted if density else "")
        address = _ESCAPE.sub(_escaped, told.strip("\"'").strip()) if told else ""
        if address and not address.startswith("#"):
            yield Reference(address, Use.LOADS)


def _escaped(match: re.Match[str]) -> str:
    number, letter = match.groups()
    return (chr(int(number, 16)) if int(number, 16) < 0x110000 else "\ufffd") if number else letter


def _references(tag: str, attributes: Mapping[str, str]) -> Iterator[Reference]:
    for name, value in attributes.items():
        if name in ("href", "xlink:href"):
            yield from _hyper_reference(tag, value, attributes)
        elif (read := _READERS.get(name)) is not None:
            yield from read(value)
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield from (Reference(found, Use.LOADS) for found in _REFRESH.findall(attributes.get("content", "")))


def _hyper_reference(tag: str, value: str, attributes: Mapping[str, str]) -> Iterator[Reference]:
    if tag in _LINKS:
        yield Reference(value, Use.LEADS)
    elif tag == "base":
        yield Reference(value, Use.STARTS)
    elif tag != "link":  # in SVG
        yield Reference(value, Use.LOADS)
    else:
        relations = set(attributes.get("rel", "").lower().split())
        if (_SHOWN_RELATIONS | _FETCHED_RELATIONS) & relations:
            yield Reference(value, Use.LOADS)
        elif "canonical" not in relations:  # that is an address on the server, not a way through the site
            yield Reference(value, Use.LEADS)


def _loaded(value: str) -> Iterator[Reference]:
    yield Reference(value, Use.LOADS)


def _listed(value: str) -> Iterator[Reference]:
    yield from (Reference(found, Use.LOADS) for found in _CANDIDATE.findall(value))


def _sent(value: str) -> Iterator[Reference]:
    yield from (Reference(found, Use.SENDS) for found in value.split())


_READERS: Final[Mapping[str, Callable[[str], Iterator[Reference]]]] = {
    **dict.fromkeys(_LOADED, _loaded),
    **dict.fromkeys(_LISTS, _listed),
    **dict.fromkeys(_SENT, _sent),
    **dict.fromkeys(_STYLED, links_of_styles),
}
