from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.corrective_action.certification import CertificationView, certification_view, plan_accepted
from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.improvement import Improvement
from isms_plugin.model.settings import Settings
from tests.builders import TODAY, a_finding, a_nonconformity, an_action, an_audit, an_evidence, an_isms

OPEN = {"closed_on": None, "verified_on": None}
BODY = {"source": "certification_body", "certification_body": {"number": "1", "accepted_on": "2026-11-20"}}
STAGE_1 = an_audit(kind="stage_1")


def facts(*entries: Entry, today: date = TODAY, minors: Any = "resolved") -> Facts:
    return analyse(an_isms(an_action(), *entries), History(), Settings(minors_before_certificate=minors), today, list)


def view(*entries: Entry, **changes: Any) -> CertificationView:
    return certification_view(facts(*entries, **changes))


def ids(found: CertificationView) -> dict[str, list[str]]:
    lists = {"majors": found.majors, "minors": found.minors, "others": found.others}
    return {name: [item.entry.id for item in items] for name, items in lists.items() if items}


def test_with_nothing_open_nothing_blocks() -> None:
    found = view(a_nonconformity(), a_finding(), an_audit())
    assert (found.blocked, found.sentence, ids(found)) == (False, "nothing blocking", {})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"grade": "major"}, {"majors": ["NC-001"]}),
        ({"grade": "major", "source": "self"}, {"majors": ["NC-001"]}),
        ({"grade": "major", "status": "draft"}, {"majors": ["NC-001"]}),
        ({"grade": "major", "status": "retired"}, {}),
        (BODY | {"grade": "major"}, {"majors": ["NC-001"]}),
        (BODY, {"minors": ["NC-001"]}),
        ({}, {"others": ["NC-001"]}),
        ({"source": "incident"}, {"others": ["NC-001"]}),
        (BODY | {"grade": None}, {"others": ["NC-001"]}),
    ],
)
def test_majors_block_whoever_raised_them_minors_only_those_of_the_body(changes: dict[str, Any], expected: dict[str, list[str]]) -> None:
    found = view(a_nonconformity(**OPEN | changes))
    assert ids(found) == expected
    assert found.blocked == bool({"majors", "minors"} & expected.keys())


def test_a_minor_of_another_source_that_became_a_major_blocks() -> None:
    later = an_audit(id="AUD-002", started_on="2026-11-11", ended_on="2026-11-12")
    found = view(a_nonconformity(**OPEN), later)
    assert ids(found) == {"majors": ["NC-001"]}
    assert found.majors[0].why.endswith("was still open, past its day, when AUD-002 ended on 2026-11-12")


def test_an_area_of_concern_of_stage_1_counts_as_a_finding_of_the_body() -> None:
    assert ids(view(a_nonconformity(**OPEN), a_finding(), STAGE_1)) == {"minors": ["NC-001"]}


@pytest.mark.parametrize("grade", ["minor", "major"])
def test_what_the_body_raised_is_resolved_once_it_is_closed_with_evidence(grade: str) -> None:
    proof = an_evidence(id="EVD-002", **{"for": ["ACT-001"]})
    without = a_nonconformity(**BODY, grade=grade, evidence=[])
    blocked = view(without)
    assert [item.why for item in (*blocked.majors, *blocked.minors)] == ["closed on 2026-11-10, but no evidence is there"]
    assert ids(view(a_nonconformity(**BODY, grade=grade))) == {}
    assert ids(view(without, proof)) == {}
    assert ids(view(a_nonconformity(grade=grade, evidence=[]))) == {}


@pytest.mark.parametrize(
    ("changes", "accepted"),
    [
        ({}, True),
        ({"correction": None}, False),
        ({"cause": None}, False),
        ({"actions": []}, False),
        ({"actions": ["ACT-002"]}, False),
        ({"actions": ["ACT-003"]}, True),
        ({"certification_body": {"number": "1"}}, False),
        ({"certification_body": {"number": "1", "accepted_on": "2026-11-24"}}, True),
        ({"certification_body": {"number": "1", "accepted_on": "2026-11-25"}}, False),
        ({"certification_body": None}, False),
    ],
)
def test_a_body_content_with_plans_has_to_have_accepted_one_that_is_whole(changes: dict[str, Any], *, accepted: bool) -> None:
    undated, planned = an_action(id="ACT-002", due=None, done_on=None), an_action(id="ACT-003", done_on=None, due="2026-12-31")
    item = a_nonconformity(**OPEN | BODY | changes)
    assert plan_accepted(facts(item, undated, planned), item) is accepted
    found = view(item, undated, planned, minors="planned")
    assert ids(found) == ({"others": ["NC-001"]} if accepted else {"minors": ["NC-001"]})
    assert ids(view(item, undated, planned)) == {"minors": ["NC-001"]}


