"""Pages about all risks: the treatment plan (clause 6.1.3 e), and how many lay in which band over time."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from isms_plugin.analysis.baselines import Baselines
from isms_plugin.analysis.risk.treatment_plan import Treatment, treatment_plan
from isms_plugin.analysis.risk.trend import UNRATED, BandCounts, band_counts, band_names
from isms_plugin.model.action import Action
from isms_plugin.model.control import ControlDecision
from isms_plugin.render.cells import chip, day, plain_value, words
from isms_plugin.render.charts import TONES, Series, stacked_chart, tone
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.risk_blocks import acceptance_words
from isms_plugin.render.risk_levels import level_mark
from isms_plugin.render.tables import Row, csv_file, table

PLAN: Final = "risks/treatment.md"
TREND: Final = "risks/trend.md"
PLAN_CSV: Final = "risks/treatment.csv"
HEADINGS: Final = ("Risk", "Owner", "Today", "Treatment", "Controls", "Actions", "After treatment", "Acceptance")
CRUMBS: Final = '<p class="isms-crumbs"><a href="isms:risks/index.md">Risks</a> &rsaquo; {}</p>'


def _plan(view: View) -> list[Treatment]:
    facts = view.facts
    return treatment_plan(facts.isms, facts.trace, facts.today)


def treatment_page(view: View) -> Page:
    """Return the treatment plan."""
    plan = _plan(view)
    actions = {action.id: action for item in plan for action in item.actions}
    overdue = [action for action in actions.values() if _overdue(view, action)]
    rows = [Row(cells=_cells(view, item)) for item in plan]
    told = (
        f"{len(plan)} risks, {sum(not action.closed for action in actions.values())} open actions, {len(overdue)} of them overdue, "
        f"{sum(action.closed for action in actions.values())} done."
    )
    return Page(
        uri=PLAN,
        title="Risk treatment plan",
        markdown=f"{part('crumbs')}\n\n# Risk treatment plan\n\nWhat is done about each risk, the highest residual level first. {told}\n\n"
        f"{part('table')}",
        late={
            "crumbs": CRUMBS.format("Risk treatment plan"),
            "table": table(HEADINGS, rows, caption="Risk treatment plan", css="isms-table--treatment", download=PLAN_CSV),
        },
        meta={"hide": ["navigation", "toc"]},
    )


def _overdue(view: View, action: Action) -> bool:
    return action.due is not None and not action.closed and action.due < view.facts.today


def _cells(view: View, item: Treatment) -> list[str]:
    risk, method = item.rated.risk, item.rated.method
    accepted = acceptance_words(item.rated, item.acceptance)
    if risk.accepted_by and risk.accepted_on:
        until = f" until {day(risk.accepted_until)}" if risk.accepted_until else ""
        accepted += f"<br><small>{view.links.to(risk.accepted_by)}, {day(risk.accepted_on)}{until}</small>"
    return [
        f"{view.links.to(risk.id, risk.id)} {escape(risk.name)}",
        view.links.to(risk.owner) if risk.owner else "",
        level_mark(method, item.rated.level),
        chip(risk.treatment) if risk.treatment else '<span class="isms-missing">missing</span>',
        " ".join(_control(view, control, decision) for control, decision in item.controls),
        "".join(f"<div>{_action(view, action)}</div>" for action in item.actions),
        level_mark(method, item.rated.residual_level),
        accepted,
    ]


def _control(view: View, control: str, decision: ControlDecision | None) -> str:
    """Return a control of the treatment; whether it is in place is said where it is not."""
    link = view.links.to(control, control)
    state = decision.state if decision and decision.included else decision.decision if decision else None
    if decision is None or decision.implemented or state is None:
        return link
    due = f" by {decision.due.isoformat()}" if decision.due and decision.included else ""
    return f'<span class="isms-nowrap">{link} {chip(state)}</span><small>{due}</small>'


def _action(view: View, action: Action) -> str:
    who = f", {view.links.to(action.owner)}" if action.owner else ""
    if action.closed:
        when = f', <span class="isms-chip isms-chip--implemented">done</span> {day(action.done_on)}'
    else:
        late = ' <span class="isms-chip isms-chip--not_met">overdue</span>' if _overdue(view, action) else ""
        when = f", due {day(action.due)}{late}" if action.due else ', <span class="isms-missing">no day</span>'
    return f"{view.links.to(action.id, action.id)} {escape(action.name)}<small>{who}{when}</small>"


def plan_csv(view: View) -> SiteFile:
    """Return the treatment plan for spreadsheets."""
    headings = (
        "id", "title", "owner", "level", "treatment", "controls", "actions", "residual_level", "acceptance", "accepted_by", "accepted_on",
        "accepted_until",
    )  # fmt: skip
    return SiteFile(uri=PLAN_CSV, content=csv_file(headings, (_plain(view, item) for item in _plan(view))))


def _plain(view: View, item: Treatment) -> list[str]:
    risk, method = item.rated.risk, item.rated.method
    controls = (
        control if decision is None or decision.implemented else f"{control} ({words(decision.state or decision.decision or '')})"
        for control, decision in item.controls
    )
    return [
        risk.id,
        risk.name,
        risk.owner or "",
        method.words(item.rated.level),
        risk.treatment or "",
        "; ".join(controls),
        "; ".join(_plain_action(view, action) for action in item.actions),
        method.words(item.rated.residual_level),
        item.acceptance if item.acceptance != "none" else "missing" if item.needed else "not needed",
        risk.accepted_by or "",
        plain_value(risk.accepted_on),
        plain_value(risk.accepted_until),
    ]


def _plain_action(view: View, action: Action) -> str:
    if action.closed:
        return f"{action.id} done {action.done_on}"
    return f"{action.id} due {action.due or 'never'}{' overdue' if _overdue(view, action) else ''}"


def trend_page(view: View, baselines: Baselines) -> Page:
    """Return how many risks lay in which band at each baseline."""
    points = [(frozen.baseline.name, frozen.baseline.date.date().isoformat(), frozen.bands) for frozen in reversed(baselines.frozen)]
    counted = [(name, when, counts) for name, when, counts in points if counts is not None]
    counted.append(("now", view.facts.today.isoformat(), band_counts(view.facts.isms)))
    names = band_names(view.facts.isms, [counts for _, _, counts in counted])
    gap = f'<p class="isms-notice isms-notice--minor">History: {escape(baselines.gap)}.</p>' if baselines.gap else ""
    lead = (
        "How many risks lay in which band at each [baseline](isms:baselines.md) and now. A baseline that holds no method of its own "
        "is read with the version of the method that its risks name, as registered today."
    )
    sections = (("Today, before further treatment", "current"), ("After treatment", "residual"))
    return Page(
        uri=TREND,
        title="Risks over time",
        markdown=f"{part('crumbs')}\n\n# Risks over time\n\n{lead}\n\n{part('gap')}\n\n"
        + "\n\n".join(f"## {title}\n\n{part(field)}" for title, field in sections),
        late={
            "crumbs": CRUMBS.format("Risks over time"),
            "gap": gap,
            **{field: _trend(field, title, counted, names) for title, field in sections},
        },
        meta={"hide": ["navigation", "toc"]},
    )


def _trend(field: str, title: str, counted: Sequence[tuple[str, str, BandCounts]], names: Sequence[str]) -> str:
    """Return chart and table of one level."""
    held = [getattr(counts, field) for _, _, counts in counted]
    used = [name for name in names if name != UNRATED or any(name in counts for counts in held)]
    bands = [name for name in used if name != UNRATED]
    tones = {name: tone(position, len(bands)) for position, name in enumerate(bands)}
    series = [Series(name, [counts.get(name, 0) for counts in held], tones.get(name, TONES)) for name in used]
    chart = stacked_chart(f"trend-{field}", f"Risks by band: {title}", [name for name, _, _ in counted], series)
    rows = [
        Row(cells=(escape(name), when, *(str(counts.get(band, 0)) for band in used), str(sum(counts.values()))))
        for (name, when, _), counts in zip(counted, held, strict=True)
    ]
    headings = ("State", "Day", *(name.capitalize() for name in used), "Risks")
    return f'<figure class="isms-figure">{chart}</figure>' + table(
        headings, rows, caption=f"Risks by band: {title}", css="isms-table--trend"
    )
