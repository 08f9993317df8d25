"""What stands in the work sheet of an audit."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.authoring.audit_work_sheet import work_sheet
from isms_plugin.authoring.named_entry import named_entry
from isms_plugin.errors import IsmsError
from isms_plugin.model.audit import Audit
from isms_plugin.model.entry import Entry
from tests.builders import a_clause, a_finding, a_nonconformity, a_person, a_programme, a_requirement, a_risk, an_action, an_audit, facts_of

NEXT = {
    "id": "AUD-002", "title": "Second\naudit", "planned": "2027-05-28", "started_on": None, "ended_on": None, "covered": [],
    "auditors": ["PER-003"], "conclusion": None, "report": None, "reported_to": None,
}  # fmt: skip
PLANNED = [{"audit": "AUD-002", "planned": "2027-05-28", "covers": ["5", "A.5.1"]}]
HEADINGS = (a_clause(id="5", title="Leadership", heading="true"), a_clause(id="5.2", parent="5"))


def sheet(*others: Entry, **changes: Any) -> str:
    audit = an_audit(**NEXT | changes)
    given = (*HEADINGS, an_audit(), an_action(), a_person(id="PER-003", name="Carla Diaz"), a_programme(audits=PLANNED), audit)
    return work_sheet(facts_of(*given, *others), audit)


def section(text: str, title: str) -> str:
    """Lines of a section, up to the next heading."""
    _, _, rest = text.partition(f"{title}\n")
    return rest.partition("\n#")[0]


def test_the_head_says_plan_and_programme() -> None:
    text = sheet()
    assert text.startswith("# Work sheet of AUD-002: Second audit\n\nState of the ISMS: 2026-11-24.")
    plan = section(text, "## Plan")
    for line in (
        "- Kind: internal", "- Scope: Everything", "- Auditors: PER-003 Carla Diaz", "- Planned for: 2027-05-28",
        "- Held: from .......... to ..........", "- Programme: PRG-001 Internal audits (Clauses: 1, Controls of Annex A: 1)",
        "- Methods: interviews",
    ):  # fmt: skip
        assert line in plan.splitlines()


def test_each_clause_and_control_has_what_answers_it_and_places_for_notes() -> None:
    text = sheet()
    clause, control = section(text, "### 5.2 Policy"), section(text, "### A.5.1 Policies")
    assert "POL-001 Security policy, version 1.0, approved, Anna Berg (PER-001)" in clause
    assert "- Audited before: in no audit on record" in clause
    assert "- Decision: included, implemented" in control
    assert "- Owner: Anna Berg (PER-001)" in control
    assert "- Evidence: EVD-001 Export" in control
    assert "- Audited before: AUD-001 (ended 2026-08-21)" in control
    for notes in (clause, control):
        assert "Facts:\n\n\nSamples:\n\n\nGrade (compliant, OFI, minor, major):" in notes
    assert "### 5 Leadership" not in text


def test_what_a_mock_audit_raises_stands_with_its_place() -> None:
    undriven = (a_risk(status="retired"), a_requirement(met_by=["POL-001"]))
    control = section(sheet(*undriven), "### A.5.1 Policies")
    raised = [line for line in control.splitlines() if line.startswith("- A mock audit raises: minor, ") and "[no-driver]" in line]
    assert len(raised) == 1
    assert "(registers/soa.yml:" in raised[0]


def test_earlier_findings_are_to_be_followed_up_with_their_state() -> None:
    repeated = a_nonconformity(id="NC-002", title="Noticed", closed_on=None, verified_on=None)
    text = sheet(a_finding(), a_finding(id="FND-002", grade="compliant", becomes=None), a_nonconformity(), repeated)
    follow = section(text, "## To follow up")
    assert "- [ ] FND-001 minor, Laptop missing: settled by NC-001, closed (AUD-001)" in follow
    assert "- [ ] NC-002 minor, Noticed: effect to be checked" in follow
    assert "FND-002" not in follow
    control = section(text, "### A.5.1 Policies")
    assert "- Found before: FND-001" in control
    assert "- Found before: NC-002" in control
    assert "- Found before: NC-001" not in control
    assert "Nothing was found before." in section(sheet(), "## To follow up")


def test_own_work_of_auditors_is_named_before_the_audit() -> None:
    assert "None of the auditors answers for anything in scope." in sheet()
    assert "- PER-001 Anna Berg is owner of the decision of A.5.1: no reason is recorded" in sheet(auditors=["PER-001"])
    work = [{"auditor": "PER-001", "items": ["A.5.1"], "why": "PER-003 looks at it."}]
    assert "of A.5.1: PER-003 looks at it." in sheet(auditors=["PER-001"], own_work=work)
    assert "No auditor is a person of the register" in sheet(auditors=[], body="Northmark")


def test_samples_are_listed_or_the_command_is_told() -> None:
    assert "--audit AUD-002 --write" in section(sheet(), "## Samples drawn")
    drawn = {"population": "Assets", "count": "9", "method": "isms-draw-1", "seed": "7", "items": ["AST-001"]}
    assert "- Assets, 1 of 9; isms-draw-1, seed 7: AST-001" in section(sheet(samples=[drawn]), "## Samples drawn")


def test_people_to_talk_to_are_those_who_answer() -> None:
    assert "- [ ] PER-001 Anna Berg, answers for A.5.1" in section(sheet(), "## Interviews")


def test_without_a_scope_the_sheet_says_so() -> None:
    assert "No programme says what AUD-003 covers" in sheet(id="AUD-003")


def test_the_same_isms_gives_the_same_sheet() -> None:
    assert sheet() == sheet()


@pytest.mark.parametrize(("name", "told"), [("AUD-01", "did you mean AUD-001"), ("AUD-001", "is retired")])
def test_an_audit_that_is_not_there_has_no_sheet(name: str, told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        named_entry(facts_of(an_audit(status="retired")).isms, Audit, name)
