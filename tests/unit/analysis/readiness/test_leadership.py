"""The policy of top management, and deputies."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.leadership import find_policy, find_roles
from isms_plugin.model.entry import Entry
from tests.builders import a_communication, a_document, a_person, a_role, an_acknowledgement, an_approval, facts_of, told

TOP = a_role(top_management="true")
KNOWN = an_acknowledgement()
OTHER = a_person(id="PER-002", name="Ben Hart")
NOT_TOP = [("policy-not-by-top-management", "POL-001")]
UNKNOWN = [("policy-not-communicated", "POL-001")]


def policy(*changed: Entry, **options: Any) -> list[tuple[str, str]]:
    return told(find_policy(facts_of(TOP, KNOWN, *changed, **options), Stage.STAGE_1))


def test_a_policy_is_approved_by_top_management_and_communicated() -> None:
    assert policy() == []


def test_a_role_has_to_say_that_it_is_top_management() -> None:
    (item,) = find_policy(facts_of(KNOWN), Stage.STAGE_1)
    assert item.code == "policy-not-by-top-management"
    assert item.message == "POL-001 1.0 was approved by PER-001 on 2026-01-01, and no role is marked as top management"
    assert item.hint == "set `top_management: true` in the role of whoever directs the organization"


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"appointed_on": "2026-01-01"}, True),
        ({"appointed_on": "2026-01-02"}, False),
        ({"status": "retired"}, True),
        ({"status": "draft"}, False),
        ({"holder": "PER-002"}, False),
        ({"holder": "PER-002", "former_holders": [{"person": "PER-001", "since": "2020-01-01", "until": "2026-01-01"}]}, True),
        ({"holder": "PER-002", "former_holders": [{"person": "PER-001", "since": "2020-01-01", "until": "2025-12-31"}]}, False),
        ({"holder": "PER-002", "deputy": "PER-001"}, True),
    ],
)
def test_the_role_was_held_on_that_day(changes: dict[str, Any], held: bool) -> None:
    assert policy(OTHER, a_role(top_management="true", **changes)) == ([] if held else NOT_TOP)


@pytest.mark.parametrize(("role", "held"), [("ROL-001", True), ("ROL-002", False)])
def test_a_deputy_has_to_decide_as_such(role: str, held: bool) -> None:
    top = a_role(top_management="true", holder="PER-002", deputy="PER-001")
    own = a_role(id="ROL-002", title="Manager")
    assert policy(OTHER, top, own, an_approval(role=role)) == ([] if held else NOT_TOP)


def test_a_member_of_top_management_may_decide_in_another_role() -> None:
    assert policy(a_role(id="ROL-002", title="Manager"), an_approval(role="ROL-002")) == []


def test_a_name_that_is_registered_nowhere_is_no_named_person() -> None:
    assert policy(a_role(top_management="true", holder="PER-009"), an_approval(person="PER-009")) == NOT_TOP


def test_a_later_review_by_top_management_counts() -> None:
    top = a_role(top_management="true", holder="PER-002")
    review = an_approval(id="APR-2", person="PER-002", decision="reviewed_no_change", decided_on="2026-06-01")
    assert policy(OTHER, top, review) == []


@pytest.mark.parametrize(
    ("changed", "without", "told_as"),
    [
        ([a_document(answers=[])], [], "there is no information security policy that top management could have approved"),
        ([], ["APR-POL-001-1.0"], "POL-001 Security policy: no version of the information security policy is approved"),
    ],
)
def test_without_an_approved_policy_there_is_nothing_to_communicate(changed: list[Entry], without: list[str], told_as: str) -> None:
    (item,) = find_policy(facts_of(TOP, *changed, without=without), Stage.STAGE_1)
    assert (item.code, item.message) == ("policy-not-by-top-management", told_as)


@pytest.mark.parametrize(
    ("changed", "known"),
    [
        ([], False),
        ([an_acknowledgement(acknowledged_on="2026-11-24")], True),
        ([an_acknowledgement(acknowledged_on="2026-11-25")], False),
        ([an_acknowledgement(document="POL-002")], False),
        ([an_acknowledgement(status="retired")], False),
        ([a_communication()], False),
        ([a_communication(links=["POL-001"])], True),
        ([a_communication(links=["POL-001"], done=[])], False),
        ([a_communication(links=["POL-001"], status="draft")], False),
        ([a_communication(links=["POL-001"], done=[{"told_on": "2026-11-24"}])], True),
        ([a_communication(links=["POL-001"], done=[{"told_on": "2026-11-25"}])], False),
        ([a_communication(done=[{"told_on": "2026-03-02", "reference": "channel, POL-001 version 1.0"}])], True),
        ([a_communication(done=[{"told_on": "2026-03-02", "reference": "channel, POL-0012"}])], False),
        ([a_communication(note="With [POL-001].")], True),
    ],
)
def test_the_policy_was_made_known(changed: list[Entry], known: bool) -> None:
    assert told(find_policy(facts_of(TOP, *changed), Stage.STAGE_1)) == ([] if known else UNKNOWN)


def test_one_of_several_policies_is_enough() -> None:
    assert policy(a_document(id="POL-002", title="Second part")) == []
    assert policy(a_document(id="POL-000", title="First part")) == []


def deputies(*changed: Entry, **options: Any) -> list[tuple[str, str]]:
    return told(find_roles(facts_of(*changed, **options), Stage.STAGE_1))


MISSING = [("no-deputy", "ROL-001")]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, True),
        ({"deputy": "PER-002"}, False),
        ({"deputy": "PER-001"}, True),
        ({"deputy": "PER-009"}, True),
        ({"holder": None}, False),
        ({"status": "draft"}, False),
        ({"status": "retired"}, False),
    ],
)
def test_whoever_approves_documents_has_a_deputy(changes: dict[str, Any], missing: bool) -> None:
    assert deputies(OTHER, a_role(**changes)) == (MISSING if missing else [])


@pytest.mark.parametrize(("active_to", "missing"), [("2026-11-24", False), ("2026-11-23", True)])
def test_the_deputy_is_here(active_to: str, missing: bool) -> None:
    person = a_person(id="PER-002", name="Ben Hart", active_to=active_to)
    assert deputies(person, a_role(deputy="PER-002")) == (MISSING if missing else [])


def test_other_roles_choose_for_themselves() -> None:
    draft = a_document(status="draft")
    assert deputies(draft) == []
    assert deputies(draft, TOP) == MISSING
