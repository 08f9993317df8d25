"""The declared trails: what they name exists, and together they lead past every control."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.readiness.trails import TRAILS, Trail
from isms_plugin.model.control import Clause, Control
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.fields import field_map
from isms_plugin.model.isms import KINDS
from isms_plugin.sources.catalogue import read_catalogue

ENTRIES = {entry.id: entry for entry in read_catalogue().entries}
REQUIREMENTS = {name for name, entry in ENTRIES.items() if isinstance(entry, Control) or not (isinstance(entry, Clause) and entry.heading)}
BY_NAME = {kind.KIND.name: kind for kind in KINDS}
SORTS = field_map(Evidence)["kind"].choices


def test_every_clause_and_every_control_is_on_a_trail() -> None:
    assert {name for trail in TRAILS for name in trail.requirements} == REQUIREMENTS


def test_names_are_unique_and_fit_into_an_address() -> None:
    names = [trail.name for trail in TRAILS]
    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").isalpha() and name.islower() for name in names)


@pytest.mark.parametrize("trail", TRAILS, ids=lambda trail: trail.name)
def test_what_a_trail_names_exists(trail: Trail) -> None:
    assert trail.questions
    for pull in trail.pulls:
        assert not pull.day or pull.day in BY_NAME[pull.kind].model_fields
    for question in trail.questions:
        assert question.proves
        assert set(question.proves) <= REQUIREMENTS
        assert set(question.kinds) <= set(BY_NAME)
        assert set(question.sorts) <= set(SORTS)


@pytest.mark.parametrize(
    ("words", "sort", "proves"),
    [
        ("contract", "contract", "A.6.2"),
        ("helpdesk ticket", "ticket", "A.5.16"),
        ("have read the policies", "report", "A.5.1"),
        ("disk encryption", "device_build_record", "A.8.1"),
        ("anti-virus", "device_build_record", "A.8.7"),
    ],
)
def test_the_examples_that_auditors_give_are_asked_by_name(words: str, sort: str, proves: str) -> None:
    joiner = next(trail for trail in TRAILS if trail.name == "joiner")
    question = next(question for question in joiner.questions if words in question.ask.lower())
    assert sort in question.sorts
    assert proves in question.proves
