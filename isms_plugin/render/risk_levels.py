"""Levels of risk as marks, and the matrix of a method as a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from isms_plugin.analysis.risk.profile import Moment, Rated, cells
from isms_plugin.model.risk_method import RiskMethod, ScaleStep
from isms_plugin.render.charts import Cell, heat_map, tone

TITLES: Final[Mapping[Moment, str]] = {
    "inherent": "Without controls",
    "current": "Today, before further treatment",
    "residual": "After treatment",
}

_DEFAULT: Final = 5
"""Steps shown where a method has no scale and no risk goes further."""


def band_tone(method: RiskMethod, level: int | None) -> int:
    """Return the tone of the band of a level."""
    names = [band.name for band in sorted(method.bands, key=lambda band: band.start or 0)]
    band = method.band(level)
    return tone(names.index(band), len(names)) if band in names else 0


def level_mark(method: RiskMethod, level: int | None) -> str:
    """Return a level with the name of its band as a mark; the words carry the meaning."""
    if level is None:
        return '<span class="isms-missing">unknown</span>'
    return f'<span class="isms-level isms-level--{band_tone(method, level)}">{escape(method.words(level))}</span>'


def risk_map(method: RiskMethod, risks: Sequence[Rated], moment: Moment, name: str) -> str:
    """Return the heat map of risks at a moment: each cell says how many there are, and which level it stands for."""
    found = cells(risks, moment)
    rows, columns = (steps(scale, place, found) for place, scale in enumerate((method.likelihood, method.consequence)))
    grid = {(row, column): _cell(method, row, column, found.get((row, column), [])) for row in rows for column in columns}
    return heat_map(name, f"Heat map: {TITLES[moment]}", grid, rows=rows, columns=columns, axes=("Likelihood", "Consequence"))


def steps(scale: Iterable[ScaleStep], place: int, found: Iterable[tuple[int, int]]) -> list[int]:
    """Return the steps of a scale; of a method without one, those up to the highest in use."""
    named = sorted(step.value for step in scale if step.value is not None)
    return named or [*range(1, max((_DEFAULT, *(pair[place] for pair in found))) + 1)]


def _cell(method: RiskMethod, likelihood: int, consequence: int, risks: Sequence[Rated]) -> Cell:
    level = method.level(likelihood, consequence)
    hint = f"{likelihood} x {consequence}: level {method.words(level)}"
    named = f"; {', '.join(item.risk.id for item in risks)}" if risks else ""
    return Cell(len(risks), "" if level is None else str(level), band_tone(method, level), hint + named)
