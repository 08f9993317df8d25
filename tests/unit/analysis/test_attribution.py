"""Who changed what, and which approval was in force in the newer state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from isms_plugin.analysis.attribution import attributed, decisions, in_force
from isms_plugin.analysis.changes import InForce, changes
from isms_plugin.analysis.documents.approvals import Issue, Standing
from isms_plugin.model.approval import Approval
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.history import Completeness, History, Revision
from isms_plugin.model.signing import UNSIGNED
from isms_plugin.model.state import State, state_of
from tests.builders import a_document, an_isms

HASH, OTHER = (f"isms-text-1:{letter * 64}" for letter in "ab")
REVISION = Revision(
    commit="c" * 40, date=datetime(2026, 2, 1, tzinfo=UTC), author="Bodo Kern", email="bodo@example.org", summary="change", path="a.md"
)


def a_record(identifier: str = "APR-001", day: str = "2026-02-01", **changes: Any) -> Approval:
    valid = {
        "id": identifier, "document": "POL-001", "version": "1.0", "content_hash": HASH, "decision": "approved", "person": "PER-001",
        "role": "ROL-001", "decided_on": day, "method": "record",
    }  # fmt: skip
    return Approval.model_validate(valid | changes)


def an_issue(record: Approval, *reviews: Approval, level: int = 3) -> Issue:
    return Issue(approval=record, text=None, written=(), level=level, signature=UNSIGNED, reviews=reviews)


def a_standing(*issues: Issue) -> Standing:
    return Standing(document=a_document(), working=HASH, state="approved", level=3, issues=issues)


def a_state(*records: Approval, text: str = HASH) -> State:
    places = {entry.id: Place("registers/x.yml", 1, 1) for entry in (a_document(), *records)}
    state = state_of(an_isms(a_document(), *records, places=places))
    return replace(state, entries={**state.entries, "POL-001": replace(state.entries["POL-001"], text=text)})


def approval(state: State, standing: Standing | None) -> InForce | None:
    return in_force(state.entries["POL-001"], decisions(state).get("POL-001", ()), standing)


def record_of(found: InForce | None) -> str:
    return found.record if found else ""


def test_the_newest_record_that_the_state_holds_is_in_force() -> None:
    first, second = a_record(), a_record("APR-002", "2026-03-01")
    standing = a_standing(an_issue(second), an_issue(first))
    assert record_of(approval(a_state(first, second), standing)) == "APR-002"
    assert record_of(approval(a_state(first), standing)) == "APR-001"
    assert approval(a_state(), standing) is None


def test_person_day_and_level_come_with_it() -> None:
    found = approval(a_state(a_record()), a_standing(an_issue(a_record(), level=4)))
    assert found == InForce(record="APR-001", person="PER-001", day="2026-02-01", level=4, same_text=True)


def test_a_review_keeps_in_force_what_was_issued() -> None:
    review = a_record("APR-002", "2026-03-01", decision="reviewed_no_change")
    found = approval(a_state(a_record(), review), a_standing(an_issue(a_record(), review, level=2)))
    assert (record_of(found), found and found.level) == ("APR-002", 2)


def test_a_withdrawal_ends_it() -> None:
    end = a_record("APR-002", "2026-03-01", decision="withdrawn")
    assert approval(a_state(a_record(), end), a_standing(an_issue(a_record()))) is None


def test_a_record_that_does_not_count_today_did_not_count_then() -> None:
    assert approval(a_state(a_record()), a_standing()) is None


@pytest.mark.parametrize("change", [{"decision": "rejected"}, {"status": "draft"}, {"document": "POL-002"}])
def test_what_puts_nothing_in_force_is_passed_over(change: dict[str, str]) -> None:
    assert approval(a_state(a_record(**change)), None) is None


def test_for_a_document_that_is_gone_the_record_of_its_text_counts_at_an_unknown_level() -> None:
    found = approval(a_state(a_record()), None)
    assert (record_of(found), found and found.level) == ("APR-001", None)
    assert approval(a_state(a_record(), text=OTHER), None) is None


def test_an_approval_of_an_earlier_text_is_told_as_such() -> None:
    found = approval(a_state(a_record(), text=OTHER), a_standing(an_issue(a_record())))
    assert found is not None
    assert not found.same_text


def told(history: History, **parts: Any) -> Any:
    old, new = state_of(an_isms()), state_of(an_isms(a_document(version="2.0")))
    given: dict[str, Any] = {"commits": {}, "uncommitted": (), "standings": {}}
    return attributed(changes(old, new), new, history=history, **given | parts)


def test_commits_go_to_the_entries_that_they_changed() -> None:
    found = told(History(completeness=Completeness.COMPLETE), commits={"POL-001": (REVISION,), "RSK-001": ()}, uncommitted=["POL-001"])
    change = found.groups[0].changes[0]
    assert (change.id, change.commits, change.uncommitted, found.gap) == ("POL-001", (REVISION,), True, "")


def test_what_the_history_cannot_tell_is_said() -> None:
    assert told(History(reason="this is no git repository")).gap == "this is no git repository"
    assert "shallow" in told(History(completeness=Completeness.SHALLOW)).gap