def test_a_plan_does_not_help_against_a_major() -> None:
    assert ids(view(a_nonconformity(**OPEN | BODY, grade="major"), minors="planned")) == {"majors": ["NC-001"]}


@pytest.mark.parametrize(
    ("changes", "audit", "expected"),
    [
        ({"grade": "major"}, an_audit(), {"majors": ["FND-001"]}),
        ({"grade": "minor"}, an_audit(), {"others": ["FND-001"]}),
        ({"grade": "minor"}, STAGE_1, {"minors": ["FND-001"]}),
        ({"grade": "ofi"}, STAGE_1, {"others": ["FND-001"]}),
        ({"grade": "ofi", "declined": "true", "declined_why": "No."}, STAGE_1, {}),
        ({"grade": "minor", "declined": "true", "declined_why": "No."}, STAGE_1, {"minors": ["FND-001"]}),
        ({"grade": "compliant"}, STAGE_1, {}),
        ({"grade": "major", "status": "retired"}, STAGE_1, {}),
    ],
)
def test_a_finding_that_no_nonconformity_takes_up_stands_for_itself(
    changes: dict[str, Any], audit: Entry, expected: dict[str, list[str]]
) -> None:
    assert ids(view(a_finding(becomes=None, **changes), audit)) == expected


def test_a_finding_that_became_an_improvement_is_open_until_that_is_done_with_evidence() -> None:
    finding = a_finding(becomes="IMP-001")
    done = {"id": "IMP-001", "done_on": "2026-11-01"}
    open_one, unproved, proved = (
        Improvement.model_validate(fields) for fields in ({"id": "IMP-001"}, done, done | {"evidence": ["EVD-001"]})
    )
    assert [item.why for item in view(finding, STAGE_1, open_one).minors] == ["taken up by IMP-001, which is open"]
    assert [item.why for item in view(finding, STAGE_1, unproved).minors] == ["IMP-001 is done, but no evidence is there"]
    assert ids(view(finding, STAGE_1, proved)) == {}
    assert ids(view(finding, an_audit(), unproved)) == {}


@pytest.mark.parametrize(
    ("today", "why"),
    [
        (date(2026, 11, 29), "effect to be checked, was due on 2026-11-10; answer due on 2026-11-30"),
        (date(2026, 11, 30), "effect to be checked, was due on 2026-11-10; answer due on 2026-11-30, today"),
        (date(2026, 12, 1), "effect to be checked, was due on 2026-11-10; answer due on 2026-11-30, overdue"),
    ],
)
def test_the_answer_to_the_body_is_overdue_from_the_day_after(today: date, why: str) -> None:
    item = a_nonconformity(**OPEN | BODY | {"certification_body": {"number": "1", "deadline": "2026-11-30"}})
    assert [found.why for found in view(item, today=today).minors] == [why]


def test_the_sentence_counts() -> None:
    def sentence(majors: int, minors: int, minors_before: str = "resolved") -> str:
        raised = [a_nonconformity(id=f"NC-{number}", grade="major", **OPEN) for number in range(100, 100 + majors)]
        raised += [a_nonconformity(id=f"NC-{number}", **OPEN, source="certification_body") for number in range(200, 200 + minors)]
        return view(*raised, minors=minors_before).sentence

    assert sentence(1, 2) == "blocked by: 1 open major; 2 minors without resolution and evidence"
    assert sentence(2, 0) == "blocked by: 2 open majors"
    assert sentence(0, 1) == "blocked by: 1 minor without resolution and evidence"
    assert sentence(0, 1, "planned") == "blocked by: 1 minor without a plan that the certification body has accepted"
