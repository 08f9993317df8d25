"""Coverage of acknowledgements: who has confirmed which document, and who has not (clause 7.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Final

from isms_plugin.analysis.documents.acknowledgements import Confirmation, DocumentCoverage, PersonCoverage, State
from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.document import Document
from isms_plugin.render.addresses import ROWS_PER_PAGE, folder, table_page
from isms_plugin.render.cells import plain_value
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.tables import Row, csv_file, table

COVERAGE: Final = f"{folder(Acknowledgement)}/coverage.md"
CSV: Final = f"{folder(Acknowledgement)}/coverage.csv"

_DOCUMENTS: Final = ("Document", "Version", "Asked", "Confirmed", "Not yet due", "Older version only", "Missing", "Who is open")
_PEOPLE: Final = ("Person", "Confirmed", "Open")
_OPEN: Final[tuple[State, ...]] = ("grace", "stale", "missing")
_NAMED: Final = 20
"""Links in one line; the CSV file has all that is open."""


def coverage_page(view: View) -> Page:
    """Return both sides of the coverage: by document and by person."""
    coverage = view.facts.coverage
    parts = {"summary": view.render("coverage.html.jinja", coverage=coverage, register=table_page(Acknowledgement))}
    late = {}
    markdown = f"# Acknowledgement coverage\n\n{part('summary')}"
    if coverage.documents:
        markdown += f"\n\n## By document\n\n{part('documents')}\n\n## By person\n\n{part('people')}"
        late = {"documents": _by_document(view, coverage.documents), "people": _by_person(view, coverage.people)}
    return Page(
        uri=COVERAGE, title="Acknowledgement coverage", markdown=markdown, parts=parts, late=late, meta={"hide": ["navigation", "toc"]}
    )


def coverage_line(view: View, document: Document) -> str:
    """Return how many have confirmed a document, as a link to the page; empty where nobody is asked to."""
    found = view.facts.coverage.of(document.id)
    if found is None:
        return ""
    told = f"Confirmed by {found.count('acknowledged')}" if found.confirmations else "Nobody has to confirm it"
    return f'<a href="isms:{COVERAGE}">{told}</a>'


def coverage_csv(view: View) -> SiteFile:
    """Return a row for each document and person."""
    headings = ("document", "version", "person", "name", "state", "acknowledged_version", "acknowledged_on", "due")
    rows = (_plain(item, confirmation) for item in view.facts.coverage.documents for confirmation in item.confirmations)
    return SiteFile(uri=CSV, content=csv_file(headings, rows))


def _plain(item: DocumentCoverage, confirmation: Confirmation) -> list[str]:
    person, record = confirmation.person, confirmation.record
    return [
        item.document.id,
        item.text.version,
        person.id,
        person.name,
        confirmation.state,
        (record.version or "") if record else "",
        plain_value(record.acknowledged_on) if record else "",
        plain_value(confirmation.due),
    ]


def _by_document(view: View, documents: Iterable[DocumentCoverage]) -> str:
    rows = [Row(cells=_document_cells(view, item)) for item in documents]
    return table(_DOCUMENTS, rows, caption="Acknowledgements by document", css="isms-table--coverage", download=CSV)


def _document_cells(view: View, item: DocumentCoverage) -> tuple[str, ...]:
    document = item.document
    title = f" {escape(document.name)}" if document.identified else ""
    return (
        f"{view.links.to(document.id)}{title}",
        escape(item.text.version),
        escape(", ".join(item.groups)) or "everybody",
        item.count("acknowledged").rpartition(" ")[0],
        *(str(len(item.of(state))) for state in _OPEN),
        _by_reason([(found, view.links.to(found.person.id)) for found in item.of(*_OPEN)]) or "nobody",
    )


def _by_reason(items: Iterable[tuple[Confirmation, str]]) -> str:
    """Return links to what is open, a line for each reason, the gravest first."""
    ordered = sorted(items, key=lambda item: (-_OPEN.index(item[0].state), _reason(item[0])))
    lines = []
    for reason, group in groupby(ordered, key=lambda item: _reason(item[0])):
        links = [link for _, link in group]
        more = f" and {len(links) - _NAMED} more" if len(links) > _NAMED else ""
        lines.append(f"<small>{escape(reason)}:</small> {', '.join(links[:_NAMED])}{more}")
    return "<br>".join(lines)


def _reason(item: Confirmation) -> str:
    """Return in a word or two why something is open."""
    if item.state == "grace":
        return f"due {item.due}"
    if item.state == "stale" and item.record:
        return f"only {item.record.version}"
    return item.state


def _by_person(view: View, people: Sequence[PersonCoverage]) -> str:
    """Return a row for each person, or where there are too many for a page for as many as fit, those with something open first."""
    shown = people if len(people) <= ROWS_PER_PAGE else sorted(people, key=lambda item: not item.open)[:ROWS_PER_PAGE]
    rows = [Row(cells=_person_cells(view, item)) for item in shown]
    rest = f"<p>{len(people) - len(shown)} more people are in the CSV file.</p>" if len(shown) < len(people) else ""
    return table(_PEOPLE, rows, caption="Acknowledgements by person", css="isms-table--coverage", download=CSV) + rest


def _person_cells(view: View, item: PersonCoverage) -> tuple[str, ...]:
    count = f"{len(item.confirmed)} of {len(item.confirmed) + len(item.open)}"
    open_ones = _by_reason((found, view.links.to(document.id)) for document, found in item.open)
    return (view.links.to(item.person.id), count, open_ones or "nothing")
