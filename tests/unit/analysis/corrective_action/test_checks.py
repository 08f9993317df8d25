from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.corrective_action.checks import check_corrective_action
from isms_plugin.analysis.trace import trace
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from tests.builders import TODAY, a_finding, a_nonconformity, an_action, an_audit, an_evidence, an_isms, told

ALONE = {"becomes": None}
BODY = {"source": "certification_body", "certification_body": {"number": "1", "accepted_on": "2026-11-20"}}


def check(*entries: Entry, today: date = TODAY) -> list[Diagnostic]:
    isms = an_isms(an_action(), *entries)
    return list(check_corrective_action(isms, trace(isms)[0], today))


def test_a_chain_that_is_whole_has_nothing_to_report() -> None:
    assert check(a_nonconformity(), a_finding(), an_audit()) == []


@pytest.mark.parametrize(
    ("found_on", "today", "expected"),
    [
        ("2026-08-19", date(2026, 9, 4), []),
        ("2026-08-19", date(2026, 9, 5), ["finding-not-taken-up"]),
        ("2026-08-25", date(2026, 9, 8), []),
        ("2026-08-25", date(2026, 9, 9), ["finding-not-taken-up"]),
        (None, date(2026, 9, 5), ["finding-not-taken-up"]),
    ],
)
def test_a_finding_is_taken_up_within_fourteen_days_of_the_audit(found_on: str | None, today: date, expected: list[str]) -> None:
    found = check(a_finding(**ALONE, found_on=found_on), an_audit(), today=today)
    assert [item.code for item in found] == expected


def test_fourteen_days_go_over_a_leap_day() -> None:
    audit = an_audit(ended_on="2028-02-15")
    assert check(a_finding(**ALONE), audit, today=date(2028, 2, 29)) == []
    assert told(check(a_finding(**ALONE), audit, today=date(2028, 3, 1))) == [("finding-not-taken-up", "FND-001")]


@pytest.mark.parametrize(
    ("why", "changes", "others"),
    [
        ("an action serves it", ALONE, (an_audit(), an_action(id="ACT-002", **{"for": ["FND-001"]}))),
        ("an opportunity may wait", ALONE | {"grade": "ofi"}, (an_audit(),)),
        ("nothing is wrong", ALONE | {"grade": "compliant"}, (an_audit(),)),
        ("the audit has not ended", ALONE, (an_audit(ended_on=None),)),
        ("the audit is unknown", ALONE, ()),
        ("a draft", ALONE | {"status": "draft"}, (an_audit(),)),
        ("retired", ALONE | {"status": "retired"}, (an_audit(),)),
        ("declined with a reason", ALONE | {"grade": "ofi", "declined": "true", "declined_why": "No."}, (an_audit(),)),
    ],
)
def test_it_need_not_be_taken_up(why: str, changes: dict[str, Any], others: tuple[Entry, ...]) -> None:
    assert (why, check(a_finding(**changes), *others)) == (why, [])


@pytest.mark.parametrize(
    ("changes", "fragment"),
    [
        ({"grade": "minor", "declined_why": "Too dear."}, "is a minor and was declined"),
        ({"grade": "major"}, "is a major and was declined"),
        ({"grade": "ofi"}, "was declined, and no reason says why"),
    ],
)
def test_only_opportunities_are_declined_and_with_a_reason(changes: dict[str, Any], fragment: str) -> None:
    (found,) = check(a_finding(**ALONE, declined="true", **changes), an_audit())
    assert found.code == "finding-declined"
    assert fragment in found.message


def test_the_effect_is_verified_by_somebody_else() -> None:
    (found,) = check(a_nonconformity(verified_by="PER-001"))
    assert (found.code, found.message) == ("verified-by-doer", "NC-001: PER-001 verified the effect and carried out ACT-001")
    assert check(a_nonconformity(verified_by="PER-001", status="draft")) == []
    assert check(a_nonconformity(verified_by=None, actions=[])) == []


@pytest.mark.parametrize(
    ("changes", "action", "fragment"),
    [
        ({}, {"done_on": None}, "and ACT-001 is not done"),
        ({"verified_on": None}, {"done_on": "2026-11-11"}, "before ACT-001 was done on 2026-11-11"),
        ({"verified_on": "2026-09-24"}, {}, "and its effect was verified on 2026-09-24, before ACT-001 was done on 2026-09-25"),
        ({"verified_on": "2026-11-11"}, {}, "before its effect was verified on 2026-11-11"),
        ({"evidence": []}, {}, "and no evidence shows that it works"),
        (BODY, {}, "before the certification body accepted the answer on 2026-11-20"),
        ({"source": "certification_body"}, {}, "and the certification body has accepted no answer"),
    ],
)
def test_it_is_closed_once_everything_is_there(changes: dict[str, Any], action: dict[str, Any], fragment: str) -> None:
    (found,) = check(a_nonconformity(**changes), an_action(**action))
    assert (found.code, found.message) == ("closed-without-parts", f"NC-001 was closed on 2026-11-10, {fragment}")


@pytest.mark.parametrize(
    ("changes", "action"),
    [
        ({"verified_on": "2026-11-10"}, {"done_on": "2026-11-10"}),
        ({"certification_body": {"number": "1", "accepted_on": "2026-11-10"}}, {}),
        ({"closed_on": None, "evidence": []}, {"done_on": None}),
        ({"evidence": [], "status": "draft"}, {}),
        ({"actions": ["ACT-002"]}, {"id": "ACT-002", "status": "retired", "done_on": None}),
    ],
)
def test_everything_may_be_there_on_the_day_itself_and_what_is_open_may_lack_it(changes: dict[str, Any], action: dict[str, Any]) -> None:
    assert check(a_nonconformity(**changes), an_action(**action)) == []


@pytest.mark.parametrize("target", ["NC-001", "ACT-001"])
def test_evidence_may_prove_the_nonconformity_or_its_action(target: str) -> None:
    assert check(a_nonconformity(evidence=[]), an_evidence(id="EVD-002", **{"for": [target]})) == []


def test_escalations_are_reported_while_it_is_open() -> None:
    again = a_nonconformity(
        id="NC-002", follows="NC-001", raised_on="2026-11-12", closed_on=None, verified_on=None, effect_due="2026-12-31"
    )
    late = a_nonconformity(id="NC-003", closed_on=None, verified_on=None, effect_due="2026-10-01")
    stage_1 = an_audit(id="AUD-002", kind="stage_1", started_on="2026-10-06", ended_on="2026-10-07")
    found = check(a_nonconformity(), again, late, stage_1)
    assert told(found) == [("nonconformity-repeated", "NC-002"), ("minor-unclosed", "NC-003")]
    assert "NC-002 came back: NC-001 had been closed on 2026-11-10" in found[0].message
    assert found[0].place.pointer == ("follows",)


def test_a_finding_graded_higher_counts_but_no_code_reports_it() -> None:
    assert check(a_nonconformity(closed_on=None), a_finding(grade="major"), an_audit()) == []
