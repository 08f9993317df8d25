"""Checks all links in a folder of files, such as a built site or a pack: that each leads somewhere, and that nothing comes from outside."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from isms_plugin.export.page_links import PageLinks, Reference, Use, links_of_page, links_of_styles

_PAGES: Final = (".html", ".htm", ".xhtml", ".svg")
_STYLES: Final = (".css",)
_ANYWHERE: Final = "404.html"
"""A page that is shown at any address, so its links start at the root of the server."""
_INSIDE: Final = ("data", "blob", "about")
"""Schemes of what comes with the page."""
_KEPT: Final = 1 << 16
"""Addresses whose meaning is kept in mind."""
_TOPS: Final = ("", "top", "__top")
"""Places that every page has."""


def check_links(folder: Path, *, from_disk: bool = False, apart: Sequence[str] = ()) -> Iterator[str]:
    """Return what is wrong with links in a folder, a sentence each: page, address, and what is wrong with it.

    With `from_disk` a link to a folder is wrong, since only servers open the page in it. Files below the folders `apart`,
    such as evidence as somebody handed it in, may be linked to, and what they link to is their own affair.
    """
    check = _Check(files=files_below(folder), from_disk=from_disk)
    for name in sorted(check.files):
        ending = posixpath.splitext(name)[1].lower()
        if ending in (*_PAGES, *_STYLES) and not any(name.startswith(f"{part.rstrip('/')}/") for part in apart):
            text = (folder / name).read_text(encoding="utf-8", errors="replace")
            links = links_of_page(text) if ending in _PAGES else PageLinks(tuple(dict.fromkeys(links_of_styles(text))), frozenset())
            yield from check.page(name, links)
    yield from check.places()


def told_once(faults: Iterable[str]) -> Iterator[str]:
    """Return what `check_links` found, what several pages share only once, with the first of them and how many more there are."""
    pages: dict[str, list[str]] = {}
    for fault in faults:
        page, _, told = fault.partition(": ")
        pages.setdefault(told, []).append(page)
    for told, (first, *others) in pages.items():
        yield f"{first}: {told}" + (f" (and on {len(others)} more pages)" if others else "")


def files_below(folder: Path) -> frozenset[str]:
    """Return the names of all files in a folder and the folders in it, relative to it."""
    top = len(str(folder)) + 1
    return frozenset(posixpath.join(path[top:].replace(os.sep, "/"), name) for path, _, names in os.walk(folder) for name in names)


class _Address(NamedTuple):
    """What an address means on a page: a file with a place in it, or what is wrong; neither when it leads outside."""

    file: str = ""
    place: str = ""
    fault: str = ""


@dataclass(slots=True)
class _Check:
    """What is known while pages are read one after the other, none of them twice."""

    files: frozenset[str]
    from_disk: bool
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    """By page that was read."""
    later: list[tuple[str, str, _Address]] = field(default_factory=list)
    """Page, address and place on a page that is still to be read."""
    known: dict[tuple[str, Reference], _Address] = field(default_factory=dict)
    """What addresses mean, by folder: navigation is the same on many pages."""
    folders: frozenset[str] = frozenset()
    cases: dict[str, str] = field(default_factory=dict)
    """Names of files by their small letters."""

    def __post_init__(self) -> None:
        self.folders = frozenset(parent for name in self.files for parent in _parents(name))
        self.cases = {name.lower(): name for name in self.files}

    def page(self, name: str, links: PageLinks) -> Iterator[str]:
        """Return what is wrong with the links of a page, and remember those that name a place of a page not yet read."""
        self.anchors[name] = links.anchors
        folder = posixpath.dirname(name)
        for reference in links.references:
            if name == _ANYWHERE and reference.url.startswith("/") and not reference.url.startswith("//"):
                continue
            if (key := (folder, reference)) not in self.known:
                if len(self.known) >= _KEPT:
                    self.known.clear()
                self.known[key] = self._address(folder, reference)
            address = self.known[key]
            if address.fault:
                yield f"{name}: {address.fault}"
            elif address.place not in _TOPS:
                target = address.file or name
                if target not in self.anchors:
                    self.later.append((name, reference.url, address))
                elif not self._has(target, address.place):
                    yield _no_place(name, reference.url)

    def places(self) -> Iterator[str]:
        """Return the links, put off until now, that name no place of the page they lead to."""
        yield from (_no_place(name, url) for name, url, address in self.later if not self._has(address.file, address.place))

    def _has(self, target: str, place: str) -> bool:
        anchors = self.anchors.get(target)
        return anchors is None or place in anchors or unquote(place) in anchors or place.lower() == "top"

    def _address(self, folder: str, reference: Reference) -> _Address:
        url, use = _as_browsers_read(reference.url), reference.use
        try:
            parts = urlsplit(url)
        except ValueError:
            return _Address(fault=f"{url} is no address")
        scheme = parts.scheme.lower()
        if use is Use.STARTS:
            return _Address(fault=f"starts all its links at {url}, so none of them can be followed here")
        if scheme == "isms":
            return _Address(fault=f"unresolved link {url}")
        if scheme == "file" or (len(scheme) == 1 and not parts.netloc):
            return _Address(fault=f"{url} is a place on one machine")
        if scheme or parts.netloc:
            return _Address(fault=_from_outside(url, scheme, use))
        return self._inside(folder, url, parts.path, parts.fragment.partition(":~:")[0])

    def _inside(self, folder: str, url: str, path: str, place: str) -> _Address:
        if not path:
            return _Address(place=place)
        if path.startswith("/"):
            return _Address(fault=f"{url} starts at the root of a server, so it leads to nothing elsewhere or from disk")
        target = posixpath.normpath(posixpath.join(folder, unquote(path)))
        if target.startswith(".."):
            return _Address(fault=f"{url} leaves the site")
        if target in self.folders:
            if self.from_disk:
                return _Address(fault=f"{url} leads to a folder, which opens no page from disk")
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        elif path.endswith("/"):
            return _Address(fault=f"{url} leads to nothing")
        if target in self.files:
            return _Address(file=target, place=place if posixpath.splitext(target)[1].lower() in _PAGES else "")
        other = self.cases.get(target.lower())
        return _Address(fault=f"{url} leads to nothing" + (f"; there is {other}, which differs in capitals" if other else ""))


def _as_browsers_read(url: str) -> str:
    """Return an address without what browsers pass over, and with their slashes."""
    plain = url.strip().translate({9: None, 10: None, 13: None})
    return plain.replace("\\", "/") if "\\" in plain and ":" not in plain.partition("\\")[0] else plain


def _from_outside(url: str, scheme: str, use: Use) -> str:
    if use is Use.LEADS or scheme in _INSIDE:
        return ""
    return f"{use.value} {url} from outside" if use is Use.LOADS else f"{use.value} {url}, outside"


def _no_place(name: str, url: str) -> str:
    return f"{name}: {url} leads to no such place on the page"


def _parents(name: str) -> Iterator[str]:
    while name:
        name = posixpath.dirname(name)
        yield name or "."
