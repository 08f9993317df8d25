"""What a sign-off writes into the row of a review, and what is refused because it would not stand up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.accept import Acceptance, files_of
from isms_plugin.authoring.sign_off import sign_off
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.management_review import INPUTS, ManagementReview
from isms_plugin.model.minutes_state import minutes_hash
from tests.builders import a_held_review, a_person, a_role, an_action, facts_of

WISH = Acceptance(person="PER-001", accepted_on=date(2026, 7, 1))
BODO = a_person(id="PER-002", name="Bodo Kern", active_to="2026-09-30")


def facts(*entries: Entry, **parts: Any) -> Facts:
    return facts_of(BODO, an_action(), *entries, **parts)


def signed(review: ManagementReview, *entries: Entry, **wish: Any) -> Any:
    return sign_off(facts(review, *entries), review, replace(WISH, **wish))


def test_the_chair_signs_what_the_minutes_say() -> None:
    review = a_held_review()
    item = signed(review)
    assert item.values == {"approved_by": "PER-001", "approved_on": "2026-07-01", "approved_state": minutes_hash(review)}
    assert item.told.startswith("MRV-001 Review: minutes signed by PER-001 on 2026-07-01 (isms-minutes-1:")


@pytest.mark.parametrize("day", [date(2026, 6, 24), date(2026, 11, 25)])
def test_on_the_day_of_the_meeting_and_a_day_ahead_of_the_report_at_most(day: date) -> None:
    assert signed(a_held_review(), accepted_on=day).values["approved_on"] == day.isoformat()


def test_a_member_of_top_management_signs_too() -> None:
    role = a_role(id="ROL-009", holder="PER-002", top_management="true", appointed_on="2026-07-01")
    assert signed(a_held_review(), role, person="Bodo Kern").values["approved_by"] == "PER-002"
    with pytest.raises(IsmsError, match="neither chaired it nor holds a role of top management"):
        signed(a_held_review(), role, person="PER-002", accepted_on=date(2026, 6, 30))


@pytest.mark.parametrize(
    ("changes", "wish", "told"),
    [
        ({}, {"person": "PER-002"}, "neither chaired it nor holds"),
        ({}, {"person": "Nobody"}, "no such person"),
        ({"chair": "PER-002"}, {"person": "PER-002", "accepted_on": date(2026, 10, 1)}, "was not active on 2026-10-01"),
        ({"status": "draft"}, {}, "is draft"),
        ({"status": "retired"}, {}, "is retired"),
        ({"held_on": None}, {}, "has not been held"),
        ({"conclusion": None}, {}, "lacks conclusion"),
        ({"inputs": [{"input": name, "summary": "None."} for name in INPUTS if name != "parties"]}, {}, "lacks parties"),
        ({"decisions": [{"text": "Buy.", "action": "ACT-009"}]}, {}, "unknown-reference"),
        ({}, {"accepted_on": date(2026, 6, 23)}, "was held on 2026-06-24, after 2026-06-23"),
        ({}, {"accepted_on": date(2026, 11, 26)}, "a day to come"),
        ({}, {"accepted_until": date(2027, 1, 1)}, "without a last day"),
    ],
)
def test_what_would_not_stand_up_is_refused(changes: dict[str, Any], wish: dict[str, Any], told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        signed(a_held_review(**changes), **wish)


def test_the_row_gets_three_fields_and_nothing_else_changes() -> None:
    review = a_held_review()
    known = facts(review, places={"MRV-001": Place("r.yml", 2, 1, (0,))})
    text = b"# reviews\n- id: MRV-001  # the first\n  approved_by: PER-009\n  evidence: [EVD-001]\n"
    assert files_of(known, [sign_off(known, review, WISH)], lambda _: text) == {
        "r.yml": "# reviews\n- id: MRV-001  # the first\n  approved_by: PER-001\n  approved_on: 2026-07-01\n"
        f'  approved_state: "{minutes_hash(review)}"\n  evidence: [EVD-001]\n'.encode()
    }
