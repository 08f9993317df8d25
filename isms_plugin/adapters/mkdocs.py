"""The MkDocs plugin: hands virtual pages and files to the host, and diagnostics to its log.

What reads and renders is imported when a site is made, so that `mkdocs` starts fast.
"""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatch
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from isms_plugin.adapters.clock import today
from isms_plugin.adapters.theme import make_self_contained, navigation, own_files, without_own_pages
from isms_plugin.adapters.user_cache import user_cache
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.edition import CURRENT, Edition
from isms_plugin.model.settings import Settings, read_settings
from isms_plugin.render.edition_marks import edition_banner, pack_mark, with_selector
from isms_plugin.render.page import Page, Site, SiteFile, put_in, resolve_links, unlink

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from isms_plugin.adapters.serving import Kept, Rebuilds
    from isms_plugin.build import Build
    from isms_plugin.sources.cache import Cache

log = logging.getLogger("mkdocs.plugins.isms")


class IsmsPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Adds the ISMS to a site; the options are those of `isms_plugin.model.settings`."""

    settings: Settings
    edition: Edition = CURRENT
    """Set by whoever builds several editions of one site."""
    build: Build
    site: Site
    short: str = ""
    """What the page being written holds without its long tables."""
    serving: bool = False
    kept: Kept | None = None
    """What the last build read and made, where one process builds again and again."""
    rebuilds: Rebuilds | None = None
    """The same with what each page was made of, where only what changed is built anew."""
    notes: Mapping[str, str]
    """Notes for authors by page, where the site is served to them."""

    def load_config(self, options: dict[str, Any], config_file_path: str | None = None) -> tuple[list[Any], list[Any]]:  # noqa: ARG002
        """Read the options; MkDocs reports what has no meaning and stops."""
        self.config = LegacyConfig(())
        self.config.load_dict(options)
        try:
            self.settings = read_settings({key: value for key, value in options.items() if value is not None})
        except IsmsError as error:
            return [("isms", error)], []
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a site to hand out or one for its authors."""
        self.serving = command == "serve"
        self.kept = self.rebuilds = None
        if self.serving:
            from isms_plugin.adapters.serving import Kept, Rebuilds

            self.rebuilds = Rebuilds() if dirty else None
            self.kept = self.rebuilds or Kept()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the ISMS and set up what pages need from Markdown and theme."""
        from isms_plugin.build import build_facts
        from isms_plugin.render.references import ReferenceExtension
        from isms_plugin.sources.workspace import Workspace

        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        docs = os.path.relpath(config.docs_dir, root).replace(os.sep, "/")
        workspace = Workspace(
            root=root, settings=self._settings(), docs=docs, name=config.site_name, cache=self._cache(),
            repository=self.edition.repository, revision=self.edition.revision,
        )  # fmt: skip
        overlay = bool(self.settings.overlay) and (self.serving or self.settings.publish_overlay)
        try:
            self.build = build_facts(
                workspace, self.edition.day or today(), as_of=self.edition.as_of, with_overlay=overlay, profile=self.edition.profile
            )
        except IsmsError as error:
            raise PluginError(str(error)) from error
        entries = self.build.facts.isms.entries
        extension: Any = ReferenceExtension(lambda key: entries[key].name if key in entries else None, autolink=self.settings.autolink)
        config.markdown_extensions.append(extension)  # MkDocs hands it to Markdown as it is
        make_self_contained(config)
        if self.edition.profile is None:  # whoever makes a pack is told what hinders it; the rest is for `isms check`
            self._report()
        return config

    def _cache(self) -> Cache:
        """Return the cache of the user, with what this process holds where it builds one site again and again."""
        return replace(user_cache(), held=self.kept.held) if self.kept else user_cache()

    def _settings(self) -> Settings:
        """Return the settings, with the period that the edition is about."""
        period = self.edition.period
        return self.settings.model_copy(update={"audited_period": period}) if period else self.settings

    def _report(self) -> None:
        """Tell the log; what reaches the threshold is a warning, which a strict build does not survive."""
        facts = self.build.facts
        for item in facts.diagnostics:
            grade = facts.grade(item)
            level = logging.WARNING if facts.fails(item) else logging.INFO
            where = f"{item.place}: " if item.place.path else ""
            log.log(level, "%s%s [%s, %s]%s", where, item.message, item.code, grade.word, f" {item.hint}." if item.hint else "")

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages and files of the ISMS."""
        if self.edition.profile is not None:
            files = without_own_pages(files, config, self.edition.profile)
        own_home = any(files.get_file_from_path(name) for name in ("index.md", "README.md"))
        kept = self.kept.pages if self.kept else None
        site = self.build.site(home="overview.md" if own_home else "index.md", editions=self.edition.siblings, kept=kept)
        self.site = replace(site, pages=(), files=())
        self.pages: dict[str, Page] = {}
        self.hidden: dict[str, str] = {}  # what pages hold that the search must not read
        for page in site.pages:
            if files.get_file_from_path(page.uri):
                log.warning("%s: the ISMS has a page of that name; rename yours", page.uri)
                continue
            self.pages[page.uri] = page
            files.append(File.generated(config, page.uri, content=page.markdown, inclusion=InclusionLevel.NOT_IN_NAV))
        for file in site.files:
            files.append(self._file(file, config))
        for uri, path in own_files():
            files.append(File.generated(config, uri, abs_src_path=path))
        navigation(config, files, self.pages)
        self.urls = {file.src_uri: file.url for file in files} | {file.uri: file.uri for file in site.outside}
        self.notes = self._notes(files) if self.serving and not self.edition.frozen else {}
        return files

    def _notes(self, files: Files) -> Mapping[str, str]:
        """Return notes for authors by page."""
        from isms_plugin.render.author_notes import author_notes

        pages = [file.src_uri for file in files.documentation_pages()]
        return author_notes(self.build.facts, self.site.addresses, pages, self.build.workspace.docs, str(self.build.workspace.root))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Choose what is built anew, where the last build is remembered."""
        if self.rebuilds is not None:
            from isms_plugin.adapters.serving import inputs_of

            entries, kept = self.build.facts.isms.entries, self.rebuilds.contents
            inputs = inputs_of(self.pages, self.notes, self._address, self._data, entries, self.urls, kept)
            titles = {uri: escape(page.title) for uri, page in self.pages.items()}
            self.rebuilds.choose(files, config, nav, titles, inputs)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the search what it read on pages that are not built anew."""
        if self.rebuilds is not None:
            self.rebuilds.keep_search(config, files)
            self.files = files
        return env

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Forget what is half built."""
        if self.rebuilds is not None:
            self.rebuilds.forget()

    def _file(self, file: SiteFile, config: MkDocsConfig) -> File:
        """Return a file for MkDocs; what lies on disk is copied from there and never held in memory."""
        if file.source:
            return File.generated(config, file.uri, abs_src_path=str(self.build.workspace.root / file.source))
        return File.generated(config, file.uri, content=file.content)

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Give generated pages their data; in the site's own pages, links to documents lead to their pages."""
        made = self.pages.get(page.file.src_uri)
        source, changed_on, edit_url = self._data(page.file)
        path = source.path
        page.update_date = changed_on or page.update_date
        page.edit_url = None if self.edition.frozen else edit_url or (None if made else page.edit_url)
        if made is not None:
            page.meta.update({"title": escape(made.title), **made.meta})  # themes put it in as it is
            if not made.searchable:
                page.meta["search"] = {"exclude": True}
            return markdown
        text = self.build.facts.isms.pages.get(path)
        if text is None:
            return markdown
        from isms_plugin.render.document_text import linked

        # readers of a profile get what is left of the text, not what lies on disk
        return linked(text if self.edition.profile else replace(text, body=markdown), self.build.facts.isms)

    def _data(self, file: File) -> tuple[Place, str, str]:
        """Return where a page comes from, when that last changed, and where it is edited."""
        made = self.pages.get(file.src_uri)
        source = made.place if made else Place(posixpath.join(self.build.workspace.docs, file.src_uri))
        return source, self._changed_on(source.path), self.settings.source_url(source)

    def _changed_on(self, path: str) -> str:
        """Return the day a source last changed, for lists and tables that of the commit; empty when it is unknown."""
        history = self.build.facts.history
        revision = next(iter(history.of(path)), None) if path else None
        date = revision.date if revision else history.committed_on if not path else None
        return date.date().isoformat() if date else ""

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Put in what the search shall read, and resolve links."""
        made = self.pages.get(page.file.src_uri)
        finished = self._finished(put_in(html, made.parts) if made else html, page)
        if made is None or made.searchable:
            return finished
        self.hidden[page.file.src_uri] = finished
        return ""

    @event_priority(-100)
    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:  # noqa: ARG002
        """Put in long tables, now that the search has read the page."""
        made = self.pages.pop(page.file.src_uri, None)
        page.content = self.hidden.pop(page.file.src_uri, page.content)
        if self.edition.baseline:
            page.content = self._finished(edition_banner(self.build.facts, self.edition), page) + (page.content or "")
        if self.edition.profile is not None:
            page.content = (page.content or "") + pack_mark(self.build.facts, self.build.workspace.name)
        if page.file.src_uri in self.notes:
            from isms_plugin.render.author_notes import with_notes

            page.content = self._finished(with_notes(page.content or "", self.notes[page.file.src_uri]), page)
        if made is not None and made.late and page.content:
            self.short = page.content
            page.content = self._finished(put_in(page.content, made.late), page)
        return context

    def _top(self, page: MkDocsPage) -> str:
        """Return the way from a page to the top of the site."""
        return "../" * (page.file.url.rstrip("/").count("/") + (1 if page.file.url.endswith("/") and page.file.url != "./" else 0))

    def _finished(self, html: str, page: MkDocsPage) -> str:
        top = self._top(page)
        if self.edition.profile is not None:
            html = unlink(html, self._there)
        return resolve_links(html, lambda target: top + self._address(target))

    def _address(self, target: str) -> str:
        """Return the address of an entry, page or file, from the top of the site."""
        uri, mark, anchor = self.site.addresses.get(target, target).partition("#")
        return self.urls.get(uri, uri) + mark + anchor

    def _there(self, target: str) -> bool:
        """Whether a link leads to something in this edition or beside it."""
        uri = self.site.addresses.get(target, target).partition("#")[0]
        return uri in self.urls or any(fnmatch(uri, pattern) for pattern in self.edition.beside)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Load the diagram script only where there is a diagram; forget long tables, which MkDocs would keep to the end."""
        if self.short:
            page.content, self.short = self.short, ""
        if self.edition.others:
            output = with_selector(output, self._top(page), self.edition)
        if 'class="mermaid"' not in output:
            return output
        depth = page.file.dest_uri.count("/")
        return output.replace("</body>", f'<script src="{"../" * depth}isms/mermaid.tiny.js"></script></body>', 1)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the data of the site, which proves that the plugin ran."""
        from isms_plugin.build import data_of

        with (Path(config.site_dir) / "isms.json").open("wb") as file:
            file.writelines(data_of(self.build, self.site, self.urls))
        if self.rebuilds is not None:
            self.rebuilds.done(config, self.files)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002
        """Watch the sources as well."""
        for folder in (self.settings.policies, self.settings.registers, self.settings.evidence):
            path = self.build.workspace.root / folder
            if path.is_dir():
                server.watch(str(path))
        return server
