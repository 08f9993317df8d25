"""Rows of a register that takes several pages, as a script of data: a browser may load that from disk, and JSON it may not."""

from __future__ import annotations

import json

from isms_plugin.model.entry import Entry
from isms_plugin.render.addresses import ROWS_PER_PAGE, folder, in_rows
from isms_plugin.render.cells import plain
from isms_plugin.render.environment import View
from isms_plugin.render.page import SiteFile
from isms_plugin.render.register_pages import shown_fields


def finder_uri(declaration: type[Entry]) -> str:
    """Return the address of the rows of a register."""
    return f"{folder(declaration)}/rows.js"


def finder_file(view: View, declaration: type[Entry]) -> SiteFile | None:
    """Return id and words of every row, in the order of the pages; None where the register fits on one page."""
    entries = list(view.facts.isms.of(declaration))
    if len(entries) <= ROWS_PER_PAGE or not in_rows(declaration, len(entries), view.facts.settings.page_limit):
        return None
    specs = [spec for spec in shown_fields(declaration, entries) if spec.form != "Markdown"]
    rows = ([entry.id, " ".join(filter(None, (plain(spec, getattr(entry, spec.name)) for spec in specs)))] for entry in entries)
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return SiteFile(uri=finder_uri(declaration), content=f"window.ismsRows = [\n{text}\n];\n".encode())
