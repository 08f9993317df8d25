"""What later audits always look at, topic by topic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.readiness.since import Since
from isms_plugin.analysis.readiness.since_topics import TOPICS, topics
from isms_plugin.model.entry import Entry
from tests.builders import (
    a_certification,
    a_change,
    a_finding,
    a_held_review,
    a_measure,
    a_nonconformity,
    a_person,
    a_review,
    a_risk,
    a_site,
    an_audit,
    an_improvement,
    an_objective,
    facts_of,
)

AFTER = Since(date(2026, 10, 7), None, "")
EVER = Since(None, None, "")
BOUNDARIES = [("2026-10-07", False), ("2026-10-08", True), ("2026-11-24", True), ("2026-11-25", False)]
"""The day of the audit, the day after, today, tomorrow."""


def told(name: str, *changed: Entry, after: Since = AFTER, **options: Any) -> list[tuple[str, str]]:
    found = next(item for item in topics(facts_of(*changed, **options), after) if item.topic.name == name)
    return [(line.entry.id, line.words) for line in found.lines]


def named(name: str, *changed: Entry, after: Since = AFTER, **options: Any) -> list[str]:
    return [entry for entry, _ in told(name, *changed, after=after, **options)]


@pytest.mark.parametrize(("day", "counts"), BOUNDARIES)
def test_internal_audits_and_reviews_since(day: str, counts: bool) -> None:
    assert named("internal-audits", an_audit(ended_on=day)) == (["AUD-001"] if counts else [])
    assert named("reviews", a_held_review(held_on=day)) == (["MRV-001"] if counts else [])


def test_audits_of_others_and_planned_ones_are_no_internal_audits() -> None:
    assert named("internal-audits", an_audit(kind="stage_2", ended_on="2026-11-01"), an_audit(id="AUD-002", ended_on=None)) == []
    assert named("reviews", a_review()) == []


@pytest.mark.parametrize(
    ("raised_on", "closed_on", "counts"),
    [
        ("2026-10-07", None, True),
        ("2026-10-08", None, False),
        ("2026-08-19", "2026-10-07", False),
        ("2026-08-19", "2026-10-08", True),
        (None, None, False),
    ],
)
def test_what_was_open_at_the_end_of_the_day(raised_on: str | None, closed_on: str | None, counts: bool) -> None:
    item = a_nonconformity(raised_on=raised_on, closed_on=closed_on)
    assert bool(named("findings", item)) is counts


def test_a_nonconformity_stands_for_its_finding_and_tells_where_it_stands() -> None:
    found = told("findings", a_nonconformity(closed_on=None), a_finding(), an_audit())
    assert [name for name, _ in found] == ["NC-001"]
    assert found[0][1].startswith("minor; ")


@pytest.mark.parametrize(
    ("changes", "done_on", "words"),
    [
        ({"becomes": None}, None, "ofi; not taken up"),
        ({}, None, "ofi; taken up by IMP-001"),
        ({}, "2026-10-08", "ofi; settled by IMP-001"),
        ({}, "2026-10-07", ""),
        ({"grade": "compliant", "becomes": None}, None, ""),
    ],
)
def test_findings_without_a_nonconformity(changes: dict[str, Any], done_on: str | None, words: str) -> None:
    finding = a_finding(**{"grade": "ofi", "becomes": "IMP-001"} | changes)
    found = told("findings", finding, an_audit(), an_improvement(done_on=done_on, decision="do"))
    assert found == ([("FND-001", words)] if words else [])


def test_before_the_first_audit_nothing_was_open() -> None:
    assert named("findings", a_nonconformity(closed_on=None), after=EVER) == []


@pytest.mark.parametrize(("day", "counts"), BOUNDARIES)
def test_complaints_of_customers_their_audits_and_what_reviews_heard(day: str, counts: bool) -> None:
    entries = (
        a_nonconformity(source="customer", raised_on=day, closed_on=None),
        a_nonconformity(id="NC-002", raised_on=day, closed_on=None),
        an_audit(kind="customer", ended_on=day),
        a_held_review(held_on=day),
    )
    assert sorted(named("feedback", *entries)) == (["AUD-001", "MRV-001", "NC-001"] if counts else [])


def test_objectives_in_force_are_told_with_their_latest_values() -> None:
    assert told("objectives", an_objective(), a_measure(target="0", direction="at_most")) == [
        ("OBJ-001", "target: none; MET-001: 0 files in 2026 Q3, reached")
    ]
    assert told("objectives", an_objective(), a_measure(values=[]))[0][1] == "target: none; MET-001: no value"
    assert told("objectives", an_objective(measures=[]))[0][1] == "target: none; not measured"


@pytest.mark.parametrize(("day", "counts"), BOUNDARIES)
def test_objectives_judged_since(day: str, counts: bool) -> None:
    found = told("objectives", an_objective(closed_on=day, outcome="missed"), a_measure())
    assert found == ([("OBJ-001", "target: none; missed")] if counts else [])


@pytest.mark.parametrize(("day", "counts"), BOUNDARIES)
@pytest.mark.parametrize("field", ["raised_on", "decided_on", "done_on"])
def test_improvements_raised_decided_or_done_since(field: str, day: str, counts: bool) -> None:
    entry = an_improvement(**{"raised_on": "2026-01-05", "decision": "do"} | {field: day})
    assert bool(named("improvement", entry)) is counts


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "not decided"),
        ({"decision": "do"}, "to be done"),
        ({"decision": "later"}, "later"),
        ({"decision": "no"}, "not taken up"),
        ({"decision": "no", "done_on": "2026-10-20"}, "not taken up"),
        ({"decision": "do", "done_on": "2026-10-20"}, "done"),
    ],
)
def test_what_became_of_an_idea(changes: dict[str, Any], words: str) -> None:
    assert told("improvement", an_improvement(raised_on="2026-10-10", **changes)) == [("IMP-001", words)]


@pytest.mark.parametrize(("day", "counts"), BOUNDARIES)
def test_nonconformities_closed_since(day: str, counts: bool) -> None:
    assert told("improvement", a_nonconformity(closed_on=day)) == ([("NC-001", "closed, its effect verified")] if counts else [])


@pytest.mark.parametrize(("day", "counts"), BOUNDARIES)
def test_changes_of_any_sort(day: str, counts: bool) -> None:
    entries = (
        a_change(approved_on=day), a_person(id="PER-002", active_from=day), a_person(id="PER-003", active_to=day), a_site(created=day),
        a_risk(assessed_on=day),
    )  # fmt: skip
    expected = [("SIT-001", "entered"), ("RSK-001", "assessed"), ("PER-003", "left"), ("PER-002", "joined"), ("CHG-001", "significant")]
    assert told("changes", *entries) == (expected if counts else [])


def test_texts_approved_since() -> None:
    assert told("changes", a_risk(assessed_on=None), after=Since(date(2025, 12, 31), None, "")) == [
        ("APR-POL-001-1.0", "Security policy, version 1.0: approved")
    ]
    assert told("changes", after=Since(date(2026, 1, 1), None, "")) == []


def test_where_the_mark_is_shown() -> None:
    assert told("mark", a_certification(mark_use="On the web site.")) == [("CRT-001", "On the web site.")]
    assert told("mark", a_certification(), a_certification(id="CRT-002", mark_use="Cards.", ended_on="2026-01-01")) == []


def test_topics_can_be_linked_to_and_say_when_there_is_nothing() -> None:
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)
    assert all(topic.question.endswith("?") and topic.nothing.endswith(".") for topic in TOPICS)


def test_drafts_and_retired_entries_are_left_out() -> None:
    for status in ("draft", "retired"):
        assert named("internal-audits", an_audit(ended_on="2026-11-01", status=status)) == []
        assert named("improvement", an_improvement(raised_on="2026-11-01", status=status)) == []
