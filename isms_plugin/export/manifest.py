"""The manifest of a pack: the hash of every file in the text that `sha256sum` reads, and what the pack is of as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from isms_plugin.errors import IsmsError
from isms_plugin.model.digest import digest_of

ABOUT: Final = "MANIFEST.json"
"""What the pack is of; the manifest holds its hash like that of any other file."""
MANIFEST: Final = "MANIFEST.sha256"
SIGNATURE: Final = "MANIFEST.sha256.sig"
SELF: Final = frozenset((MANIFEST, SIGNATURE))
"""What the manifest cannot hold: itself, and what is made of it."""
NAMESPACE: Final = "isms-pack"
"""Namespace of signatures over manifests (ssh-keygen(1), -n): one made for anything else is none here. It never changes."""
SCHEMA: Final = "isms-pack/1"
CHUNK: Final = 1 << 20
"""Bytes of a file that are in memory at once."""

_LINE: Final = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>.+)")


class ManifestError(IsmsError):
    """A manifest that cannot be read as one."""


def write_manifest(folder: Path, about: Mapping[str, Any]) -> None:
    """Write `MANIFEST.json` and `MANIFEST.sha256` for all files in a folder, sorted by path.

    Raises IsmsError for a link, for what is no file, and for a name that systems do not agree on; nothing is written then.
    """
    (folder / SIGNATURE).unlink(missing_ok=True)
    names = [name for name in _names(folder) if name not in SELF | {ABOUT}]
    digests = {name: digest_of(file_chunks(folder / name)) for name in names}
    counts = {"files": len(names), "bytes": sum((folder / name).stat().st_size for name in names)}
    told = json.dumps({**about, "counts": counts}, ensure_ascii=False, indent=2) + "\n"
    (folder / ABOUT).write_bytes(told.encode())
    digests[ABOUT] = digest_of(file_chunks(folder / ABOUT))
    (folder / MANIFEST).write_bytes("".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode())


def read_manifest(data: bytes) -> dict[str, str]:
    """Return the hash of each file by its name; raises ManifestError where a line is none, or names what cannot be in a pack."""
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError:
        raise ManifestError(f"{MANIFEST} is damaged: it is not text in UTF-8") from None
    if lines.pop() or not lines:
        raise ManifestError(f"{MANIFEST} is damaged: its last line is not whole")
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if match is None or (reason := unfit(match["name"])) or match["name"] in SELF:
            why = "it is no line of sha256sum" if match is None else reason or "a manifest cannot name itself"
            raise ManifestError(f"{MANIFEST} is damaged: line {number}: {why}")
        if match["name"] in found:
            raise ManifestError(f"{MANIFEST} is damaged: line {number} names {match['name']} again")
        found[match["name"]] = match["digest"]
    return found


def unfit(name: str) -> str:
    """Return why something cannot be the path of a file in a pack; empty where it can."""
    if not name or not name.isprintable() or "\\" in name:
        return "the name holds a character that systems do not agree on"
    if PurePosixPath(name).is_absolute() or re.match(r"[A-Za-z]:", name):
        return "the name is absolute"
    if any(part in ("", ".", "..") for part in name.split("/")):
        return "the name leads out of the pack"
    return ""


def file_chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file piece by piece, however large it is."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        reason = "it is a link" if path.is_symlink() else "" if path.is_dir() else unfit(name) if path.is_file() else "it is no file"
        if reason:
            raise IsmsError(f"{name!r} cannot be in a pack: {reason}")
        if not path.is_dir():
            yield name
