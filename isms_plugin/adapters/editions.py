"""The versioned site: the current edition at the top, every baseline below it, built from git's objects and built once."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Final

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from isms_plugin.adapters.mkdocs import IsmsPlugin
from isms_plugin.adapters.theme import read_from_disk
from isms_plugin.errors import IsmsError
from isms_plugin.model.edition import CURRENT, FOLDER, Edition, edition_name, folder_of
from isms_plugin.model.history import Baseline
from isms_plugin.sources.git_history import commit_tree
from isms_plugin.sources.workspace import CONFIGURATION, find_workspace

_STAMP: Final = ".edition"
"""File of a published edition that says which one it is."""
_REDIRECT: Final = '<!doctype html><meta charset="utf-8"><title>Current edition</title><meta http-equiv="refresh" content="0; url=../../index.html"><a href="../../index.html">Current edition</a>\n'  # noqa: E501


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An edition to build: from which folder of the repository, into which folder, and with whose configuration if its own fails."""

    edition: Edition
    root: Path
    target: Path
    fallback: Path


def build_site(
    root: Path, out: Path, baselines: Sequence[Baseline], kept: Path | None, tell: Callable[[str], None], current: Edition = CURRENT
) -> None:
    """Build the current edition into a folder and every baseline below it; raises IsmsError where one of them cannot be built.

    Editions of baselines are taken from `kept` where they were built before, by their commit and the version of the tool.
    """
    configuration = configuration_of(root)
    with tempfile.TemporaryDirectory(prefix="isms-site-") as scratch:
        folder = Path(scratch) if kept is None else kept
        places = {baseline: folder / _key(baseline) for baseline in baselines}
        missing = [baseline for baseline, place in places.items() if not (place / "isms.json").is_file()]
        _build_all([_job(root, baseline, places[baseline], configuration) for baseline in missing], tell)
        others = tuple((f"{item.name} ({item.date.date()})", folder_of(item.name)) for item in baselines)
        current = replace(current, others=others)
        tell(f"current edition{f' at {current.revision[:10]}' if current.revision else ''}")
        with _set_aside(out / FOLDER) as published:
            build_edition(Job(edition=current, root=root, target=out, fallback=configuration))
            for baseline, place in places.items():
                kept_one = published / edition_name(baseline.name)
                if baseline not in missing:
                    tell(f"{baseline.name}: built before")
                else:
                    shutil.rmtree(kept_one, ignore_errors=True)  # what was just built takes the place of what was published
                _publish(place, out / folder_of(baseline.name), kept_one)
    _write_versions(out, baselines)


def configuration_of(root: Path) -> Path:
    """Return the configuration of the site; raises IsmsError where there is none."""
    found = next((root / name for name in CONFIGURATION if (root / name).is_file()), None)
    if found is None:
        raise IsmsError(f"{root}: no mkdocs.yml, which says how the site looks")
    return found


def _job(root: Path, baseline: Baseline, place: Path, configuration: Path) -> Job:
    edition = Edition(repository=root, revision=baseline.commit, baseline=baseline.name, day=baseline.date.date())
    return Job(edition=edition, root=root, target=place, fallback=configuration)


def _build_all(jobs: list[Job], tell: Callable[[str], None]) -> None:
    """Build editions, several at a time: each is a process of its own."""
    workers = min(len(jobs), cpu_count() or 1)
    if workers < 2:
        for job in jobs:
            tell(f"{job.edition.baseline}: being built")
            build_edition(job)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for job, _ in zip(jobs, pool.map(build_edition, jobs), strict=True):
            tell(f"{job.edition.baseline}: built")


@contextmanager
def built_from_commit(job: Job) -> Iterator[IsmsPlugin]:
    """Build an edition of a commit, and yield what built it while the files of that commit are still there."""
    with tempfile.TemporaryDirectory(prefix="isms-edition-") as scratch:
        files = Path(scratch) / "files"
        _write_tree(job, files)
        yield _mkdocs(configuration_of(files), job, job.target)


def build_edition(job: Job) -> None:
    """Build one edition; that of a commit from its own files and configuration, written out of git's objects."""
    if not job.edition.revision:
        _mkdocs(configuration_of(job.root), job, job.target)
        return
    with tempfile.TemporaryDirectory(prefix="isms-edition-") as scratch:
        files = Path(scratch) / "files"
        _write_tree(job, files)
        with _beside(job.target) as target:
            try:
                _mkdocs(configuration_of(files), job, target)
            except IsmsError:
                # a configuration of another time may ask for what is no longer there; the look is today's then, the content is not
                shutil.copy(job.fallback, files / job.fallback.name)
                _mkdocs(files / job.fallback.name, job, target, own=False)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Yield a folder that takes the place of another when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as made:
        yield Path(made) / "site"
        if target.exists():
            shutil.rmtree(target)
        (Path(made) / "site").rename(target)


