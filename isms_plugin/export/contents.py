"""What stands in a file, of whatever format, as pieces of text; archives are unpacked, nothing is read as a whole."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, NamedTuple

from isms_plugin.export.pdf_contents import pieces_of_pdf

CHUNK: Final = 1 << 20
"""Bytes that are read at once."""
_DEEPEST: Final = 4
"""Archives in archives that are unpacked."""
_IN_MEMORY: Final = 1 << 24
_LARGEST: Final = 1 << 30
"""Bytes of an archive in an archive."""
_HEAD: Final = 4096
_PACKED: Final[tuple[tuple[re.Pattern[bytes], Callable[[Any], Any]], ...]] = (
    (re.compile(rb"\x1f\x8b\x08"), gzip.open),
    (re.compile(rb"BZh[1-9]1AY&SY"), bz2.open),
    (re.compile(rb"\xfd7zXZ\x00"), lzma.open),
)
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_PDF: Final = b"%PDF-"
_DAMAGED: Final = (OSError, EOFError, ValueError, LookupError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
"""What the libraries raise for files that end too early, are locked, or are something else than they say."""
_WIDE: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_RUNS: Final = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){4,}+")
_WIDE_RUNS: Final = (
    (re.compile(rb"(?:[\t\n\r\x20-\x7e\xa0-\xff]\x00|[\x00-\xff][\x01-\x06]){4,}+"), "utf-16-le"),
    (re.compile(rb"(?:\x00[\t\n\r\x20-\x7e\xa0-\xff]|[\x01-\x06][\x00-\xff]){4,}+"), "utf-16-be"),
)
"""Texts in files of other formats: of letters in one byte or several, or in two bytes as Windows writes them, up to Arabic."""


class Piece(NamedTuple):
    """A part of a file as text."""

    where: str
    """Its place in the file, in words; empty for the beginning."""
    text: str
    ending: str = ""
    """Ending of the name of what it is a part of, which tells how it is read."""
    broken: bool = False
    """Whether spaces may stand within its words."""
    unread: str = ""
    """Why nobody can look into it, where that is so."""


def pieces(stream: IO[bytes], name: str, overlap: int, where: str = "", depth: int = 0) -> Iterator[Piece]:
    """Return the text in a file; `overlap` letters at the end of a piece stand at the beginning of the next too."""
    if depth > _DEEPEST:
        yield Piece(where, "", unread=f"more than {_DEEPEST} archives one in the other")
        return
    try:
        head = stream.read(_HEAD)
        stream.seek(0)
        ending = PurePosixPath(name).suffix.lower()
        packed = next((opened for start, opened in _PACKED if start.match(head)), None)
        if head.startswith(_ZIP):
            with _seekable(stream, depth) as archive:
                yield from _members(archive, overlap, where, depth)
        elif ending == ".pdf" or head.lstrip().startswith(_PDF):
            with _seekable(stream, depth) as document:
                yield from _pdf(document, overlap, where, depth)
        elif packed:
            yield Piece(_joined(where, "head"), head[:300].decode("latin-1"))
            with packed(stream) as inner:
                yield from pieces(inner, PurePosixPath(name).stem, overlap, where, depth + 1)
        else:
            yield from _texts(stream, head, ending, overlap, where)
    except _DAMAGED as error:
        yield Piece(where, "", unread=str(error) or type(error).__name__)


@contextmanager
def _seekable(stream: IO[bytes], depth: int) -> Iterator[IO[bytes]]:
    """Give what lies in an archive as a copy, since going back in it means to unpack it again."""
    if not depth:
        yield stream
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        while data := stream.read(CHUNK):
            copy.write(data)
            if copy.tell() > _LARGEST:
                raise ValueError(f"an archive in an archive, larger than {_LARGEST >> 20} megabytes")
        copy.seek(0)
        yield copy


def _members(stream: IO[bytes], overlap: int, where: str, depth: int) -> Iterator[Piece]:
    with zipfile.ZipFile(stream) as archive:
        yield Piece(_joined(where, "comment"), archive.comment.decode("utf-8", "replace"))
        for member in archive.infolist():
            yield Piece(_joined(where, "name of a file in it"), f"{member.filename}\n{member.comment.decode('utf-8', 'replace')}")
            place = _joined(where, member.filename)
            try:
                with archive.open(member) as inner:
                    yield from pieces(inner, member.filename, overlap, place, depth + 1)
            except _DAMAGED as error:  # locked, while others may not be
                yield Piece(place, "", unread=str(error))


def _pdf(stream: IO[bytes], overlap: int, where: str, depth: int) -> Iterator[Piece]:
    for part in pieces_of_pdf(stream):
        place = _joined(where, part.where)
        if part.unread:
            yield Piece(place, "", unread=part.unread)
        elif part.file is not None:
            yield from pieces(BytesIO(part.file), part.name, overlap, place, depth + 1)
        else:
            yield Piece(place, part.text, broken=True)


def _texts(stream: IO[bytes], head: bytes, ending: str, overlap: int, where: str) -> Iterator[Piece]:
    wide = _WIDE.get(head[:2])
    # an escaped letter takes up to eight bytes
    for number, data in enumerate(_chunks(stream, max(CHUNK, 8 * overlap), 8 * overlap)):
        place = where if number == 0 else _joined(where, f"part {number + 1}")
        if wide:
            yield Piece(place, data.decode(wide, "replace"), ending)
        elif b"\0" in data:
            yield from (Piece(place, text) for text in _strings(data))
        else:
            text = data.decode("utf-8", "replace")
            yield Piece(place, text, ending)
            if "\ufffd" in text[4:-4]:
                yield Piece(place, data.decode("cp1252", "replace"), ending)


def _chunks(stream: IO[bytes], size: int, overlap: int) -> Iterator[bytes]:
    kept = b""
    while data := stream.read(size):
        yield kept + data
        kept = (kept + data)[-overlap:]


def _strings(data: bytes) -> Iterator[str]:
    yield b"\n".join(_RUNS.findall(data)).decode("utf-8", "replace")
    for runs, encoding in _WIDE_RUNS:
        if found := runs.findall(data):
            yield "\n".join(run.decode(encoding, "replace") for run in found)


def _joined(where: str, part: str) -> str:
    return f"{where}, {part}" if where else part
