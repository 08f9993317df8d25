from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.builders import a_person

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "here"), [(FIRST - DAY, False), (FIRST, True), (date(2026, 3, 1), True), (LAST, True), (LAST + DAY, False)]
)
def test_a_person_is_here_from_the_first_day_to_the_last(day: date, here: bool) -> None:
    assert a_person(active_from=FIRST, active_to=LAST).active(day) is here


def test_an_unknown_day_limits_nothing() -> None:
    assert a_person(active_from=None, active_to=LAST).active(date.min)
    assert a_person(active_from=FIRST, active_to=None).active(date.max)


def test_an_account_is_known_with_its_sign_and_without() -> None:
    assert a_person(git=["@anna"]).known_as("Anna")
    assert a_person(git=["anna"]).known_as("@anna")
    assert not a_person(git=["@"]).known_as("", "@")
