from __future__ import annotations

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.model.diagnostic import Diagnostic, Grade, Place
from isms_plugin.model.history import Completeness, History
from isms_plugin.model.isms import Isms
from isms_plugin.model.settings import read_settings
from tests.builders import TODAY, a_document, a_risk, an_evidence, an_isms, told

FAULT = Diagnostic(code="duplicate-key", message="twice", place=Place("registers/risks.yml", 9, 1), entry="RSK-001")


def facts(isms: Isms, **settings: object) -> Facts:
    history = History(completeness=Completeness.COMPLETE)
    return analyse(isms, history, read_settings(dict(settings)), TODAY, lambda found: sorted(found, key=lambda item: item.order))


def test_a_valid_isms_has_no_diagnostics() -> None:
    assert facts(an_isms()).diagnostics == ()


def test_every_check_is_run_and_faults_of_reading_are_kept() -> None:
    wrong = an_isms(
        a_risk(owner="PER-009", residual_likelihood=10, residual_consequence=10),
        a_document(next_review="2020-01-01", version=None),
        an_evidence(at="gone.csv"),
        without=["SOA-A.5.1"], body="[a](gone.md)", faults=(FAULT,),
    )  # fmt: skip
    assert {item.code for item in facts(wrong).diagnostics} == {
        "duplicate-key", "unknown-reference", "residual-above", "review-overdue", "missing-control-data", "missing-file", "no-decision",
        "never-approved", "approval-unbound", "risk-above-limit",
    }  # fmt: skip


def test_a_code_that_is_off_is_not_reported_and_a_regraded_one_is() -> None:
    isms = an_isms(faults=(FAULT,))
    assert facts(isms, codes={"duplicate-key": "off"}).diagnostics == ()
    regraded = facts(isms, codes={"duplicate-key": "info"})
    assert [regraded.grade(item) for item in regraded.diagnostics] == [Grade.INFO]
    assert facts(isms).grade(FAULT) is Grade.MINOR


def test_diagnostics_are_found_by_the_entry_they_concern() -> None:
    found = facts(an_isms(a_risk(owner="PER-009"), body="[a](gone.md)", faults=(FAULT,)))
    assert {entry: [item.code for item in items] for entry, items in found.by_entry.items()} == {
        "RSK-001": ["unknown-reference", "duplicate-key"],
        "POL-001": ["missing-file"],
    }


def test_the_same_isms_gives_the_same_facts() -> None:
    isms = an_isms(a_risk(owner="PER-009"), faults=(FAULT,))
    assert facts(isms) == facts(isms)
    assert told(facts(isms).diagnostics) == [("unknown-reference", "RSK-001"), ("duplicate-key", "RSK-001")]
