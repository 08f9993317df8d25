"""Documents that are there already in place of one of ours, told by their titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from isms_plugin.authoring.start.words import alike_words


def alike(titles: Mapping[str, str]) -> dict[str, str]:
    """Return, for file names of ours, the path of the first document whose title or file name speaks of the same; each path once."""
    found: dict[str, str] = {}
    for name, words in alike_words().items():
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, (*words, _stem(name))))})(?!\w)")
        taken = set(found.values())
        path = next((path for path, title in titles.items() if path not in taken and pattern.search(_spoken(title, path))), None)
        if path is not None:
            found[name] = path
    return found


def _spoken(title: str, path: str) -> str:
    return f"{title} / {_stem(path)}".casefold()


def _stem(path: str) -> str:
    return re.sub(r"[-_.]+", " ", PurePosixPath(path).stem)
