"""What the files of entries are called in a pack: by the id, so that they are short, in order, and fit every system."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from isms_plugin.render.addresses import file_name, free_name
from isms_plugin.render.environment import View

FOLDER: Final = "evidence"
"""Folder of a pack beside its site."""
_MEGABYTE: Final = 1_000_000
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,8}")
_RUNNING: Final = frozenset((".htm", ".html", ".js", ".mht", ".mhtml", ".svg", ".xht", ".xhtml", ".xml"))
"""Endings of what a browser would run, with scripts and requests that nobody has looked at: it is shown as text."""


def kept_names(view: View) -> Mapping[str, str]:
    """Return by its path in the repository where a file lies in the pack, from the top of the site; none without a profile.

    Left out are files that are larger than the profile allows, and pointers of Git LFS: their pages say whom to ask.
    """
    profile, isms = view.facts.profile, view.facts.isms
    if profile is None or not profile.evidence_files:
        return {}
    taken: set[str] = set()
    names: dict[str, str] = {}
    for entry in isms.entries.values():
        path = entry.kept_file.path if entry.kept_file else ""
        fits = path in isms.files and path not in isms.lfs and isms.sizes.get(path, 0) <= profile.largest_file * _MEGABYTE
        if fits and path not in names:
            names[path] = f"../{FOLDER}/{free_name(file_name(entry), taken)}{_ending(path)}"
    return names


def _ending(path: str) -> str:
    ending = PurePosixPath(path).suffix.lower()
    return f"{ending}.txt" if ending in _RUNNING else ending if _ENDING.fullmatch(ending) else ""
