from isms_plugin.analysis.audits.scope import audit_scope, audited_in, findings_of, findings_on, grouped
from isms_plugin.analysis.trace import trace
from tests.builders import a_clause, a_control, a_finding, a_nonconformity, a_programme, an_asset, an_audit, an_isms

NEXT = an_audit(id="AUD-009", ended_on=None)


def test_plan_and_coverage_are_told_apart_with_headings_resolved() -> None:
    programme = a_programme(audits=[{"audit": "AUD-001", "planned": "2026-08-31", "covers": ["9.2", "A.5.1"]}])
    audit = an_audit(covered=["A.5.1", "5.2"])
    isms = an_isms(a_clause(id="9.2", heading="true"), a_clause(id="9.2.1", parent="9.2"), programme, audit)
    scope = audit_scope(isms, audit)
    assert scope.programme is programme
    assert (scope.left_out, scope.added, scope.subjects) == (("9.2.1",), ("5.2",), ("9.2.1", "A.5.1", "5.2"))


def test_an_audit_in_no_programme_has_nothing_planned() -> None:
    scope = audit_scope(an_isms(a_programme(status="retired", audits=[{"audit": "AUD-001"}])), an_audit())
    assert (scope.programme, scope.planned, scope.covered) == (None, (), ("A.5.1",))


def test_groups_follow_the_order_of_the_sources_and_leave_out_what_is_unknown() -> None:
    isms = an_isms(a_control(id="A.5.2"), a_control(id="CTL-001"), an_asset(id="AST-002"))
    groups = grouped(isms, ["AST-002", "CTL-001", "A.5.2", "A.5.1", "5.2", "A.5", "SIT-001"])
    assert [(title, [entry.id for entry in entries]) for title, entries in groups] == [
        ("Clauses", ["5.2"]), ("Controls of Annex A", ["A.5.1", "A.5.2"]), ("Controls of our own", ["CTL-001"]), ("Others", ["AST-002"]),
    ]  # fmt: skip


def test_earlier_audits_of_a_subject_come_with_the_latest_first() -> None:
    isms = an_isms(
        NEXT, an_audit(), an_audit(id="AUD-002", ended_on="2026-10-07"), an_audit(id="AUD-003", covered=["5.2"]),
        an_audit(id="AUD-004", status="retired"),
    )  # fmt: skip
    assert [audit.id for audit in audited_in(isms, "A.5.1", NEXT)] == ["AUD-002", "AUD-001"]
    assert [audit.id for audit in audited_in(isms, "A.5.1", isms.entries["AUD-002"])] == ["AUD-001"]


def test_findings_on_a_subject_are_those_that_measure_against_it_or_concern_it() -> None:
    isms = an_isms(
        an_audit(), a_finding(), a_finding(id="FND-002", requirement="5.2", concerns=["A.5.1", "5.2"]),
        a_finding(id="FND-003", requirement="5.2"), a_finding(id="FND-004", status="draft"), a_nonconformity(),
    )  # fmt: skip
    relations, _ = trace(isms)
    assert [entry.id for entry in findings_on(isms, relations, ["A.5.1"])] == ["FND-001", "FND-002", "NC-001"]
    assert [entry.id for entry in findings_on(isms, relations, ["AST-001"])] == []


def test_the_gravest_finding_of_an_audit_comes_first_and_an_ungraded_one_last() -> None:
    grades = ("ofi", None, "compliant", "major", "minor")
    isms = an_isms(*(a_finding(id=f"FND-00{number}", grade=grade) for number, grade in enumerate(grades)))
    assert [finding.grade for finding in findings_of(isms, an_audit())] == ["major", "minor", "ofi", "compliant", None]
