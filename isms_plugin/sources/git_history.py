"""History of every file in one pass over the repository.

One `git log` and one `git cat-file`, whatever the number of files and commits. Merges count where their content
differs from all parents, as in `git log -- PATH`. Renames are followed while the document stays the same one (its id
does not change); copies are not, because policies are born from templates. What was found is kept until HEAD moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from isms_plugin.errors import SourceError
from isms_plugin.model.history import Completeness, History, Revision
from isms_plugin.sources.cache import NO_CACHE, Cache
from isms_plugin.sources.git_log import read_control_data, read_log
from isms_plugin.sources.revisions import Walk, texts_needed
from isms_plugin.sources.snapshot import CommitTree
from isms_plugin.sources.stored_texts import Revisions, Texts, read_texts

if TYPE_CHECKING:
    from git import Repo


_FIELDS: Final = {"1": 8, "u": 10, "?": 1}
"""Fields before the path in a line of `git status`, by what the line tells: changed, unmerged, untracked."""


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
    commit = rev_parse(opened.repo, revision)
    if not commit:
        raise SourceError(f"--at {revision}: no such commit")
    return CommitTree(opened.repo, commit, opened.prefix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What approvals name and the history is to tell of: hashes of texts by path of the current text, and commits."""

    texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    commits: frozenset[str] = frozenset()


def read_history(
    root: Path,
    paths: Iterable[str],
    *,
    revision: str = "",
    folders: Iterable[str] = (),
    asked: Asked = Asked(),
    cache: Cache = NO_CACHE,
) -> History:
    """Revisions of the given paths up to a revision, or up to HEAD with what is not committed yet.

    `paths` and `folders` are relative to the ISMS; documents are the `.md` files among the paths.
    """
    opened = open_repository(root)
    if isinstance(opened, str):
        return History(reason=opened)
    from git.exc import GitCommandError

    try:
        return _history(opened, sorted(paths), revision, list(folders), asked, cache)
    except GitCommandError as error:
        return History(reason=_told(error))


def _history(opened: Repository, paths: list[str], revision: str, folders: list[str], asked: Asked, cache: Cache) -> History:
    repo = opened.repo
    start, uncommitted = (rev_parse(repo, revision), frozenset[str]()) if revision else _status(opened, folders)
    if not start:
        return History(reason="nothing has been committed yet")
    key = _key(opened, start, paths, asked.commits)
    past = partial(_past, opened, start, paths, asked, key, NO_CACHE if revision else cache)
    committed_on, revisions, texts, commits = cache.hold("history", (key, asked.texts), past)
    return History(
        completeness=Completeness.SHALLOW if _text(repo, "shallow") else Completeness.COMPLETE,
        head=start,
        committed_on=datetime.fromisoformat(committed_on) if committed_on else None,
        revisions=revisions,
        uncommitted=uncommitted,
        texts=texts,
        commits=commits,
    )


def _past(
    opened: Repository, start: str, paths: list[str], asked: Asked, key: tuple[Any, ...], cache: Cache
) -> tuple[str, Revisions, Texts, frozenset[str]]:
    """Date of the commit, revisions of the paths, texts that approvals name, and those of the commits that they name there are."""
    committed_on, revisions, commits = _kept(opened, start, paths, asked.commits, key, cache)
    hashed, texts = read_texts(opened.repo, revisions, asked.texts, opened.prefix, cache)
    return committed_on, hashed, texts, commits


def _key(opened: Repository, start: str, paths: list[str], named: frozenset[str]) -> tuple[Any, ...]:
    """Return all that decides what git tells."""
    repo = opened.repo
    mailmap = Path(str(repo.working_tree_dir)) / ".mailmap"
    names = mailmap.read_text("utf-8", "replace") if mailmap.is_file() else ""
    return (start, opened.prefix, paths, sorted(named), names, *(_text(repo, name) for name in ("shallow", "config", "info/grafts")))


