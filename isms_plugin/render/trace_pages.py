"""Traceability as pages: a matrix of controls against what they are linked with, and the places where chains break off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from isms_plugin.analysis.broken_chains import Break, Rule, broken_chains
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.render.cells import chip, words
from isms_plugin.render.chain_picture import MATRIX
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.tables import Row, csv_file, table

MATRIX_CSV: Final = "traceability/matrix.csv"
BROKEN: Final = "traceability/broken-chains.md"
BROKEN_CSV: Final = "traceability/broken-chains.csv"

_LINKED: Final = ("risks", "requirements", "others", "counted_on", "documents", "evidence", "findings", "actions")
"""Links of a row of the statement of applicability, as the CSV file has them."""
_SHOWN: Final = (
    ("Risks", ("risks",)), ("Requirements and others", ("requirements", "others")), ("Documents", ("documents",)),
    ("Evidence", ("evidence",)), ("Findings", ("findings",)),
)  # fmt: skip
"""Columns of the page, each with the links that it holds."""
_NAMED: Final = 6
"""Links in a cell; the page of the control and the CSV file have all."""
_META: Final = {"hide": ["navigation", "toc"]}


def trace_pages(view: View) -> Iterator[Page]:
    """Yield the matrix and the broken chains."""
    yield _matrix(view)
    yield _broken(view)


def trace_files(view: View) -> Iterator[SiteFile]:
    """Yield both as CSV, with every link."""
    headings = ("control", "title", "owner", "state", *(f"{key}{kind}" for key in _LINKED for kind in ("_count", "")))
    yield SiteFile(uri=MATRIX_CSV, content=csv_file(headings, (_plain(view, row) for row in _included(view))))
    rows = (_plain_break(view, rule, item) for rule, found in broken_chains(view.facts) for item in found)
    yield SiteFile(uri=BROKEN_CSV, content=csv_file(("rule", "id", "kind", "title", "owner", "what", "path", "line"), rows))


def _included(view: View) -> list[SoaRow]:
    return [row for row in view.facts.soa if row.decision is not None and row.decision.included]


def _matrix(view: View) -> Page:
    rows = _included(view)
    unproved = sum(not row.evidence and not view.facts.occasions.stated(row.control.id) for row in rows)
    gaps = [("documents", sum(not row.documents for row in rows)), ("evidence", unproved)]
    summary = view.render("matrix.html.jinja", total=len(rows), gaps=gaps, broken=BROKEN, soa="soa.md")
    headings = ("Control", "Title", "Owner", "State", *(title for title, _ in _SHOWN))
    made = table(
        headings,
        (Row(cells=_cells(view, row), anchor=row.control.id) for row in rows),
        caption="Traceability matrix",
        css="isms-table--matrix",
        download=MATRIX_CSV,
    )
    return Page(
        uri=MATRIX,
        title="Traceability matrix",
        markdown=f"# Traceability matrix\n\n{part('summary')}\n\n{part('table') if rows else ''}",
        parts={"summary": summary},
        late={"table": made} if rows else {},
        meta=_META,
    )


def _cells(view: View, row: SoaRow) -> list[str]:
    decision = row.decision
    state = (decision.state or "") if decision else ""
    owner = view.links.to(decision.owner) if decision and decision.owner else '<span class="isms-missing">missing</span>'
    linked = (_links(view, row, keys) for _, keys in _SHOWN)
    return [view.links.to(row.control.id, row.control.id), escape(row.control.name), owner, chip(state) if state else "", *linked]


def _links(view: View, row: SoaRow, keys: tuple[str, ...]) -> str:
    """Return how many there are and the first of them; an empty cell says so, and stands out where it is a gap."""
    names = [identifier for key in keys for identifier in getattr(row, key)]
    stated = view.facts.occasions.stated(row.control.id) if keys == ("evidence",) else ()
    if not names and stated:
        return f'<span class="isms-chip isms-chip--none">no occasion yet</span> {" ".join(view.links.to(item.id) for item in stated)}'
    if not names:
        return f'<span class="{"isms-missing" if _gap(row, keys[0]) else "isms-none"}">none</span>'
    shown = names if len(names) <= _NAMED else names[: _NAMED - 1]
    rest = len(names) - len(shown)
    more = f' <a href="isms:{escape(row.control.id)}#relations">+ {rest} more</a>' if rest else ""
    return f"<strong>{len(names)}</strong> {' '.join(map(view.links.to, shown))}{more}"


def _gap(row: SoaRow, key: str) -> bool:
    """Whether a cell should not be empty: an applicable control has a document and a cause, an implemented one evidence."""
    implemented = row.decision is not None and row.decision.implemented
    return key == "documents" or (key == "evidence" and implemented) or (key == "risks" and not row.driven)


def _plain(view: View, row: SoaRow) -> list[str]:
    decision = row.decision
    cells = [row.control.id, row.control.name, _person(view, decision.owner if decision else None)]
    cells.append(words((decision.state or "") if decision else ""))
    for key in _LINKED:
        names: tuple[str, ...] = getattr(row, key)
        cells += [str(len(names)), "; ".join(names)]
    return cells


def _person(view: View, identifier: str | None) -> str:
    entry = view.facts.isms.entries.get(identifier or "")
    return entry.name if entry else identifier or ""


def _broken(view: View) -> Page:
    """Return a count for every rule, and below it the entries that each found."""
    found = broken_chains(view.facts)
    summary = view.render("broken_chains.html.jinja", total=sum(len(items) for _, items in found), rules=len(found))
    groups = [(rule, _table(view, rule, items) if items else "") for rule, items in found]
    return Page(
        uri=BROKEN,
        title="Broken chains",
        markdown=f"# Broken chains\n\n{part('summary')}\n\n{part('counts')}\n\n{part('rules')}",
        parts={"summary": summary},
        late={"counts": _counts(found), "rules": view.render("broken_rules.html.jinja", groups=groups)},
        meta=_META,
    )


def _counts(found: Iterable[tuple[Rule, list[Break]]]) -> str:
    rows = [Row(cells=(f'<a href="#{rule.name}">{escape(rule.title)}</a>', str(len(items) or "none"))) for rule, items in found]
    return table(("What breaks off", "Entries"), rows, caption="Broken chains by rule", css="isms-table--breaks", download=BROKEN_CSV)


def _table(view: View, rule: Rule, items: Iterable[Break]) -> str:
    rows = []
    for entry, what, written in items:
        owner = _owner(view, entry.id) or entry.owner
        place = view.facts.isms.place(written or entry)
        shown = view.links.to(owner) if owner else '<span class="isms-none">nobody</span>'
        cells = (view.links.to(entry.id), escape(view.name(entry)), escape(what), shown, str(view.source(place)))
        rows.append(Row(cells=cells))
    return table(("Entry", "Title", "What is missing", "Owner", "Where"), rows, caption=rule.title, css="isms-table--broken")


def _owner(view: View, identifier: str) -> str:
    return view.chains.owners.get(identifier, "")


def _plain_break(view: View, rule: Rule, item: Break) -> tuple[str, ...]:
    entry, place = item.entry, view.facts.isms.place(item.written or item.entry)
    owner = _person(view, _owner(view, entry.id) or entry.owner)
    return (rule.name, entry.id, entry.KIND.title, view.name(entry), owner, item.what, place.path, str(place.line or ""))
