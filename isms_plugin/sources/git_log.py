"""What git says, read while it is still writing: commits with their changes, and the control data of stored texts.

Neither the whole log nor all texts are ever held at once.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from isms_plugin.sources.yaml_reader import read_yaml

if sys.platform == "linux":
    import fcntl

if TYPE_CHECKING:
    from git import Repo

_REVIEWERS: Final = ",".join(f"key={key}" for key in ("Reviewed-by", "Approved-by", "Acked-by"))
_FORMAT: Final = f"tformat:%x02%H%x00%aI%x00%aN%x00%aE%x00%s%x00%(trailers:{_REVIEWERS},valueonly,separator=%x1f)%x00"
_FRONT_BYTES: Final = 8192
"""Control data stands at the top of a file; no more than this is searched for it."""

_CHUNK: Final = 1 << 20
_AT_ONCE: Final = {"GIT_FLUSH": "0"}
"""Git writes when its buffer is full, not after each commit."""


RAW: Final = ("-c", "--raw", "-z", "--no-abbrev", "--no-show-signature", "--no-color")
"""How a log tells what each commit did to each file, merges against all of their parents."""


class Change(NamedTuple):
    """What one commit did to one file; what stood there before is named only where the file went or came from elsewhere."""

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
    reviewers: str
    """Those whom the commit names as its reviewers, separated by a unit separator."""
    changes: list[Change]


class ControlData(NamedTuple):
    """What a stored text says of itself."""

    id: str
    version: str


class _Texts(dict[bytes, str]):
    """Texts by their bytes: the same names and paths stand in many commits."""

    def __init__(self, errors: str) -> None:
        super().__init__()
        self.errors = errors

    def __missing__(self, raw: bytes) -> str:
        text = self[raw] = raw.decode("utf-8", self.errors)
        return text


def plain_git(repo: Repo) -> Any:
    """Return git as it is read here: no setting of the user's changes which commits show changes, or in which letters."""
    return repo.git(no_replace_objects=True, c=["log.showRoot=true", "i18n.logOutputEncoding=UTF-8"])


def read_log(repo: Repo, start: str) -> Iterator[CommitLine]:
    """All commits up to one, newest first, merges with what differs from every parent."""
    process = plain_git(repo).log(*RAW, "-M", f"--format={_FORMAT}", start, "--", as_process=True, env=_AT_ONCE)
    tokens = chain.from_iterable(_tokens(_output(process)))
    people, paths = _Texts("replace"), _Texts("surrogateescape")
    line: CommitLine | None = None
    for token in tokens:
        if token.startswith(b"\x02"):
            if line is not None:
                yield line
            date, author, email, summary, reviewers = islice(tokens, 5)
            line = CommitLine(
                token[1:].decode(), date.decode(), people[author], people[email], summary.decode("utf-8", "replace"), people[reviewers],
                changes=[],
            )  # fmt: skip
        elif line is not None and b":" in token:
            line.changes.append(_change(token, tokens, paths))
    if line is not None:
        yield line
    process.wait()


def _output(process: Any) -> IO[bytes]:
    """Return what a process writes, through a pipe so wide that writer and reader seldom wait for each other."""
    descriptor = process.stdout.fileno()
    if sys.platform == "linux":
        with suppress(OSError):  # the user may have used up what Linux grants
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _CHUNK)
    return open(descriptor, "rb", buffering=_CHUNK, closefd=False)


def _tokens(stream: IO[bytes]) -> Iterator[list[bytes]]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield whole


def _change(token: bytes, tokens: Iterator[bytes], paths: _Texts) -> Change:
    fields = token.decode("ascii").lstrip("\n").split(" ")
    merge = fields[0].startswith("::")
    letter = "M" if merge else fields[4][0]
    blob, path = fields[-2], paths[next(tokens)]
    if letter == "R":
        return Change(letter, paths[next(tokens)], blob, path, fields[2])
    return Change(letter, path, blob, "", fields[2] if letter == "D" else "")


def read_control_data(repo: Repo, blobs: Iterable[str]) -> dict[str, ControlData]:
    """Id and version that each stored text carries, read by one process; texts missing from the clone are left out."""
    known: dict[bytes, str] = {}
    return {blob: _front(data, known) for blob, data in read_blobs(repo, blobs)}


def read_blobs(repo: Repo, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of stored files, read by one process; those missing from the clone are left out."""
    blobs = list(blobs)
    if not blobs:
        return
    with tempfile.TemporaryFile() as request:
        request.write("\n".join(blobs).encode() + b"\n")
        request.seek(0)
        process: Any = repo.git.cat_file("--batch", "--buffer", istream=request, as_process=True)
        answers = _output(process)
        for blob in blobs:
            words = answers.readline().split()
            if words[-1] != b"missing":
                yield blob, answers.read(int(words[-1]) + 1)[:-1]
        process.wait()


def _front(text: bytes, known: dict[bytes, str]) -> ControlData:
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    end = text.find(b"\n---", 3, _FRONT_BYTES) if text.startswith(b"---") else -1
    return ControlData(_line(text, b"\nid:", end, known), _line(text, b"\nversion:", end, known)) if end > 0 else ControlData("", "")


def _line(text: bytes, key: bytes, end: int, known: dict[bytes, str]) -> str:
    """Return the value of a key within the front matter."""
    start = text.find(key, 0, end)
    if start < 0:
        return ""
    line_end = text.find(b"\n", start + 1, end)
    raw = text[start + len(key) : line_end if line_end > 0 else end]
    # the same line stands in many revisions; YAML reads each once, so quotes and comments mean what they mean
    if raw not in known:
        value = read_yaml(raw.decode("utf-8", "replace").strip()).value
        known[raw] = value if isinstance(value, str) else ""
    return known[raw]
