"""What a check reports, what a change causes, and what is known and gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isms_plugin.analysis.check_report import Reported, difference, gone, reported
from isms_plugin.analysis.facts import Facts
from isms_plugin.model.diagnostic import Diagnostic, Grade, Place
from isms_plugin.model.known import Identity, Known, KnownFile, identity_of
from isms_plugin.model.settings import read_settings
from tests.builders import a_waiver, facts_of

LATE = Diagnostic(code="overdue", message="late", entry="ACT-001", place=Place("registers/actions.yml", 9))
ODD = Diagnostic(code="yaml-syntax", message="odd", place=Place("registers/actions.yml", 2))


def knowing(*found: Diagnostic, facts: Facts, reason: str = "") -> Facts:
    items = {identity_of(item): Known(identity=identity_of(item), reason=reason, line=5) for item in found}
    return replace(facts, known=KnownFile(path="known.yml", items=items))


def test_everything_is_reported_in_the_order_of_places() -> None:
    assert [found.item for found in reported(facts_of(), [LATE, ODD])] == [ODD, LATE]


def test_two_alike_have_different_fingerprints_and_the_first_keeps_its_own() -> None:
    again = replace(LATE, place=Place("registers/actions.yml", 12))
    one, two = reported(facts_of(), [LATE, again])
    assert one.fingerprint == identity_of(LATE).digest
    assert two.fingerprint == f"{one.fingerprint}-2"


@pytest.mark.parametrize(
    ("found", "excuse"),
    [
        (reported(facts_of(), [LATE])[0], ""),
        (reported(facts_of(a_waiver("overdue")), [LATE])[0], "waived by EXC-001 until 2026-12-31"),
        (reported(knowing(LATE, facts=facts_of()), [LATE])[0], "known"),
        (reported(knowing(LATE, facts=facts_of(), reason="Moves in May."), [LATE])[0], "known: Moves in May."),
    ],
)
def test_what_is_waived_or_known_says_why_it_does_not_count(found: Reported, excuse: str) -> None:
    assert found.excuse == excuse


def test_facts_count_as_failing_what_is_not_known() -> None:
    facts = replace(facts_of(), diagnostics=(LATE, ODD))
    assert facts.failing == 2
    assert knowing(LATE, facts=facts).failing == 1


def with_grade(item: Diagnostic, grade: Grade) -> Reported:
    return Reported(item, grade, identity_of(item).digest)


@pytest.mark.parametrize(
    ("old", "new", "fresh"),
    [(Grade.MINOR, Grade.MINOR, False), (Grade.MAJOR, Grade.MINOR, False), (Grade.INFO, Grade.MINOR, True)],
    ids=["as before", "better", "worse"],
)
def test_what_was_there_is_new_only_where_it_became_worse(old: Grade, new: Grade, fresh: bool) -> None:
    moved = replace(LATE, place=Place("registers/actions/ACT-001.yml", 1))
    found, fixed = difference([with_grade(LATE, old)], [with_grade(moved, new)])
    assert (bool(found), fixed) == (fresh, ())


def test_a_change_causes_what_was_not_there_and_fixes_what_is_gone() -> None:
    old, new = reported(facts_of(), [LATE]), reported(facts_of(), [ODD])
    assert difference(old, new) == (new, old)


def test_one_more_of_the_same_is_new() -> None:
    again = replace(LATE, place=Place("registers/actions.yml", 12))
    found, _ = difference(reported(facts_of(), [LATE]), reported(facts_of(), [LATE, again]))
    assert [item.item for item in found] == [again]


def test_what_is_known_and_no_longer_there_is_told_at_its_line() -> None:
    facts = knowing(LATE, replace(LATE, entry="RSK-001"), facts=facts_of())
    assert [(item.code, item.message, item.entry, item.place) for item in gone(facts)] == [
        ("known-gone", "ACT-001: overdue is no longer there", "", Place("known.yml", 5, 1)),
        ("known-gone", "RSK-001: overdue is no longer there", "RSK-001", Place("known.yml", 5, 1)),
    ]


def test_a_code_that_the_settings_turn_off_is_still_there() -> None:
    facts = facts_of()
    code = facts.diagnostics[0].code
    off = facts_of(settings=read_settings({"codes": {code: "off"}}))
    assert list(gone(knowing(facts.diagnostics[0], facts=facts))) == []
    assert list(gone(knowing(facts.diagnostics[0], facts=off))) == []


def test_a_code_of_another_version_is_gone() -> None:
    identity = Identity("no-such-code", "", "", "odd")
    facts = replace(facts_of(), known=KnownFile(path="known.yml", items={identity: Known(identity=identity, line=1)}))
    assert [item.message for item in gone(facts)] == ["no-such-code is gone"]
