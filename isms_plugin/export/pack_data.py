"""What lies beside the site of a pack: registers and the statement as data, and the texts of the documents."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Final

from isms_plugin.export.built import Built
from isms_plugin.export.register_data import data_tables, register_data
from isms_plugin.export.xlsx import workbook
from isms_plugin.model.document import Document
from isms_plugin.render.addresses import file_name
from isms_plugin.render.document_state import shown
from isms_plugin.render.environment import make_view

REGISTERS: Final = "registers"
DOCUMENTS: Final = "documents"


def data_files(build: Built) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file; the same commit, day and profile give the same bytes."""
    yield from register_files(build)
    yield from document_files(build)


def register_files(build: Built) -> Iterator[tuple[str, bytes]]:
    """Yield the registers in the formats of the profile, the workbook left out where its library is missing."""
    formats = build.facts.profile.formats if build.facts.profile else ()
    if "json" in formats:
        yield f"{REGISTERS}/registers.json", register_data(build.facts)
    if "csv" in formats:
        for table in data_tables(build.facts):
            yield f"{REGISTERS}/{table.name}.csv", table.csv
    if "xlsx" in formats and not workbook_reason():
        yield f"{REGISTERS}/registers.xlsx", workbook(build.facts, build.workspace.name)


def workbook_reason() -> str:
    """Return why no workbook can be made; empty where one can."""
    return "" if find_spec("xlsxwriter") else "a workbook needs a library that is not installed: pip install 'mkdocs-isms[xlsx]'"


def document_files(build: Built) -> Iterator[tuple[str, bytes]]:
    """Yield the text of each document as its readers see it."""
    view = make_view(build.facts, {})
    for document in build.facts.isms.of(Document):
        state = shown(view, document)
        if state.text.body.strip() and not state.withheld and state.status != "withdrawn":
            yield f"{DOCUMENTS}/{file_name(document)}.md", state.text.body.strip("\n").encode() + b"\n"
