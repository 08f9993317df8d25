"""Evidence as auditors ask for it."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.evidence.room import EvidenceRoom, evidence_room
from isms_plugin.model.entry import Entry
from tests.builders import a_clause, a_control, a_decision, an_evidence, facts_of

JOINER = tuple(
    entry
    for name in ("A.6.1", "A.6.2")
    for entry in (a_control(id=name, title=name), a_decision(id=f"SOA-{name}", control=name, evidence=[]))
)


def room(*entries: Entry, **options: Any) -> EvidenceRoom:
    return evidence_room(facts_of(*JOINER, *entries, **options))


def evidence(name: str, **changes: Any) -> Entry:
    return an_evidence(**{"id": name, "for": ["A.6.2"], "kind": "contract"} | changes)


def shelves(found: EvidenceRoom, trail: str = "joiner") -> dict[str, list[str]]:
    (stand,) = (stand for stand in found.stands if stand.trail.name == trail)
    return {shelf.answer.question.ask.split()[1]: [piece.id for piece in shelf.evidence] for shelf in stand.shelves}


def placed(found: EvidenceRoom) -> list[str]:
    return [piece.id for stand in found.stands for piece in stand.evidence] + [piece.id for piece in found.others]


def test_evidence_stands_under_the_question_it_answers() -> None:
    found = room(evidence("EVD-002"), evidence("EVD-003", **{"for": ["A.6.1"], "kind": "report"}))
    assert (shelves(found)["signed"], shelves(found)["screening,"]) == (["EVD-002"], ["EVD-003"])


def test_what_no_question_asks_for_stands_beside_those_of_its_trail() -> None:
    found = room(evidence("EVD-002", kind="log"))
    (stand,) = (stand for stand in found.stands if stand.trail.name == "joiner")
    assert (shelves(found)["signed"], [piece.id for piece in stand.beside]) == ([], ["EVD-002"])
    assert placed(found).count("EVD-002") == 1


def test_what_no_trail_leads_to_is_kept_for_the_end() -> None:
    found = room(evidence("EVD-002", **{"for": ["RSK-001"]}), evidence("EVD-003", **{"for": []}))
    assert [piece.id for piece in found.others] == ["EVD-002", "EVD-003"]


def test_every_living_piece_has_a_place() -> None:
    odd = [evidence(f"EVD-{number}", **{"for": names}) for number, names in enumerate((["A.5.1"], ["SOA-A.6.2"], ["9.1"], ["NO-1"], []), 2)]
    found = room(*odd, evidence("EVD-008", status="draft"), evidence("EVD-009", status="retired"), a_clause(id="9.1", title="Measuring"))
    assert set(placed(found)) == {"EVD-001", "EVD-2", "EVD-3", "EVD-4", "EVD-5", "EVD-6"}
    assert (found.total, found.left_out) == (6, 2)


@pytest.mark.parametrize(
    ("changes", "within"),
    [
        ({"period_from": "2025-01-01", "period_to": "2025-11-25"}, True),
        ({"period_from": "2025-01-01", "period_to": "2025-11-24"}, False),
        ({"period_from": "2026-11-24", "period_to": "2026-11-24", "taken_on": "2026-11-24"}, True),
        ({"period_from": "2026-11-25", "period_to": "2026-11-25", "taken_on": "2026-11-25"}, False),
        ({"period_from": None, "period_to": None, "taken_on": None}, False),
        ({"valid_to": "2026-11-01"}, True),
    ],
)
def test_what_speaks_of_a_day_of_the_audited_period_belongs_to_it(changes: dict[str, Any], within: bool) -> None:
    assert ("EVD-002" in room(evidence("EVD-002", **changes)).within) is within


def test_what_is_of_the_period_comes_first_then_what_proves_most_then_the_newest() -> None:
    old = evidence("EVD-002", period_from="2024-01-01", period_to="2024-06-30", taken_on="2024-07-01")
    newer = evidence("EVD-004", period_to="2026-07-01", taken_on="2026-07-02")
    found = room(old, evidence("EVD-003"), newer)
    assert shelves(found)["signed"] == ["EVD-004", "EVD-003", "EVD-002"]


def test_a_trail_whose_controls_are_all_excluded_takes_nothing() -> None:
    out = tuple(
        a_decision(id=f"SOA-{name}", control=name, decision="excluded", reason="Nobody joins us.", state=None)
        for name in ("A.6.1", "A.6.2")
    )
    found = room(*out, evidence("EVD-002"))
    assert "joiner" not in [stand.trail.name for stand in found.stands]
    assert [piece.id for piece in found.others] == ["EVD-002"]
