"""What documents promise, held against the registers, at the edges of calendar periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from isms_plugin.analysis.calendar.promises import Record
from isms_plugin.analysis.facts import Facts

DOCUMENT = """---
id: POL-001
title: Backup
status: {status}
effective_from: {since}
promises: [{{what: restore test, every: {every}, register: restore-tests}}]
---
"""


def made_on(*days: str) -> str:
    return "".join(
        f"- {{id: RST-{n}, title: T, tested_on: {day}}}\n" for n, day in enumerate(days, start=1)
    )  # fmt: skip


@pytest.fixture
def record(analysed: Callable[..., Facts]) -> Callable[..., Record | None]:
    def found(
        *days: str, every: str = "quarter", since: str = "2026-01-01", status: str = "approved", today: str = "2026-11-24", nil: str = ""
    ) -> Record | None:
        files = {"policies/a.md": DOCUMENT.format(status=status, since=since, every=every)}
        if days:
            files["registers/restore-tests.yml"] = made_on(*days)
        if nil:
            first, _, last = nil.partition("..")
            files["registers/nil-returns.yml"] = (
                f"- {{id: NIL-1, register: restore-tests, period_from: {first}, period_to: {last}, stated_by: P-1, stated_on: {last}}}"
            )
        promises = analysed(files, date.fromisoformat(today)).promises
        return promises[0] if promises else None

    return found


def states(record: Record | None) -> dict[str, str]:
    assert record is not None
    return {item.name: item.state for item in record.periods}


def test_each_whole_period_counts_from_the_first_day_to_the_last(record: Callable[..., Record | None]) -> None:
    assert states(record("2026-01-01", "2026-06-30")) == {"2026 Q1": "done", "2026 Q2": "done", "2026 Q3": "missed", "2026 Q4": "open"}


@pytest.mark.parametrize(
    ("today", "state"), [("2026-09-30", "open"), ("2026-10-01", "missed")], ids=["its last day", "the day after"]
)  # fmt: skip
def test_a_period_is_missed_once_it_is_over(record: Callable[..., Record | None], today: str, state: str) -> None:
    assert states(record("2026-05-01", today=today))["2026 Q3"] == state


@pytest.mark.parametrize(
    ("since", "state"), [("2026-07-01", "missed"), ("2026-07-02", "partial")], ids=["whole period in force", "a day short of it"]
)
def test_a_period_that_began_before_the_document_does_not_count(record: Callable[..., Record | None], since: str, state: str) -> None:
    found = states(record(since=since))
    assert found["2026 Q3"] == state
    assert "2026 Q2" not in found


def test_what_was_done_before_the_document_was_in_force_still_shows(record: Callable[..., Record | None]) -> None:
    assert states(record("2026-07-01", since="2026-08-15"))["2026 Q3"] == "done"


@pytest.mark.parametrize(
    ("nil", "state"),
    [("2026-07-01..2026-09-30", "nil"), ("2026-06-01..2026-10-31", "nil"), ("2026-07-01..2026-09-29", "missed")],
    ids=["the period", "more than it", "a day less"],
)
def test_a_nil_return_over_the_whole_period_answers(record: Callable[..., Record | None], nil: str, state: str) -> None:
    assert states(record(nil=nil))["2026 Q3"] == state


@pytest.mark.parametrize(
    ("days", "due"),
    [((), "2026-12-31"), (("2026-10-01",), "2027-03-31"), (("2026-09-30",), "2026-12-31")],
    ids=["never", "done in this period", "done in the last one"],
)
def test_the_next_day_is_the_end_of_the_next_period_without_it(
    record: Callable[..., Record | None], days: tuple[str, ...], due: str
) -> None:
    found = record(*days)
    assert found is not None
    assert found.next_due == date.fromisoformat(due)


def test_the_future_counts_for_nothing(record: Callable[..., Record | None]) -> None:
    found = record("2026-12-01")
    assert found is not None
    assert (found.last, states(found)["2026 Q4"]) == (None, "open")


@pytest.mark.parametrize("every", ["week", "month", "quarter", "half_year", "year", "two_years", "three_years"])
@pytest.mark.parametrize("since", ["2020-02-29", "2026-11-24", "2031-01-01"])
def test_every_cadence_has_a_next_day_that_has_not_been(record: Callable[..., Record | None], every: str, since: str) -> None:
    found = record("2026-11-24", every=every, since=since)
    assert found is not None
    assert found.next_due >= date(2026, 11, 24)


def test_a_draft_promises_nothing(record: Callable[..., Record | None]) -> None:
    assert record(status="draft") is None


def test_a_review_made_after_its_period_counts_for_that(analysed: Callable[..., Facts]) -> None:
    files = {
        "policies/a.md": DOCUMENT.format(status="approved", since="2026-01-01", every="quarter").replace("restore-tests", "access-reviews"),
        "registers/access-reviews.yml": "- {id: ARV-1, title: Q2, reviewed_on: 2026-07-08, period_from: 2026-04-01, period_to: 2026-06-30}",
    }
    (found,) = analysed(files).promises
    assert states(found) == {"2026 Q1": "missed", "2026 Q2": "done", "2026 Q3": "missed", "2026 Q4": "open"}


def test_each_promise_is_in_the_calendar(analysed: Callable[..., Facts]) -> None:
    facts = analysed({"policies/a.md": DOCUMENT.format(status="approved", since="2026-01-01", every="year")})
    assert [(item.uid, item.day, item.what) for item in facts.schedule] == [("POL-001/promises.0", date(2026, 12, 31), "restore test")]
