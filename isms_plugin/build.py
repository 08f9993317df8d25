"""The only place where the layers meet: sources, analysis, render, export.

What makes pages is imported by whoever makes some: a check needs none of it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.sources.workspace import Sources, Workspace, located, open_snapshot, read_sources

if TYPE_CHECKING:
    from isms_plugin.render.page import Site, SiteFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One ISMS, read and worked out."""

    workspace: Workspace
    sources: Sources
    facts: Facts

    def site(self, *, home: str = "index.md") -> Site:
        """Its pages and files."""
        from isms_plugin.render.site import render_site

        return render_site(self.facts, name=self.workspace.name, meta=self.sources.meta, wording=self.sources.wording, home=home)

    def content(self, file: SiteFile) -> bytes:
        """Return the bytes of a file of the site."""
        return self.sources.snapshot.read(file.source) if file.source else file.content


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python's garbage collector rest: what is read stays, and it would walk through all of it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def build_facts(workspace: Workspace, today: date, *, revision: str = "", as_of: date | None = None, with_overlay: bool = False) -> Build:
    """Read an ISMS and work out everything about it; raises IsmsError when it cannot be read at all.

    The day it speaks of is `as_of`, else the one in the settings, else `today`.
    """
    day = as_of or workspace.settings.as_of or today
    with uncollected():
        snapshot = open_snapshot(workspace, revision)
        sources = read_sources(workspace, snapshot, with_overlay=with_overlay)
        facts = analyse(sources.isms, sources.history, workspace.settings, day, lambda found: located(found, snapshot))
    return Build(workspace=workspace, sources=sources, facts=facts)


def data_of(build: Build, site: Site, url: Mapping[str, str]) -> Iterator[bytes]:
    """Return, piece by piece, what `isms.json` at the top of a site says; `url` gives the address of each page as published."""
    from isms_plugin.export.data import site_data

    return site_data(build.facts, site.addresses, url)


def markdown_site(build: Build, *, source_links: bool = False) -> Iterator[tuple[str, bytes]]:
    """Address and content of every file of the site in plain Markdown, `isms.json` last."""
    from isms_plugin.export.markdown_site import markdown_pages, published_url

    own_home = any(path in build.facts.isms.pages for path in (f"{build.workspace.docs}/index.md", f"{build.workspace.docs}/README.md"))
    site = build.site(home="overview.md" if own_home else "index.md")
    yield from markdown_pages(build.facts, site, source_links=source_links)
    yield from ((file.uri, build.content(file)) for file in site.files)
    yield "isms.json", b"".join(data_of(build, site, {page.uri: published_url(page.uri) for page in site.pages}))
