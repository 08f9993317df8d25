"""Columns of the statement of applicability, declared once: page, CSV, JSON and spreadsheet are made of them and agree cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from isms_plugin.analysis.evidence.state import State
from isms_plugin.analysis.soa.plan import open_actions
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.render.cells import chip, words
from isms_plugin.render.environment import View
from isms_plugin.render.plain_text import words_of

SEPARATOR: Final = "; "
UNDECIDED: Final = "undecided"
MANAGEMENT: Final = "decision of management"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `items` are its values as plain text, `html` is what the page shows; the words of both are the same."""

    key: str
    title: str
    items: Callable[[View, SoaRow], tuple[str, ...]]
    html: Callable[[View, SoaRow], str]
    many: bool = False
    """Whether a cell may hold several values."""
    appendix: bool = False
    """Whether the page shows it below the table, where there is room for sentences."""
    width: int = 12
    """Width in a spreadsheet, in letters."""

    def plain(self, view: View, row: SoaRow) -> str:
        """Return a cell as text for files that spreadsheets read."""
        return SEPARATOR.join(self.items(view, row))

    def data(self, view: View, row: SoaRow) -> str | list[str]:
        """Return a cell as a value of JSON: a list where there may be several."""
        items = self.items(view, row)
        return list(items) if self.many else SEPARATOR.join(items)


def _text(key: str, title: str, value: Callable[[SoaRow], str], *, width: int = 12, **more: Any) -> Column:
    return Column(
        key=key,
        title=title,
        items=lambda _, row: tuple(filter(None, (_one_line(value(row)),))),
        html=more.pop("html", None) or (lambda _, row: escape(value(row))),
        width=width,
        **more,
    )


def _one_line(text: str) -> str:
    # a browser shows any white space as one blank
    return " ".join(text.split())


def _choice(key: str, title: str, value: Callable[[SoaRow], str]) -> Column:
    return _text(key, title, lambda row: words(value(row)), html=lambda _, row: _mark(value(row)), width=14)


def _mark(value: str) -> str:
    if value == UNDECIDED:
        return f'<span class="isms-missing">{UNDECIDED}</span>'
    return chip(value) if value else ""


def _ids(key: str, title: str, named: Callable[[View, SoaRow], Iterable[str]], *, width: int = 16, appendix: bool = False) -> Column:
    def html(view: View, row: SoaRow) -> str:
        return SEPARATOR.join(view.links.to(identifier) for identifier in named(view, row))

    def items(view: View, row: SoaRow) -> tuple[str, ...]:
        return tuple(_label(view, identifier) for identifier in named(view, row))

    return Column(key=key, title=title, items=items, html=html, many=True, width=width, appendix=appendix)


def _label(view: View, identifier: str) -> str:
    entry = view.facts.isms.entries.get(identifier)
    return _one_line(view.links.label(entry) if entry else identifier)


def _markdown(key: str, title: str, field: str) -> Column:
    def html(view: View, row: SoaRow) -> str:
        return view.prose.inline(getattr(row.decision, field, None) or "")

    return Column(
        key=key,
        title=title,
        items=lambda view, row: tuple(filter(None, (words_of(html(view, row)),))),
        html=html,
        appendix=True,
        width=60,
    )


def _because() -> Column:
    linked = _ids("drivers", "Because of", lambda _, row: row.drivers)

    def managed(row: SoaRow) -> tuple[str, ...]:
        return (MANAGEMENT,) if row.decision and row.decision.business_decision else ()

    def html(view: View, row: SoaRow) -> str:
        return SEPARATOR.join(filter(None, (linked.html(view, row), *managed(row))))

    return Column(
        key=linked.key,
        title=linked.title,
        items=lambda view, row: (*linked.items(view, row), *managed(row)),
        html=html,
        many=True,
        width=24,
    )


def _owner(_: View, row: SoaRow) -> tuple[str, ...]:
    return (row.decision.owner,) if row.decision and row.decision.owner else ()


def _evidence_state() -> Column:
    """How many pieces of evidence are in which state on the day, the best first, and whether the occasion of the control has not come."""

    def items(view: View, row: SoaRow) -> tuple[str, ...]:
        found = Counter(view.facts.evidence[identifier].state for identifier in row.evidence if identifier in view.facts.evidence)
        waiting = ("no occasion yet",) if view.facts.occasions.stated(row.control.id) else ()
        return (*(f"{found[state]} {state.value}" for state in reversed(State) if found[state]), *waiting)

    return Column(
        key="evidence_state",
        title="Evidence state",
        items=items,
        html=lambda view, row: escape(SEPARATOR.join(items(view, row))),
        many=True,
    )


def _decision(row: SoaRow) -> str:
    return (row.decision.decision if row.decision else None) or UNDECIDED


def _state(row: SoaRow) -> str:
    return (row.decision.state or "") if row.decision and row.decision.included else ""


def _due(row: SoaRow) -> str:
    decision = row.decision
    return decision.due.isoformat() if decision and decision.included and decision.due and not decision.implemented else ""


def _day(value: Callable[[SoaRow], str]) -> Callable[[View, SoaRow], str]:
    return lambda _, row: f"<time>{value(row)}</time>" if value(row) else ""


def _verified(row: SoaRow) -> str:
    return row.verified_on.isoformat() if row.verified_on else ""


def _title_html(_: View, row: SoaRow) -> str:
    return f'<a href="#why-{escape(row.control.id)}">{escape(row.control.name)}</a>'


COLUMNS: Final = (
    _text("control", "Control", lambda row: row.control.id, html=lambda view, row: view.links.to(row.control.id, row.control.id), width=9),
    _text("title", "Title", lambda row: row.control.name, html=_title_html, width=30),
    _choice("decision", "Decision", _decision),
    _because(),
    _choice("state", "State", _state),
    _text("due", "Due", _due, html=_day(_due)),
    _ids("actions", "Open actions", lambda view, row: (action.id for action in open_actions(view.facts.isms, row)), width=12),
    _ids("owner", "Owner", _owner),
    _ids("documents", "Documents", lambda _, row: row.documents),
    _ids("evidence", "Evidence", lambda _, row: row.evidence),
    _evidence_state(),
    _text("verified_on", "Last verified", _verified, html=_day(_verified)),
    _markdown("reason", "Reason", "reason"),
    _markdown("business_decision", "Decision of management", "business_decision"),
    _markdown("how", "How it is done here", "how"),
    _ids("findings", "Findings", lambda _, row: row.findings, appendix=True),
)
"""In the order of spreadsheets; the page shows the short ones first."""

TABLE: Final = tuple(column for column in COLUMNS if not column.appendix)
APPENDIX: Final = tuple(column for column in COLUMNS if column.appendix)


def soa_rows(view: View) -> list[Mapping[str, str | list[str]]]:
    """Return the statement as data, a mapping of keys to values for each control."""
    return [{column.key: column.data(view, row) for column in COLUMNS} for row in view.facts.soa]


def soa_cells(view: View) -> list[list[str]]:
    """Return the statement as plain text, row by row in the order of the columns."""
    return [[column.plain(view, row) for column in COLUMNS] for row in view.facts.soa]