@contextmanager
def _set_aside(folder: Path) -> Iterator[Path]:
    """Yield where a folder lies meanwhile: MkDocs empties what it writes into, and editions that are there already may stay."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".isms-site-", dir=folder.parent.parent) as aside:
        if folder.is_dir():
            folder.rename(Path(aside) / FOLDER)
        yield Path(aside) / FOLDER


def _publish(place: Path, target: Path, published: Path) -> None:
    """Bring an edition to its place: the one that was published before where it is the same, else a copy."""
    stamp = published / _STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == place.name:
        target.parent.mkdir(parents=True, exist_ok=True)
        published.rename(target)
        return
    # servers answer with the page at the top; one below would speak of another place
    shutil.copytree(place, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("404.html"))
    (target / _STAMP).write_text(place.name, encoding="utf-8")


def _write_tree(job: Job, folder: Path) -> None:
    tree = commit_tree(job.root, job.edition.revision)
    for path in tree.every_path():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            file.writelines(tree.chunks(path))


def _mkdocs(configuration: Path, job: Job, target: Path, *, own: bool = True) -> IsmsPlugin:
    # what MkDocs warns of matters for the edition of today; what is frozen cannot be mended any more
    logging.getLogger("mkdocs").setLevel(logging.ERROR if job.edition.baseline else logging.WARNING)
    try:
        # git keeps no empty folder, and MkDocs insists on this one
        (configuration.parent / find_workspace(configuration.parent).docs).mkdir(parents=True, exist_ok=True)
        config = load_config(str(configuration), site_dir=str(target))
        if job.edition.profile is not None and config.theme.name != "material":
            # the search of no other theme works without a server
            config = load_config(str(configuration), site_dir=str(target), theme="material")
        plugin = _adapt(config, job.edition, own=own)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            plugin.edition = CURRENT  # MkDocs keeps the plugin for the next build of this process
    except (MkDocsException, OSError, SystemExit) as error:
        raise IsmsError(f"{job.edition.baseline or job.root}: {error}") from error
    return plugin


def _adapt(config: MkDocsConfig, edition: Edition, *, own: bool) -> IsmsPlugin:
    plugin = config.plugins.get("isms")
    if not isinstance(plugin, IsmsPlugin):
        raise IsmsError("mkdocs.yml does not name the plugin isms")
    plugin.edition = edition
    if edition.profile is not None:
        read_from_disk(config, edition.profile)
    if not own:
        config.nav = None
    if edition.baseline:
        config.extra["version"] = {"provider": "mike"}
        if config.site_url:
            config.site_url = f"{config.site_url.rstrip('/')}/{folder_of(edition.baseline)}/"
    return plugin


def _key(baseline: Baseline) -> str:
    parts = [baseline.commit, baseline.name, baseline.date.isoformat(), _tools()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@cache
def _tools() -> str:
    """Return what tells one version of the tool from another: its own code, and the versions of host and theme."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return " ".join((digest.hexdigest(), version("mkdocs"), version("mkdocs-material"), version("markdown")))


def _write_versions(out: Path, baselines: Sequence[Baseline]) -> None:
    """Write the lists that Material's version selector and mike read, beside the editions and at the top."""
    if not baselines:
        return
    titles = [(item, f"{item.name} ({item.date.date()})") for item in baselines]
    beside = [{"version": "current", "title": "Current", "aliases": ["latest"]}]
    beside += [{"version": edition_name(item.name), "title": title, "aliases": []} for item, title in titles]
    top = [{"version": ".", "title": "Current", "aliases": ["latest"]}]
    top += [{"version": folder_of(item.name), "title": title, "aliases": []} for item, title in titles]
    (out / FOLDER / "versions.json").write_text(json.dumps(beside, indent=1) + "\n", encoding="utf-8")
    (out / "versions.json").write_text(json.dumps(top, indent=1) + "\n", encoding="utf-8")
    (out / FOLDER / "current").mkdir(parents=True, exist_ok=True)
    (out / FOLDER / "current" / "index.html").write_text(_REDIRECT, encoding="utf-8")
