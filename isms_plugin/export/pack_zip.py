"""The files of a pack that is still packed: nothing is unpacked to disk, and what could do harm is refused and named.

Field names and limits are those of APPNOTE.TXT (PKWARE), sections 4.3 and 4.4.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

from isms_plugin.errors import IsmsError
from isms_plugin.export.manifest import CHUNK, MANIFEST, unfit
from isms_plugin.export.pack_files import BadFileError, PackFiles
from isms_plugin.export.pack_names import alike

_FORMS: Final = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_MOST_TIMES: Final = 1032
"""Times that deflate can shrink something at best (zlib, "Maximum Compression Factor"); whoever promises more has no such file."""
_LOCAL: Final = struct.Struct("<26xHH")
"""Lengths of name and extra field in the header before the bytes of a file."""
_DESCRIPTOR: Final = 24
"""Bytes that may follow those of a file (4.3.9), with signature and zip64 sizes."""
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22 + 0xFFFF
"""Bytes of the last record with the longest comment."""
_FILE: Final = (0, 0o100000)
_LINK: Final = 0o120000


@contextmanager
def open_zip(path: Path) -> Iterator[PackFiles]:
    """Open a zip; raises IsmsError where it is none, or not whole."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error) as error:
        raise IsmsError(f"{path}: neither a folder nor a whole zip: {error}") from None
    with archive:
        yield _files(archive, path)


def _files(archive: zipfile.ZipFile, path: Path) -> PackFiles:
    infos = [info for info in archive.infolist() if not _is_folder(info)]
    top = _top_of([info.filename for info in infos])
    with path.open("rb") as file:
        spans = sorted(_span(file, info) for info in infos)
        notes = tuple(_notes(archive, file, spans))
    refused = dict(_refused(infos)) | _overlapping(spans, archive.start_dir)
    members = {_inside(info.filename, top): info for info in infos if info.filename not in refused}
    return PackFiles(
        names=frozenset(members),
        refused={_inside(name, top): reason for name, reason in refused.items()},
        chunks=lambda name: _chunks(archive, members[name]),
        notes=notes,
    )


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise BadFileError(f"it cannot be unpacked: {error}") from None


def _inside(name: str, top: str) -> str:
    """Return a path from the top of the pack; what lies beside its folder gets one that no manifest holds."""
    return name.removeprefix(top) if name.startswith(top) else f"../{name}"


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith("/") and info.file_size == 0 and not unfit(info.filename.rstrip("/"))


def _top_of(names: list[str]) -> str:
    """Return the folder of the manifest with its slash; empty where it lies at the top, or nowhere."""
    if MANIFEST in names:
        return ""
    found = {name.removesuffix(MANIFEST) for name in names if name.count("/") == 1 and name.endswith(f"/{MANIFEST}")}
    return min(found) if found else ""


def _refused(infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """Yield the names that are never unpacked, with the reason."""
    same = Counter(alike(info.filename) for info in infos)
    for info in infos:
        kind = info.external_attr >> 16 & 0o170000
        reason = "the name holds a character that systems do not agree on" if info.filename != info.orig_filename else unfit(info.filename)
        if kind not in _FILE:
            reason = "it is a link" if kind == _LINK else "it is no file"
        elif same[alike(info.filename)] > 1:
            reason = "the zip holds it more than once"
        elif info.flag_bits & 0x1 or info.compress_type not in _FORMS:
            reason = "it is encrypted, or packed in a way that packs are not"
        elif info.file_size > info.compress_size * _MOST_TIMES + _MOST_TIMES:
            reason = f"it is said to hold {info.file_size} bytes, more than can be packed into {info.compress_size}"
        if reason:
            yield info.filename, reason


class _Span(NamedTuple):
    """Where the header and the bytes of a file lie in the zip."""

    start: int
    end: int
    name: str


def _span(file: IO[bytes], info: zipfile.ZipInfo) -> _Span:
    """Return where a file lies; the lengths in the header before it count, not those in the list at the end of the zip."""
    file.seek(max(info.header_offset, 0))
    head = file.read(_LOCAL.size)
    lengths = _LOCAL.unpack(head) if len(head) == _LOCAL.size else (0, 0)
    return _Span(info.header_offset, info.header_offset + _LOCAL.size + sum(lengths) + info.compress_size, info.filename)


def _overlapping(spans: list[_Span], limit: int) -> dict[str, str]:
    """Return the files that share bytes with others: a few bytes then become any number (Fifield, "A better zip bomb")."""
    found: dict[str, str] = {}
    furthest = _Span(0, 0, "")
    for span in spans:
        if span.start < furthest.end:
            found |= dict.fromkeys(filter(None, (furthest.name, span.name)), "it shares its bytes with another file")
        if span.start < 0 or span.end > limit:
            found[span.name] = "its bytes lie beyond those of the zip"
        furthest = max(furthest, span, key=lambda item: item.end)
    return found


def _notes(archive: zipfile.ZipFile, file: IO[bytes], spans: list[_Span]) -> Iterator[str]:
    """Yield what a zip holds besides files."""
    if archive.comment:
        yield f"the zip carries a comment of {len(archive.comment)} bytes, which is no part of the pack"
    spare = _behind(file, len(archive.comment))
    reached = 0
    for start, end in (*((span.start, span.end) for span in spans), (archive.start_dir, 0)):
        spare += max(start - reached - (_DESCRIPTOR if reached else 0), 0)
        reached = max(reached, end)
    if spare:
        yield f"the zip holds {spare} bytes that belong to no file; another program may read them, so unpack it and verify the folder"


def _behind(file: IO[bytes], comment: int) -> int:
    """Return how many bytes follow the end of the zip."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - _END_BYTES, 0))
    tail = file.read()
    return max(len(tail) - tail.rfind(_END) - 22 - comment, 0)
