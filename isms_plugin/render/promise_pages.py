"""Promises of documents held against the registers: on a page of all, and on the page of each document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from isms_plugin.analysis.calendar.nil_returns import day_of
from isms_plugin.analysis.calendar.promises import OFTEN, PromisedPeriod, Record
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.render.addresses import table_page
from isms_plugin.render.cells import day
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.tables import Row, csv_file, table

PROMISES: Final = "promises.md"
CSV: Final = "promises.csv"
_HEADINGS: Final = ("What", "How often", "Register", "Periods", "Last done", "Next by")
_EACH: Final = 6
"""Periods that are shown one by one; of more only counts and what was missed."""
_NAMED: Final = 3
"""Entries of one period that are shown."""
_WORDS: Final = {"done": "done", "nil": "no occasion", "missed": "missed", "open": "not over yet", "partial": "in force only since"}


def promises_page(view: View) -> Page:
    """List every promise with what shows that it is kept."""
    records = view.facts.promises
    late = {"table": _by_document(view)} if records else {}
    return Page(
        uri=PROMISES,
        title="Promises",
        markdown=f"# Promises\n\n{part('summary')}\n\n{part('table') if records else ''}",
        parts={"summary": view.render("promises.html.jinja", records=records, period=view.facts.settings.period(view.facts.today))},
        late=late,
        meta={"hide": ["navigation", "toc"]},
    )


def document_promises(view: View, document: Document) -> str:
    """Return the promises of one document as a table; empty when it has none in force."""
    records = [record for record in view.facts.promises if record.document.id == document.id]
    rows = [Row(cells=_cells(view, record)) for record in records]
    return table(_HEADINGS, rows, caption=f"Promises of {document.id}", css="isms-table--promises") if rows else ""


def _by_document(view: View) -> str:
    """Return the same with the document that makes each promise."""
    headings = (_HEADINGS[0], "Document", *_HEADINGS[1:])
    rows = []
    for record in view.facts.promises:
        first, *rest = _cells(view, record)
        rows.append(Row(cells=(first, view.links.to(record.document.id), *rest)))
    return table(headings, rows, caption="Promises", css="isms-table--promises isms-table--all", download=CSV)


def promises_csv(view: View) -> SiteFile:
    """Return a row for each promise and calendar period."""
    headings = ("document", "what", "every", "register", "about", "in_force_since", "period", "from", "to", "state", "entries", "next_due")
    rows = (_plain(record, item) for record in view.facts.promises for item in record.periods)
    return SiteFile(uri=CSV, content=csv_file(headings, rows))


def _plain(record: Record, item: PromisedPeriod) -> list[str]:
    promise = record.promise
    return [
        record.document.id, promise.what or "",
        promise.every or "", promise.register_name or "", promise.about or "", record.since.isoformat(),
        item.name, item.period.first.isoformat(), item.period.last.isoformat(), item.state,
        "; ".join(entry.id for entry in (*item.entries, *item.returned)), record.next_due.isoformat(),
    ]  # fmt: skip


def _cells(view: View, record: Record) -> tuple[str, ...]:
    kind = record.declaration.KIND
    about = f" ({view.links.to(record.promise.about)})" if record.promise.about else ""
    return (
        f"{escape(record.promise.what or 'something')}{about}",
        escape(OFTEN[record.promise.every or "year"]),
        f'<a href="isms:{table_page(record.declaration)}">{escape(kind.plural)}</a>',
        _periods(view, record),
        f"{day(day_of(record.last))} {view.links.to(record.last.id)}" if record.last else "<small>never</small>",
        day(record.next_due),
    )


def _periods(view: View, record: Record) -> str:
    if len(record.periods) <= _EACH:
        return "<br>".join(_period(view, record, item) for item in record.periods)
    over = [item for item in record.periods if item.state in ("done", "nil", "missed")]
    kept = len(over) - len(record.missed)
    missed = ", ".join(escape(item.name) for item in record.missed)
    return f"{kept} of {len(over)} periods" + (f'<br><span class="isms-missing">missed: {missed}</span>' if missed else "")


def _period(view: View, record: Record, item: PromisedPeriod) -> str:
    word = _WORDS[item.state] + (f" {record.since.isoformat()}" if item.state == "partial" else "")
    css = "isms-missing" if item.state == "missed" else "isms-none" if item.state != "done" else ""
    return f'{escape(item.name)}: <span class="{css}">{word}</span> {_links(view, (*item.entries, *item.returned))}'


def _links(view: View, entries: Sequence[Entry]) -> str:
    more = f" and {len(entries) - _NAMED} more" if len(entries) > _NAMED else ""
    return " ".join(view.links.to(entry.id, entry.id) for entry in entries[:_NAMED]) + more
