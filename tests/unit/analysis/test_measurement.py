"""Where a measure stands on a day, to the day; corrections; values that were written over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.measurement import check_measures, corrections, measure_state, period_name, result_of, standing_values
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.former import Former, FormerValue
from isms_plugin.model.history import History
from isms_plugin.model.objective import Measure
from tests.builders import a_measure, an_isms, told

Q1 = ("2026-01-01", "2026-03-31")
Q2 = ("2026-04-01", "2026-06-30")


def value(period: tuple[str, str], number: str | None, recorded: str = "2026-04-02", **more: Any) -> dict[str, Any]:
    return {"period_from": period[0], "period_to": period[1], "recorded_on": recorded, "value": number, **more}


def measured(*values: dict[str, Any], **changes: Any) -> Measure:
    return a_measure(values=values, **({"target": "95", "direction": "at_least"} | changes))


@pytest.mark.parametrize(
    ("day", "timing"),
    [
        ("2026-04-01", "no value"), ("2026-04-02", "fresh"), ("2026-06-30", "fresh"), ("2026-07-01", "in grace"),
        ("2026-07-30", "in grace"), ("2026-07-31", "stale"),
    ],
)  # fmt: skip
def test_the_next_value_is_asked_for_once_its_period_is_over_and_late_after_the_days_of_grace(day: str, timing: str) -> None:
    state = measure_state(measured(value(Q1, "96")), date.fromisoformat(day))
    assert state.timing == timing
    assert state.current == (timing in ("fresh", "in grace"))
    if state.latest:
        assert str(state.due) == "2026-07-30"


@pytest.mark.parametrize(
    ("grace", "day", "timing"),
    [("0", "2026-06-30", "fresh"), ("0", "2026-07-01", "stale"), ("5", "2026-07-05", "in grace"), ("5", "2026-07-06", "stale")],
)
def test_a_measure_may_have_days_of_grace_of_its_own(grace: str, day: str, timing: str) -> None:
    assert measure_state(measured(value(Q1, "96"), grace_days=grace), date.fromisoformat(day)).timing == timing


def test_a_period_that_ends_on_a_leap_day() -> None:
    january = value(("2028-01-01", "2028-01-31"), "1", "2028-02-01")
    measure = measured(january, every="month", grace_days="0")
    assert [measure_state(measure, date(2028, *day)).timing for day in ((2, 29), (3, 1))] == ["fresh", "stale"]


def test_without_a_cadence_nothing_is_late_and_without_a_value_the_first_is_due_after_it_was_made() -> None:
    assert measure_state(measured(value(Q1, "96"), every=None), date(2030, 1, 1)).timing == "no cadence"
    state = measure_state(measured(created="2026-02-10"), date(2026, 3, 1))
    assert (state.timing, str(state.due)) == ("no value", "2026-07-30")
    assert measure_state(measured(), date(2026, 3, 1)).due is None


@pytest.mark.parametrize(
    ("number", "changes", "result"),
    [
        ("95", {}, "reached"), ("94.9", {}, "missed"), ("95", {"direction": "at_most"}, "reached"),
        ("95.1", {"direction": "at_most"}, "missed"), ("3", {"target": None}, "no target"), ("95", {"direction": None}, "reached"),
        ("94", {"direction": None}, "missed"), (None, {}, None),
    ],
)  # fmt: skip
def test_a_value_is_held_against_the_target(number: str | None, changes: dict[str, Any], result: str | None) -> None:
    measure = measured(value(Q1, number), **changes)
    assert result_of(measure, measure.values[0]) == result


def test_a_correction_stands_in_place_of_what_it_corrects_from_the_day_it_was_recorded() -> None:
    measure = measured(value(Q2, "50", "2026-08-20"), value(Q2, "100", "2026-07-03"), value(Q1, "97"), value(Q2, None, "2026-09-01"))
    assert [item.value for item in standing_values(measure)] == [97, 50]
    assert [item.value for item in standing_values(measure, date(2026, 8, 19))] == [97, 100]
    assert [item.value for item in standing_values(measure, date(2026, 8, 20))] == [97, 50]
    ((standing, replaced),) = corrections(measure)
    assert (standing.value, [item.value for item in replaced]) == (50, [100])
    assert corrections(measure, date(2026, 8, 19)) == []


def test_of_two_values_recorded_on_one_day_the_one_written_later_stands() -> None:
    assert [item.value for item in standing_values(measured(value(Q1, "1"), value(Q1, "2")))] == [2]


def test_the_value_before_is_that_of_the_period_before() -> None:
    state = measure_state(measured(value(Q1, "90"), value(Q2, "97", "2026-07-02"), value(Q1, "91", "2026-07-02")), date(2026, 7, 2))
    assert state.latest is not None
    assert state.before is not None
    assert (state.latest.value, state.before.value, state.result) == (97, 91, "reached")


def test_a_period_is_called_as_people_call_it() -> None:
    measure = measured(value(Q1, "1"))
    assert period_name(measure, measure.values[0]) == "2026 Q1"
    assert period_name(measured(every=None), measure.values[0]) == "2026-03-31"


HELD = Former(name="baseline isms-1", values={"MET-001": (FormerValue(*Q1, "2026-04-02", 97.0),), "MET-009": (FormerValue(*Q1, "x", 1.0),)})


def rewritten(measure: Measure, *former: Former, **parts: Any) -> list[Diagnostic]:
    return list(check_measures(an_isms(measure, **parts), History(former=former or (HELD,))))


def test_a_value_that_stands_as_a_baseline_held_it_is_fine_with_a_correction_beside_it() -> None:
    assert rewritten(measured(value(Q1, "97"))) == []
    assert rewritten(measured(value(Q1, "97.0", note="2 of 2"), value(Q1, "90", "2026-05-01"))) == []
    assert rewritten(measured(value(Q1, "90")), Former(name="baseline isms-1")) == []


@pytest.mark.parametrize(
    ("now", "became", "pointer"),
    [
        (value(Q1, "90"), "is 90 now", ("values", 0, "value")),
        (value(Q1, "97", "2026-04-03"), "is gone", ("values",)),
        (value(Q2, "97"), "is gone", ("values",)),
    ],
)
def test_a_value_that_was_written_over_or_taken_out_is_told(now: dict[str, Any], became: str, pointer: tuple[str, ...]) -> None:
    (item,) = rewritten(measured(now))
    assert (item.code, item.place.pointer) == ("value-rewritten", pointer)
    assert item.message.endswith(f"was 97 in baseline isms-1 and {became}")


def test_a_value_is_told_once_with_the_newest_baseline_that_held_it() -> None:
    (item,) = rewritten(measured(value(Q1, "90")), replace(HELD, name="baseline isms-2"), HELD)
    assert "baseline isms-2" in item.message


def test_measures_that_are_retired_or_could_not_be_read_are_left_out() -> None:
    assert told(rewritten(measured(value(Q1, "90"), status="retired"))) == []
    fault = Diagnostic(code="invalid-value", message="no number", entry="MET-001", place=Place("registers/measures.yml", 3, 1))
    assert told(rewritten(measured(value(Q1, None)), faults=(fault,))) == []
