"""What turns HTML into PDF: WeasyPrint, where it is installed, kept from the network and from files outside of the ISMS."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.resources import files
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote

from isms_plugin.errors import IsmsError

PICTURE: Final = "isms:"
"""How a picture of the repository is named in the HTML, its path after it."""

ReadFile = Callable[[str], bytes]
"""Returns the bytes of a file of the ISMS; raises IsmsError where readers may not have it."""

_MISSING: Final = "PDFs need WeasyPrint, which is not installed: pip install 'mkdocs-isms[pdf]'"
_LIBRARIES: Final = (
    "PDFs need Pango, a library of the system, which WeasyPrint did not find: on Debian or Ubuntu `apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core`, on macOS `brew install pango`, on Windows Pango of MSYS2 (see the "
    "documentation of WeasyPrint)"
)
_LOGGERS: Final = ("weasyprint", "weasyprint.progress", "fontTools")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file inside a PDF, and what it is."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a PDF is made of."""

    html: str
    read: ReadFile
    made: datetime
    """Time that the PDF and what is attached to it carry: that of the commit."""
    attached: tuple[Attached, ...] = ()
    archive: bool = False
    """PDF/A-3 for the archive instead of PDF/UA-1 for readers; only that takes files."""


def pdf_reason() -> str:
    """Return why no PDF can be made, and what would mend it; empty where one can."""
    return _engine()[1]


@cache
def _engine() -> tuple[Any, str]:
    try:
        return import_module("weasyprint"), ""
    except ImportError:
        return None, _MISSING
    except OSError:  # what loads the library of the system raises it
        return None, _LIBRARIES


def write_pdf(sheet: Sheet) -> tuple[bytes, tuple[str, ...]]:
    """Return a PDF and what was left out of it, in sentences; the same input and fonts give the same bytes. Raises IsmsError."""
    weasyprint, reason = _engine()
    if reason:
        raise IsmsError(reason)
    with _heard() as told, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        content = _written(weasyprint, sheet)
    return content, tuple(dict.fromkeys(told))


def _written(weasyprint: Any, sheet: Sheet) -> bytes:
    try:
        content: bytes = weasyprint.HTML(string=sheet.html, url_fetcher=_fetcher(sheet.read)).write_pdf(
            stylesheets=[_style(weasyprint)],
            pdf_variant="pdf/a-3a" if sheet.archive else "pdf/ua-1",
            pdf_identifier=True,
            attachments=[_attachment(weasyprint, file, sheet.made) for file in sheet.attached] or None,
        )
    except Exception as error:
        raise IsmsError(f"WeasyPrint cannot print it: {type(error).__name__}: {error}") from error
    return content


@cache
def _style(weasyprint: Any) -> Any:
    return weasyprint.CSS(string=(files("isms_plugin.render") / "static" / "pdf.css").read_text(encoding="utf-8"))


def _attachment(weasyprint: Any, file: Attached, made: datetime) -> Any:
    return weasyprint.Attachment(
        file_obj=BytesIO(file.content), name=file.name, description=file.description, created=made, modified=made, relationship="Data"
    )


def _fetcher(read: ReadFile) -> Any:
    """Return what WeasyPrint asks for everything outside of the HTML: it has pictures of the ISMS, and nothing else."""
    urls = import_module("weasyprint.urls")

    class Fetcher(urls.URLFetcher):  # type: ignore[misc,name-defined]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if not url.startswith(PICTURE):
                raise ValueError("it lies outside of the ISMS")
            return urls.URLFetcherResponse(url, read(unquote(url.removeprefix(PICTURE))))

    return Fetcher(allowed_protocols=("data",))


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Collect what the engine warns of, instead of letting it write to the screen."""
    told: list[str] = []
    handler = _Listener(told)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.propagate = False
        logger.setLevel(logging.WARNING)
        logger.addHandler(handler)
    try:
        yield told
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate


class _Listener(logging.Handler):
    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.told = told

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())
