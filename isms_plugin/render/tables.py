"""Tables: complete HTML that a script may enhance, and CSV beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of ready HTML cells; `anchor` makes it a target of links."""

    cells: Sequence[str]
    anchor: str = ""


def table(headings: Sequence[str], rows: Iterable[Row], *, caption: str, css: str = "", download: str = "") -> str:
    """Return a table that is whole without script; `download` is the address of the same data as CSV."""
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "\n".join(_row(row) for row in rows)
    link = f'<p class="isms-download"><a href="isms:{escape(download)}" download>CSV</a></p>' if download else ""
    return (
        f'<div class="isms-table {css}"><div class="isms-table__scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="isms-rows"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>\n{body}\n</tbody></table></div>{link}</div>"
    )


def _row(row: Row) -> str:
    anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
    first, *rest = row.cells
    return f'<tr{anchor}><th scope="row">{first}</th><td>' + "</td><td>".join(rest) + "</td></tr>"


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file (RFC 4180, UTF-8 with BOM, which spreadsheets expect); no cell can be taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    # spreadsheets run cells that begin so; an apostrophe makes them text
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
