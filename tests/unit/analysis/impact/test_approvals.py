"""Which approvals a change needs, from which role, and who holds it on the day itself, the day before and the day after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.impact.approvals import NeededApproval
from isms_plugin.model.entry import Entry
from isms_plugin.model.fingerprint import text_hash
from tests.builders import TODAY, a_decision, a_document, a_person, a_risk, a_role, an_approval
from tests.unit.analysis.impact.changed import impact_of

OLD = an_approval(content_hash=text_hash("Security policy", ""))
BODO = a_person(id="PER-002", name="Bodo Kern")


def needed(*new: Entry, old: tuple[Entry, ...] = (), today: date = TODAY, **parts: Any) -> list[NeededApproval]:
    return list(impact_of((OLD, BODO, *old), (OLD, BODO, *new), today, **parts).approvals)


def told(*new: Entry, **parts: Any) -> list[tuple[str, str, str]]:
    return [(item.what, item.id, item.why) for item in needed(*new, **parts)]


def test_nothing_needs_an_approval_where_nothing_changes() -> None:
    assert needed() == []


@pytest.mark.parametrize(
    ("changes", "body", "why"),
    [
        ({}, "New.", "has another text, and that is not approved"),
        ({"version": "1.1"}, "", "has another version, and the text under that version is not approved"),
        ({"status": "in_review", "version": "1.1"}, "New.", "has another text, and that is not approved"),
        ({"status": "withdrawn"}, "", "is withdrawn, and no decision on that is on record"),
        ({"classification": "confidential"}, "", ""),
    ],
)
def test_a_document_needs_one_where_its_text_or_version_is_not_approved(changes: dict[str, Any], body: str, why: str) -> None:
    assert told(a_document(**changes), body=body) == ([("document", "POL-001", why)] if why else [])


def test_a_new_document_needs_one_and_what_is_approved_already_does_not() -> None:
    assert told(a_document(id="POL-002", title="Other")) == [("document", "POL-002", "is new")]
    approved = an_approval(id="APR-POL-001-1.1", version="1.1", content_hash=text_hash("Security policy", "New."))
    assert told(a_document(version="1.1"), approved, body="New.") == []


def test_that_of_a_draft_can_wait_and_that_of_a_text_in_review_cannot() -> None:
    (new,) = needed(a_document(id="POL-002", title="Other", status="draft"))
    assert (new.draft, new.why, [person.id for person in new.holders]) == (True, "is a draft, and needs one before it counts", ["PER-001"])
    found = impact_of((OLD,), (OLD, a_document(status="draft")), body="New.")
    assert (len(found.approvals), found.effort.approvals) == (1, 0)
    assert [item.draft for item in needed(a_document(status="in_review"), body="New.")] == [False]


def test_a_withdrawal_on_record_needs_none() -> None:
    assert told(a_document(status="withdrawn"), an_approval(id="APR-2", decision="withdrawn", decided_on="2026-02-01")) == []


@pytest.mark.parametrize(
    ("role", "person", "today", "holders", "gap"),
    [
        ({}, {}, TODAY, ["PER-001"], ""),
        ({"deputy": "PER-002"}, {}, TODAY, ["PER-001", "PER-002"], ""),
        ({}, {"active_to": "2026-11-24"}, date(2026, 11, 24), ["PER-001"], ""),
        ({}, {"active_to": "2026-11-24"}, date(2026, 11, 25), [], "ROL-001 is held by PER-001, who left on 2026-11-24"),
        ({"deputy": "PER-002"}, {"active_to": "2026-11-24"}, date(2026, 11, 25), ["PER-002"], ""),
        ({"appointed_on": "2026-11-25"}, {}, date(2026, 11, 24), [], "ROL-001 is held by PER-001, who is not there"),
        ({"appointed_on": "2026-11-25"}, {}, date(2026, 11, 25), ["PER-001"], ""),
        ({"holder": None}, {}, TODAY, [], "ROL-001 is held by nobody"),
        ({"status": "active"}, {"status": "retired"}, TODAY, [], "ROL-001 is held by PER-001, who is not there"),
    ],
)  # fmt: skip
def test_who_holds_the_role_today(role: dict[str, Any], person: dict[str, Any], today: date, holders: list[str], gap: str) -> None:
    item = needed(a_role(**role), a_person(**person), today=today, body="New.")[0]
    assert ([holder.id for holder in item.holders], item.gap, item.role) == (holders, gap, "ROL-001")


@pytest.mark.parametrize(
    ("named", "gap"), [(None, "POL-001 names no approver role"), ("ROL-404", "ROL-404 does not exist")]
)  # fmt: skip
def test_a_role_that_is_not_there_is_said(named: str | None, gap: str) -> None:
    item = needed(a_document(approver_role=named), body="New.")[0]
    assert (item.gap, item.role, item.holders) == (gap, "", ())


STALE = "isms-risk-1:" + "0" * 64
STATEMENT = a_document(id="DOC-003", title="Statement", answers=["soa"])
ROW = "1 decision on controls changed, and no new version of the statement comes along"


def test_a_changed_decision_needs_a_new_statement() -> None:
    assert told(STATEMENT, a_decision(state="partly"), old=(STATEMENT,)) == [("statement", "DOC-003", ROW)]
    assert told(STATEMENT, old=(STATEMENT,)) == []
    newer = a_document(id="DOC-003", title="Statement", answers=["soa"], version="1.1")
    assert [what for what, _, _ in told(newer, a_decision(state="partly"), old=(STATEMENT,))] == ["document"]


def test_without_a_document_for_the_statement_that_is_said() -> None:
    item = needed(a_decision(state="partly"))[0]
    assert (item.id, item.gap) == ("", "no document issues the statement")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"residual_consequence": 3}, ""),
        ({"residual_likelihood": 4}, "keeps a level that its owner has to accept"),
        ({"residual_likelihood": 5}, ""),
        ({"residual_likelihood": 4, "status": "draft"}, ""),
        ({"accepted_by": "PER-001", "accepted_on": "2026-02-01", "accepted_state": STALE}, "changed after it was accepted"),
        ({"accepted_by": "PER-002", "accepted_on": "2026-02-01"}, "was accepted by somebody who is not its owner"),
        ({"accepted_by": "PER-001", "accepted_on": "2026-02-01", "accepted_until": "2026-11-23"}, "was accepted until a day gone by"),
        ({"accepted_by": "PER-001", "accepted_on": "2026-02-01", "accepted_until": "2026-11-24"}, ""),
    ],
)  # fmt: skip
def test_a_changed_risk_needs_its_owner_where_its_level_or_acceptance_says_so(changes: dict[str, Any], why: str) -> None:
    found = told(a_risk(residual_consequence=changes.pop("residual_consequence", 2), title="Other", **changes))
    assert found == ([("risk", "RSK-001", why)] if why else [])


def test_the_owner_of_a_risk_may_be_gone() -> None:
    item = needed(a_risk(residual_likelihood=4), a_person(active_to="2026-11-23"))[0]
    assert (item.holders, item.gap) == ((), "its owner PER-001 is not here")
    assert needed(a_risk(residual_likelihood=4, owner=None))[0].gap == "it has no owner"
