"""The command `isms due`: what is overdue and what comes next."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isms_plugin.adapters.cli.base import FOUND, OK, as_of_option, build_of, exits, main
from isms_plugin.errors import IsmsError
from isms_plugin.model.cadence import later

if TYPE_CHECKING:
    from isms_plugin.analysis.calendar.schedule import DueItem
    from isms_plugin.model.isms import Isms
    from isms_plugin.model.people import Person

_MOST = {"d": 36500, "w": 5200, "m": 1200, "y": 100}
"""Largest numbers that make sense: a hundred years."""


def span_of(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, str] | None:
    """Return number and unit of a span of time such as 30d, 6w, 3m, 1y."""
    if value is None:
        return None
    found = re.fullmatch(r"([0-9]{1,5})([dwmy])", value)
    if not found or int(found[1]) > _MOST[found[2]]:
        raise click.BadParameter(f"{value!r} is no span of time; write 30d, 6w, 3m or 1y")
    return int(found[1]), found[2]


def end_of(today: date, span: tuple[int, str]) -> date:
    """Return the last day of a span that begins today."""
    number, unit = span
    if unit in "my":
        return later(today, number * (12 if unit == "y" else 1))
    return today + timedelta(days=number * (7 if unit == "w" else 1))


@main.command()
@click.option("--within", callback=span_of, metavar="SPAN", help="Only what falls due within 30d, 6w, 3m or 1y; overdue things always.")
@click.option("--owner", default="", metavar="PERSON", help="Only what one person has to see to: id or name.")
@click.option("--format", "form", type=click.Choice(["text", "json", "ics"]), default="text", show_default=True, help="Form of the answer.")
@as_of_option
@click.option("--fail-overdue", is_flag=True, help="Exit with 1 when something is overdue.")
@click.pass_obj
@exits
def due(directory: Path, within: tuple[int, str] | None, owner: str, form: str, as_of: date | None, fail_overdue: bool) -> int:  # noqa: FBT001
    """Show what is overdue and what falls due next, by day.

    Exit code: 0 always, with --fail-overdue 1 when something is overdue; 2 wrong usage or settings, 3 nothing could be read.
    """
    build = build_of(directory, as_of)
    facts = build.facts
    items: Sequence[DueItem] = facts.schedule
    if within is not None:
        end = end_of(facts.today, within)
        items = [item for item in items if item.day <= end]
    if owner:
        person = _person(facts.isms, owner)
        items = [item for item in items if item.owner is not None and item.owner.id == person.id]
    if form == "ics":
        from isms_plugin.render.icalendar import icalendar

        click.echo(icalendar(items, facts.today, build.workspace.name), nl=False)
    elif form == "json":
        data = {"schema": "isms-due/1", "as_of": facts.today.isoformat(), "items": [_data(item) for item in items]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        click.echo("".join(f"{_line(item)}\n" for item in items) + _summary(items))
    return FOUND if fail_overdue and any(item.state == "overdue" for item in items) else OK


def _person(isms: Isms, named: str) -> Person:
    """Return the person of an id or name; raises IsmsError where there is none or more than one."""
    from isms_plugin.model.people import Person

    found = [person for person in isms.of(Person) if person.id == named] or [person for person in isms.of(Person) if person.known_as(named)]
    if len(found) != 1:
        raise IsmsError(f"{named}: " + ("more than one person is called so, name the id" if found else "no such person"))
    return found[0]


def _data(item: DueItem) -> dict[str, Any]:
    return {
        "day": item.day.isoformat(),
        "state": item.state,
        "what": item.what,
        "entry": item.entry.id,
        "kind": item.entry.KIND.name,
        "title": item.entry.name,
        "field": ".".join(map(str, item.pointer)),
        "owner": item.owner.id if item.owner else None,
        "owner_name": item.owner.name if item.owner else None,
    }


def _line(item: DueItem) -> str:
    owner = item.owner.name if item.owner else "nobody"
    title = "" if item.entry.name == item.entry.id else f" {item.entry.name}"
    return f"{item.day.isoformat()}  {item.state:<7}  {item.entry.id}{title}: {item.what} ({owner})"


def _summary(items: Sequence[DueItem]) -> str:
    counts = [sum(item.state == state for item in items) for state in ("overdue", "soon", "later")]
    return f"{counts[0]} overdue, {counts[1]} soon, {counts[2]} later." if items else "Nothing falls due."
