"""Every register and the statement of applicability as one workbook, for auditors who work in spreadsheets."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime, time
from importlib import import_module
from typing import Any, Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.errors import IsmsError
from isms_plugin.export.register_data import SOA, DataTable, data_tables
from isms_plugin.model.document import Document

AUDITOR: Final = ("Auditor: decision", "Auditor: observation")
"""Empty columns beside the statement, where its readers audit with it: without a profile, and where that shows the work sheet."""

_LONGEST: Final = 32_767
"""Characters that a cell of the format holds."""

_CUT: Final = " [cut here: the cell holds no more]"
_WIDEST, _NARROWEST = 60, 9
_NAME: Final = 31
"""Characters that the name of a sheet holds."""

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")


def workbook(facts: Facts, name: str, only: str = "") -> bytes:
    """Return the workbook: what it is of, the statement, and a sheet for each register that holds something, or one of them.

    Every cell is text, so none is run as a formula; the same commit and day give the same bytes. Raises IsmsError without the library.
    """
    xlsxwriter = _library()
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": name, "created": datetime.combine(facts.today, time()), "comments": f"Commit {facts.history.head}"})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EAF6"}),
        "cell": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    taken: set[str] = set()
    tables = tuple(data_tables(facts))
    audited = facts.profile is None or facts.profile.allows_view("work-sheet")
    _add(book, styles, _about(facts, name, tables), taken)
    for table in tables:
        if only in ("", table.name) and (table.rows or table.name in (SOA, only)):
            _add(book, styles, _for_auditors(table) if audited and table.name == SOA else table, taken)
    book.close()
    return target.getvalue()


def _library() -> Any:
    try:
        return import_module("xlsxwriter")
    except ImportError:
        raise IsmsError("a workbook needs a library that is not installed: pip install xlsxwriter") from None


def _about(facts: Facts, name: str, tables: Sequence[DataTable]) -> DataTable:
    rows = (
        ("ISMS", name),
        ("Standard", ", ".join((facts.isms.standard.reference, *facts.isms.standard.amendments))),
        ("Statement of applicability", _issued(facts)),
        ("As of", facts.today.isoformat()),
        ("Audited period", str(facts.settings.period(facts.today))),
        ("Profile", f"{facts.profile.name}: {facts.profile.readers}" if facts.profile else "none: nothing is withheld"),
        ("Commit", facts.history.head or "unknown"),
        ("Uncommitted changes", "yes" if facts.history.uncommitted else "no"),
        ("Registers without an entry", ", ".join(table.name for table in tables if not table.rows) or "none"),
    )
    return DataTable(name="about", title="About", columns=(("what", "What"), ("value", "Value")), rows=rows, widths=(22, 60))


def _issued(facts: Facts) -> str:
    """Return the document that issues the statement, with the version whose approval is on record."""
    told = []
    for document in facts.isms.of(Document):
        if SOA in document.answers and document.in_force:
            current = facts.standings[document.id].current
            approval = (
                f"approved on {current.last.decided_on}, {current.last.id}"
                if current and current.version == document.version
                else "no approval on record"
            )
            told.append(f"{document.id} version {document.version or 'unknown'}, {approval}")
    return "; ".join(told) or "no document issues it"


def _for_auditors(table: DataTable) -> DataTable:
    rows = tuple((*row, *("" for _ in AUDITOR)) for row in table.rows)
    columns = (*table.columns, *((title.lower(), title) for title in AUDITOR))
    return DataTable(name=table.name, title=table.title, columns=columns, rows=rows, widths=(*table.widths, 24, 40))


def _add(book: Any, styles: dict[str, Any], table: DataTable, taken: set[str]) -> None:
    sheet = book.add_worksheet(sheet_name(table.name, taken))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, width in enumerate(table.widths or _widths(table)):
        sheet.set_column(column, column, width)
    for column, (_, title) in enumerate(table.columns):
        sheet.write_string(0, column, title, styles["head"])
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, _fitting(cell), styles["cell"])
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def _widths(table: DataTable) -> Sequence[int]:
    """Return a width for each column, by its longest line within reason."""
    texts = ([title, *(row[column] for row in table.rows)] for column, (_, title) in enumerate(table.columns))
    return [min(_WIDEST, max(_NARROWEST, *map(_length, found))) for found in texts]


def _length(text: str) -> int:
    return max(map(len, text.splitlines() or [""])) + 2


def sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a workbook takes: no longer than 31 characters, free of signs it forbids, not reserved, not there yet."""
    plain = _FORBIDDEN.sub("-", name).strip("'") or "sheet"
    number, candidate = 1, plain[:_NAME]
    while candidate.casefold() in (*taken, "history"):  # the program that made the format keeps that name for itself
        number += 1
        candidate = f"{plain[: _NAME - len(str(number)) - 1]}-{number}"
    taken.add(candidate.casefold())
    return candidate
