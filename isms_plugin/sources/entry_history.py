"""Which commits changed which entry: a register changes in many commits, each of which touches few of its entries.

One `git log` of the commits between two states and one `git cat-file` for all texts, whatever their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from isms_plugin import __version__
from isms_plugin.errors import SourceError
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History, Revision
from isms_plugin.model.isms import KINDS
from isms_plugin.sources.entry_difference import Differences, items
from isms_plugin.sources.git_history import open_repository
from isms_plugin.sources.git_log import RAW, plain_git
from isms_plugin.sources.object_reader import ObjectReader, object_reader
from isms_plugin.sources.revisions import told_apart
from isms_plugin.sources.snapshot import CommitTree, Snapshot
from isms_plugin.sources.states import committed
from isms_plugin.sources.workspace import Workspace

if TYPE_CHECKING:
    from git import Repo

_FORMAT: Final = "tformat:%x02%H%x00%aI%x00%aN%x00%aE%x00%s%x00"


class _Change(NamedTuple):
    """What a commit did to one file: the stored texts before, one for each parent, and after; empty where there was none."""

    path: str
    before: tuple[str, ...]
    after: str


class _Commit(NamedTuple):
    commit: str
    date: str
    author: str
    email: str
    summary: str
    changes: list[_Change]


def entry_commits(
    workspace: Workspace, old: str, new: str, *, latest: bool = False, kinds: Sequence[type[Entry]] = KINDS
) -> dict[str, tuple[Revision, ...]]:
    """Return the commits after one commit up to another that changed each entry, newest first, by its id.

    What was found is kept for the pair; with `latest`, in place of what was kept for an earlier end. Raises SourceError
    where there is no git.
    """
    opened = open_repository(workspace.git_root)
    if isinstance(opened, str):
        raise SourceError(f"{opened}, so nothing tells who changed what")
    cache = workspace.cache.of(workspace.git_root)
    name = f"entry commits {old}..{'' if latest else new}"
    cut = _text(Path(opened.repo.common_dir) / "shallow")
    names = _text(Path(str(opened.repo.working_tree_dir)) / ".mailmap")
    made_of = [__version__, old, new, opened.prefix, *workspace.folders, *(declaration.KIND.name for declaration in kinds), cut, names]
    kept = cache.get(name, made_of)
    if kept is None:
        # commits at which a shallow clone ends seem to have made everything that they hold
        log = [line for line in _log(opened.repo, old, new) if line.commit not in cut.split()]
        with object_reader(opened.repo) as reader:
            kept = _found(_Texts(reader, opened.prefix, Differences(workspace.folders, kinds)), log)
        cache.put(name, made_of, kept)
    revisions = [_revision(row) for row in kept["commits"]]
    return {key: tuple(replace(revisions[number], path=path) for number, path in rows) for key, rows in kept["entries"].items()}


def uncommitted_entries(workspace: Workspace, snapshot: Snapshot, history: History, kinds: Sequence[type[Entry]] = KINDS) -> frozenset[str]:
    """Return the entries that stand otherwise in the last commit than in the working tree."""
    differences = Differences(workspace.folders, kinds)
    paths = [path for path in history.uncommitted if differences.concern(path)]
    opened = open_repository(workspace.git_root) if paths else ""
    if isinstance(opened, str):
        return frozenset()
    trees = (committed(CommitTree(opened.repo, history.head, opened.prefix), paths), snapshot)
    before, after = ({path: items(path, tree.read(path)) for path in paths if tree.exists(path)} for tree in trees)
    return frozenset(differences.between(before, after))


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def _log(repo: Repo, old: str, new: str) -> Iterator[_Commit]:
    """Return the commits after one up to another, the oldest first, merges with what differs from every parent."""
    from git.exc import GitCommandError

    try:
        output: bytes = plain_git(repo).log(
            *RAW, "--no-renames", "--reverse", f"--format={_FORMAT}", f"{old}..{new}", "--", stdout_as_string=False,
            strip_newline_in_stdout=False,
        )  # fmt: skip
    except GitCommandError as error:
        raise SourceError(f"git cannot tell the commits from {old[:10]} to {new[:10]}: {' '.join(error.stderr.split())[:200]}") from None
    tokens = iter(output.split(b"\0"))
    line: _Commit | None = None
    for token in tokens:
        if token.startswith(b"\x02"):
            if line is not None:
                yield line
            date, author, email, summary = (part.decode("utf-8", "replace") for part in islice(tokens, 4))
            line = _Commit(token[1:].decode(), date, author, email, summary, changes=[])
        elif line is not None and token.lstrip(b"\n").startswith(b":"):
            line.changes.append(_change(token.decode("ascii").lstrip("\n"), next(tokens).decode("utf-8", "surrogateescape")))
    if line is not None:
        yield line


def _change(raw: str, path: str) -> _Change:
    parents = len(raw) - len(raw.lstrip(":"))
    fields = raw.lstrip(":").split(" ")
    # links and other repositories are no files of the ISMS
    blobs = [blob if mode.startswith("100") else "" for mode, blob in zip(fields, fields[parents + 1 : -1], strict=False)]
    return _Change(path, tuple(blobs[:parents]), blobs[parents])


class _Texts:
    """Reads stored texts; of each path the last one is kept, which is mostly the one that the next commit begins with."""

    def __init__(self, reader: ObjectReader, prefix: str, differences: Differences) -> None:
        self.reader, self.prefix = reader, prefix
        self.differences = differences
        self.last: dict[str, tuple[str, tuple[bytes, ...]]] = {}

    def changed(self, line: _Commit) -> dict[str, str]:
        """Return the entries that a commit changed, with their paths: those of a merge differ from every parent."""
        changes = [
            change._replace(path=change.path.removeprefix(self.prefix))
            for change in line.changes
            if change.path.startswith(self.prefix) and self.differences.concern(change.path.removeprefix(self.prefix))
        ]
        parents = max((len(change.before) for change in changes), default=0)
        try:
            before = [{change.path: self._items(change.path, change.before[number]) for change in changes} for number in range(parents)]
            after = {change.path: self._items(change.path, change.after) for change in changes}
        except KeyError:  # the clone lacks a text, so what the commit changed is unknown
            return {}
        found = [self.differences.between(files, after) for files in before]
        return {key: path for key, path in found[0].items() if all(key in other for other in found)} if found else {}

    def _items(self, path: str, blob: str) -> tuple[bytes, ...]:
        if not blob:
            return ()
        last = self.last.get(path, ("", ()))
        if last[0] != blob:
            data = self.reader.read(blob)
            if data is None:
                raise KeyError(blob)
            last = self.last[path] = (blob, items(path, data))
        return last[1]


def _found(texts: _Texts, log: Sequence[_Commit]) -> dict[str, Any]:
    """Return the commits, and for each entry the numbers of those that changed it, newest first, with its path then."""
    entries: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, line in enumerate(log):
        for identifier, path in texts.changed(line).items():
            entries[identifier].insert(0, (number, path))
    names = told_apart((line.author, line.email) for line in log)
    rows = [(line.commit, line.date, names[line.author, line.email], line.email, line.summary) for line in log]
    return {"commits": rows, "entries": entries}


def _revision(row: Sequence[str]) -> Revision:
    commit, date, author, email, summary = row
    return Revision(commit=commit, date=datetime.fromisoformat(date), author=author, email=email, summary=summary, path="")
