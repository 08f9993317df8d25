from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.corrective_action.state import Progress, State, chain_of, doers, evidence_of, progress, timing
from isms_plugin.analysis.trace import trace
from isms_plugin.model.entry import Entry
from tests.builders import TODAY, a_nonconformity, an_action, an_evidence, an_isms

OPEN = {"closed_on": None}
UNVERIFIED = OPEN | {"verified_on": None, "effect_result": None}
UNDECIDED = UNVERIFIED | {"actions": []}
WITHOUT_CAUSE = UNDECIDED | {"cause": None}
WITHOUT_EXTENT = WITHOUT_CAUSE | {"extent": None}
RAISED = WITHOUT_EXTENT | {"correction": None}
BODY = {"certification_body": {"number": "1", "deadline": "2026-11-30"}}


def of(changes: dict[str, Any], *others: Entry, today: date = TODAY) -> Progress:
    item = a_nonconformity(**changes)
    return progress(an_isms(item, *(others or (an_action(),))), item, today)


@pytest.mark.parametrize(
    ("changes", "state", "missing"),
    [
        (RAISED, State.RAISED, "correction"),
        (RAISED | {"cause": "Known.", "actions": ["ACT-001"]}, State.RAISED, "correction"),
        (WITHOUT_EXTENT, State.CORRECTED, "extent"),
        (WITHOUT_CAUSE, State.CORRECTED, "root cause"),
        (UNDECIDED, State.CAUSE_FOUND, "corrective action"),
        (UNVERIFIED, State.TO_CHECK, "check of effect"),
        (OPEN, State.TO_CLOSE, "closure"),
        ({}, State.CLOSED, ""),
        (RAISED | {"closed_on": "2026-11-10"}, State.CLOSED, ""),
    ],
)
def test_the_state_is_the_last_part_with_all_before_it(changes: dict[str, Any], state: State, missing: str) -> None:
    found = of(changes)
    assert (found.state, found.missing) == (state, missing)


def test_an_open_action_is_under_way_and_its_owners_see_to_it() -> None:
    open_one = an_action(id="ACT-002", owner="PER-007", done_on=None, due="2026-12-01")
    found = of(UNVERIFIED | {"actions": ["ACT-001", "ACT-002"]}, an_action(), open_one)
    assert found == Progress(state=State.UNDER_WAY, missing="ACT-002", who=("PER-007",), due=date(2026, 12, 1), timing="later")


def test_an_action_that_was_given_up_or_is_not_there_is_none() -> None:
    assert of(UNVERIFIED, an_action(status="retired")).state is State.CAUSE_FOUND
    assert of(UNVERIFIED | {"actions": ["ACT-009"]}).state is State.CAUSE_FOUND


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [
        (None, TODAY, ""),
        (date(2026, 11, 23), TODAY, "overdue"),
        (date(2026, 11, 24), TODAY, "due today"),
        (date(2026, 11, 25), TODAY, "later"),
        (date(2028, 2, 29), date(2028, 2, 29), "due today"),
        (date(2028, 2, 29), date(2028, 3, 1), "overdue"),
    ],
)
def test_a_day_is_past_from_the_day_after(due: date | None, today: date, expected: str) -> None:
    assert timing(due, today) == expected


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        (RAISED | BODY, date(2026, 11, 30)),
        (RAISED | {"certification_body": BODY["certification_body"] | {"accepted_on": "2026-11-20"}}, None),
        (RAISED | {"actions": ["ACT-002"]}, date(2026, 12, 1)),
        (RAISED | BODY | {"actions": ["ACT-002"]}, date(2026, 11, 30)),
        (UNVERIFIED | BODY | {"actions": ["ACT-002"]}, date(2026, 12, 1)),
        (UNVERIFIED | BODY, date(2026, 11, 10)),
        (OPEN | BODY, None),
        ({}, None),
    ],
)
def test_the_next_day_is_that_of_what_is_missing(changes: dict[str, Any], due: date | None) -> None:
    assert of(changes, an_action(), an_action(id="ACT-002", done_on=None, due="2026-12-01")).due == due


@pytest.mark.parametrize(
    ("changes", "today", "sentence"),
    [
        (RAISED | BODY, date(2026, 11, 30), "raised; correction missing, due today"),
        (RAISED | BODY, date(2026, 12, 1), "raised; correction missing, was due on 2026-11-30"),
        (WITHOUT_EXTENT, TODAY, "corrected; extent missing"),
        (UNVERIFIED, date(2026, 11, 9), "effect to be checked, by 2026-11-10"),
        (OPEN, TODAY, "to be closed"),
        ({}, TODAY, "closed"),
    ],
)
def test_it_is_told_in_a_few_words(changes: dict[str, Any], today: date, sentence: str) -> None:
    assert of(changes, today=today).sentence == sentence


def test_an_open_action_is_told_by_its_id() -> None:
    assert of(UNVERIFIED, an_action(done_on=None)).sentence == "action under way: ACT-001, was due on 2026-09-30"


def test_whoever_is_named_checks_the_effect_and_the_owner_closes() -> None:
    assert of(UNVERIFIED).who == ("PER-002",)
    assert of(UNVERIFIED | {"verified_by": None}).who == ()
    assert of(OPEN).who == ("PER-001",)
    assert of({}).who == ()


def test_doers_are_the_owners_of_its_actions() -> None:
    item = a_nonconformity(actions=["ACT-001", "ACT-002", "ACT-003"])
    isms = an_isms(item, an_action(), an_action(id="ACT-002", owner="PER-005"), an_action(id="ACT-003", owner=None))
    assert doers(isms, item) == ("PER-001", "PER-005")


def test_evidence_is_named_or_proves_it_and_counts_while_it_lives() -> None:
    item = a_nonconformity(evidence=["EVD-001", "EVD-009"])
    proving = an_evidence(id="EVD-002", **{"for": ["NC-001"]})
    isms = an_isms(item, proving, an_evidence(id="EVD-003", status="retired", **{"for": ["NC-001"]}))
    assert evidence_of(isms, trace(isms)[0], item) == ("EVD-001", "EVD-002")


def test_the_chain_has_its_parts_in_order() -> None:
    item = a_nonconformity(**RAISED)
    assert [part.name for part in chain_of(an_isms(item), item)] == [
        "correction", "extent", "root cause", "corrective action", "end of the action", "check of effect", "closure",
    ]  # fmt: skip
