"""Charts: well-formed, the same every time, and their numbers are in the text for those who do not see them."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.render.charts import TONES, Cell, Series, heat_map, line_chart, stacked_chart, tone

NAMES = ["isms-stage-1", "isms-stage-2 & a very long name", "now"]
VALUES = st.lists(st.none() | st.floats(-50, 1e6), min_size=3, max_size=3)


def words(svg: str, css: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter("text") if text.get("class") == css]


def test_a_heat_map_counts_and_names_its_cells() -> None:
    cells = {(2, 1): Cell(3, "2", 4, "level <2>"), (1, 1): Cell(0, "1")}
    svg = heat_map("m", "Risks & more", cells, rows=(1, 2), columns=(1, 2), axes=("Likelihood", "Consequence"))
    assert words(svg, "isms-chart__count") == ["3"]
    assert words(svg, "isms-chart__word") == ["2", "1"]
    assert "Likelihood upwards, consequence to the right: 3 at 2 x 1." in svg
    assert "level &lt;2&gt;" in svg


def test_a_chart_is_a_picture_with_title_and_description() -> None:
    root = ET.fromstring(stacked_chart("s", "Risks", NAMES, [Series("low", [1, 2, 3])]))
    named = (root.get("aria-labelledby") or "").split()
    assert root.get("role") == "img"
    assert [root.find(f"*[@id='{name}']").text for name in named] == [  # type: ignore[union-attr]
        "Risks",
        "isms-stage-1: 1 low; isms-stage-2 & a very long name: 2 low; now: 3 low.",
    ]


@given(st.lists(st.lists(st.integers(0, 400), min_size=3, max_size=3), min_size=1, max_size=5))
def test_layers_of_a_column_lie_on_each_other(values: list[list[int]]) -> None:
    svg = stacked_chart("s", "t", NAMES, [Series(str(number), value, number) for number, value in enumerate(values)])
    boxes = [(float(box.get("x", "")), float(box.get("y", "")), float(box.get("height", ""))) for box in ET.fromstring(svg).iter("rect")]
    assert len(boxes) == sum(item > 0 for value in values for item in value)
    for place in sorted({x for x, _, _ in boxes}):
        column = [(y, height) for x, y, height in boxes if x == place]
        assert column[0][0] + column[0][1] == pytest.approx(200, abs=0.2)
        assert all(above[0] + above[1] == pytest.approx(below[0], abs=0.3) for below, above in pairwise(column))
        assert column[-1][0] >= 19.9  # never above the grid


@given(st.lists(VALUES, min_size=1, max_size=3), st.none() | st.floats(-10, 1e5))
def test_a_line_has_a_dot_for_each_value_inside_the_picture(values: list[list[float | None]], target: float | None) -> None:
    svg = line_chart("l", "t", NAMES, [Series("a", value) for value in values], target=target, unit=" %")
    root = ET.fromstring(svg)
    dots = list(root.iter("circle"))
    assert len(dots) == sum(item is not None for value in values for item in value)
    assert all(19.9 <= float(dot.get("cy", "")) <= 200.1 for dot in dots)
    assert ("target" in svg) == (target is not None)


def test_a_missing_value_leaves_a_gap() -> None:
    points = [str(number) for number in range(5)]
    svg = line_chart("l", "t", points, [Series("a", [1, 2, None, 3, 4])])
    path = next(path.get("d", "") for path in ET.fromstring(svg).iter("path"))
    assert path.count("M") == 2


def test_many_points_keep_their_names_apart() -> None:
    svg = line_chart("l", "t", [f"2026-{month:02}" for month in range(1, 37)], [Series("a", list(range(36)))])
    assert len(words(svg, "isms-chart__point")) < 25


@pytest.mark.parametrize(("total", "tones"), [(1, [0]), (2, [0, 4]), (3, [0, 2, 4]), (4, [0, 1, 3, 4]), (5, [0, 1, 2, 3, 4])])
def test_tones_go_from_quiet_to_alarming(total: int, tones: list[int]) -> None:
    assert [tone(position, total) for position in range(total)] == tones
    assert max(tones) < TONES


def test_nothing_makes_an_empty_chart() -> None:
    for svg in (
        stacked_chart("s", "t", [], []),
        line_chart("l", "t", [], []),
        heat_map("h", "t", {}, rows=(), columns=(), axes=("a", "b")),
    ):
        ET.fromstring(svg)
