"""What `mkdocs serve` does for authors: notes on pages and, with `--dirty`, only those pages are built whose inputs changed.

MkDocs goes by the age of files, which tells nothing of pages that follow from others. Here a page is known by a digest of all that goes
into it, so history, backlinks, navigation and search stay right.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from isms_plugin.model.entry import Entry
from isms_plugin.render.kept_pages import KeptPages
from isms_plugin.render.page import Page
from isms_plugin.sources.workspace import read_configuration

log = logging.getLogger("mkdocs.plugins.isms")

_KNOWN: Final = ("isms", "search", "material/search", "offline", "material/offline")
"""Plugins that put into a page only what the page and the settings say."""
_TARGET: Final = re.compile(r'isms:([^"#)\s>]+)')
_WORD: Final = re.compile(r"[A-Za-z0-9][\w.-]*")


class Kept:
    """What a serving process keeps of what it read and made."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[Any, Any]] = {}
        """What was read of files that stayed as they were."""
        self.pages = KeptPages()


class Rebuilds(Kept):
    """What a serving process remembers of its last build, to build only what changed."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, bytes] = {}
        """Digest of all that went into each page or file, by its place in the site."""
        self.contents: dict[str, Content] = {}
        self._next: dict[str, bytes] = {}
        self._titles: dict[str, str] = {}
        self._entries: list[dict[str, Any]] = []
        self._frame = b""
        logging.getLogger("mkdocs.commands.build").addFilter(_inaccurate)

    def choose(
        self, files: Files, config: MkDocsConfig, nav: Navigation, titles: Mapping[str, str], inputs: Callable[[File], Iterable[Any]]
    ) -> None:
        """Mark each page as modified or not; `inputs` tells what goes into one beside the frame that all have in common.

        `titles` are those of generated pages, which the navigation may name without one.
        """
        frame = _frame(config, nav, titles)
        everything = frame != self._frame or not _predictable(config)
        self._frame, self._next, kept = frame, {}, 0
        for file in files:
            if not file.is_documentation_page() and file.abs_src_path is not None:
                continue  # copied from disk, where its age tells
            digest = _digest(inputs(file))
            self._next[file.dest_uri] = digest
            changed = everything or self.made.get(file.dest_uri) != digest or not Path(file.abs_dest_path).is_file()
            _mark(file, changed=changed)
            if not changed and file.page is not None and file.src_uri in self._titles:
                file.page.title = self._titles[file.src_uri]
            kept += not changed
        log.info("%s of %s pages and files are built anew", len(self._next) - kept, len(self._next))

    def keep_search(self, config: MkDocsConfig, files: Files) -> None:
        """Give the search what it read on pages that are not built anew."""
        index, name = _search_index(config)
        if index is None:
            return
        same = {file.page.url for file in files.documentation_pages() if file.page and not file.is_modified()}
        getattr(index, name)[:0] = [entry for entry in self._entries if entry["location"].partition("#")[0] in same]

    def done(self, config: MkDocsConfig, files: Files) -> None:
        """Remember a build that succeeded, and take away what it no longer has."""
        for gone in self.made.keys() - self._next.keys():
            (Path(config.site_dir) / gone).unlink(missing_ok=True)
        self.made = self._next
        built = (file for file in files.documentation_pages() if file.page is not None and file.page.content is not None)
        self._titles.update({file.src_uri: str(file.page.title) for file in built if file.page})
        index, name = _search_index(config)
        self._entries = list(getattr(index, name)) if index is not None else []
        if not gc.get_freeze_count():  # what the first build leaves stays, and is not to be walked through again and again
            gc.collect()
            gc.freeze()

    def forget(self) -> None:
        """Build everything anew next time: of a build that failed nobody knows what it wrote."""
        self.made, self._frame = {}, b""


class Content(NamedTuple):
    """What a generated page is made of."""

    page: Page
    digest: bytes
    targets: tuple[str, ...]
    """What its links lead to."""
    words: tuple[str, ...]
    """What Markdown may take for ids."""


def content_of(page: Page) -> Content:
    """Return what a generated page is made of."""
    held = (page.uri, page.title, page.markdown, page.searchable, repr(page.meta), *page.parts.items(), *page.late.items())
    texts = (page.markdown, *page.parts.values(), *page.late.values())
    targets = {target for text in texts for target in _TARGET.findall(text)}
    return Content(page, _digest(held), tuple(sorted(targets)), words_in(page.markdown))


def inputs_of(
    pages: Mapping[str, Page],
    notes: Mapping[str, str],
    address: Callable[[str], str],
    data: Callable[[File], Any],
    entries: Mapping[str, Entry],
    urls: Mapping[str, str],
    contents: dict[str, Content],
) -> Callable[[File], Iterator[Any]]:
    """Return what tells all that goes into a page or file.

    `data` is what git says of its source, `urls` are all addresses of the site; `contents` keeps what was found out about pages that stay.
    """
    names = {identifier: entry.name for identifier, entry in entries.items()}
    at = {identifier: address(identifier) for identifier in (*names, *urls)}
    places = repr(at).encode()

    def inputs(file: File) -> Iterator[Any]:
        if not file.is_documentation_page():
            yield file.content_bytes
            return
        yield data(file), notes.get(file.src_uri, "")
        made = pages.get(file.src_uri)
        if made is not None:
            content = contents.get(made.uri)
            if content is None or content.page is not made:
                content = contents[made.uri] = content_of(made)
            yield content.digest
            yield [(target, at[target] if target in at else address(target)) for target in content.targets], called(content.words, names)
            return
        text = file.content_string
        yield text, called(words_in(text), names)
        yield places  # links of the site's own pages may lead anywhere

    return inputs


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that may be ids."""
    return tuple(sorted({word.rstrip(".-") for word in _WORD.findall(text)}))


