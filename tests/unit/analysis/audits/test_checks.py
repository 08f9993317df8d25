import pytest

from isms_plugin.analysis.audits.checks import check_audits
from isms_plugin.analysis.audits.independence import Involvement, involvements
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.audit import Audit
from tests.builders import a_control, a_decision, a_role, an_asset, an_audit, an_isms, told

AUDITOR = "PER-001"


def an_audit_of(*items: str, **changes: object) -> Audit:
    return an_audit(**{"auditors": [AUDITOR], "covered": [], "samples": [{"population": "All", "items": [*items]}]} | changes)


@pytest.mark.parametrize(
    ("item", "as_what"),
    [
        ("AST-001", "owner"),
        ("ROL-001", "holder"),
        ("ROL-002", "deputy"),
        ("AST-002", "custodian"),
        ("A.5.1", "owner of the decision"),
        (AUDITOR, "the person"),
    ],
)
def test_whoever_answers_for_a_sampled_item_is_not_independent(item: str, as_what: str) -> None:
    isms = an_isms(a_role(id="ROL-002", holder="PER-009", deputy=AUDITOR), an_asset(id="AST-002", owner="PER-009", custodian=AUDITOR))
    audit = an_audit_of(item)
    assert involvements(isms, audit, [item]) == [Involvement(AUDITOR, item, as_what)]
    assert told(check_audits(an_isms(*isms.entries.values(), audit), Trace())) == [("auditor-not-independent", "AUD-001")]


@pytest.mark.parametrize("item", ["AST-002", "A.5.2", "A.5.3", "AST-009"])
def test_what_others_answer_for_may_be_sampled(item: str) -> None:
    others = (a_control(id="A.5.2"), a_decision(id="SOA-A.5.2", control="A.5.2", owner="PER-009"), a_control(id="A.5.3"))
    isms = an_isms(*others, an_asset(id="AST-002", owner="PER-009"), an_audit_of(item))
    assert told(check_audits(isms, Trace())) == []


def test_the_owner_of_the_decision_on_a_covered_control_is_not_independent_either() -> None:
    found = list(check_audits(an_isms(an_audit_of(covered=["A.5.1"])), Trace()))
    assert [item.message for item in found] == ["AUD-001: PER-001 (Anna Berg) audits and answers for A.5.1 (owner of the decision)"]


def test_many_items_of_an_auditor_are_one_diagnostic() -> None:
    names = [f"AST-{number:03}" for number in range(1, 8)]
    found = list(check_audits(an_isms(*(an_asset(id=name) for name in names), an_audit_of(*names)), Trace()))
    assert len(found) == 1
    assert found[0].message.endswith("AST-005 (owner) and 2 more")
    assert found[0].place.pointer == ("auditors", 0)


@pytest.mark.parametrize(
    ("work", "cleared"),
    [
        ({"auditor": AUDITOR, "items": ["AST-001"], "why": "PER-009 looked at it."}, True),
        ({"auditor": AUDITOR, "items": ["AST-001"]}, False),
        ({"auditor": AUDITOR, "items": ["AST-002"], "why": "PER-009 looked at it."}, False),
        ({"auditor": "PER-009", "items": ["AST-001"], "why": "PER-009 looked at it."}, False),
    ],
)
def test_a_recorded_reason_for_the_item_clears_it(work: dict[str, object], cleared: bool) -> None:
    found = told(check_audits(an_isms(an_audit_of("AST-001", own_work=[work])), Trace()))
    assert found == ([] if cleared else [("auditor-not-independent", "AUD-001")])


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"status": "retired"}, {"auditors": []}])
def test_drafts_retired_audits_and_auditors_from_outside_are_left_out(changes: dict[str, object]) -> None:
    assert told(check_audits(an_isms(an_audit_of("AST-001", **changes)), Trace())) == []


def test_a_draw_that_cannot_be_repeated_is_told_with_its_place() -> None:
    samples = [{"population": "All", "items": []}, {"population": "Assets", "seed": "7", "items": ["SUP-001"]}]
    found = list(check_audits(an_isms(an_audit(samples=samples)), Trace()))
    assert told(found) == [("sample-not-repeatable", "AUD-001")]
    assert found[0].message == "AUD-001: the draw from Assets cannot be made again: no `count` says how many there were"
    assert found[0].place.pointer == ("samples", 1)
