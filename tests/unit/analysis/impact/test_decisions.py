"""Decisions that a change brings along are told with the person in whose name they were taken."""

from __future__ import annotations

from isms_plugin.analysis.impact.decisions import BroughtDecision
from isms_plugin.model.entry import Entry
from isms_plugin.render.impact_comment import impact_comment
from tests.builders import a_risk, an_approval
from tests.unit.analysis.impact.changed import impact_of

RECORD = an_approval(id="APR-2", method="record", reference=None)


def decisions(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> tuple[BroughtDecision, ...]:
    return impact_of(old, new).decisions


def test_a_record_that_comes_or_changes_is_told_and_one_that_stays_or_goes_is_not() -> None:
    assert [item.subject for item in decisions((), (RECORD,))] == ["POL-001"]
    assert [item.on for item in decisions((RECORD,), (RECORD.model_copy(update={"role": "ROL-002"}),))] == ["2026-01-01"]
    assert decisions((RECORD,), (RECORD,)) == decisions((RECORD,), ()) == ()


def test_a_withdrawal_by_somebody_unknown_is_told_as_it_stands() -> None:
    (found,) = decisions((), (an_approval(id="APR-2", decision="reviewed_no_change", person="PER-999", version=None),))
    assert (found.version, found.decision, found.name) == ("", "reviewed no change", "PER-999")


def test_an_acceptance_is_told_when_it_is_given_and_not_when_something_else_changes() -> None:
    plain, accepted = a_risk(), a_risk(accepted_by="PER-001", accepted_on="2026-11-20", accepted_state=f"isms-risk-1:{'0' * 64}")
    assert [(item.subject, item.decision, item.on) for item in decisions((plain,), (accepted,))] == [(plain.id, "accepted", "2026-11-20")]
    assert [item.subject for item in decisions((), (accepted,))] == [plain.id]
    assert decisions((accepted,), (accepted.model_copy(update={"title": "Other"}),)) == ()
    assert decisions((accepted,), (plain,)) == ()


def test_the_comment_names_person_and_way_above_everything_that_unfolds() -> None:
    head = impact_comment(impact_of((), (RECORD,))).split("<details>")[0]
    assert "- **Decided already:** POL-001 1.0 approved by " in head
    assert " on 2026-01-01 (without a signature). Whoever is named should know of it." in head
    signed = impact_comment(impact_of((), (an_approval(id="APR-2", method="signed_record", signature="x"),)))
    assert " on 2026-01-01 (signed)." in signed
    assert " on 2026-01-01 (minutes)." in impact_comment(impact_of((), (an_approval(id="APR-2"),)))


def test_of_many_decisions_three_are_named() -> None:
    many = tuple(an_approval(id=f"APR-1{number}") for number in range(5))
    assert "; 2 more. Whoever is named" in impact_comment(impact_of((), many))
