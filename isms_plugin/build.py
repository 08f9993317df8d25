"""The only place where the layers meet: sources, analysis, render, export.

What makes pages is imported by whoever makes some: a check needs none of it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from isms_plugin.analysis.attribution import attributed
from isms_plugin.analysis.baselines import Baselines, Frozen, counts, signature_words
from isms_plugin.analysis.changes import Changes, changes
from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.analysis.risk.trend import band_counts_of
from isms_plugin.analysis.soa.issued import soa_version
from isms_plugin.errors import IsmsError, SourceError
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import Baseline, Completeness, History
from isms_plugin.model.isms import KINDS
from isms_plugin.model.state import State, state_of
from isms_plugin.sources.entry_history import entry_commits, uncommitted_entries
from isms_plugin.sources.known_file import known_of
from isms_plugin.sources.locator import Locator
from isms_plugin.sources.registers import read_own_registers
from isms_plugin.sources.states import read_deleted, read_former, read_linked, read_state
from isms_plugin.sources.workspace import Sources, Workspace, find_workspace, open_snapshot, read_sources

if TYPE_CHECKING:
    from isms_plugin.analysis.redaction.redaction import Redaction
    from isms_plugin.model.profile import Profile
    from isms_plugin.render.kept_pages import KeptPages
    from isms_plugin.render.page import Site, SiteFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One ISMS, read and worked out."""

    workspace: Workspace
    sources: Sources
    facts: Facts
    redaction: Redaction | None = None
    """What readers do not see, where the ISMS is read for those of a profile."""

    def site(self, *, home: str = "index.md", editions: str = "", kept: KeptPages | None = None) -> Site:
        """Its pages and files; `editions` is the folder of the editions of baselines, `kept` what the last build of this process made."""
        from isms_plugin.render.site import render_site

        with uncollected():
            return render_site(
                self.facts,
                name=self.workspace.name,
                meta=self.sources.meta,
                wording=self.sources.wording,
                home=home,
                baselines=self.baselines(),
                editions=editions,
                kept=kept,
            )

    def state(self, revision: str = "") -> State:
        """Return the ISMS as it is here or, given a baseline or commit, as it was then; raises SourceError when there is no such one."""
        history, isms = self.facts.history, self.facts.isms
        if not revision:
            return state_of(isms, name="now", commit=history.head, day=self.facts.today, current=True)
        baseline = next((baseline for baseline in history.baselines if baseline.name == revision), None)
        state = read_state(self.workspace, baseline.commit if baseline else revision, self._kinds)
        state = replace(state, name=revision, day=baseline.date.date() if baseline else state.day)
        return self.redaction.state(state) if self.redaction else state

    @property
    def _kinds(self) -> tuple[type[Entry], ...]:
        """The kinds of the repository, also where the readers of a profile do not see them all."""
        return self.redaction.kinds if self.redaction else self.facts.isms.kinds

    def changes(self, old: State, new: State) -> Changes:
        """Return what changed between two states, who changed it, and which approvals were in force in the newer one."""
        isms, history = self.facts.isms, self.facts.history
        found = changes(old, new, isms.kinds)
        some = any(group.changes for group in found.groups) and old.commit and new.commit
        commits = entry_commits(self.workspace, old.commit, new.commit, latest=new.current, kinds=self._kinds) if some else {}
        return attributed(
            found,
            new,
            commits=self.redaction.commits(commits) if self.redaction else commits,
            uncommitted=uncommitted_entries(self.workspace, self.sources.snapshot, history, self._kinds) if some and new.current else (),
            standings=self.facts.standings,
            history=history,
        )

    def baselines(self, *, compared: bool = True) -> Baselines:
        """Return all baselines and, unless only those are asked for, what changed between them and since the last audit."""
        history = self.facts.history
        audit = self.workspace.settings.last_audit
        shallow = history.completeness is Completeness.SHALLOW
        gap = history.reason or ("the clone is shallow, so baselines may be missing" if shallow else "")
        if not history.baselines:
            return Baselines(audited=audit, gap=gap)
        try:
            with uncollected():
                if compared:
                    return self._compared(audit or self._newest_before(), gap)
                return Baselines(frozen=tuple(self._frozen(item, self.state(item.name)) for item in history.baselines), gap=gap)
        except IsmsError as error:  # a clone without the objects still has a site
            return Baselines(audited=audit, gap=str(error))

    def _newest_before(self) -> str:
        """Return the newest baseline that is not the state itself, which a pack of a baseline is; empty where there is none."""
        history = self.facts.history
        here = "" if history.uncommitted else history.head
        return next((baseline.name for baseline in history.baselines if not here or baseline.commit != here), "")

    def _compared(self, audit: str, gap: str) -> Baselines:
        """Compare each baseline with the next, holding no more than a few states at once."""
        now = newer = self.state()
        frozen: list[Frozen] = []
        since = audited = None
        for baseline in self.facts.history.baselines:
            state = self.state(baseline.name)
            found = self.changes(state, newer)
            if not frozen:
                since = found
            else:
                frozen[-1] = replace(frozen[-1], changes=found)
            if baseline.name == audit:
                audited = self.changes(state, now) if frozen else since
            frozen.append(self._frozen(baseline, state))
            newer = state
        return Baselines(frozen=tuple(frozen), since=since, audit=audited, audited=audit, gap=gap)

    def _frozen(self, baseline: Baseline, state: State) -> Frozen:
        isms = self.facts.isms
        return Frozen(
            baseline=baseline,
            signature=self.redaction.signature(baseline) if self.redaction else signature_words(isms, baseline),
            counts=counts(state),
            soa=soa_version(state),
            bands=band_counts_of(state, isms),
        )

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


