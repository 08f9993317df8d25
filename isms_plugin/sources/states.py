"""The ISMS as it was at an older commit, read with the registers and fields of today."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from isms_plugin import __version__
from isms_plugin.errors import SourceError
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map
from isms_plugin.model.former import Former, FormerEntry, FormerValue
from isms_plugin.model.history import Baseline
from isms_plugin.model.isms import KINDS, Isms
from isms_plugin.model.linked import Link, Linked, linked_in
from isms_plugin.model.meaning import ALGORITHM, meant_fields
from isms_plugin.model.objective import Measure
from isms_plugin.model.state import EntryState, State, as_json, from_json, state_of
from isms_plugin.sources.catalogue import read_catalogue
from isms_plugin.sources.deletions import deletions
from isms_plugin.sources.documents import read_documents
from isms_plugin.sources.git_history import Repository, open_repository, rev_parse
from isms_plugin.sources.git_log import read_blobs
from isms_plugin.sources.held_files import HeldFiles
from isms_plugin.sources.registers import read_registers
from isms_plugin.sources.snapshot import CommitTree, Snapshot
from isms_plugin.sources.workspace import Workspace, by_id

_FORMAT: Final = 3
"""Raised whenever what a state holds, or the way it is read, changes within a version of the program."""

_FULL: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def read_state(workspace: Workspace, revision: str, kinds: Sequence[type[Entry]] = KINDS) -> State:
    """Read the ISMS at a commit or tag, as kept for that commit or anew; raises SourceError when there is no such commit.

    What an older schema holds and today's does not know is listed in its faults.
    """
    cache = workspace.cache.of(workspace.git_root)
    made_of = _made_of(workspace, kinds)
    opened: Repository | None = None
    commit = revision
    if not _FULL.fullmatch(revision):
        opened, commit = find_commit(workspace, revision)
    kept = cache.get(f"state {commit}", made_of)
    if kept is not None:
        return from_json(kept)
    if opened is None:
        opened, commit = find_commit(workspace, revision)
    tree = CommitTree(opened.repo, commit, opened.prefix)
    paths = {path for folder in workspace.folders[:2] for path in tree.paths(folder)}
    isms = _read(workspace, committed(tree, paths), tuple(kinds))
    state = state_of(isms, commit=commit, day=_day(opened, commit))
    if not state.entries:
        nothing = f"{opened.prefix or './'}: no document or register lay here at {commit[:10]}; the ISMS may have lain elsewhere"
        state = replace(state, faults=(nothing, *state.faults))
    cache.put(f"state {commit}", made_of, as_json(state))
    return state


def read_former(workspace: Workspace, baselines: Iterable[Baseline], kinds: Sequence[type[Entry]] = KINDS) -> tuple[Former, ...]:
    """Return which id stood for what in each baseline; raises SourceError where the commit of one is not in this clone.

    It is kept by commit apart from the states, which are many times as large, so that a check need not read those.
    """
    return tuple(_former(workspace, f"baseline {baseline.name}", baseline.commit, kinds) for baseline in baselines)


def read_linked(workspace: Workspace, baseline: Baseline, kinds: Sequence[type[Entry]] = KINDS) -> Linked:
    """Return the links of a baseline; raises SourceError where its commit is not in this clone. They are kept apart from the state too."""
    cache, made_of = workspace.cache.of(workspace.git_root), [*_made_of(workspace, kinds), ALGORITHM, *_meant(kinds)]
    kept = cache.get(f"links {baseline.commit}", made_of)
    if kept is None:
        found = linked_in(read_state(workspace, baseline.commit, kinds), kinds)
        kept = [found.links, found.meanings, sorted(found.drafts)]
        cache.put(f"links {baseline.commit}", made_of, kept)
    links, meanings, drafts = kept
    return Linked(name=baseline.name, links=tuple(Link(*link) for link in links), meanings=meanings, drafts=frozenset(drafts))


def read_deleted(
    workspace: Workspace, head: str, identifiers: Iterable[str], kinds: Sequence[type[Entry]] = KINDS
) -> tuple[Former, ...]:  # fmt: skip
    """Return what some ids stood for when a commit before `head` took them away; raises SourceError where one is not in this clone."""
    gone = deleted_ids(workspace, head)
    by_commit: dict[str, list[str]] = defaultdict(list)
    for identifier in identifiers:
        for commit in gone.get(identifier, ()):
            by_commit[commit].append(identifier)
    states = ((_former(workspace, f"commit {commit[:10]}", commit, kinds), names) for commit, names in by_commit.items())
    return tuple(replace(state, entries={name: state.entries[name] for name in names if name in state.entries}) for state, names in states)


def deleted_ids(workspace: Workspace, head: str) -> Mapping[str, Sequence[str]]:
    """Return the ids that commits before `head` took away, each with those commits; raises SourceError where one is not in this clone."""
    opened, _ = find_commit(workspace, head)
    cache, paths = workspace.cache.of(workspace.git_root), [f"{opened.prefix}{folder}" for folder in workspace.folders[:2]]
    gone: Mapping[str, Sequence[str]] | None = cache.get("deletions", [head, *paths])
    if gone is None:
        gone = deletions(opened.repo, head, paths)
        cache.put("deletions", [head, *paths], gone)
    return gone


def _former(workspace: Workspace, name: str, commit: str, kinds: Sequence[type[Entry]]) -> Former:
    """Return which id stood for what at a commit, as kept or anew."""
    cache, made_of = workspace.cache.of(workspace.git_root), _made_of(workspace, kinds)
    kept = cache.get(f"ids {commit}", made_of)
    if kept is None:
        state = read_state(workspace, commit, kinds)
        entries = {entry.id: (entry.kind, entry.title, entry.path, entry.data.get("status", "")) for entry in state.entries.values()}
        kept = (entries, sorted({fault.partition(":")[0] for fault in state.faults}), _measured(state.entries.values()))
        cache.put(f"ids {commit}", made_of, kept)
    held = {identifier: FormerEntry(*row) for identifier, row in kept[0].items()}
    values = {identifier: tuple(FormerValue(*row) for row in rows) for identifier, rows in kept[2].items()}
    return Former(name=name, entries=held, unread=frozenset(kept[1]), values=values)


def _measured(entries: Iterable[EntryState]) -> dict[str, list[tuple[Any, ...]]]:
    """Return measured values that lack nothing, by the id of their measure."""
    measures = [entry for entry in entries if entry.kind == Measure.KIND.name]
    rows = {entry.id: [[row.get(name) for name in FormerValue._fields] for row in entry.data.get("values", ())] for entry in measures}
    return {identifier: [tuple(row) for row in found if None not in row] for identifier, found in rows.items()}


def _meant(kinds: Sequence[type[Entry]]) -> list[str]:
    return [" ".join((declaration.KIND.name, *(spec.name for spec in meant_fields(declaration)))) for declaration in kinds]


def _made_of(workspace: Workspace, kinds: Sequence[type[Entry]]) -> list[Any]:
    """Return what a state depends on besides its commit."""
    own = (f"{declaration.KIND.name} {field_map(declaration)}" for declaration in kinds if declaration not in KINDS)
    return [_FORMAT, __version__, str(workspace.git_root.resolve()), *workspace.folders, *own]


def find_commit(workspace: Workspace, revision: str) -> tuple[Repository, str]:
    """Return the repository, and the commit that a name stands for; raises SourceError where there is none."""
    opened = open_repository(workspace.git_root)
    if isinstance(opened, str):
        raise SourceError(f"{revision}: {opened}, so nothing older than the files here can be read")
    commit = rev_parse(opened.repo, revision)
    if not commit:
        cut = (Path(opened.repo.common_dir) / "shallow").is_file()
        hint = "the clone is shallow, `git fetch --unshallow --tags` gets the rest" if cut else "see `isms baseline list`"
        raise SourceError(f"{revision}: no such baseline or commit; {hint}")
    return opened, commit


def committed(tree: CommitTree, paths: Iterable[str]) -> HeldFiles:
    """Return files of a commit, read by one process; those that are not in it are left out."""
    names = {f"{tree.revision}:{tree.prefix}{path}": path for path in paths if _nameable(path) and tree.exists(path)}
    return HeldFiles({names[name]: data for name, data in read_blobs(tree.repo, names)}, tree.revision)


def _nameable(path: str) -> bool:
    """Whether git can be asked for a path: one to a line, in UTF-8."""
    return "\n" not in path and not any("\ud800" <= letter <= "\udfff" for letter in path)


def _day(opened: Repository, commit: str) -> date:
    written = opened.repo.git.log("-1", "--no-show-signature", "--format=%aI", commit, "--")
    return datetime.fromisoformat(written).date()


def _read(workspace: Workspace, snapshot: Snapshot, kinds: tuple[type[Entry], ...]) -> Isms:
    """Read documents and registers without history; the catalogue keeps its ids, as it does in the whole ISMS."""
    documents = read_documents(snapshot, workspace.settings.policies, workspace.folders)
    registers = read_registers(snapshot, workspace.settings.registers, kinds)
    faults = [*documents.diagnostics, *registers.diagnostics]
    catalogued = ((entry, Place()) for entry in read_catalogue().entries)
    entries, places = by_id((*catalogued, *documents.entries, *registers.entries), faults)
    return Isms(
        entries={key: entry for key, entry in entries.items() if places[key].path},
        places=places,
        texts={key: text for key, text in documents.texts.items() if isinstance(entries[key], Document)},
        kinds=kinds,
        faults=tuple(faults),
    )
