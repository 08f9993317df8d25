"""Checks a built site: that it is the ISMS's, whole, without broken links and without anything loaded from outside."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("audio", "src")}
_LOADING_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"}


class _Links(HTMLParser):
    """Collects what a page links to, what it loads, and the anchors it has."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is None:
                continue
            if name in ("id", "name"):
                self.anchors.add(value)
            elif (tag, name) in _LOADED:
                self.loaded.append(value)
            elif (tag, name) == ("link", "href"):
                relation = set((dict(attrs).get("rel") or "").split())
                if "canonical" not in relation:  # an address on the server, not a way through the site
                    (self.loaded if _LOADING_RELATIONS & relation else self.links).append(value)
            elif name == "href":
                self.links.append(value)


def check_site(directory: Path) -> Iterator[str]:
    """Return what is wrong with a built site, a sentence each; nothing when it is whole.

    A generator that silently ignored the plugin leaves no `isms.json`, so that is looked for first.
    """
    data_path = directory / "isms.json"
    if not data_path.is_file():
        yield f"{directory}: no isms.json: this site was built without the ISMS plugin, or the build did not end"
        return
    try:
        entries = json.loads(data_path.read_text(encoding="utf-8"))["entries"]
    except (ValueError, KeyError, TypeError):
        yield f"{data_path}: damaged: the build did not end, or somebody changed it"
        return
    missing = [entry["id"] for entry in entries if not _target(directory, entry["url"].partition("#")[0]).is_file()]
    if missing:
        yield f"pages of {len(missing)} entries are missing: {', '.join(missing[:10])}"
    pages = sorted(directory.rglob("*.html"))
    parsed = {page: _parse(page) for page in pages}
    for page, links in parsed.items():
        name = page.relative_to(directory).as_posix()
        yield from (f"{name}: loads {url} from outside" for url in links.loaded if urlsplit(url).netloc)
        if name != "404.html":  # its links are absolute, since it is shown at any address
            yield from _broken(directory, page, name, links, parsed)


def _broken(directory: Path, page: Path, name: str, links: _Links, parsed: dict[Path, _Links]) -> Iterator[str]:
    for url in dict.fromkeys((*links.links, *links.loaded)):
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or url.startswith("javascript:"):
            if parts.scheme == "isms":
                yield f"{name}: unresolved link {url}"
            continue
        if not parts.path:
            target = page
        else:
            joined = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            if joined.startswith(".."):
                yield f"{name}: {url} leaves the site"
                continue
            target = _target(directory, joined + ("/" if parts.path.endswith("/") else ""))
        if not _exists(target):
            yield f"{name}: {url} leads to nothing"
        elif parts.fragment and target in parsed and unquote(parts.fragment) not in parsed[target].anchors and parts.fragment != "__top":
            yield f"{name}: {url} leads to no such place on the page"


@cache
def _exists(path: Path) -> bool:
    return path.is_file()


def _target(directory: Path, url: str) -> Path:
    path = directory / url
    return path / "index.html" if url.endswith("/") or url in ("", ".") or path.is_dir() else path


def _parse(page: Path) -> _Links:
    links = _Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links
