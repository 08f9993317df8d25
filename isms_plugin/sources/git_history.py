"""History of every file in one pass over the repository.

One `git log` and one `git cat-file`, whatever the number of files and commits. Merges count where their content
differs from all parents, as in `git log -- PATH`. Renames are followed while the document stays the same one (its id
does not change); copies are not, because policies are born from templates.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from isms_plugin.errors import SourceError
from isms_plugin.model.history import Completeness, History, Revision
from isms_plugin.sources.snapshot import CommitTree
from isms_plugin.sources.yaml_reader import read_yaml

if TYPE_CHECKING:
    from git import Repo

_FORMAT: Final = "tformat:%x02%H%x00%aI%x00%aN%x00%aE%x00%s%x00"
_CONTROL_LINE: Final = re.compile(rb"^(id|version):(.*)$", re.MULTILINE)
_FRONT_BYTES: Final = 8192
"""Control data stands at the top of a file; no more than this is searched for it."""

_WORDS: Final = {"A": "added", "D": "deleted", "R": "renamed"}


class Change(NamedTuple):
    """What one commit did to one file."""

    letter: str
    path: str
    blob: str
    old_path: str
    old_blob: str


class CommitLine(NamedTuple):
    """One commit as logged, with its changes."""

    commit: str
    date: str
    author: str
    email: str
    summary: str
    changes: list[Change]


class ControlData(NamedTuple):
    """What a stored text says of itself."""

    id: str
    version: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository and where the ISMS lies in it."""

    repo: Repo
    prefix: str
    """Path from the top of the repository to the ISMS, empty or ending in `/`."""


def open_repository(root: Path) -> Repository | str:
    """Open the repository around a folder, or say why there is none."""
    try:
        from git import Repo
        from git.exc import InvalidGitRepositoryError, NoSuchPathError
    except ImportError:
        return "git is not installed"
    try:
        repo = Repo(root, search_parent_directories=True)
    except (InvalidGitRepositoryError, NoSuchPathError):
        return "this is no git repository"
    if repo.bare or repo.working_tree_dir is None:
        return "the repository is bare"
    prefix = root.resolve().relative_to(Path(repo.working_tree_dir).resolve()).as_posix()
    return Repository(repo, "" if prefix == "." else f"{prefix}/")


def commit_tree(root: Path, revision: str) -> CommitTree:
    """Return the files of a revision; raises SourceError when there is no such commit."""
    opened = open_repository(root)
    if isinstance(opened, str):
        raise SourceError(f"--at {revision}: {opened}")
    commit = _rev_parse(opened.repo, revision)
    if not commit:
        raise SourceError(f"--at {revision}: no such commit")
    return CommitTree(opened.repo, commit, opened.prefix)


def read_history(root: Path, paths: Iterable[str], *, revision: str = "", folders: Iterable[str] = ()) -> History:
    """Revisions of the given paths up to a revision, or up to HEAD with what is not committed yet.

    `paths` and `folders` are relative to the ISMS; documents are the `.md` files among the paths.
    """
    opened = open_repository(root)
    if isinstance(opened, str):
        return History(reason=opened)
    from git.exc import GitCommandError

    try:
        return _history(opened, list(paths), revision, list(folders))
    except GitCommandError as error:
        return History(reason=_told(error))


def _history(opened: Repository, paths: list[str], revision: str, folders: list[str]) -> History:
    repo, prefix = opened.repo, opened.prefix
    start = _rev_parse(repo, revision or "HEAD")
    if not start:
        return History(reason="nothing has been committed yet")
    commits = list(_log(repo, start))
    wanted = {prefix + path: path for path in paths}
    walk = _Walk(wanted, commits, _control_data(repo, _blobs(commits, wanted)))
    revisions = walk.revisions()
    shallow = (Path(repo.common_dir) / "shallow").exists()
    head = next((line for line in commits), None)
    return History(
        completeness=Completeness.SHALLOW if shallow else Completeness.COMPLETE,
        head=start,
        committed_on=datetime.fromisoformat(head.date) if head else None,
        revisions=revisions,
        uncommitted=frozenset() if revision else _uncommitted(repo, prefix, folders),
    )


