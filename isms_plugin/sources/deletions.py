"""Ids that commits took away, from the differences of one log: where nothing was deleted, no older state has to be read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from isms_plugin.errors import SourceError
from isms_plugin.sources.git_log import plain_git

if TYPE_CHECKING:
    from git import Repo

_LOG: Final = ("--first-parent", "-m", "-p", "-U0", "-M", "--no-color", "--no-ext-diff", "--no-textconv", "--format=tformat:%x02%P")
"""What each step of the main line did, merges as a whole: one state after the other, as whoever reads the branch saw them."""

_ID: Final = re.compile(rb"([+-])\s*(?:-\s+)?\{?\s*id:\s*[\"']?([A-Za-z][A-Za-z0-9.-]*)")


def deletions(repo: Repo, head: str, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each id that was taken away the last commits that held it, newest first; an id that only moved counts for none.

    Raises SourceError where a text of the history is not in this clone.
    """
    from git.exc import GitCommandError

    found: dict[str, list[str]] = defaultdict(list)
    process = plain_git(repo).log(*_LOG, head, "--", *(f":(top,literal){path}" for path in paths), as_process=True)
    parent, gone, come = "", set[str](), set[str]()
    for line in process.stdout:
        if line.startswith(b"\x02"):
            _note(found, parent, gone - come)
            parent, gone, come = line[1:].split(b" ")[0].strip().decode(), set(), set()
        elif (match := _ID.match(line)) is not None:
            (gone if match[1] == b"-" else come).add(match[2].decode())
    _note(found, parent, gone - come)
    try:
        process.wait()
    except GitCommandError as error:  # a partial clone has not every text
        raise SourceError(f"{head[:10]}: its history cannot be read in full: {error.__class__.__name__}") from None
    return {identifier: tuple(commits) for identifier, commits in found.items()}


def _note(found: dict[str, list[str]], parent: str, gone: Iterable[str]) -> None:
    for identifier in gone if parent else ():
        found[identifier].append(parent)
