"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.authoring.start.written_days import written_day

ENGLISH = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
GERMAN = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"]


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05", "2024/03/05", "2024-03-05T10:00:00Z", "5.3.2024", "05.03.2024", "05. 03. 2024", "5. März 2024", "5 March 2024",
        "5th March 2024", "5th of March, 2024", "March 5, 2024", "March 5th 2024", "Mar. 5, 2024", "05-Mar-2024", " 5  march  2024 ",
    ],
)  # fmt: skip
def test_one_day_in_many_forms(text: str) -> None:
    assert written_day(text).day == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/04/2024", "day and month cannot be told apart"),
        ("03-04-2024", "day and month cannot be told apart"),
        ("31.02.2024", "is no day of the calendar"),
        ("2023-02-29", "is no day of the calendar"),
        ("13/13/2024", "is no day of the calendar"),
        ("March 2024", "names no single day"),
        ("05-Mar-24", "names no single day"),
        ("Q1 2024", "names no single day"),
        ("2024-03-05 and 2024-03-06", "names no single day"),
        ("45356", "names no single day"),
        ("", "names no single day"),
    ],
)
def test_what_could_mean_several_days_or_none(text: str, why: str) -> None:
    assert written_day(text) == (None, why)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/04/2024", date(2024, 4, 13)),
        ("04/13/2024", date(2024, 4, 13)),
        ("04/04/2024", date(2024, 4, 4)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_slashes_are_read_where_they_leave_no_doubt(text: str, day: date) -> None:
    assert written_day(text).day == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_comes_back_from_every_form(day: date) -> None:
    english, german = ENGLISH[day.month - 1], GERMAN[day.month - 1]
    forms = (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day.day} {english} {day.year}",
        f"{english} {day.day}, {day.year}",
        f"{english[:3]} {day.day} {day.year}",
        f"{day.day:02}-{english[:3]}-{day.year}",
        f"{day.day}. {german} {day.year}",
    )
    assert {written_day(form).day for form in forms} == {day}


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1900, 2199))
def test_two_numbers_that_may_both_be_months_are_read_where_they_are_the_same_alone(first: int, second: int, year: int) -> None:
    assert (written_day(f"{first:02}/{second:02}/{year}").day is None) == (first != second)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_has_a_reason(text: str) -> None:
    day, why = written_day(text)
    assert (day is None) == bool(why)