def _rev_parse(repo: Repo, revision: str) -> str:
    """Return the commit that a name stands for, empty when there is none; asks git, which knows every object format."""
    _, found, _ = repo.git.rev_parse(
        "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", with_extended_output=True, with_exceptions=False
    )
    return str(found).removeprefix("--end-of-options").strip()


def _log(repo: Repo, start: str) -> Iterator[CommitLine]:
    # --no-replace-objects and --no-show-signature: the user's settings must not change what is read
    git: Any = repo.git(no_replace_objects=True)
    output: bytes = git.log(
        "-c", "--raw", "-z", "-M", "--no-abbrev", "--no-show-signature", "--no-color", f"--format={_FORMAT}", start, "--",
        stdout_as_string=False, strip_newline_in_stdout=False,
    )  # fmt: skip
    for record in output.split(b"\x02")[1:]:
        tokens = record.split(b"\0")
        head = [token.decode("utf-8", "replace") for token in tokens[:5]]
        yield CommitLine(head[0], head[1], head[2], head[3], head[4], list(_changes(tokens[5:])))


def _changes(tokens: list[bytes]) -> Iterator[Change]:
    position = 0
    while position < len(tokens):
        token = tokens[position].lstrip(b"\n")
        position += 1
        if not token.startswith(b":"):
            continue
        fields = token.decode("ascii").split(" ")
        parents = len(token) - len(token.lstrip(b":"))
        letter = fields[-1][0] if parents == 1 else "M"
        blob, old_blob = fields[-2], fields[2] if parents == 1 else ""
        path = _path(tokens[position])
        position += 1
        if letter in "RC":
            old, path = path, _path(tokens[position])
            position += 1
            yield Change(letter, path, blob, old, old_blob)
        else:
            yield Change(letter, path, blob, "", old_blob)


def _path(token: bytes) -> str:
    return token.decode("utf-8", "surrogateescape")


def _blobs(commits: list[CommitLine], wanted: Mapping[str, str]) -> list[str]:
    """Return stored texts whose control data matters: of every path that a wanted document may have had."""
    paths = {path for path in wanted if path.endswith(".md")}
    for line in commits:
        for change in line.changes:
            if change.letter == "R" and change.path in paths:
                paths.add(change.old_path)
    found: dict[str, None] = {}
    for line in commits:
        for change in line.changes:
            if change.path in paths or change.old_path in paths:
                found[change.blob] = None
                if change.letter in "RD":
                    found[change.old_blob] = None
    return [blob for blob in found if blob.strip("0")]


def _control_data(repo: Repo, blobs: list[str]) -> dict[str, ControlData]:
    """Id and version that each stored text carries, read by one process."""
    if not blobs:
        return {}
    with tempfile.TemporaryFile() as request:
        request.write("\n".join(blobs).encode() + b"\n")
        request.seek(0)
        output: bytes = repo.git.cat_file("--batch", istream=request, stdout_as_string=False, strip_newline_in_stdout=False)
    known: dict[bytes, str] = {}
    data = {}
    position = 0
    for blob in blobs:
        end = output.index(b"\n", position)
        words = output[position:end].split(b" ")
        position = end + 1
        if len(words) != 3:
            continue  # missing from the clone: nothing is known of it
        size = int(words[2])
        data[blob] = _front(output[position : position + min(size, _FRONT_BYTES)], known)
        position += size + 1
    return data


def _front(text: bytes, known: dict[bytes, str]) -> ControlData:
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    end = text.find(b"\n---", 3) if text.startswith(b"---") else -1
    found = {key: _value(raw, known) for key, raw in reversed(_CONTROL_LINE.findall(text[: max(end, 0)]))}
    return ControlData(found.get(b"id", ""), found.get(b"version", ""))


def _value(raw: bytes, known: dict[bytes, str]) -> str:
    # the same line stands in many revisions; YAML reads each once, so quotes and comments mean what they mean
    if raw not in known:
        value = read_yaml(raw.decode("utf-8", "replace").strip()).value
        known[raw] = value if isinstance(value, str) else ""
    return known[raw]


