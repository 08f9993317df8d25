from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.history import History
from isms_plugin.model.objective import Measure
from isms_plugin.model.settings import Settings
from isms_plugin.render.environment import make_view
from isms_plugin.render.measure_block import measure_block, measure_cells
from isms_plugin.render.plain_text import words_of
from tests.builders import TODAY, a_risk, an_isms


def value(quarter: int, held: str | None, recorded: str = "2026-10-05") -> dict[str, Any]:
    first, last = {1: ("01-01", "03-31"), 2: ("04-01", "06-30"), 3: ("07-01", "09-30")}[quarter]
    return {"period_from": f"2026-{first}", "period_to": f"2026-{last}", "recorded_on": recorded, "value": held}


def a_measure(*values: dict[str, Any], **changes: Any) -> Measure:
    valid = {"id": "MET-001", "title": "Leavers <closed>", "unit": "%", "every": "quarter", "target": "95", "direction": "at_least"}
    return Measure.model_validate({**valid, "values": values, **changes})


VIEW = make_view(analyse(an_isms(), History(), Settings(), TODAY, list), {})


def shown(measure: Measure) -> str:
    return measure_block(VIEW, measure)


def test_values_are_drawn_by_period_with_the_target() -> None:
    html = shown(a_measure(value(1, "90"), value(2, "97.5"), value(3, "98")))
    words = words_of(html)
    assert "98 % in 2026 Q3" in words
    assert "at least 95 % reached" in words
    assert "Before 97.5 %" in words
    assert "target 95 %" in words
    assert "2026 Q1: 90" in words
    assert html.count("<circle") == 3
    assert "<closed>" not in html


@pytest.mark.parametrize(
    ("measure", "cells"),
    [
        (a_measure(value(3, "96")), ("fresh", "96 % in 2026 Q3", "at least 95 % reached")),
        (a_measure(value(2, "94")), ("stale was due on 2026-10-30", "94 % in 2026 Q2", "at least 95 % missed")),
        (a_measure(value(2, "94"), grace_days="60"), ("in grace next by 2026-11-29", "94 % in 2026 Q2", "at least 95 % missed")),
        (a_measure(value(3, "2"), target="3", direction="at_most", unit="number"), ("fresh", "2 in 2026 Q3", "at most 3 reached")),
        (a_measure(value(3, "2"), target=None), ("fresh", "2 % in 2026 Q3", "no target")),
        (a_measure(), ("no value", "", "at least 95 %")),
        (a_measure(value(3, "2"), status="retired"), ("", "", "")),
    ],
)
def test_a_row_tells_state_latest_value_and_target(measure: Measure, cells: tuple[str, ...]) -> None:
    assert tuple(map(words_of, measure_cells(VIEW, measure))) == cells


def test_a_correction_is_told_with_what_it_took_the_place_of() -> None:
    words = words_of(shown(a_measure(value(2, "50", "2026-08-20"), value(2, "100", "2026-07-03"), value(1, "97"), value(3, None))))
    assert "2026 Q2: 100 % recorded on 2026-07-03, corrected to 50 % on 2026-08-20" in words
    assert "Corrections" not in words_of(shown(a_measure(value(1, "97"))))


def test_without_values_there_is_no_picture() -> None:
    html = shown(a_measure())
    assert "no value" in html
    assert "<svg" not in html
    assert shown(a_measure(status="retired")) == ""
    assert measure_block(VIEW, a_risk()) == ""
