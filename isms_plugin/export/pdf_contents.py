"""What stands in a PDF: the text of its pages, what describes it, its bookmarks and links, and the files attached to it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from typing import IO, Any, Final, NamedTuple

from isms_plugin.errors import IsmsError

_FILES: Final = ("/EmbeddedFile", "/Metadata")
_DAMAGE: Final = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the libraries raise over what others damaged."""


class PdfPart(NamedTuple):
    """A part of a PDF: text, or a file in it, or why nobody can look into it."""

    where: str
    text: str = ""
    file: bytes | None = None
    name: str = ""
    unread: str = ""


def pieces_of_pdf(stream: IO[bytes]) -> Iterator[PdfPart]:
    """Return the parts of a PDF; raises IsmsError without the libraries, since a PDF nobody looked into is no pass.

    pypdf reads what stands outside of pages, which pdfium keeps to itself; pdfium reads pages, fifty times as fast.
    """
    pypdf, pdfium = _library("pypdf"), _library("pypdfium2")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            yield PdfPart("", unread="encrypted")
            return
        yield from _objects(reader, pypdf.generic)
        stream.seek(0)
        with closing(pdfium.PdfDocument(stream.read())) as document:
            for number, page in enumerate(document, start=1):
                yield PdfPart(f"page {number}", page.get_textpage().get_text_range())
    except (pdfium.PdfiumError, pypdf.errors.PyPdfError, *_DAMAGE) as error:
        yield PdfPart("", unread=str(error) or type(error).__name__)  # what others wrote may be damaged in any way


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise IsmsError(f"looking for withheld values in a PDF needs a library that is not installed: pip install {name}") from None


def _objects(reader: Any, generic: Any) -> Iterator[PdfPart]:
    """Return all texts outside of pages, in one piece, and all files, such as attachments and XMP."""
    texts: list[str] = []
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(generic.IndirectObject(number, 0, reader))
        texts += _texts(found)
        if isinstance(found, generic.StreamObject) and found.get("/Type") in _FILES:
            yield PdfPart(f"file in it, object {number}", file=found.get_data())
    texts += _texts(reader.trailer)
    yield PdfPart("metadata, bookmarks or links", "\n".join(texts))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in dict.items(value):  # as they stand there, references to other objects not followed
            yield str(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
