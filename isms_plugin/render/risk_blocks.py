"""Blocks of entry pages: the acceptance of a risk, and the scales, matrix and limits of a method."""

from __future__ import annotations

from html import escape

from isms_plugin.analysis.risk.acceptance import (
    AcceptanceState,
    acceptance_state,
    needs_acceptance,
    objection_words,
    objections,
    over_limit,
)
from isms_plugin.analysis.risk.profile import Rated, rate
from isms_plugin.model.entry import Entry
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod, ScaleStep
from isms_plugin.render.environment import View
from isms_plugin.render.risk_levels import band_tone, level_mark, steps
from isms_plugin.render.tables import Row, table

_WORDS: dict[AcceptanceState, tuple[str, str]] = {
    "valid": ("accepted", "approved"),
    "unbound": ("accepted, state not recorded", "draft"),
    "stale": ("changed since", "not_met"),
    "expired": ("expired", "not_met"),
    "by another": ("not by the owner", "not_met"),
}
"""What a state of acceptance is called, and the mark it looks like."""


def acceptance_words(item: Rated, state: AcceptanceState) -> str:
    """Return where the acceptance of a risk stands, as a mark."""
    if state != "none":
        words, looks = _WORDS[state]
        return f'<span class="isms-chip isms-chip--{looks}">{words}</span>'
    if over_limit(item):
        return '<span class="isms-missing">too high to accept</span>'
    if needs_acceptance(item):
        return '<span class="isms-missing">missing</span>'
    return '<span class="isms-none">not needed</span>'


def acceptance_block(view: View, entry: Entry) -> str:
    """Return who accepted what remains of a risk, when, until when, and whether that still counts."""
    if not isinstance(entry, Risk) or entry.retired:
        return ""
    isms, today = view.facts.isms, view.facts.today
    item = rate(isms, entry)
    return view.render(
        "acceptance.html.jinja",
        risk=entry,
        mark=acceptance_words(item, acceptance_state(item, today)),
        level=level_mark(item.method, item.residual_level),
        limits=limits_words(item.method, entry.category),
        objections=[objection_words(isms, entry, state) for state, _ in objections(item, today)],
    )


def limits_words(method: RiskMethod, category: str | None = None) -> str:
    """Return what may be accepted, in a sentence; empty where the method sets no limit."""
    acceptable, most = method.limits(category)
    if acceptable is None:
        return ""
    known = category if any(appetite.category == category for appetite in method.appetite) else None
    for_whom = f" for {known}" if known else ""
    told = f"Up to {acceptable} acceptable{for_whom}"
    if most is None:
        return f"{told}; above it only with the risk owner's acceptance."
    if most > acceptable:
        told += f"; {acceptable + 1} to {most} with the risk owner's acceptance"
    return f"{told}; from {max(most, acceptable) + 1} treatment goes on."


def method_block(view: View, entry: Entry) -> str:
    """Return scales, matrix, bands and limits of a method as tables."""
    if not isinstance(entry, RiskMethod):
        return ""
    limits = [limits_words(entry), *(limits_words(entry, appetite.category) for appetite in entry.appetite)]
    return view.render(
        "risk_method.html.jinja",
        scales=[(title, _scale(title, scale)) for title, scale in _scales(entry) if scale],
        matrix=_matrix(entry),
        bands=bands_table(entry),
        limits=[limit for limit in limits if limit],
        given=bool(entry.matrix),
    )


def _scales(method: RiskMethod) -> tuple[tuple[str, tuple[ScaleStep, ...]], ...]:
    return ("Likelihood", method.likelihood), ("Consequence", method.consequence)


def _scale(title: str, scale: tuple[ScaleStep, ...]) -> str:
    rows = [Row(cells=(str(step.value or ""), escape(step.name or ""), escape(step.meaning or ""))) for step in scale]
    return table(("Step", "Name", "Meaning"), rows, caption=f"Scale of the {title.lower()}", css="isms-table--scale")


def _matrix(method: RiskMethod) -> str:
    """Return the level of each pair of steps, the highest likelihood on top."""
    likelihoods, consequences = steps(method.likelihood, 0, ()), steps(method.consequence, 1, ())
    names = [{step.value: step.name or "" for step in scale} for _, scale in _scales(method)]
    headings = ("Likelihood \\ consequence", *(f"{step} {names[1].get(step, '')}".strip() for step in consequences))
    rows = [
        Row(
            cells=(
                escape(f"{row} {names[0].get(row, '')}".strip()),
                *(level_mark(method, method.level(row, column)) for column in consequences),
            )
        )
        for row in reversed(likelihoods)
    ]
    return table(headings, rows, caption="Levels of risk", css="isms-table--matrix")


def bands_table(method: RiskMethod) -> str:
    """Return the bands with the levels each holds; empty where the method has none."""
    bands = sorted((band for band in method.bands if band.start is not None), key=lambda band: band.start or 0)
    rows = []
    for position, band in enumerate(bands):
        last = (bands[position + 1].start or 0) - 1 if position + 1 < len(bands) else None
        levels = f"{band.start} to {last}" if last is not None else f"from {band.start}"
        mark = f'<span class="isms-level isms-level--{band_tone(method, band.start)}">{escape(band.name or "")}</span>'
        rows.append(Row(cells=(mark, levels, escape(band.meaning or ""))))
    return table(("Band", "Levels", "What it asks for"), rows, caption="Bands of levels", css="isms-table--bands") if rows else ""
