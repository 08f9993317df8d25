"""The lines of a file that an edit changes, as a terminal shows them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice, takewhile
from typing import Final

_LONGEST: Final = 160
"""Letters that are shown of a line."""


def line_difference(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """Yield the place of each change and its lines, those taken out with `-` and those put in with `+`; none where nothing changes."""
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    # what is alike at the end of a long file is compared once, not again and again
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(old[same:]), reversed(new[same:]), strict=False)))
    changed = unified_diff(old[same : len(old) - tail], new[same : len(new) - tail], n=0, lineterm="")
    for line in islice(changed, 2, None):
        if line.startswith("@@"):
            yield f"{path}:{same + int(line.split('+')[1].split(' ')[0].split(',')[0])}"
        else:
            yield f"  {line[0]} {_shown(line[1:])}"


def _shown(line: str) -> str:
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
