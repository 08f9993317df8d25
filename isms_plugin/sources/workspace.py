"""A workspace: one ISMS on disk, its settings, and everything read from one snapshot of it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from isms_plugin.errors import SettingsError, SourceError
from isms_plugin.model.approval import Approval
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.isms import KINDS, Isms
from isms_plugin.model.settings import Settings, read_settings
from isms_plugin.model.signing import Signature, SigningKey
from isms_plugin.sources.cache import NO_CACHE, Cache
from isms_plugin.sources.catalogue import Catalogue, read_catalogue, read_overlay
from isms_plugin.sources.documents import read_documents, read_pages
from isms_plugin.sources.git_history import Asked, commit_tree, open_repository, read_history
from isms_plugin.sources.git_proofs import read_baselines, read_signatures
from isms_plugin.sources.kept_files import kept_paths, read_kept_files
from isms_plugin.sources.registers import Reading, read_own_registers, read_registers
from isms_plugin.sources.signatures import verifier
from isms_plugin.sources.snapshot import Snapshot, WorkingTree
from isms_plugin.sources.text import decode
from isms_plugin.sources.yaml_reader import read_yaml

MAX_INHERITED: Final = 5
"""Configurations that inherit from each other; more is a circle."""

CONFIGURATION: Final = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Where an ISMS lies and how it is set up; `docs` is the folder of the site's own pages."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    docs: str = "docs"
    name: str = ""
    cache: Cache = NO_CACHE
    repository: Path | None = None
    """Where git is asked when the files of a commit lie in a folder outside of it."""
    revision: str = ""
    """The commit whose files those are."""

    @property
    def git_root(self) -> Path:
        """The folder from which git is asked."""
        return self.repository or self.root

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that belong to the ISMS, those of documents and registers first."""
        settings = self.settings
        return (settings.policies, settings.registers, settings.evidence, self.docs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that was read: the ISMS, what front matter says to the site, its history, and licensed wording."""

    isms: Isms
    meta: dict[str, dict[str, Any]]
    history: History
    wording: dict[str, str]
    snapshot: Snapshot


def find_workspace(start: Path) -> Workspace:
    """Find the ISMS that a folder belongs to, and read its settings without running anything in them.

    Raises SourceError where there is none, SettingsError where the settings have no meaning.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        for name in CONFIGURATION:
            if (folder / name).is_file():
                return _configured(folder, folder / name, _reader(folder))
        if (folder / "policies").is_dir() and (folder / "registers").is_dir():
            return Workspace(root=folder)
    raise SourceError(f"{start}: no ISMS here: neither mkdocs.yml nor the folders policies/ and registers/")


def workspace_at(root: Path, snapshot: Snapshot) -> Workspace:
    """Return the ISMS of a folder, set up as its configuration in a snapshot says; raises as `find_workspace` does."""

    def read(path: Path) -> bytes:
        if not path.is_relative_to(root):
            raise SettingsError(f"{path.name}: lies outside of the ISMS, so no commit holds it")
        return snapshot.read(path.relative_to(root).as_posix())

    root = root.resolve()
    name = next((name for name in CONFIGURATION if snapshot.exists(name)), None)
    return _configured(root, root / name, read) if name else Workspace(root=root)


def _reader(root: Path) -> Callable[[Path], bytes]:
    """Return what reads configurations of an ISMS: a branch of anybody's may name any file of the machine to inherit from."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)

    def read(path: Path) -> bytes:
        found = path.resolve()
        if top is not None and not found.is_relative_to(top):
            raise SettingsError(f"{path.name}: lies outside of the repository, so nothing is inherited from it")
        if found.exists() and not found.is_file():
            raise SettingsError(f"{path.name}: cannot be read: it is not a file")
        return found.read_bytes()

    return read


def _configured(root: Path, path: Path, read: Callable[[Path], bytes]) -> Workspace:
    configuration = read_configuration(path, read)
    docs = configuration.get("docs_dir")
    name = configuration.get("site_name")
    return Workspace(
        root=root,
        settings=read_settings(_options(configuration.get("plugins"))),
        docs=docs if isinstance(docs, str) else "docs",
        name=name if isinstance(name, str) else "",
    )


def read_configuration(path: Path, read: Callable[[Path], bytes], depth: int = 0) -> dict[Any, Any]:
    """Read a configuration, and the one it inherits from as MkDocs does; nothing in it is run."""
    try:
        text, _ = decode(read(path))
    except OSError as error:
        raise SettingsError(f"{path.name}: cannot be read: {error.strerror}") from None
    parsed = read_yaml(text or "")
    if not isinstance(parsed.value, dict) or not parsed.complete:
        reason = "; ".join(f"line {fault.line}: {fault.message}" for fault in parsed.faults)
        raise SettingsError(f"{path.name}: cannot be read as YAML: {reason or 'it is not a mapping'}")
    parent = parsed.value.get("INHERIT")
    if not isinstance(parent, str) or depth > MAX_INHERITED:
        return parsed.value
    return {**read_configuration(Path(os.path.normpath(path.parent / parent)), read, depth + 1), **parsed.value}


def _options(plugins: Any) -> dict[str, Any]:
    if isinstance(plugins, dict):
        plugins = [{name: options} for name, options in plugins.items()]
    for plugin in plugins if isinstance(plugins, list) else ():
        if isinstance(plugin, dict) and isinstance(plugin.get("isms"), dict):
            return {key: value for key, value in plugin["isms"].items() if value is not None}
    return {}


def open_snapshot(workspace: Workspace, revision: str = "") -> Snapshot:
    """Return the working tree, or a commit of it."""
    return commit_tree(workspace.root, revision) if revision else WorkingTree(workspace.root, workspace.revision)


def read_sources(
    workspace: Workspace,
    snapshot: Snapshot,
    *,
    with_overlay: bool = False,
    closely: frozenset[str] = frozenset(),
) -> Sources:
    """Read everything once: catalogue, registers, documents, pages and history.

    Of the documents in `closely` every text is looked at, of others only those of documents with approvals.
    """
    settings = workspace.settings
    cache = workspace.cache.of(workspace.git_root)
    documents = read_documents(snapshot, settings.policies, workspace.folders, cache)
    read_pages(snapshot, workspace.docs, documents)
    kinds, undeclared = read_own_registers(snapshot, settings.registers, KINDS, cache)
    registers = read_registers(snapshot, settings.registers, kinds, cache)
    catalogue = _catalogue(settings, snapshot, registers) if with_overlay else read_catalogue()
    faults = [*documents.diagnostics, *undeclared, *registers.diagnostics]
    read = [*((entry, Place()) for entry in catalogue.entries), *documents.entries, *registers.entries]
    entries, places = by_id(read, faults)
    kept = read_kept_files(entries.values(), snapshot)
    isms = Isms(
        entries=entries, places=places, kinds=kinds, pages=documents.pages, standard=catalogue.standard, faults=tuple(faults),
        texts={key: text for key, text in documents.texts.items() if isinstance(entries[key], Document)},
        files=frozenset(path for folder in workspace.folders for path in snapshot.paths(folder)),
        digests=kept.digests,
        sizes=kept.sizes,
        lfs=frozenset(kept.lfs),
        exposures=kept.exposures,
    )  # fmt: skip
    history, signatures = read_proofs(workspace, snapshot.revision, isms, cache, closely)
    return Sources(
        isms=replace(isms, signatures=signatures),
        meta=documents.meta,
        history=history,
        wording=catalogue.wording,
        snapshot=snapshot,
    )


def _catalogue(settings: Settings, snapshot: Snapshot, reading: Reading) -> Catalogue:
    if not settings.overlay:
        return read_catalogue()
    return read_catalogue(read_overlay(settings.overlay, snapshot.read(settings.overlay), reading))


def read_proofs(
    workspace: Workspace, revision: str, isms: Isms, cache: Cache, closely: frozenset[str] = frozenset()
) -> tuple[History, dict[str, Signature]]:
    """Return what git proves, and what became of the signatures of approvals, by their ids."""
    root = workspace.git_root
    approvals = list(isms.of(Approval))
    paths = {place.path for place in isms.places.values() if place.path} | set(isms.pages) | kept_paths(isms.entries.values())
    history = read_history(root, paths, revision=revision, folders=workspace.folders, asked=_asked(isms, approvals, closely), cache=cache)
    opened = open_repository(root)
    with verifier(isms.of(SigningKey), cache) as verify:
        had = {identifier: _paths_of(history, text.path) for identifier, text in isms.texts.items()}
        signatures = read_signatures(approvals, verify, opened, had)
        if isinstance(opened, str) or not history.head:
            return history, signatures
        baselines = read_baselines(opened.repo, history.head, workspace.settings.baselines, verify)
    return replace(history, baselines=baselines), signatures


def _asked(isms: Isms, approvals: Iterable[Approval], closely: frozenset[str]) -> Asked:
    texts: dict[str, set[str]] = defaultdict(set, {isms.texts[name].path: set() for name in closely if name in isms.texts})
    for approval in approvals:
        text = isms.texts.get(approval.document or "")
        if text is not None and approval.content_hash:
            texts[text.path].add(approval.content_hash)
    commits = frozenset(approval.commit for approval in approvals if approval.commit)
    return Asked(texts={path: frozenset(hashes) for path, hashes in texts.items()}, commits=commits)


def _paths_of(history: History, path: str) -> tuple[str, ...]:
    """Every path that a file had, from the top of the repository."""
    return tuple(dict.fromkeys(revision.path for revision in history.of(path)))


def by_id(read: Iterable[tuple[Entry, Place]], faults: list[Diagnostic]) -> tuple[dict[str, Entry], dict[str, Place]]:
    """Return entries and places by id; of two with one id the first stays, and the other is a fault."""
    entries: dict[str, Entry] = {}
    places: dict[str, Place] = {}
    for entry, place in read:
        if entry.id in entries:
            first = places[entry.id]
            where = str(Place(first.path, first.line)) if first.path else "the catalogue of the standard"
            faults.append(
                Diagnostic(
                    code="duplicate-id",
                    message=f"{entry.id} is already taken at {where}",
                    hint="give one of the two a new id, or delete it; only the first is shown",
                    entry=entry.id,
                    place=place.at("id"),
                )
            )
            continue
        entries[entry.id] = entry
        places[entry.id] = place
    return entries, places
