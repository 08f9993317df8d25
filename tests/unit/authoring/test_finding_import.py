"""Findings from a filled-in work sheet: the auditor's words, nothing guessed, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.finding_import import Outcome, finding_files, import_findings
from isms_plugin.errors import IsmsError
from isms_plugin.model.audit import Audit
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.former import Former, FormerEntry
from isms_plugin.model.history import History
from isms_plugin.model.work_sheet import Mistake, SheetItem, WorkSheet
from tests.builders import MemoryTree, a_clause, a_control, a_finding, a_nonconformity, an_action, an_audit, an_incident, facts_of

REGISTER = "registers/findings.yml"


def item(identifier: str = "A.5.1", grade: str = "minor", notes: str = "Two were missing.", **more: Any) -> SheetItem:
    places = {name: Place("sheet.yml", 7, column) for column, name in enumerate(("id", "grade", "seen_on"), start=1)}
    return SheetItem(id=identifier, grade=grade, notes=notes, places=places, **more)


def outcome(*items: SheetItem, others: tuple[Entry, ...] = (), owner: str = "", facts: Facts | None = None, **head: Any) -> Outcome:
    audit = next((entry for entry in others if isinstance(entry, Audit)), an_audit())
    sheet = WorkSheet(items=items, place=Place("sheet.yml", 2, 13), **head)
    return import_findings(facts or facts_of(audit, *others), sheet, audit, owner)


def wrong(found: Outcome) -> list[str]:
    assert not found.findings
    return [str(mistake) for mistake in found.mistakes]


def test_a_graded_item_becomes_a_finding_with_the_words_of_the_auditor() -> None:
    found = outcome(
        item(
            notes="Two were missing. Both were new.\n\nSeen in Leeds.",
            samples=("EVD-001", "AST-001", "three tickets"),
            interviewed="Bo Kern.",
        ),
        audited_on="2026-08-19",
    )
    assert found.rows == [
        {
            "id": "FND-001", "title": "Two were missing", "owner": "PER-001", "audit": "AUD-001", "requirement": "A.5.1", "grade": "minor",
            "facts": "Two were missing. Both were new.\n\nSeen in Leeds.\n\nSampled: three tickets.\n\nInterviewed: Bo Kern.",
            "found_on": found.findings[0].found_on, "concerns": ("AST-001",), "evidence": ("EVD-001",),
        }
    ]  # fmt: skip
    assert str(found.findings[0].found_on) == "2026-08-19"
    assert found.told == ()


@pytest.mark.parametrize("grade", ["compliant", "ofi", "minor", "major"])
def test_the_grades_of_the_register_are_taken_over(grade: str) -> None:
    assert [finding.grade for finding in outcome(item(grade=grade)).findings] == [grade]


def test_what_is_compliant_needs_no_words() -> None:
    (finding,) = outcome(item(grade="compliant", notes="")).findings
    assert (finding.title, finding.facts) == ("Policies: compliant", "Graded compliant; nothing was noted.")


def test_a_long_sentence_is_cut_between_words_in_the_title_alone() -> None:
    words = " ".join(["word"] * 30)
    (finding,) = outcome(item(notes=words)).findings
    assert finding.title == " ".join(["word"] * 18) + " ..."
    assert finding.facts == words


def test_who_answers_is_the_owner_of_the_audit_or_who_is_named() -> None:
    audit = an_audit(owner="PER-009")
    assert [outcome(item(), others=(audit,), owner=owner).findings[0].owner for owner in ("", "PER-001")] == ["PER-009", "PER-001"]


@pytest.mark.parametrize(
    ("seen_on", "audited_on", "day"),
    [("2026-08-18", "2026-08-19", "2026-08-18"), ("", "2026-08-19", "2026-08-19"), ("", "", "2026-08-21")],
)
def test_the_day_is_that_of_the_item_else_of_the_sheet_else_the_last_of_the_audit(seen_on: str, audited_on: str, day: str) -> None:
    assert str(outcome(item(seen_on=seen_on), audited_on=audited_on).findings[0].found_on) == day


def test_a_day_that_nothing_says_stays_unknown() -> None:
    found = outcome(item(), others=(an_audit(ended_on=None),))
    assert found.findings[0].found_on is None
    assert "nothing says on which day it was found; fill in `found_on`: A.5.1" in found.told


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-08-16", True), ("2026-08-17", False), ("2026-08-21", False), ("2026-08-22", True)],
)
def test_a_day_outside_of_the_audit_is_told(day: str, told: bool) -> None:
    assert (f"found on {day}, outside of the days of AUD-001: A.5.1" in outcome(item(seen_on=day)).told) == told


@pytest.mark.parametrize(("day", "told"), [("2026-11-24", False), ("2026-11-25", True)])
def test_a_day_to_come_is_told(day: str, told: bool) -> None:
    found = outcome(item(seen_on=day), others=(an_audit(started_on=None, ended_on=None),))
    assert (f"found on {day}, and the ISMS is read as of 2026-11-24: A.5.1" in found.told) == told


def test_what_was_not_graded_is_no_finding_but_told() -> None:
    found = outcome(item("5.2", "no_occasion", ""), item("A.5.1", "not_looked_at", "Later."), item("A.5.1", "not_looked_at", ""))
    assert found.findings == ()
    assert found.told == (
        "no occasion yet, which is no grade of a finding: 5.2",
        "something is written about it, but it has no grade: A.5.1",
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (item("A.5.10"), "sheet.yml:7:1: A.5.10: no such clause or control; did you mean A.5.1?"),
        (item("EVD-001"), "sheet.yml:7:1: EVD-001: no such clause or control"),
        (item(""), "sheet.yml:7:1: nothing: no such clause or control"),
        (item("CTL-001"), "sheet.yml:7:1: CTL-001: is retired"),
        (item(grade="bad"), "sheet.yml:7:2: A.5.1: 'bad' is no grade; there are not_looked_at, compliant, ofi, minor, major, no_occasion"),
        (item(notes=""), "sheet.yml:7:2: A.5.1: minor without notes; write down what was seen"),
        (item(grade="major", notes=""), "sheet.yml:7:2: A.5.1: major without notes; write down what was seen"),
        (item(grade="ofi", notes=""), "sheet.yml:7:2: A.5.1: ofi without notes; write down what was seen"),
        (item(seen_on="20260818"), "sheet.yml:7:3: A.5.1: '20260818' is no date as YYYY-MM-DD"),
        (item(seen_on="2026-02-29"), "sheet.yml:7:3: A.5.1: '2026-02-29' is no date as YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_understood_is_a_mistake_and_nothing_is_made(given: SheetItem, told: str) -> None:
    assert wrong(outcome(item("5.2"), given, others=(a_control(id="CTL-001", status="retired"),))) == [told]


def test_a_wrong_day_of_the_sheet_is_told_where_it_stands() -> None:
    assert wrong(outcome(item(), audited_on="13.1.2027")) == ["sheet.yml:2:13: A.5.1: '13.1.2027' is no date as YYYY-MM-DD"]


def test_mistakes_of_the_file_stop_it_as_well() -> None:
    found = outcome(item(), mistakes=(Mistake(Place("sheet.yml", 3, 1), "has no meaning"),))
    assert wrong(found) == ["sheet.yml:3:1: has no meaning"]


def test_the_same_words_about_the_same_thing_are_on_record_already() -> None:
    first = outcome(item(samples=("two tickets",))).findings[0]
    again = outcome(item(samples=("two tickets",)), others=(first,))
    assert again.findings == ()
    assert again.told == ("A.5.1: is on record already as FND-001",)


@pytest.mark.parametrize("changes", [{"audit": "AUD-002"}, {"requirement": "5.2"}])
def test_another_audit_or_another_subject_is_another_finding(changes: dict[str, str]) -> None:
    other = a_finding(facts="Two were missing.", becomes=None, **changes)
    assert [finding.id for finding in outcome(item(), others=(other,)).findings] == ["FND-002"]


def test_other_words_about_the_same_thing_are_added_and_told() -> None:
    chain = (a_finding(), a_nonconformity(), an_action())
    found = outcome(item(), others=chain)
    assert [finding.id for finding in found.findings] == ["FND-002"]
    assert found.told == ("A.5.1: FND-001 of the same audit says something else about it; both stay",)


def test_an_item_that_stands_twice_counts_once() -> None:
    found = outcome(item(), item(notes="Two  were missing."))
    assert len(found.findings) == 1
    assert found.told == ("A.5.1: stands twice in the sheet",)


def test_ids_go_on_above_those_that_a_baseline_held() -> None:
    former = Former(name="stage-1", entries={"FND-007": FormerEntry("audit_finding", "Gone", REGISTER, "active")})
    facts = replace(facts_of(an_audit(), a_finding()), history=History(former=(former,)))
    found = outcome(item(), item("5.2"), facts=facts)
    assert [finding.id for finding in found.findings] == ["FND-008", "FND-009"]


def test_a_sheet_of_another_commit_is_told() -> None:
    facts = replace(facts_of(an_audit()), history=History(head="b" * 40))
    told = "the sheet was made of commit aaaaaaaaaa of 2026-11-30; what is read here is bbbbbbbbbb"
    assert outcome(item(), facts=facts, commit="a" * 40, as_of="2026-11-30").told[0] == told
    assert outcome(item(), facts=facts, commit="b" * 40).told == ()


def test_what_was_graded_and_is_not_covered_is_told_headings_counting_for_what_is_below() -> None:
    clauses = (a_clause(id="5", title="Leadership", heading="true"), a_clause(id="5.2", parent="5"), a_clause(id="6.2"))
    found = outcome(item("5.2"), item("6.2"), item("A.5.1"), others=(an_audit(covered=["5", "A.5.1"]), *clauses))
    assert found.told == ("graded, and not in `covered` of AUD-001: 6.2",)


def test_a_sample_that_looks_like_an_id_and_is_none_stays_a_word() -> None:
    found = outcome(item(samples=("AST-999", "KL-LT-052", "INC-001")), others=(an_incident(),))
    assert found.findings[0].concerns == ("INC-001",)
    assert "Sampled: AST-999; KL-LT-052." in (found.findings[0].facts or "")
    assert found.told == ("AST-999 is no entry, and stays a word: A.5.1",)


def test_rows_go_to_the_end_of_the_register_and_comments_stay() -> None:
    text = b"# Findings of all audits.\n- id: FND-001  # the first\n  title: Old\n"
    files = finding_files(outcome(item(), others=(a_finding(audit="AUD-009"),)), MemoryTree({REGISTER: text}), "registers")
    added = files[REGISTER].decode()
    assert added.startswith(text.decode())
    assert added.endswith(
        "- id: FND-002\n  title: Two were missing\n  owner: PER-001\n  audit: AUD-001\n  requirement: A.5.1\n  grade: minor\n"
        "  facts: Two were missing.\n  found_on: 2026-08-21\n"
    )


def test_without_a_register_each_finding_becomes_a_file_and_nothing_is_overwritten() -> None:
    made = outcome(item())
    assert list(finding_files(made, MemoryTree({}), "registers")) == ["registers/findings/FND-001.yml"]
    with pytest.raises(IsmsError, match="exists already"):
        finding_files(made, MemoryTree({"registers/findings/FND-001.yml": b""}), "registers")


def test_nothing_to_add_changes_no_file() -> None:
    assert finding_files(outcome(), MemoryTree({REGISTER: b"- id: FND-001\n"}), "registers") == {}
