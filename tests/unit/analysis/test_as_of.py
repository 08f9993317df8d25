"""The registers as they stood on a day: boundaries for everything that has a day, and properties that hold for any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.as_of import isms_as_of
from isms_plugin.analysis.trace import trace
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from tests.builders import (
    TODAY,
    a_finding,
    a_held_review,
    a_measure,
    a_nonconformity,
    a_person,
    a_risk,
    an_action,
    an_audit,
    an_improvement,
    an_incident,
    an_isms,
    an_objective,
)

DAY = date(2026, 3, 31)
BEFORE = DAY - timedelta(days=1)


def as_of(isms: Isms, day: date) -> Isms:
    return isms_as_of(isms, trace(isms)[0], day)


def then(entry: Entry, day: date = BEFORE) -> Any:
    return as_of(an_isms(entry), day).entries.get(entry.id)


@pytest.mark.parametrize(
    "entry",
    [
        an_action(created="2026-03-31", done_on=None),
        an_incident(detected_on="2026-03-31"),
        a_nonconformity(raised_on="2026-03-31", closed_on=None, verified_on=None, evidence=[]),
        an_improvement(raised_on="2026-03-31"),
        a_finding(found_on="2026-03-31"),
    ],
)
def test_what_happened_or_was_made_later_is_left_out_and_the_day_itself_counts(entry: Entry) -> None:
    assert then(entry) is None
    assert then(entry, DAY) is entry


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (an_action(done_on="2026-03-31"), "done_on"),
        (an_audit(ended_on="2026-03-31"), "ended_on"),
        (a_held_review(held_on="2026-03-31"), "held_on"),
        (an_objective(closed_on="2026-03-31", outcome="reached"), "closed_on"),
        (a_nonconformity(raised_on="2026-01-01", verified_on="2026-03-01", closed_on="2026-03-31", evidence=[]), "closed_on"),
    ],
)
def test_what_was_closed_later_is_open_again(entry: Entry, field: str) -> None:
    assert getattr(then(entry), field) is None
    assert not then(entry).closed
    assert then(entry, DAY) is entry


@pytest.mark.parametrize(
    ("entry", "day", "fields"),
    [
        (a_risk(accepted_by="PER-001", accepted_on="2026-03-31"), "accepted_on", ("accepted_by", "accepted_state")),
        (an_improvement(raised_on="2026-01-01", decision="do", why="Cheap.", decided_on="2026-03-31"), "decided_on", ("decision", "why")),
        (
            a_nonconformity(raised_on="2026-01-01", verified_on="2026-03-31", closed_on=None, evidence=[]),
            "verified_on",
            ("verified_by", "effect_result"),
        ),
        (a_held_review(held_on="2026-01-01", approved_by="PER-001", approved_on="2026-03-31"), "approved_on", ("approved_by",)),
    ],
)
def test_what_was_settled_later_was_not_yet(entry: Entry, day: str, fields: tuple[str, ...]) -> None:
    assert [getattr(then(entry), field) for field in (day, *fields)] == [None] * (1 + len(fields))
    assert then(entry, DAY) is entry


def test_values_recorded_later_are_left_out() -> None:
    value = {"period_from": "2026-01-01", "period_to": "2026-03-31", "value": "1"}
    entry = a_measure(values=[value | {"recorded_on": "2026-03-30"}, value | {"recorded_on": "2026-03-31"}])
    assert [str(item.recorded_on) for item in then(entry).values] == ["2026-03-30"]
    assert then(entry, DAY) is entry


def test_a_day_that_was_moved_later_is_back() -> None:
    moved = [{"due": "2026-04-15", "moved_on": "2026-02-01", "why": "x"}, {"due": "2026-05-15", "moved_on": "2026-03-31", "why": "y"}]
    entry = an_action(done_on=None, due="2026-06-30", replanned=moved)
    assert (str(then(entry).due), len(then(entry).replanned)) == ("2026-05-15", 1)
    assert str(then(entry, date(2026, 1, 31)).due) == "2026-04-15"
    assert then(entry, DAY) is entry


def test_a_day_that_was_moved_on_an_unknown_day_stays() -> None:
    entry = an_action(done_on=None, replanned=[{"due": "2026-04-15", "why": "x"}])
    assert then(entry) is entry


def test_nothing_names_what_was_not_there_yet() -> None:
    isms = as_of(an_isms(a_risk(actions=["ACT-001"]), an_action(created="2026-03-31"), a_finding(found_on="2026-01-01"),
                              a_nonconformity(raised_on="2026-03-31")), BEFORE)  # fmt: skip
    assert isms.entries["RSK-001"].actions == ()  # type: ignore[attr-defined]
    assert isms.entries["FND-001"].becomes is None  # type: ignore[attr-defined]


def test_people_stay_whenever_they_were_entered() -> None:
    person = a_person(created="2026-03-31")
    assert then(person) is person


def test_a_leap_day_is_a_day() -> None:
    action = an_action(done_on="2028-02-29")
    assert then(action, date(2028, 2, 28)).done_on is None
    assert then(action, date(2028, 2, 29)) is action


DAYS = st.dates(date(2025, 12, 1), date(2026, 12, 31))


@st.composite
def ismses(draw: st.DrawFn) -> Isms:
    def day() -> str:
        return draw(DAYS).isoformat()

    actions = [
        an_action(id=f"ACT-00{number}", created=day(), done_on=draw(st.sampled_from([None, day()])), due=day(),
                  replanned=[{"due": day(), "moved_on": first, "why": "x"} for first in sorted((day(), day()))])
        for number in range(3)
    ]  # fmt: skip
    values = [{"period_from": "2026-01-01", "period_to": "2026-03-31", "recorded_on": day(), "value": 1} for _ in range(3)]
    risk = a_risk(actions=["ACT-000", "ACT-001", "ACT-002"], accepted_by="PER-001", accepted_on=day())
    return an_isms(*actions, risk, a_measure(values=values), an_incident(detected_on=day()), an_audit(ended_on=day()))


@given(ismses(), DAYS)
def test_twice_is_once(isms: Isms, day: date) -> None:
    assert as_of(as_of(isms, day), day) == as_of(isms, day)


@given(ismses(), DAYS, DAYS)
def test_an_earlier_day_shows_no_more_and_may_be_reached_by_way_of_a_later_one(isms: Isms, one: date, other: date) -> None:
    early, late = as_of(isms, min(one, other)), as_of(isms, max(one, other))
    assert early.entries.keys() <= late.entries.keys()
    assert as_of(late, min(one, other)) == early


@given(ismses())
def test_once_nothing_is_later_the_isms_is_itself(isms: Isms) -> None:
    day = date(2026, 12, 31)
    assert as_of(isms, day) == isms
    assert all(entry is isms.entries[identifier] for identifier, entry in as_of(isms, day).entries.items())


def test_the_isms_of_the_tests_is_itself_today() -> None:
    assert as_of(an_isms(), TODAY) == an_isms()