def build_facts(
    workspace: Workspace,
    today: date,
    *,
    revision: str = "",
    as_of: date | None = None,
    with_overlay: bool = False,
    closely: frozenset[str] = frozenset(),
    profile: Profile | None = None,
) -> Build:
    """Read an ISMS and work out everything about it; raises IsmsError when it cannot be read at all.

    The day it speaks of is `as_of`, else the one in the settings, else `today`. With a profile it is what its readers may see.
    """
    day = as_of or workspace.settings.as_of or today
    with uncollected():
        snapshot = open_snapshot(workspace, revision)
        sources = read_sources(workspace, snapshot, with_overlay=with_overlay, closely=closely)
        history = _with_former(workspace, sources)
        facts = analyse(sources.isms, history, workspace.settings, day, Locator(snapshot, workspace.cache.of(workspace.git_root)))
        facts = replace(facts, known=known_of(snapshot, workspace.settings.known))
        if profile is None:
            return Build(workspace=workspace, sources=sources, facts=facts)
        return _redacted(Build(workspace=workspace, sources=sources, facts=facts), history, profile)


def _redacted(build: Build, history: History, profile: Profile) -> Build:
    """Return an ISMS as the readers of a profile see it."""
    from isms_plugin.analysis.redaction.facts import told_facts
    from isms_plugin.analysis.redaction.redaction import redact

    workspace, sources = build.workspace, build.sources
    redaction = redact(sources.isms, history, workspace.settings, profile, docs=workspace.docs)
    shown = replace(sources, isms=redaction.isms, history=redaction.history, meta={})
    told = replace(told_facts(build.facts, redaction), known=build.facts.known)
    return Build(workspace=workspace, sources=shown, facts=told, redaction=redaction)


def _with_former(workspace: Workspace, sources: Sources) -> History:
    """Return the history with what its baselines held and linked, and what deleted ids stood for, as far as the clone has the commits."""
    history, kinds = sources.history, sources.isms.kinds
    if history.completeness is not Completeness.COMPLETE:
        return history
    try:
        history = replace(history, former=read_former(workspace, history.baselines, kinds))
        history = replace(history, linked=read_linked(workspace, history.baselines[0], kinds) if history.baselines else None)
        return replace(history, deleted=read_deleted(workspace, history.head, sources.isms.places, kinds))
    except IsmsError:
        return history


def kinds_around(folder: Path) -> tuple[type[Entry], ...]:
    """Return the kinds of the ISMS around a folder, its own registers included; where there is none, those of the program."""
    try:
        workspace = find_workspace(folder)
    except SourceError:
        return KINDS
    return read_own_registers(open_snapshot(workspace), workspace.settings.registers, KINDS)[0]


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
