"""Rewrites HTML of the site for paper: nothing to click that leads out of the document, pictures from the ISMS alone, diagrams drawn."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

Named = Callable[[str, str], str]
"""What a reader of paper needs after the words of a link to an entry, given its id and those words; empty where they say it."""

Drawn = Callable[[str], str]
"""A diagram in the Mermaid language as HTML; empty where nothing can draw it."""

_IDENTIFIER: Final = re.compile(r"""<[^>]*?\sid\s*=\s*["']?([^"'\s>]+)""")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_WITHOUT_CONTENT: Final = frozenset(("script", "style", "iframe", "object", "template", "button", "select", "noscript"))
_WITHOUT_TAG: Final = frozenset(("base", "embed", "form", "frame", "link", "meta", "source", "html", "head", "body", "video", "audio"))
_REPLACED: Final = {"details": ('<div class="details">', "</div>"), "summary": ('<p class="summary">', "</p>")}
"""What opens on a screen is open on paper."""
_LONG_WORD, _MANY_COLUMNS = 24, 9
"""Letters of a word, and tags in the first row, from which a table may be too wide."""
_OUTWARD: Final = ("http://", "https://", "mailto:")
_PICTURE: Final = "isms:"


class Heading(NamedTuple):
    """A heading of a text, with the anchor it has."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """HTML for paper, its headings, and what was left out, in sentences."""

    html: str
    headings: tuple[Heading, ...]
    left_out: tuple[str, ...]


def on_paper(html: str, *, path: str = "", own: str = "", named: Named = lambda _, __: "", drawn: Drawn = lambda _: "") -> Paper:
    """Return HTML for paper; `path` is the file that it comes from, `own` the id of the document, whose links to itself stay links."""
    rewriter = _Rewriter(frozenset(_IDENTIFIER.findall(html)), path, own, named, drawn)
    rewriter.feed(html)
    rewriter.close()
    return Paper(html="".join(rewriter.out), headings=tuple(rewriter.headings), left_out=tuple(dict.fromkeys(rewriter.left_out)))


class _Link(NamedTuple):
    """An open link: the id it leads to, where its words begin, and what closes it."""

    target: str
    start: int
    closing: str


class _Rewriter(HTMLParser):
    """Goes through HTML once; what it does not know it writes as it was."""

    def __init__(self, anchors: frozenset[str], path: str, own: str, named: Named, drawn: Drawn) -> None:
        super().__init__(convert_charrefs=False)
        self.anchors, self.folder, self.own = anchors, posixpath.dirname(path), own
        self.named, self.drawn = named, drawn
        self.out: list[str] = []
        self.headings: list[Heading] = []
        self.left_out: list[str] = []
        self.skipped: list[str] = []
        """Open elements whose content is left out."""
        self.links: list[_Link] = []
        self.heading: tuple[int, str, int] | None = None
        """Level, anchor, and where its words begin."""
        self.diagram = -1
        """Where the source of a diagram begins; -1 outside of one."""
        self.tables: list[int] = []
        """Where open tables begin."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag as paper needs it."""
        given = {name: value or "" for name, value in attrs}
        source = self.get_starttag_text() or ""
        if self.skipped:
            self._deeper(tag, source)
        elif tag in _WITHOUT_CONTENT or (tag == "a" and "headerlink" in given.get("class", "")):
            self.skipped += [] if source.endswith("/>") else [tag]
        else:
            self._open(tag, given, source)

    def _open(self, tag: str, given: Mapping[str, str], source: str) -> None:
        if tag in _HEADINGS:
            self._heading(tag, given, source)
        elif tag in _REPLACED:
            self.out.append(_REPLACED[tag][0])
        elif tag == "a":
            self._link(given, source)
        elif tag == "img":
            self._picture(given)
        elif tag == "input":
            self.out.append(_box(given))
        elif self._draws(tag, given.get("class", "").split()):
            self._diagram(*([] if tag in ("pre", "div") else [self.out.pop()]), source)
        elif tag not in _WITHOUT_TAG:
            if tag == "table":
                self.tables.append(len(self.out))
            self.out.append(source)

    def _draws(self, tag: str, classes: Iterable[str]) -> bool:
        """Whether a diagram begins here: as a block of its own, or as code of a language inside of one."""
        if tag == "code":
            return "language-mermaid" in classes and bool(self.out) and self.out[-1].startswith("<pre")
        return tag in ("pre", "div") and "mermaid" in classes

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag that closes itself."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if self.skipped:
            if self.skipped[-1] == tag:
                self.skipped.pop()
        elif tag == "a":
            self._end_link()
        elif tag in _REPLACED:
            self.out.append(_REPLACED[tag][1])
        elif self.diagram >= 0 and tag in ("pre", "div"):
            self.out.append(f"</{tag}>")
            self._end_diagram()
        elif tag not in _WITHOUT_TAG and tag not in _WITHOUT_CONTENT:
            if self.heading is not None and tag in _HEADINGS:
                self._end_heading()
            self.out.append(f"</{tag}>")
            if tag == "table" and self.tables:
                self._end_table(self.tables.pop())

    def _end_table(self, start: int) -> None:
        """Let the words of a table break anywhere where it would not fit on the page else."""
        html = "".join(self.out[start:])
        longest = max(map(len, re.sub(r"<[^>]*>", " ", html).split()), default=0)
        if " class=" not in self.out[start] and (longest > _LONG_WORD or html.partition("</tr>")[0].count("<t") > _MANY_COLUMNS):
            self.out[start] = self.out[start].replace("<table", '<table class="tight"', 1)

    def handle_data(self, data: str) -> None:
        """Write words."""
        if not self.skipped:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        """Write a named character as it was."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a numbered character as it was."""
        self.handle_data(f"&#{name};")

    def _deeper(self, tag: str, source: str) -> None:
        if tag == self.skipped[-1] and not source.endswith("/>"):
            self.skipped.append(tag)

    def _heading(self, tag: str, given: Mapping[str, str], source: str) -> None:
        anchor = given.get("id") or f"section-{len(self.headings) + 1}"
        self.out.append(source if given.get("id") else f'<{tag} id="{anchor}">')
        self.heading = (int(tag[1]), anchor, len(self.out))

    def _end_heading(self) -> None:
        if self.heading is not None:
            level, anchor, start = self.heading
            words = unescape(re.sub(r"<[^>]*>", "", "".join(self.out[start:])))
            self.headings.append(Heading(level, anchor, " ".join(words.split())))
            self.heading = None

    def _link(self, given: Mapping[str, str], source: str) -> None:
        href = given.get("href", "")
        target, _, anchor = href.removeprefix(_PICTURE).partition("#")
        opening, closing, named = "", "", ""
        if href.startswith("#") or (href.startswith(_PICTURE) and target == self.own and anchor):
            if unquote(anchor) in self.anchors:
                opening, closing = re.sub(r'href="[^"]*"', f'href="#{anchor}"', source), "</a>"
        elif href.startswith(_PICTURE):
            named = target
        elif href.lower().startswith(_OUTWARD):
            opening, closing = f'<a href="{escape(href)}">', "</a>"
        elif not href:
            opening, closing = (source, "</a>") if given.get("id") else ("", "")
        self.out.append(opening)
        self.links.append(_Link(named, len(self.out), closing))

    def _end_link(self) -> None:
        if not self.links:
            return
        link = self.links.pop()
        words = unescape(re.sub(r"<[^>]*>", "", "".join(self.out[link.start :])))
        more = self.named(link.target, words) if link.target else ""
        self.out.append(link.closing + (f" ({escape(more)})" if more else ""))

    def _picture(self, given: Mapping[str, str]) -> None:
        source, alt = given.get("src", ""), given.get("alt", "")
        if source.startswith("data:image/"):
            address = source
        elif "://" in source or source.startswith(("//", "/", "data:")) or not source:
            self.left_out.append(f"picture {source.split('?')[0][:80] or 'without an address'}: it does not lie in the ISMS")
            self.out.append(f'<span class="left-out">[{escape(alt or "picture")}]</span>')
            return
        else:
            path = source.removeprefix(_PICTURE) if source.startswith(_PICTURE) else posixpath.join(self.folder, source)
            address = _PICTURE + quote(posixpath.normpath(unquote(path)))
        wide = "".join(f' {name}="{escape(given[name])}"' for name in ("width", "height", "title", "class") if given.get(name))
        self.out.append(f'<img src="{escape(address)}" alt="{escape(alt or "Picture")}"{wide}>')

    def _diagram(self, *opening: str) -> None:
        self.diagram = len(self.out)
        self.out += opening

    def _end_diagram(self) -> None:
        source = unescape(re.sub(r"<[^>]*>", "", "".join(self.out[self.diagram :]))).strip()
        picture = self.drawn(source)
        if picture:
            self.out[self.diagram :] = [picture]
        self.diagram = -1


def _box(given: Mapping[str, str]) -> str:
    """Return a box of a task list as a character; other fields have no place on paper."""
    if given.get("type", "").lower() != "checkbox":
        return ""
    return '<span class="box">☑</span>' if "checked" in given else '<span class="box">☐</span>'
