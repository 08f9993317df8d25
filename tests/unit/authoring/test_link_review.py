"""What a look at a link writes into the ledger, and what is refused because it would not stand up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isms_plugin.authoring.link_review import Look, ledger_files, link_reviews
from isms_plugin.errors import IsmsError
from isms_plugin.model.linked import linked_of
from isms_plugin.sources.yaml_reader import read_yaml
from tests.builders import MemoryTree, a_link_review, a_person, an_isms, facts_of

LOOK = Look(target="AST-001", person="PER-001", reviewed_on=date(2026, 11, 24), reason="The level stays.")
LEDGER = "registers/link-reviews.yml"


@pytest.mark.parametrize(
    ("sources", "wish", "told"),
    [
        (["RSK-001"], {"reason": " "}, "say why"),
        (["RSK-001"], {"person": "Nobody"}, "no such person"),
        (["RSK-001"], {"reviewed_on": date(2019, 12, 31)}, "was not active on 2019-12-31"),
        (["RSK-001"], {"reviewed_on": date(2026, 11, 26)}, "on a day to come"),
        (["RSK-404"], {}, "RSK-404: no such entry"),
        (["RSK-01"], {}, "did you mean RSK-001"),
        (["RSK-001"], {"target": "AST-002"}, "AST-002: no such entry; did you mean AST-001"),
        (["RSK-001"], {"target": "SUP-001"}, "RSK-001: holds no link to SUP-001"),
        (["RSK-001"], {"target": "PER-001"}, "RSK-001: holds no link to PER-001 that relies on what it says"),
        (["RSK-001"], {"field": "controls"}, "its field controls does not lead to AST-001; assets does"),
        (["RSK-001", "REQ-001"], {}, "REQ-001: holds no link"),
    ],
)
def test_what_would_not_stand_up_is_refused(sources: list[str], wish: dict[str, Any], told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        link_reviews(facts_of(), sources, replace(LOOK, **wish))


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 11, 24), date(2026, 11, 25)])
def test_a_day_may_be_any_on_which_somebody_was_here_up_to_tomorrow_for_time_zones(day: date) -> None:
    assert link_reviews(facts_of(), ["RSK-001"], replace(LOOK, reviewed_on=day))[0].reviewed_on == day


def test_the_last_day_of_a_person_counts() -> None:
    facts = facts_of(a_person(active_to="2026-11-24"))
    assert link_reviews(facts, ["RSK-001"], LOOK)
    with pytest.raises(IsmsError, match="not active"):
        link_reviews(facts, ["RSK-001"], replace(LOOK, reviewed_on=date(2026, 11, 25)))


def test_a_row_says_what_the_target_means_now() -> None:
    row = link_reviews(facts_of(), ["RSK-001", "RSK-001"], replace(LOOK, person="Anna Berg", field="assets"))
    assert [(item.id, item.source, item.target, item.field, item.reviewed_by) for item in row] == [
        ("LRV-RSK-001-AST-001", "RSK-001", "AST-001", "assets", "PER-001")
    ]
    assert row[0].fingerprint == linked_of(an_isms()).meanings["AST-001"]


def test_a_second_look_gets_the_next_number() -> None:
    assert link_reviews(facts_of(a_link_review()), ["RSK-001"], LOOK)[0].id == "LRV-RSK-001-AST-001-2"


def test_the_ledger_begins_as_one_file_and_grows_at_its_end() -> None:
    first = ledger_files([a_link_review()], MemoryTree({}), "registers")
    assert list(first) == [LEDGER]
    comment = b"# Looked at.\n" + first[LEDGER]
    second = ledger_files([a_link_review(id="LRV-2", reason="Line one: #1\nline two")], MemoryTree({LEDGER: comment}), "registers")
    assert second[LEDGER].startswith(comment)
    assert [row["reason"] for row in read_yaml(second[LEDGER].decode()).value] == ["The level stays.", "Line one: #1\nline two"]


def test_a_ledger_that_is_a_folder_stays_one() -> None:
    folder = MemoryTree({"registers/link-reviews/LRV-1.yml": b"id: LRV-1\n"})
    assert list(ledger_files([a_link_review()], folder, "registers")) == ["registers/link-reviews/LRV-RSK-001-AST-001.yml"]


def test_a_ledger_that_is_no_list_is_left_alone() -> None:
    with pytest.raises(IsmsError, match="not a list"):
        ledger_files([a_link_review()], MemoryTree({LEDGER: b"a: 1\n"}), "registers")
