"""The command `isms pdf`: controlled documents and the statement of applicability on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import OK, as_of_option, at_option, build_of, exits, main
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.build import Build
    from isms_plugin.model.document import Document

SOA = "soa"


@main.command()
@click.argument("names", nargs=-1, metavar="ID...")
@click.option("--all", "every", is_flag=True, help="All documents that are not withdrawn, and the statement of applicability.")
@click.option("--archive", is_flag=True, help="For the archive: PDF/A-3 with the data of the entry attached.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write into.")
@at_option
@as_of_option
@click.pass_obj
@exits
def pdf(directory: Path, /, *, names: tuple[str, ...], every: bool, archive: bool, out: Path, revision: str, as_of: date | None) -> int:
    """Write documents as PDF, each named by its id; `soa` is the statement of applicability.

    Exit code: 0 written, 2 wrong usage or settings, 3 a PDF cannot be made; nothing was written then.
    """
    from isms_plugin.authoring.files import write_files
    from isms_plugin.export.pdf import pdf_reason

    if every == bool(names):
        raise click.UsageError("name documents by their ids, or `soa`, or take --all")
    if reason := pdf_reason():
        raise IsmsError(reason)
    build = build_of(directory, as_of, revision)
    files = dict(_files(build, names, archive=archive, revision=revision))
    write_files(out, files)
    click.echo(f"{len(files)} files written to {out}")
    return OK


def _files(build: Build, names: tuple[str, ...], *, archive: bool, revision: str) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every PDF asked for; all of them where none is named."""
    from isms_plugin.export.pdf.files import STATEMENT, document_pdf, pdf_files, press_of, statement_pdf
    from isms_plugin.export.pdf.markdown_html import html_maker
    from isms_plugin.render.addresses import file_name
    from isms_plugin.sources.site_text import read_site_text

    text = read_site_text(build.workspace.root, build.sources.snapshot if revision else None)
    to_html, left_out = html_maker(text.extensions, build.facts.isms.title, autolink=build.facts.settings.autolink)
    if left_out:
        _tell(f"without the Markdown extensions {', '.join(left_out)}, which need code or files of their own")
    if not names:
        for name, content in pdf_files(build, to_html, language=text.language, archive=archive, tell=_tell):
            yield name.rpartition("/")[2], content
        return
    documents = [_document(build, name) for name in dict.fromkeys(names) if name.lower() != SOA]
    press = press_of(build, to_html, language=text.language, archive=archive)
    for document in documents:
        yield f"{file_name(document)}.pdf", document_pdf(press, document, _tell)
    if len(documents) < len(dict.fromkeys(names)):
        yield f"{STATEMENT}.pdf", statement_pdf(press, build.baselines(), _tell)


def _document(build: Build, name: str) -> Document:
    """Return the document of an id; any other is a wrong use of the command."""
    from isms_plugin.model.document import Document

    document = build.facts.isms.get(Document, name)
    if document is None:
        raise click.UsageError(f"{name}: no document has that id; `soa` is the statement of applicability")
    return document


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)
