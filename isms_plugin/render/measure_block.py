"""Measured values as a picture, with the target across it (clause 9.1)."""

from __future__ import annotations

from html import escape

from isms_plugin.model.cadence import name_of
from isms_plugin.model.entry import Entry
from isms_plugin.model.objective import Measure, Measurement
from isms_plugin.render.charts import Series, line_chart
from isms_plugin.render.environment import View


def measure_block(_: View, entry: Entry) -> str:
    """Return a chart of the values that stand, and what the latest says about the target; empty while there is none."""
    if not isinstance(entry, Measure):
        return ""
    standing = standing_values(entry)
    if not standing:
        return ""
    points = [_point(entry, value) for value in standing]
    unit = f" {entry.unit}" if entry.unit else ""
    series = Series(name=entry.name, tone=0, values=tuple(value.value for value in standing))
    chart = line_chart(f"values-{entry.id}", f"{entry.name}{unit}", points, [series], target=entry.target, unit=unit)
    told = f"{points[-1]}: {standing[-1].value:g}{unit}{_against(entry, standing[-1])}."
    return f'<section class="isms-text"><h2>Course</h2><p>{escape(told)}</p>{chart}</section>'


def standing_values(measure: Measure) -> list[Measurement]:
    """Return the values that stand, the oldest period first: of several for one period the one recorded last corrects the others."""
    latest: dict[object, Measurement] = {}
    for value in measure.values:
        if value.value is None or value.period_from is None or value.period_to is None or value.recorded_on is None:
            continue
        known = latest.get((value.period_from, value.period_to))
        if known is None or (known.recorded_on is not None and known.recorded_on <= value.recorded_on):
            latest[value.period_from, value.period_to] = value
    return sorted(latest.values(), key=lambda value: (value.period_to, value.period_from))


def _point(measure: Measure, value: Measurement) -> str:
    """Return the name of the period as people say it, of one without a cadence its last day."""
    if measure.every and value.period_from:
        return name_of(measure.every, value.period_from)
    return value.period_to.isoformat() if value.period_to else ""


def _against(measure: Measure, latest: Measurement) -> str:
    if measure.target is None or latest.value is None:
        return ""
    reached = latest.value <= measure.target if measure.direction == "at_most" else latest.value >= measure.target
    return f", target of {measure.target:g} {'reached' if reached else 'missed'}"
