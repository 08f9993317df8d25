from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.history import History
from isms_plugin.model.objective import Measure
from isms_plugin.model.settings import Settings
from isms_plugin.render.environment import make_view
from isms_plugin.render.measure_block import measure_block, standing_values
from isms_plugin.render.plain_text import words_of
from tests.builders import TODAY, a_risk, an_isms


def value(quarter: int, held: str | None, recorded: str = "2026-10-05") -> dict[str, Any]:
    first, last = {1: ("01-01", "03-31"), 2: ("04-01", "06-30"), 3: ("07-01", "09-30")}[quarter]
    return {"period_from": f"2026-{first}", "period_to": f"2026-{last}", "recorded_on": recorded, "value": held}


def a_measure(*values: dict[str, Any], **changes: Any) -> Measure:
    valid = {"id": "MET-001", "title": "Leavers <closed>", "unit": "%", "every": "quarter", "target": "95", "direction": "at_least"}
    return Measure.model_validate({**valid, "values": values, **changes})


def shown(measure: Measure) -> str:
    return measure_block(make_view(analyse(an_isms(), History(), Settings(), TODAY, list), {}), measure)


def test_values_are_drawn_by_period_with_the_target() -> None:
    html = shown(a_measure(value(1, "90"), value(2, "97.5")))
    words = words_of(html)
    assert "2026 Q2: 97.5 %, target of 95 reached." in words
    assert "target 95 %" in words
    assert "2026 Q1: 90" in words
    assert html.count("<circle") == 2
    assert "<closed>" not in html


@pytest.mark.parametrize(
    ("held", "changes", "told"),
    [
        ("95", {}, ", target of 95 reached."),
        ("94.9", {}, ", target of 95 missed."),
        ("95", {"direction": "at_most"}, ", target of 95 reached."),
        ("95.1", {"direction": "at_most"}, ", target of 95 missed."),
        ("3", {"target": None}, ": 3 %."),
    ],
)
def test_the_latest_value_is_held_against_the_target(held: str, changes: dict[str, Any], told: str) -> None:
    assert told in words_of(shown(a_measure(value(1, held), **changes)))


def test_a_correction_stands_in_place_of_what_it_corrects() -> None:
    measure = a_measure(value(2, "50", "2026-08-20"), value(2, "100", "2026-07-03"), value(1, "97"), value(3, None))
    assert [item.value for item in standing_values(measure)] == [97, 50]


def test_without_values_there_is_no_picture() -> None:
    assert shown(a_measure()) == ""
    assert measure_block(make_view(analyse(an_isms(), History(), Settings(), TODAY, list), {}), a_risk()) == ""
