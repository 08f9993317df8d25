"""What a change would be once it is merged, made in memory: neither the repository nor the working tree is touched.

New objects of git go into a folder of our own, which is forgotten in the end.
"""

from __future__ import annotations

import os
import posixpath
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from isms_plugin.errors import SourceError
from isms_plugin.sources.environment import environment
from isms_plugin.sources.git_history import Repository, open_repository, rev_parse

if TYPE_CHECKING:
    from git import Repo

MERGES_IN_MEMORY: Final = (2, 38)
"""The first version of git whose `merge-tree` merges without a working tree."""

_SHALLOW: Final = (
    "the clone is shallow, so nothing can be compared; fetch the whole history: `fetch-depth: 0` under `with` of actions/checkout, "
    "`GIT_DEPTH: 0` under `variables` of a GitLab job, or `git fetch --unshallow`"
)
_UNFILTERED: Final = ["filter.lfs.clean=", "filter.lfs.process=", "filter.lfs.required=false"]
"""Files in Git LFS are stored as they are, so that nothing is written into its folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """What is to be compared; commits by name, `revision` empty for the working tree, paths as seen from the ISMS."""

    base: str
    revision: str
    head: str
    """The commit of the change, without what is not committed."""
    merged: bool = False
    ancestor: str = ""
    """The last commit that both sides have."""
    change: str = ""
    """The commit that was merged, uncommitted work included."""
    conflicts: tuple[str, ...] = ()
    gap: str = ""
    """Why this is not the merged result; empty when it is."""


@contextmanager
def merge_result(root: Path, base: str, revision: str, folders: Iterable[str], day: date) -> Iterator[MergeResult]:
    """Yield what a change, the working tree or a revision, is compared with and what it is once merged.

    Commits made for it bear the given day, and exist only within the block. Raises SourceError where nothing can be compared.
    """
    opened = _whole_repository(root, base)
    repo = opened.repo
    target, head = _commit(repo, base), _commit(repo, revision or "HEAD")
    ancestor = str(repo.git.merge_base(target, head, with_exceptions=False)).partition("\n")[0]
    if ancestor == target:
        yield MergeResult(base=target, revision=head if revision else "", head=head)
    elif git_version(repo) < MERGES_IN_MEMORY:
        version = ".".join(map(str, git_version(repo)))
        gap = f"git {version} cannot merge in memory (2.38 can), so what {base} holds since {ancestor[:10]} was left out"
        yield MergeResult(base=ancestor or target, revision=head if revision else "", head=head, gap=gap)
    else:
        with _own_objects(repo) as scratch:
            change = head if revision else _with_uncommitted(opened, head, folders, day, scratch)
            tree, conflicts = _merged(repo, base, target, change)
            made = _commit_tree(repo, tree, (target, change), day)
            paths = tuple(posixpath.relpath(path, opened.prefix or ".") for path in conflicts)
            yield MergeResult(base=target, revision=made, head=head, merged=True, ancestor=ancestor, change=change, conflicts=paths)


def prefix_of(root: Path) -> str:
    """Return the path from the top of the repository to the ISMS, empty or ending in `/`; empty without a repository."""
    opened = open_repository(root)
    return "" if isinstance(opened, str) else opened.prefix


def git_version(repo: Repo) -> tuple[int, ...]:
    """Return the version of git in two numbers."""
    return tuple(repo.git.version_info[:2])


def _whole_repository(root: Path, base: str) -> Repository:
    opened = open_repository(root)
    if isinstance(opened, str):
        raise SourceError(f"{base}: {opened}")
    if (Path(opened.repo.common_dir) / "shallow").is_file():
        raise SourceError(f"{base}: {_SHALLOW}")
    return opened


def _commit(repo: Repo, revision: str) -> str:
    commit = rev_parse(repo, revision)
    if not commit:
        raise SourceError(f"{revision}: no such commit; `git fetch origin` gets branches that only the platform has")
    return commit


@contextmanager
def _own_objects(repo: Repo) -> Iterator[Path]:
    """Let every git that is called within write its objects into a folder that goes away, and read those of the repository."""
    with tempfile.TemporaryDirectory(prefix="isms-merge-") as folder:
        (Path(folder) / "objects").mkdir()
        objects = str(_git_path(repo, "objects").resolve())
        known = os.environ.get("GIT_ALTERNATE_OBJECT_DIRECTORIES", "")
        alternates = os.pathsep.join(filter(None, (f'"{objects}"' if os.pathsep in objects else objects, known)))
        settings = {"GIT_OBJECT_DIRECTORY": str(Path(folder) / "objects"), "GIT_ALTERNATE_OBJECT_DIRECTORIES": alternates}
        with environment(settings):
            yield Path(folder)


def _git_path(repo: Repo, name: str) -> Path:
    return Path(str(repo.working_tree_dir), repo.git.rev_parse("--git-path", name))


def _with_uncommitted(opened: Repository, head: str, folders: Iterable[str], day: date, scratch: Path) -> str:
    """Return HEAD, or a commit on it with what differs in the working tree; the index of the repository is copied, never written."""
    repo, index = opened.repo, _git_path(opened.repo, "index")
    places = [f":(top,literal){posixpath.normpath(opened.prefix + folder)}" for folder in folders]
    if index.is_file():
        shutil.copyfile(index, scratch / "index")
    with environment({"GIT_INDEX_FILE": str(scratch / "index")}), tempfile.TemporaryFile() as names:
        wanted = ("-z", "--modified", "--deleted", "--others", "--exclude-standard", "--full-name")
        names.write(repo.git.ls_files(*wanted, "--", *places, stdout_as_string=False, strip_newline_in_stdout=False))
        names.seek(0)
        git: Any = repo.git(c=_UNFILTERED)
        git.update_index("--add", "--remove", "-z", "--stdin", istream=names)
        status, tree, told = repo.git.write_tree(with_extended_output=True, with_exceptions=False)
    if status:
        raise SourceError(f"uncommitted work cannot be compared: {_first_line(told)}; finish the merge, or name a commit with --at")
    return head if tree == rev_parse(repo, head, "tree") else _commit_tree(repo, tree, (head,), day)


def _merged(repo: Repo, base: str, target: str, change: str) -> tuple[str, list[str]]:
    """Return the tree of a merge, and the paths from the top of the repository that git could not merge."""
    options = ("--write-tree", "--name-only", "-z", "--no-messages")
    status, output, told = repo.git.merge_tree(*options, target, change, with_extended_output=True, with_exceptions=False)
    if status not in (0, 1):
        raise SourceError(f"{base}: git cannot merge with it: {_first_line(told)}")
    tree, *paths = output.split("\0")
    return tree, sorted(set(filter(None, paths)))


def _commit_tree(repo: Repo, tree: str, parents: Iterable[str], day: date) -> str:
    """Return a commit that is the same whenever it is made of the same."""
    people = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "isms"), ("EMAIL", "isms"))}
    dates = {f"GIT_{role}_DATE": f"{day}T12:00:00+00:00" for role in ("AUTHOR", "COMMITTER")}
    with repo.git.custom_environment(**people, **dates):
        return str(repo.git.commit_tree(tree, *(word for parent in parents for word in ("-p", parent)), "-m", "merged in memory"))


def _first_line(told: str) -> str:
    return told.strip().partition("\n")[0].removeprefix("fatal: ")
