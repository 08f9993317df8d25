"""What an entry means to those that name it: what changes its fingerprint, and what does not."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from isms_plugin.model.control import Clause
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Date, Entry, Kind, RegisterEntry, RiskRef, Text, column
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.fields import field_map
from isms_plugin.model.isms import KINDS
from isms_plugin.model.meaning import ALGORITHM, fingerprint, meant_fields, meant_values
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod


class Visit(RegisterEntry):
    """A kind without a declaration of what counts."""

    KIND: ClassVar[Kind] = Kind(name="visit", title="Visit", plural="Visits", register="visits", about="Visits.")
    purpose: Text | None = column("Purpose", "Why.")
    came_on: Date | None = column("Came on", "Day.")
    risk: RiskRef | None = column("Risk", "Risk.")


@pytest.mark.parametrize("declaration", KINDS, ids=lambda kind: str(kind.KIND.name))
def test_a_kind_declares_fields_that_it_has(declaration: type[Entry]) -> None:
    names = {spec.name for spec in field_map(declaration).values()}
    assert set(declaration.KIND.meaning or ()) <= names


@pytest.mark.parametrize("declaration", [Evidence, Person, Clause])
def test_what_happened_and_who_somebody_is_never_changes_in_meaning(declaration: type[Entry]) -> None:
    assert meant_fields(declaration) == ()


def test_without_a_declaration_all_that_says_something_counts_but_no_days_ids_and_notes() -> None:
    assert [spec.name for spec in meant_fields(Visit)] == ["title", "purpose"]
    values = {"title": "Plumber", "purpose": "Pipes", "came_on": "2026-01-31", "risk": "RSK-001", "note": "Late", "status": "active"}
    assert meant_values(Visit, values) == {"title": "Plumber", "purpose": "Pipes"}


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"scenario": "A  laptop\n is stolen. "}, True),
        ({"threat": ""}, True),
        ({"assessed_on": "2026-12-31", "note": "Looked at.", "next_review": "2027-01-01", "owner": "PER-002"}, True),
        ({"affects": ["integrity", "confidentiality"]}, True),
        ({"controls": ["A.5.9"]}, True),
        ({"scenario": "a laptop is stolen."}, False),
        ({"affects": ["integrity"]}, False),
        ({"likelihood": 4}, False),
        ({"treatment": "retention"}, False),
        ({"title": "Loss"}, False),
    ],
)  # fmt: skip
def test_a_risk_means_something_else_once_its_scenario_levels_or_treatment_change(changes: dict[str, Any], *, same: bool) -> None:
    risk = {
        "title": "Theft", "scenario": "A laptop is stolen.", "affects": ["confidentiality", "integrity"], "likelihood": 3,
        "treatment": "sharing",
    }  # fmt: skip
    assert (fingerprint(meant_values(Risk, risk)) == fingerprint(meant_values(Risk, risk | changes))) is same


def test_of_a_document_its_text_counts_and_of_parts_what_they_say() -> None:
    assert meant_values(Document, {"title": "Policy", "version": "2"}, "isms-text-1:ab") == {"title": "Policy", "text": "isms-text-1:ab"}
    bands = [{"name": "low", "from": 1}, {"name": "high", "from": 5, "meaning": " "}]
    assert meant_values(RiskMethod, {"bands": bands}) == {"bands": [{"name": "low", "start": 1}, {"name": "high", "start": 5}]}


def test_the_fingerprint_has_the_number_of_its_algorithm_and_stays() -> None:
    assert fingerprint([{"title": "Theft"}]) == f"{ALGORITHM}:59e0275d825a5098909c0dddf8bb8f7ca24f64d2ddb2441f3968f0c17f1d59f0"
