"""Measured values as a picture with the target across it, where a measure stands, and what was corrected (clause 9.1)."""

from __future__ import annotations

from html import escape
from typing import Final

from isms_plugin.analysis.measurement import MeasureState, Result, Timing, corrections, measure_state, period_name, standing_values
from isms_plugin.model.entry import Entry
from isms_plugin.model.objective import Measure, Measurement
from isms_plugin.render.cells import day
from isms_plugin.render.charts import Series, line_chart
from isms_plugin.render.environment import View

MEASURE_COLUMNS: Final = ("State", "Latest value", "Against target")
"""Titles of the columns that depend on the day."""

_LOOKS: Final[dict[Timing, str]] = {"no value": "not_met", "fresh": "met", "in grace": "partly", "stale": "not_met", "no cadence": "none"}
_RESULTS: Final[dict[Result, str]] = {"reached": "met", "missed": "not_met", "no target": "none"}


IN_STATE: Final = frozenset(("target", "direction"))
"""Fields that the block shows."""


def measure_block(view: View, entry: Entry) -> str:
    """Return where a measure stands, a chart of the values that stand, and what was corrected; empty for one that is retired."""
    if not isinstance(entry, Measure) or entry.retired:
        return ""
    state = measure_state(entry, view.facts.today)
    return view.render(
        "measure.html.jinja",
        state=state,
        mark=timing_mark(state),
        latest=latest_words(entry, state),
        against=result_mark(entry, state),
        chart=_chart(entry),
        corrected=[(period_name(entry, item.standing), item.standing, item.replaced) for item in corrections(entry)],
        unit=_unit(entry),
    )


def measure_cells(view: View, entry: Entry) -> tuple[str, ...]:
    """Return state, latest value and target of a measure as cells."""
    if not isinstance(entry, Measure) or entry.retired:
        return ("", "", "")
    state = measure_state(entry, view.facts.today)
    return timing_mark(state), latest_words(entry, state), result_mark(entry, state)


def timing_mark(state: MeasureState) -> str:
    """Return where a measure stands as a mark, with the day by which a value is due."""
    due = f" <small>next by {day(state.due)}</small>" if state.due and state.timing in ("in grace", "no value") else ""
    late = f" <small>was due on {day(state.due)}</small>" if state.timing == "stale" else ""
    return f'<span class="isms-chip isms-chip--{_LOOKS[state.timing]}">{state.timing}</span>{due}{late}'


def latest_words(measure: Measure, state: MeasureState) -> str:
    """Return the latest value with its unit and period as HTML, empty while there is none."""
    if state.latest is None or state.latest.value is None:
        return ""
    value, period = escape(value_words(measure, state.latest)), escape(period_name(measure, state.latest))
    return f'{value} <span class="isms-nowrap">in {period}</span>'


def result_mark(measure: Measure, state: MeasureState) -> str:
    """Return the target with what the latest value says of it."""
    if measure.target is None:
        return '<span class="isms-none">no target</span>'
    word = "at most" if measure.direction == "at_most" else "at least"
    mark = f' <span class="isms-chip isms-chip--{_RESULTS[state.result]}">{state.result}</span>' if state.result else ""
    return escape(f"{word} {measure.target:g}{_unit(measure)}") + mark


def value_words(measure: Measure, value: Measurement) -> str:
    """Return a value with its unit."""
    return "" if value.value is None else f"{value.value:g}{_unit(measure)}"


def _unit(measure: Measure) -> str:
    return f" {measure.unit}" if measure.unit and measure.unit != "number" else ""


def _chart(measure: Measure) -> str:
    standing = standing_values(measure)
    if not standing:
        return ""
    series = Series(name=measure.name, tone=0, values=tuple(value.value for value in standing))
    points = [period_name(measure, value) for value in standing]
    unit = _unit(measure)
    return line_chart(f"values-{measure.id}", f"{measure.name}{unit}", points, [series], target=measure.target, unit=unit)
