"""The calendar: what is overdue, what falls due soon and later, for everybody and for each person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Final

from isms_plugin.analysis.calendar.schedule import DueItem
from isms_plugin.model.cadence import later
from isms_plugin.model.people import Person
from isms_plugin.render.cells import day
from isms_plugin.render.environment import View
from isms_plugin.render.icalendar import icalendar
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.tables import Row, csv_file, table

CALENDAR: Final = "calendar.md"
CSV: Final = "calendar.csv"
ICS: Final = "calendar.ics"
NOBODY: Final = "nobody"
_HEADINGS: Final = ("Day", "What", "Entry", "Title", "Who")
_SHOWN: Final = 500
"""Rows of one part of the page; the CSV file has them all."""
_MONTHS: Final = 12


def calendar_page(view: View) -> Page:
    """Return overdue, near and later days, and the same by person; both are complete without a script."""
    items = view.facts.schedule
    overdue, soon, rest = (_of(items, state) for state in ("overdue", "soon", "later"))
    sections = [("overdue", "Overdue", overdue), ("soon", f"In the next {view.facts.settings.due_soon} days", soon)]
    late = {name: _section(view, title, found) for name, title, found in sections}
    late |= {"later": _by_month(view, rest), "people": _by_person(view, items)}
    body = "\n\n".join(f"## {title}\n\n{part(name)}" for name, title, _ in sections)
    return Page(
        uri=CALENDAR,
        title="Calendar",
        markdown=f"# Calendar\n\n{part('summary')}\n\n{body}\n\n## Later\n\n{part('later')}\n\n## By person\n\n{part('people')}",
        parts={
            "summary": view.render("calendar.html.jinja", overdue=overdue, soon=soon, rest=rest, people=_counts(items), ics=ICS, csv=CSV)
        },
        late=late,
        meta={"hide": ["navigation", "toc"]},
    )


def people(items: Iterable[DueItem]) -> list[tuple[Person | None, list[DueItem]]]:
    """Return what each person has to see to: those with most overdue first, then by name; what nobody answers for last."""
    found: dict[str, tuple[Person | None, list[DueItem]]] = {}
    for item in items:
        found.setdefault(item.owner.id if item.owner else "", (item.owner, []))[1].append(item)
    return sorted(found.values(), key=lambda group: (group[0] is None, -len(_of(group[1], "overdue")), group[0].name if group[0] else ""))


def _counts(items: Iterable[DueItem]) -> list[tuple[Person | None, list[tuple[str, int]]]]:
    """Return how much each person has, by state, without those of which there is nothing."""
    counted = ((owner, [(state, len(_of(found, state))) for state in ("overdue", "soon", "later")]) for owner, found in people(items))
    return [(owner, [(state, count) for state, count in counts if count]) for owner, counts in counted]


def calendar_files(view: View, name: str) -> tuple[SiteFile, SiteFile]:
    """Return the calendar as an iCalendar file and as a table."""
    return (
        SiteFile(uri=ICS, content=icalendar(view.facts.schedule, view.facts.today, name)),
        SiteFile(uri=CSV, content=due_csv(view.facts.schedule)),
    )


def due_csv(items: Iterable[DueItem]) -> bytes:
    """Return a row for everything that falls due."""
    headings = ("day", "state", "what", "entry", "title", "owner", "owner_name")
    rows = (
        [item.day.isoformat(), item.state, item.what, item.entry.id, item.entry.name, *_owner(item.owner)] for item in items
    )  # fmt: skip
    return csv_file(headings, rows)


def _owner(owner: Person | None) -> tuple[str, str]:
    return (owner.id, owner.name) if owner else ("", "")


def _of(items: Iterable[DueItem], state: str) -> list[DueItem]:
    return [item for item in items if item.state == state]


def _section(view: View, title: str, items: Sequence[DueItem], *, owner: bool = True) -> str:
    if not items:
        return "<p>Nothing.</p>"
    headings = _HEADINGS if owner else _HEADINGS[:-1]
    rows = [Row(cells=_cells(view, item)[: len(headings)]) for item in items[:_SHOWN]]
    more = f"<p>{len(items) - _SHOWN} more are in the CSV file.</p>" if len(items) > _SHOWN else ""
    return table(headings, rows, caption=title, css="isms-table--due") + more


def _cells(view: View, item: DueItem) -> tuple[str, ...]:
    mark = ' <span class="isms-chip isms-chip--major">overdue</span>' if item.state == "overdue" else ""
    title = "" if item.entry.name == item.entry.id else escape(view.name(item.entry))
    who = view.links.to(item.owner.id) if item.owner else '<span class="isms-missing">nobody</span>'
    return (day(item.day) + mark, escape(item.what), view.links.to(item.entry.id, item.entry.id), title, who)


def _by_month(view: View, items: Sequence[DueItem]) -> str:
    """Return a table for each month of the next twelve, and one for what lies beyond."""
    end = later(view.facts.today, _MONTHS)
    near = [item for item in items if item.day <= end]
    beyond = items[len(near) :]
    html = [
        f'<h3 id="{month:%Y-%m}">{month:%B %Y}</h3>' + _section(view, f"{month:%B %Y}", list(found))
        for month, found in groupby(near, key=lambda item: item.day.replace(day=1))
    ]
    if beyond:
        html.append(f'<h3 id="beyond">After {end.isoformat()}</h3>' + _section(view, f"After {end.isoformat()}", beyond))
    return "\n".join(html) or "<p>Nothing.</p>"


def _by_person(view: View, items: Iterable[DueItem]) -> str:
    html = []
    for owner, found in people(items):
        name = owner.name if owner else "Nobody"
        link = view.links.to(owner.id) if owner else "Nobody answers for it"
        html.append(f'<h3 id="for-{escape(owner.id if owner else NOBODY)}">{link}</h3>' + _section(view, f"For {name}", found, owner=False))
    return "\n".join(html)
