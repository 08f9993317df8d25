"""Charts as inline SVG: they need no script, follow the theme, and repeat what a table beside them says.

Colours are custom properties (`--isms-tone-0` to `--isms-tone-4`, quiet to alarming); every mark carries its number as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final, NamedTuple

TONES: Final = 5
"""How many tones there are, from quiet to alarming."""

_TOP: Final = 20
"""Room above the grid of a chart, for the number over its highest value."""


class Cell(NamedTuple):
    """A cell of a grid: the number in it, a small word below, its tone from 0, and what a pointer over it tells."""

    number: int
    word: str = ""
    tone: int = 0
    hint: str = ""


class Series(NamedTuple):
    """A line or layer: its name, a value for each point (None where there is none), and its tone."""

    name: str
    values: Sequence[float | None]
    tone: int = 0


def tone(position: int, total: int) -> int:
    """Return the tone of a step of a scale, counted from 0, so that the last is the most alarming one."""
    return round(position * (TONES - 1) / max(total - 1, 1))


def _svg(name: str, size: tuple[int, int], title: str, told: str, body: Iterable[str], css: str) -> str:
    # ids are made of the name: two charts on a page must not share one
    width, height = size
    return (
        f'<svg class="isms-chart {css}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title {name}-told" '
        f'style="max-width:{width / 16:g}rem"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-told">{escape(told)}</desc>{"".join(body)}</svg>'
    )


def _text(x: float, y: float, text: str, css: str = "", anchor: str = "middle", turn: bool = False) -> str:  # noqa: FBT001, FBT002
    turned = f' transform="rotate(-90 {x:g} {y:g})"' if turn else ""
    marked = f' class="{css}"' if css else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{marked}{turned}>{escape(text)}</text>'


def heat_map(
    name: str, title: str, cells: Mapping[tuple[int, int], Cell], *, rows: Sequence[int], columns: Sequence[int], axes: tuple[str, str]
) -> str:
    """Return a grid with a count in each cell; rows rise upwards, `axes` names what rows and columns are."""
    side, height, left = 46, 36, 40
    body = [_text(14, (len(rows) * height) / 2 + 4, axes[0], "isms-chart__axis", turn=True)]
    for line, row in enumerate(reversed(rows)):
        top = 4 + line * height
        body.append(_text(left - 8, top + height / 2 + 4, str(row)))
        for place, column in enumerate(columns):
            body.append(_heat_cell(left + place * side, top, (side - 2, height - 2), cells.get((row, column), Cell(0))))
    bottom = 4 + len(rows) * height
    body += [_text(left + place * side + side / 2 - 1, bottom + 14, str(column)) for place, column in enumerate(columns)]
    body.append(_text(left + len(columns) * side / 2, bottom + 30, axes[1], "isms-chart__axis"))
    filled = (f"{cell.number} at {row} x {column}" for (row, column), cell in sorted(cells.items(), reverse=True) if cell.number)
    told = f"{axes[0]} upwards, {axes[1].lower()} to the right: {'; '.join(filled) or 'nothing'}."
    return _svg(name, (left + len(columns) * side + 4, bottom + 38), title, told, body, "isms-chart--heat")


def _heat_cell(x: float, y: float, size: tuple[float, float], cell: Cell) -> str:
    width, height = size
    hint = f"<title>{escape(cell.hint)}</title>" if cell.hint else ""
    empty = "" if cell.number else " isms-tone--empty"
    body = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="2" class="isms-tone isms-tone--{cell.tone}{empty}"/>'
    if cell.number:
        body += _text(x + width / 2, y + height / 2 + (0 if cell.word else 5), str(cell.number), "isms-chart__count")
    if cell.word:
        body += _text(x + width / 2, y + height - 4, cell.word, "isms-chart__word")
    return f"<g>{hint}{body}</g>"


def stacked_chart(name: str, title: str, points: Sequence[str], series: Sequence[Series]) -> str:
    """Return a column for each point, with a layer for each series, the first at the bottom; layers carry their numbers."""
    totals = [sum(one.values[place] or 0 for one in series) for place in range(len(points))]
    top = _rounded(max(totals, default=1))
    left, step, height = 36, max(64, min(110, 560 // max(len(points), 1))), 180
    body = _grid(left, height, step * len(points), 0, top)
    for place, point in enumerate(points):
        x, base = left + place * step + step * 0.18, float(_TOP + height)
        for one in series:
            value = one.values[place] or 0
            size = value / top * height
            base -= size
            if value:
                body.append(
                    f'<rect x="{x:g}" y="{base:.1f}" width="{step * 0.64:g}" height="{size:.1f}" class="isms-tone isms-tone--{one.tone}"/>'
                )
                word = f"{value:g} {one.name}" if size >= 13 else ""
                body.append(_text(x + step * 0.32, base + size / 2 + 4, word, "isms-chart__word") if word else "")
        body.append(_text(left + (place + 0.5) * step, _TOP + height + 16, _short(point), "isms-chart__point"))
    return _svg(name, (left + step * len(points) + 4, _TOP + height + 26), title, _told(points, series), body, "isms-chart--stacked")


def line_chart(
    name: str, title: str, points: Sequence[str], series: Sequence[Series], *, target: float | None = None, unit: str = ""
) -> str:
    """Return a line for each series over the points; values that are missing leave a gap, `target` is drawn across."""
    values = [value for one in series for value in one.values if value is not None] + ([target] if target is not None else [])
    low, top = min([0.0, *values]), _rounded(max(values, default=1))
    left, height, step = 44, 180, max(24.0, min(90.0, 640 / max(len(points), 1)))
    width = step * max(len(points), 1)

    def at(value: float) -> float:
        return _TOP + height - (value - low) / (top - low) * height

    body, labels = _grid(left, height, width, low, top), list[tuple[float, str]]()
    if target is not None:
        body.append(f'<line x1="{left}" x2="{left + width:g}" y1="{at(target):.1f}" y2="{at(target):.1f}" class="isms-chart__target"/>')
        labels.append((at(target), f"target {target:g}{unit}"))
    for one in series:
        dots = [(left + (place + 0.5) * step, at(value)) if value is not None else None for place, value in enumerate(one.values)]
        body += _line(dots, one.tone)
        body += [_text(x, y - 7, f"{value:g}", "isms-chart__word") for (x, y), value in _shown(dots, one.values)]
        if len(series) > 1 and any(dots):  # one line needs no name
            labels.append((next(dot[1] for dot in reversed(dots) if dot), one.name))
    body += _labels(left + width + 6, labels)
    every = ceil(56 / step)  # a name of a point takes about that much room
    named = ((place, point) for place, point in enumerate(points) if place % every == 0)
    body += [_text(left + (place + 0.5) * step, _TOP + height + 16, _short(point), "isms-chart__point") for place, point in named]
    told = _told(points, series) + (f" Target: {target:g}{unit}." if target is not None else "")
    room = max((len(text) for _, text in labels), default=0) * 7
    return _svg(name, (round(left + width + 8 + room), _TOP + height + 26), title, told, body, "isms-chart--line")


def _labels(x: float, labels: Iterable[tuple[float, str]]) -> list[str]:
    """Return names beside the ends of lines, moved down where they would lie on each other."""
    placed, free = [], 0.0
    for y, text in sorted(labels):
        free = max(y, free)
        placed.append(_text(x, free + 4, text, "isms-chart__label", "start"))
        free += 13
    return placed


def _shown(dots: Sequence[tuple[float, float] | None], values: Sequence[float | None]) -> Iterable[tuple[tuple[float, float], float]]:
    return ((dot, value) for dot, value in zip(dots, values, strict=True) if dot is not None and value is not None)


def _line(dots: Sequence[tuple[float, float] | None], shade: int) -> list[str]:
    """Return the strokes between neighbouring dots, and the dots."""
    pairs = [(one, other) for one, other in pairwise(dots) if one and other]
    path = "".join(f"M{one[0]:.1f} {one[1]:.1f}L{other[0]:.1f} {other[1]:.1f}" for one, other in pairs)
    marks = [f'<circle cx="{dot[0]:.1f}" cy="{dot[1]:.1f}" r="3" class="isms-tone isms-tone--{shade}"/>' for dot in dots if dot]
    return [f'<path d="{path}" class="isms-chart__line isms-stroke--{shade}"/>', *marks]


def _grid(left: int, height: int, width: float, low: float, top: float) -> list[str]:
    """Return four lines across, with the value of each."""
    lines = []
    for part in range(5):
        y = _TOP + height - part * height / 4
        lines.append(f'<line x1="{left}" x2="{left + width:g}" y1="{y:g}" y2="{y:g}" class="isms-chart__grid"/>')
        lines.append(_text(left - 6, y + 4, f"{low + (top - low) * part / 4:g}", "isms-chart__point", "end"))
    return lines


def _rounded(value: float) -> float:
    """Return the next number that four lines divide evenly: 4, 8, 12, 16, 20, 24, 28, 32, 40, ..."""
    if value <= 0:
        return 4
    power = 10.0 ** floor(log10(value))
    return next(power * step for step in (1, 1.2, 1.6, 2, 2.4, 2.8, 3.2, 4, 6, 8, 10) if power * step >= value) if value > 4 else 4


def _short(point: str) -> str:
    return point if len(point) <= 14 else f"{point[:13]}…"


def _told(points: Sequence[str], series: Sequence[Series]) -> str:
    """Return the values as text, for those who do not see the picture."""
    told = []
    for place, point in enumerate(points):
        values = (f"{value:g} {one.name}" for one in series if (value := one.values[place]) is not None)
        told.append(f"{point}: {', '.join(values)}")
    return "; ".join(told) + "."