def _kept(
    opened: Repository, start: str, paths: list[str], named: frozenset[str], key: tuple[Any, ...], cache: Cache
) -> tuple[str, dict[str, tuple[Revision, ...]], frozenset[str]]:
    """Date of the commit, revisions of the paths and those of the named commits there are, as kept for that commit or read anew."""
    repo = opened.repo
    kept = cache.get("history", key)
    if kept is not None:
        return kept[0], {path: tuple(map(_revision, rows)) for path, rows in kept[1].items()}, frozenset(kept[2])
    commits = list(read_log(repo, start))
    wanted = {opened.prefix + path: path for path in paths}
    needed = texts_needed(commits, wanted)
    data = read_control_data(repo, needed)
    revisions = Walk(wanted, commits, data).revisions()
    date = commits[0].date if commits else ""
    held = named & {line.commit for line in commits} if named else named
    if len(data) == len(needed):
        rows = {path: [_row(revision) for revision in found] for path, found in revisions.items()}
        cache.put("history", key, (date, rows, sorted(held)))
    return date, revisions, held


def _row(revision: Revision) -> tuple[str, ...]:
    return (
        revision.commit, revision.date.isoformat(), revision.author, revision.email, revision.summary, revision.path, revision.version,
        revision.change, revision.blob, *revision.reviewers,
    )  # fmt: skip


def _revision(row: list[str]) -> Revision:
    commit, date, author, email, summary, path, version, change, blob, *reviewers = row
    return Revision(
        commit=commit, date=datetime.fromisoformat(date), author=author, email=email, summary=summary, path=path, version=version,
        change=change, blob=blob, reviewers=tuple(reviewers),
    )  # fmt: skip


def _text(repo: Repo, name: str) -> str:
    """Return a file of the repository's own that decides what git tells, empty when there is none."""
    path = Path(repo.common_dir) / name
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def rev_parse(repo: Repo, revision: str, kind: str = "commit") -> str:
    """Return the commit or tag that a name stands for, empty when there is none; asks git, which knows every object format."""
    _, found, _ = repo.git.rev_parse(
        "--verify", "--quiet", "--end-of-options", f"{revision}^{{{kind}}}", with_extended_output=True, with_exceptions=False
    )
    return str(found).removeprefix("--end-of-options").strip()


def signing_key(root: Path) -> Path:
    """Return the SSH key that git signs with here (`user.signingkey`); raises SourceError where none is set."""
    opened = open_repository(root)
    key = "" if isinstance(opened, str) else opened.repo.git.config("--get", "user.signingkey", with_exceptions=False)
    path = Path(str(key)).expanduser()
    if not key or not path.is_file():
        raise SourceError("no SSH key is set to sign with; name one with --key, or set `user.signingkey` of git")
    return path


def committer(root: Path) -> tuple[str, ...]:
    """Return address and name under which git commits here; raises SourceError where neither is set."""
    opened = open_repository(root)
    keys = ("user.email", "user.name")
    found = [] if isinstance(opened, str) else [str(opened.repo.git.config("--get", key, with_exceptions=False)) for key in keys]
    if not any(found):
        raise SourceError("git knows no `user.email` here; say with --as PERSON who it is")
    return tuple(filter(None, found))


def uncommitted_paths(root: Path, places: list[str]) -> frozenset[str]:
    """Return the paths at or below some places that differ from HEAD; none where there is no repository."""
    opened = open_repository(root)
    return frozenset() if isinstance(opened, str) else _status(opened, places)[1]


def _status(opened: Repository, folders: list[str]) -> tuple[str, frozenset[str]]:
    """HEAD, empty before the first commit, and the paths below some folders that differ from it."""
    # --no-optional-locks: reading must not even refresh the index
    git: Any = opened.repo.git(no_optional_locks=True)
    prefix = opened.prefix
    places = [f":(top){prefix}{folder}" for folder in folders]
    output = git.status("--porcelain=v2", "--branch", "-z", "--no-renames", "--untracked-files=all", "--", *places)
    head, paths = "", []
    for entry in output.split("\0"):
        if entry.startswith("# branch.oid "):
            head = entry.removeprefix("# branch.oid ").replace("(initial)", "")
        elif entry[:1] in _FIELDS:
            paths.append(entry.split(" ", _FIELDS[entry[0]])[-1])
    return head, frozenset(path.removeprefix(prefix) for path in paths if path.startswith(prefix))


def _told(error: Exception) -> str:
    text = str(getattr(error, "stderr", error))
    if "dubious ownership" in text:
        return "git refuses the folder because another user owns it; see `git config safe.directory`"
    return "git cannot read the repository: " + " ".join(text.split()).removeprefix("stderr: ").strip("'")[:200]