class _Walk:
    """Walks commits from new to old and gives each change to the document that the path was then."""

    def __init__(self, wanted: Mapping[str, str], commits: list[CommitLine], data: Mapping[str, ControlData]) -> None:
        self.commits = commits
        self.data = data
        self.wanted = wanted
        self.now = {path: path for path in wanted}
        """Which current file a path is, at the point of the walk."""
        self.born: dict[str, tuple[str, str]] = {}
        """Paths whose file began later than the point of the walk: the current file, and its first text."""
        self.open: dict[str, list[tuple[int, Change]]] = defaultdict(list)
        """Changes to paths that are no current file: a rename on another branch may still claim them."""
        self.found: dict[str, list[tuple[int, Change]]] = defaultdict(list)

    def revisions(self) -> dict[str, tuple[Revision, ...]]:
        """Revisions of the wanted paths, newest first."""
        for number, line in enumerate(self.commits):
            for change in line.changes:
                self._take(number, change)
        names = self._people()
        return {
            self.wanted[path]: tuple(self._revision(number, change, names) for number, change in sorted(found))
            for path, found in self.found.items()
        }

    def _take(self, number: int, change: Change) -> None:
        path = change.path
        current = self.now.get(path)
        if current is None and path in self.born:
            current, first = self.born[path]
            if change.letter == "D" and not self._same(change.old_blob, first):
                current = None
                del self.born[path]
            elif change.letter != "A":
                self.now[path] = current
        if current is None:
            self._leave_open(number, change)
            return
        self.found[current].append((number, change))
        if change.letter == "R":
            self._follow(current, change)
        elif change.letter == "A":
            self.now.pop(path, None)
            self.born[path] = (current, change.blob)

    def _follow(self, current: str, change: Change) -> None:
        self.now.pop(change.path, None)
        self.born.pop(change.old_path, None)
        if not self._same(change.old_blob, change.blob):
            self.found[current][-1] = (self.found[current][-1][0], change._replace(letter="A"))
            self.born[change.path] = (current, change.blob)
        elif change.old_path not in self.now:
            self.now[change.old_path] = current
            self.found[current] += self.open.pop(change.old_path, [])

    def _leave_open(self, number: int, change: Change) -> None:
        if change.letter == "M":
            self.open[change.path].append((number, change))
        else:
            self.open.pop(change.path, None)
        if change.letter == "R":
            # what moved away was another file than the one that stands there later
            self.born.pop(change.old_path, None)

    def _same(self, old: str, new: str) -> bool:
        """Whether two texts are the same document: no two different ids."""
        before, after = self.data.get(old), self.data.get(new)
        return not (before and after and before.id and after.id and before.id != after.id)

    def _people(self) -> dict[tuple[str, str], str]:
        """Return authors by name and e-mail; two people of one name are told apart by their address."""
        emails: dict[str, set[str]] = defaultdict(set)
        for line in self.commits:
            emails[line.author].add(line.email.lower())
        return {
            (line.author, line.email): f"{line.author} <{line.email}>" if len(emails[line.author]) > 1 else line.author
            for line in self.commits
        }

    def _revision(self, number: int, change: Change, names: Mapping[tuple[str, str], str]) -> Revision:
        line = self.commits[number]
        data = self.data.get(change.blob)
        return Revision(
            commit=line.commit,
            date=datetime.fromisoformat(line.date),
            author=names[line.author, line.email],
            email=line.email,
            summary=line.summary,
            path=change.path,
            version=data.version if data else "",
            change=_WORDS.get(change.letter, "modified"),
        )


def _uncommitted(repo: Repo, prefix: str, folders: list[str]) -> frozenset[str]:
    # --no-optional-locks: reading must not even refresh the index
    git: Any = repo.git(no_optional_locks=True)
    places = [f":(top){prefix}{folder}" for folder in folders]
    output = git.status("--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *places)
    paths = (entry[3:] for entry in output.split("\0") if len(entry) > 3)
    return frozenset(path.removeprefix(prefix) for path in paths if path.startswith(prefix))


def _told(error: Exception) -> str:
    text = str(getattr(error, "stderr", error))
    if "dubious ownership" in text:
        return "git refuses the folder because another user owns it; see `git config safe.directory`"
    return "git cannot read the repository: " + " ".join(text.split())[:200]
