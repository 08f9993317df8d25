"""Looks in everything that is handed out for what its readers may not see."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from isms_plugin.export.contents import Piece, pieces
from isms_plugin.export.folded_text import folded, readings
from isms_plugin.export.link_check import files_below
from isms_plugin.export.withheld_values import Values

MOST: Final = 20
"""Leaks of a file that are told; the first ones are enough to see what is wrong with it."""
_TOLD: Final = 3
"""Letters of a value that are told, and never more than a third of it."""
_TRACES: Final = tuple(
    (what, re.compile(pattern))
    for what, pattern in (
        ("a link to an editor", r"""rel=["']?edit\b"""),
        ("a link to an editor", r'"content\.action\.(?:edit|view)"'),
        ("a link to an editor", r'"edit_ur[il]"\s*:\s*"[^"]'),
        ("a place on one machine", r"""["'(=]file:/{2}"""),
    )
)
"""What leads to where the site is written, which is nobody's who reads a pack."""
_PATH: Final = "a path of the machine that it was made on"
_MARKED_UP: Final = (".html", ".htm", ".json", ".js", ".md", ".csv", ".xml", ".svg")


class Leak(NamedTuple):
    """Something that readers may not see, and where it is."""

    file: str
    """Relative to the folder; parts of its name that hold a withheld value are masked."""
    secret: str
    """What it is, masked, since others read the log that it is told in."""
    where: str
    """Its place in the file, in words; empty where there is none."""

    def __str__(self) -> str:
        return f"{self.file}: {self.secret}" + (f" ({self.where})" if self.where else "")


def scan(folder: Path, secrets: Collection[str], *, machine: Sequence[str] = ()) -> Iterator[Leak]:
    """Return what may not be in the files of a folder: secrets, links to editors, and paths of the machine that it was made on.

    Capitals, accents, punctuation, white space and the escapes of each format do not count; where a secret may begin and end is told
    by `withheld_values`. What nobody can look into is told as well, such as archives with a password, unless there is nothing to look
    for. Raises IsmsError for a PDF without the library that reads it.
    """
    search = _Search(Values(secrets), tuple(path for path in machine if len(PurePosixPath(path.replace("\\", "/")).parts) > 2))
    for name in sorted(files_below(folder)):
        yield from search.file(folder / name, name)


class _Search:
    """What is looked for."""

    def __init__(self, values: Values, machine: tuple[str, ...]) -> None:
        self.values = values
        self.machine = tuple({*machine, *(json.dumps(path)[1:-1] for path in machine)})
        self.overlap = min(values.longest + 256, 1 << 17)

    def file(self, path: Path, name: str) -> Iterator[Leak]:
        """Return the leaks of a file, each value once and no more than are worth telling."""
        told = self._masked_path(name)
        seen = {value: Leak(told, _masked(value), "name of the file") for value in self._in(name)}
        if self.values or self.machine or path.suffix.lower() in _MARKED_UP:
            with path.open("rb") as stream:
                for piece in pieces(stream, name, self.overlap):
                    for what, leak in self._leaks(piece, told):
                        seen.setdefault(what, leak)
                    if len(seen) >= MOST:
                        break
        yield from [*seen.values()][:MOST]

    def _leaks(self, piece: Piece, file: str) -> Iterator[tuple[str, Leak]]:
        """Return what is in a piece of a file: what it is, of which one is enough, and the leak."""
        where = self._masked_path(piece.where)
        if piece.unread and self.values:
            reason = "locked or damaged" if any(self._in(piece.unread)) else piece.unread
            yield f"unread {where}", Leak(file, f"nobody can look into it: {reason}", where)
        found: set[int] = set()
        for text in readings(piece.text, piece.ending):
            new = self.values.found(folded(text), broken=piece.broken) - found if self.values else set()
            found |= new
            for value in (self.values.values[number] for number in sorted(new)):
                line = _line(text, value) if text is piece.text else ""
                yield value, Leak(file, _masked(value), ", ".join(filter(None, (where, line))))
            if any(path in text for path in self.machine):
                yield _PATH, Leak(file, _PATH, where)
        if piece.ending in _MARKED_UP:
            yield from ((what, Leak(file, what, where)) for what, pattern in _TRACES if pattern.search(piece.text))

    def _in(self, text: str) -> Iterator[str]:
        """Return the values that stand in a short text."""
        found = {number for reading in readings(text) for number in self.values.found(folded(reading))}
        yield from (self.values.values[number] for number in sorted(found))

    def _masked_path(self, path: str) -> str:
        if not any(self._in(path)):
            return path
        parts = path.split("/")
        masked = [_short(part) if any(self._in(part)) else part for part in parts]
        return "/".join(masked) if masked != parts else _short(path)


def _masked(value: str) -> str:
    return f"withheld value {_short(value)} of {len(value)} letters"


def _short(value: str) -> str:
    words = " ".join(value.split())
    return f"{words[: min(_TOLD, len(words) // 3)]}…"


def _line(text: str, value: str) -> str:
    pattern = r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", value)[:40]))
    found = re.search(pattern, text, re.IGNORECASE) if pattern else None
    return f"line {text.count(chr(10), 0, found.start()) + 1}" if found else ""
