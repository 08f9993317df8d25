"""Ids that are taken somewhere in this clone: in the files here, on other branches and tags, and by what was deleted.

The texts are searched for lines that give an id, not read as entries: an id in a broken file is taken as well.
"""

from __future__ import annotations

import posixpath
import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from isms_plugin.errors import IsmsError
from isms_plugin.model.document import is_markdown
from isms_plugin.sources.git_history import Repository, open_repository, rev_parse
from isms_plugin.sources.git_log import read_blobs
from isms_plugin.sources.snapshot import Snapshot
from isms_plugin.sources.states import deleted_ids

if TYPE_CHECKING:
    from isms_plugin.sources.workspace import Workspace

MAX_REFS: Final = 1000
"""Branches and tags that are looked at, those with the newest commits first."""

_ID: Final = re.compile(rb"""(?:^|[\s{,"'])id["']?[ \t]*:[ \t]*["']?([A-Za-z][A-Za-z0-9.-]*)""")
_FRONT_ENDS: Final = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_REFS: Final = ("refs/heads", "refs/remotes", "refs/tags")


def ids_in(data: bytes, path: str) -> frozenset[str]:
    """Return the ids that a register, or the front matter of a document, gives."""
    if is_markdown(path):
        opening = _FRONT_ENDS.search(data)
        end = _FRONT_ENDS.search(data, opening.end()) if opening else None
        data = data[: end.start()] if end else b""
    return frozenset(found.decode() for found in _ID.findall(data))


def taken_ids(workspace: Workspace, snapshot: Snapshot) -> frozenset[str]:
    """Return every id that the files here, another branch or tag of this clone, or a deleted entry has; without git only the first."""
    taken = set[str]()
    for folder in workspace.folders[:2]:
        for path in snapshot.paths(folder):
            if _readable(path):
                taken |= ids_in(snapshot.read(path), path)
    opened = open_repository(workspace.git_root)
    if isinstance(opened, str):
        return frozenset(taken)
    return frozenset(taken.union(_elsewhere(workspace, opened), _deleted(workspace, opened)))


def _readable(path: str) -> bool:
    return is_markdown(path) or path.lower().endswith((".yml", ".yaml"))


def _deleted(workspace: Workspace, opened: Repository) -> Iterable[str]:
    head = rev_parse(opened.repo, "HEAD")
    try:
        return deleted_ids(workspace, head) if head else ()
    except IsmsError:  # a clone without every text still has its branches
        return ()


def _elsewhere(workspace: Workspace, opened: Repository) -> Iterable[str]:
    """Return the ids at the tips of branches and tags, as kept for those tips or read anew."""
    listed = opened.repo.git.for_each_ref("--sort=-committerdate", f"--count={MAX_REFS}", "--format=%(objectname)", *_REFS)
    tips = sorted(set(listed.split()))
    folders = [posixpath.normpath(opened.prefix + folder) for folder in workspace.folders[:2]]
    cache = workspace.cache.of(workspace.git_root)
    kept: list[str] | None = cache.get("taken ids", [tips, folders])
    if kept is None:
        kept = sorted(set(_read(opened, tips, folders)))
        cache.put("taken ids", [tips, folders], kept)
    return kept


def _read(opened: Repository, tips: Iterable[str], folders: Iterable[str]) -> Iterator[str]:
    """Yield the ids in the folders of some commits; a text that several of them hold is read once."""
    paths = dict(_files(opened, [f"{tip}:{'' if folder == '.' else folder}" for folder in folders for tip in tips]))
    for blob, data in read_blobs(opened.repo, paths):
        yield from ids_in(data, paths[blob])


def _files(opened: Repository, trees: list[str]) -> Iterator[tuple[str, str]]:
    """Yield object name and path of each file below some trees; those that are not there are left out."""
    with tempfile.TemporaryFile() as request:
        request.write("".join(f"{tree}\n" for tree in trees).encode())
        request.seek(0)
        found = opened.repo.git.rev_list(
            "--objects", "--ignore-missing", "--stdin", istream=request, with_extended_output=True, with_exceptions=False
        )[1]
    for line in found.splitlines():
        name, _, path = line.partition(" ")
        if _readable(path):
            yield name, path
