from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.model.cadence import Every, Period, following, later, next_after, periods

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
EVERY = st.sampled_from(get_args(Every))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: str, months: int, then: str) -> None:
    assert later(date.fromisoformat(day), months) == date.fromisoformat(then)


@pytest.mark.parametrize(
    ("every", "names"),
    [
        ("month", ["2026-01", "2026-02", "2026-03", "2026-04"]),
        ("quarter", ["2026 Q1", "2026 Q2"]),
        ("half_year", ["2026 H1"]),
        ("year", ["2026"]),
        ("two_years", ["2026 to 2027"]),
        ("three_years", ["2026 to 2028"]),
    ],
)
def test_periods_are_those_of_the_calendar(every: Every, names: list[str]) -> None:
    assert [name for name, _ in periods(every, Period(date(2026, 1, 10), date(2026, 4, 1)))] == names


def test_weeks_begin_on_monday_and_are_numbered_after_iso_8601() -> None:
    found = list(periods("week", Period(date(2026, 12, 31), date(2027, 1, 4))))
    assert found == [
        ("2026-W53", Period(date(2026, 12, 28), date(2027, 1, 3))),
        ("2027-W01", Period(date(2027, 1, 4), date(2027, 1, 10))),
    ]


@given(EVERY, DAYS, st.integers(0, 2000))
def test_periods_follow_each_other_and_cover_the_span(every: Every, first: date, days: int) -> None:
    span = Period(first, first + timedelta(days=days))
    found = [period for _, period in periods(every, span)]
    assert found[0].first <= span.first
    assert found[-1].last >= span.last
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(found))
    assert all(period.overlaps(span) for period in found)


@given(EVERY, DAYS)
def test_what_is_done_again_is_done_later(every: Every, day: date) -> None:
    assert next_after(day, every) > day


@given(DAYS, DAYS, DAYS)
def test_a_day_lies_in_a_period_between_its_ends(first: date, last: date, day: date) -> None:
    assert (day in Period(first, last)) == (first <= day <= last)


@pytest.mark.parametrize(
    ("every", "day", "period"),
    [
        ("quarter", "2026-03-31", "2026-04-01 to 2026-06-30"),
        ("quarter", "2026-04-01", "2026-07-01 to 2026-09-30"),
        ("month", "2028-01-31", "2028-02-01 to 2028-02-29"),
        ("week", "2026-12-31", "2027-01-04 to 2027-01-10"),
    ],
)
def test_the_period_that_follows_is_the_next_of_the_calendar(every: Every, day: str, period: str) -> None:
    assert str(following(every, date.fromisoformat(day))) == period