def called(words: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the words that are ids, each with what its entry is called."""
    return [(word, names[word]) for word in words if word in names]


def _digest(inputs: Iterable[Any]) -> bytes:
    state = blake2b(digest_size=16)
    for item in inputs:
        data = item if isinstance(item, bytes) else repr(item).encode()
        state.update(len(data).to_bytes(8, "big") + data)
    return state.digest()


def _frame(config: MkDocsConfig, nav: Navigation, titles: Mapping[str, str]) -> bytes:
    """Return a digest of what every page shows around its content: settings, theme and navigation."""
    for page in nav.pages:
        if page.file.generated_by is None and page.markdown is None:
            page.read_source(config)  # its title may come from its text
        elif page.title is None and page.file.src_uri in titles:
            page.title = titles[page.file.src_uri]
    custom = (path for folder in config.theme.dirs[:1] if config.theme.custom_dir for path in sorted(Path(folder).rglob("*")))
    ages = [(str(path), path.stat().st_mtime_ns) for path in custom if path.is_file()]
    settings = read_configuration(Path(config.config_file_path), Path.read_bytes) if config.config_file_path else {}
    return _digest((settings, ages, list(_walk(nav.items))))


def _walk(items: Iterable[StructureItem], depth: int = 0) -> Iterator[tuple[int, Any, Any]]:
    for item in items:
        yield depth, item.title, getattr(item, "url", None)
        yield from _walk(getattr(item, "children", None) or (), depth + 1)


def _predictable(config: MkDocsConfig) -> bool:
    others = [*(name for name in config.plugins if name not in _KNOWN), *map(str, config.hooks or ())]
    if others:
        log.info("every page is built anew, since these may put anything into it: %s", ", ".join(others))
    return not others


def _mark(file: File, *, changed: bool) -> None:
    file.is_modified = lambda: changed  # type: ignore[method-assign] # MkDocs asks each file


def _search_index(config: MkDocsConfig) -> tuple[Any, str]:
    """Return the index of the search plugin and the name of its list; None where there is no search that is known."""
    plugin: Any = config.plugins.get("material/search") or config.plugins.get("search")
    if plugin is None:
        return None, ""
    if hasattr(plugin, "search_index_prev"):
        plugin.search_index_prev = None  # it would take away one page and keep the rest twice
    index = getattr(plugin, "search_index", None)
    return index, "entries" if hasattr(index, "entries") else "_entries"


def _inaccurate(record: logging.LogRecord) -> bool:
    """Whether a message of MkDocs holds: its warning that links of such a build are inaccurate does not."""
    return not str(record.msg).startswith("A 'dirty' build is being performed")
