"""PDFs as files: one of each document that is not withdrawn, and one of the statement of applicability."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from isms_plugin.analysis.baselines import Baselines
from isms_plugin.errors import IsmsError
from isms_plugin.export.built import Built
from isms_plugin.export.pdf.document import document_sheet
from isms_plugin.export.pdf.engine import Sheet, write_pdf
from isms_plugin.export.pdf.markdown_html import ToHtml
from isms_plugin.export.pdf.press import Press
from isms_plugin.export.pdf.statement import statement_sheet
from isms_plugin.model.document import Document
from isms_plugin.render.addresses import file_name
from isms_plugin.render.document_state import shown
from isms_plugin.render.environment import make_view

FOLDER: Final = "documents"
STATEMENT: Final = "SOA"
"""Name of the file of the statement."""

Tell = Callable[[str], None]


def press_of(build: Built, to_html: ToHtml, *, language: str = "en", archive: bool = False) -> Press:
    """Return what prints an ISMS."""
    return Press(
        view=make_view(build.facts, build.sources.wording),
        name=build.workspace.name,
        to_html=to_html,
        file=build.sources.snapshot.read,
        language=language,
        archive=archive,
    )


def pdf_files(
    build: Built, to_html: ToHtml, *, language: str = "en", archive: bool = False, tell: Tell = lambda _: None
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every PDF; the same commit, day, profile and fonts give the same bytes.

    What is left out of one is told with its name. Raises IsmsError where no PDF can be made.
    """
    press = press_of(build, to_html, language=language, archive=archive)
    for document in build.facts.isms.of(Document):
        if not document.retired and not shown(press.view, document).withheld:
            yield f"{FOLDER}/{file_name(document)}.pdf", document_pdf(press, document, tell)
    if press.view.shows("soa"):
        yield f"{FOLDER}/{STATEMENT}.pdf", statement_pdf(press, build.baselines(), tell)


def document_pdf(press: Press, document: Document, tell: Tell) -> bytes:
    """Return the PDF of a document."""
    sheet, left_out = document_sheet(press, document)
    return _pdf(document.id, sheet, left_out, tell)


def statement_pdf(press: Press, baselines: Baselines, tell: Tell) -> bytes:
    """Return the PDF of the statement of applicability."""
    return _pdf(STATEMENT, statement_sheet(press, baselines), (), tell)


def _pdf(name: str, sheet: Sheet, left_out: Iterable[str], tell: Tell) -> bytes:
    try:
        content, warned = write_pdf(sheet)
    except IsmsError as error:
        raise IsmsError(f"{name}: {error}") from error
    for sentence in (*left_out, *warned):
        tell(f"{name}: {sentence}")
    return content
