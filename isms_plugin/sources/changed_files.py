"""Files of the ISMS that differ between a commit and another one or the working tree, whatever came of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from isms_plugin.errors import SourceError
from isms_plugin.sources.git_history import open_repository


def changed_files(root: Path, base: str, revision: str, folders: Iterable[str], at_the_top: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the paths that differ, as seen from the ISMS and sorted; without a revision those of the working tree, new ones included.

    Folders and files are named as seen from the ISMS, or from the top of the repository.
    """
    opened = open_repository(root)
    if isinstance(opened, str):
        raise SourceError(opened)
    wanted = (*(posixpath.normpath(opened.prefix + folder) for folder in folders), *at_the_top)
    places = [f":(top,literal){path}" for path in wanted]
    git: Any = opened.repo.git(no_optional_locks=True)
    sides = (base, revision) if revision else (base,)
    # file names are listed without any program that the repository may name for differences
    listed = [git.diff("--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--end-of-options", *sides, "--", *places)]
    if not revision:
        listed.append(git.ls_files("-z", "--others", "--exclude-standard", "--full-name", "--", *places))
    paths = {path for names in listed for path in names.split("\0") if path}
    return tuple(sorted(posixpath.relpath(path, opened.prefix or ".") for path in paths))
