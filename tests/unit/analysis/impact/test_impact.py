"""The whole of what a change means, counted and in order."""

from __future__ import annotations

from isms_plugin.analysis.impact.impact import Effort, impact
from isms_plugin.model.entry import RegisterEntry
from isms_plugin.model.isms import KINDS
from isms_plugin.model.own_register import OwnRegister, declared
from tests.builders import a_link_review, a_risk, an_asset
from tests.unit.analysis.impact.changed import COMPARED, impact_of, side

NOTHING = Effort(words=0, documents=0, rows=0, links=0, approvals=0)


def test_no_change_is_no_effort() -> None:
    found = impact_of([], [])
    assert found.effort == NOTHING
    assert list(found.rows) == []


def test_the_effort_counts_words_rows_and_links() -> None:
    found = impact_of([], [an_asset(location="Elsewhere"), a_link_review()], body="Two words.")
    assert found.effort == Effort(words=2, documents=1, rows=1, links=1, approvals=0)
    assert [(title, [change.id for change in changes]) for title, changes in found.rows] == [
        ("Assets", ["AST-001"]), ("Approvals", ["APR-POL-001-1.0"]), ("Reviews of links", ["LRV-RSK-001-AST-001"]),
    ]  # fmt: skip
    assert found.reviewed == 1


def test_a_register_of_ones_own_may_go() -> None:
    register = OwnRegister.model_validate({
        "id": "KIND-visits", "register": "visits", "title": "Visit", "plural": "Visits", "prefix": "VIS", "about": "Visits.",
        "fields": [{"name": "host", "title": "Host", "description": "Who."}],
    })  # fmt: skip
    made = declared(register, KINDS)
    assert isinstance(made, type)
    assert issubclass(made, RegisterEntry)
    visit = made.model_validate({"id": "VIS-001", "title": "Plumber"})
    old = side([visit], kinds=(*KINDS, made))
    new = side([a_risk()])
    found = impact(old, new, COMPARED, impact_of([], []).check)
    assert [(title, [change.change for change in changes]) for title, changes in found.rows] == [("Visits", ["removed"])]
    assert "visits" in [group.kind for group in found.touched]
