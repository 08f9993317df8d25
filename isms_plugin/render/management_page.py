"""One page for top management: decisions wanted, the certificate, the largest risks, objectives, incidents, the next days (clause 5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from itertools import groupby
from typing import Final

from isms_plugin.analysis.corrective_action.certification import certification_view
from isms_plugin.analysis.management_review.moment import looks_back_to
from isms_plugin.analysis.management_review.pack import next_review, reviews
from isms_plugin.analysis.management_review.risk_position import LARGEST, acceptance_words, settled
from isms_plugin.analysis.management_review.wanted import SEVERITIES, Wanted, decisions_wanted, incidents_by_severity
from isms_plugin.analysis.measurement import measure_state
from isms_plugin.analysis.next_days import next_days
from isms_plugin.analysis.risk.treatment_plan import Treatment, treatment_plan
from isms_plugin.model.incident import Incident
from isms_plugin.model.objective import Measure, Objective
from isms_plugin.render.cells import day
from isms_plugin.render.environment import View
from isms_plugin.render.management_review_block import told
from isms_plugin.render.measure_block import latest_words
from isms_plugin.render.page import Page, part
from isms_plugin.render.risk_levels import level_mark
from isms_plugin.render.tables import Row, table

MANAGEMENT: Final = "management.md"
_SHOWN: Final = 8
"""Decisions of one sort that the page names; the rest is counted."""


def management_page(view: View) -> Page:
    """Return what top management has to know and to decide, short enough for two sheets of paper."""
    facts = view.facts
    return Page(
        uri=MANAGEMENT,
        title="For top management",
        markdown=f"# For top management\n\n{part('board')}",
        late={
            "board": view.render(
                "management.html.jinja",
                next=next_review(reviews(facts.isms)),
                wanted=_wanted(view),
                found=certification_view(facts),
                risks=_risks(view),
                objectives=_objectives(view),
                incidents=_incidents(view),
                open_incidents=[item for item in facts.isms.of(Incident) if not item.closed and item.living],
                told=lambda words: told(view, words),
                days=sorted((item for item in next_days(facts.isms, facts.today) if item.entry), key=lambda item: item.day or date.max),
            )
        },
        meta={"hide": ["navigation", "toc"]},
    )


def _wanted(view: View) -> list[tuple[str, list[str], int]]:
    """Return decisions by what is asked: as HTML, and how many more there are."""
    groups = groupby(decisions_wanted(view.facts), key=lambda item: item.ask)
    asked = [(ask, [_decision(view, item) for item in found]) for ask, found in groups]
    return [(ask, items[:_SHOWN], max(len(items) - _SHOWN, 0)) for ask, items in asked]


def _decision(view: View, item: Wanted) -> str:
    return f"{view.links.to(item.entry.id)} {escape(view.name(item.entry))}: <span>{told(view, item.why)}</span>"


def _risks(view: View) -> str:
    plan = [item for item in treatment_plan(view.facts.isms, view.facts.trace, view.facts.today) if not item.rated.risk.draft][:LARGEST]
    rows = [Row(cells=_risk(view, item)) for item in plan]
    return (
        table(("Risk", "Today", "After treatment", "Owner", "Acceptance"), rows, caption="Largest risks", css="isms-table--management")
        if rows
        else ""
    )


def _risk(view: View, item: Treatment) -> tuple[str, ...]:
    risk, method = item.rated.risk, item.rated.method
    words = str(told(view, acceptance_words(item)))
    return (
        f"{view.links.to(risk.id)} {escape(risk.name)}",
        level_mark(method, item.rated.level),
        level_mark(method, item.rated.residual_level),
        view.links.to(risk.owner) if risk.owner else '<span class="isms-missing">nobody</span>',
        words if settled(item) else f'<span class="isms-missing">{words}</span>',
    )


def _objectives(view: View) -> str:
    open_ones = [item for item in view.facts.isms.of(Objective) if not item.closed and item.living]
    rows = [Row(cells=_objective(view, item)) for item in open_ones]
    headings = ("Objective", "Latest values", "Target", "Due", "Owner")
    return table(headings, rows, caption="Objectives against targets", css="isms-table--management isms-table--objectives") if rows else ""


def _objective(view: View, item: Objective) -> tuple[str, ...]:
    late = ' <span class="isms-chip isms-chip--major">overdue</span>' if item.due and item.due < view.facts.today else ""
    return (
        f"{view.links.to(item.id)} {escape(item.name)}",
        "<br>".join(_values(view, item)) or '<span class="isms-missing">no value</span>',
        escape(item.target or ""),
        day(item.due) + late,
        view.links.to(item.owner) if item.owner else "",
    )


def _values(view: View, item: Objective) -> Iterator[str]:
    for identifier in item.measures:
        measure = view.facts.isms.get(Measure, identifier)
        state = measure_state(measure, view.facts.today) if measure else None
        if measure is None or state is None or state.latest is None:
            continue
        looks = {"reached": "met", "missed": "not_met"}.get(state.result or "", "none")
        mark = f' <span class="isms-chip isms-chip--{looks}">{state.result}</span>'
        stale = "" if state.current else ' <span class="isms-chip isms-chip--not_met">stale</span>'
        yield f"{view.links.to(measure.id)} {latest_words(measure, state)}{mark}{stale}"


def _incidents(view: View) -> str:
    """Return incidents by severity since the last review and in the audited period."""
    facts = view.facts
    audited = facts.settings.period(facts.today)
    counts = [(f"since {audited.first}", incidents_by_severity(facts, audited.first, min(audited.last, facts.today)))]
    held = [review for review in reviews(facts.isms) if review.held_on and review.held_on <= facts.today]
    if held:
        upcoming = next_review(reviews(facts.isms))
        since = looks_back_to(facts.isms, upcoming, facts.today) if upcoming else held[-1].held_on
        counts.insert(0, (f"since the last review, {since}", incidents_by_severity(facts, since, facts.today)))
    rows = [Row(cells=(str(told(view, title)), *(str(number) for number in found.values()))) for title, found in counts]
    return table(("Time", *SEVERITIES), rows, caption="Incidents by severity", css="isms-table--management")
