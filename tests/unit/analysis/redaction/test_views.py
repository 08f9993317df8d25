"""Views that nobody can be told truthfully, and judgements that rest on what is withheld."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from isms_plugin.analysis.facts import analyse
from isms_plugin.analysis.redaction.facts import told_facts
from isms_plugin.analysis.redaction.judging import MADE_OF, judged, judged_entry
from isms_plugin.analysis.redaction.redaction import Redaction, redact
from isms_plugin.analysis.redaction.views import NEEDS, VIEWS, WHOLE, truthful, untold
from isms_plugin.model.history import History
from isms_plugin.model.isms import KINDS
from isms_plugin.model.profile import ViewName
from isms_plugin.model.risk import Risk
from isms_plugin.model.settings import Settings
from tests.builders import TODAY, a_decision, a_profile, an_asset, an_isms

REGISTERS = {kind.KIND.register for kind in KINDS}


def seen(*changed: Any, **profile: Any) -> Redaction:
    return redact(an_isms(*changed), History(), Settings(), a_profile(**profile))


def test_views_and_registers_exist() -> None:
    assert NEEDS.keys() | set(WHOLE) <= set(get_args(ViewName))
    assert {name for needed in (*NEEDS.values(), *MADE_OF.values()) for name in needed} <= REGISTERS
    assert MADE_OF.keys() <= {kind.KIND.name for kind in KINDS}


@pytest.mark.parametrize(
    ("profile", "view", "told"),
    [
        ({}, "dashboard", True),
        ({"registers": sorted(REGISTERS - {"", "actions"})}, "dashboard", False),
        ({"registers": sorted(REGISTERS - {"", "actions"})}, "treatment-plan", False),
        ({"registers": sorted(REGISTERS - {"", "actions"})}, "soa", True),
        ({"fields": {"risks": ["title"]}}, "risk-trend", False),
        ({"fields": {"assets": ["title"]}}, "risk-trend", True),
        ({"fields": {"assets": ["title"]}}, "readiness", False),
        ({"registers": ["documents"]}, "soa", False),
        ({"registers": ["soa", "documents"], "fields": {"soa": ["control", "decision"]}}, "soa", True),
        ({"registers": ["soa", "documents"], "fields": {"soa": ["control", "reason"]}}, "soa", False),
        ({"registers": ["soa"]}, "soa", False),
        ({"registers": ["documents", "people"]}, "acknowledgements", False),
    ],
)
def test_a_view_needs_its_registers(profile: dict[str, Any], view: ViewName, told: bool) -> None:
    assert (view not in untold(seen(**profile))) == told


def test_a_statement_with_a_decision_that_is_only_counted_is_not_told() -> None:
    assert "soa" in untold(seen(a_decision(classification="restricted"), classifications=["internal"]))
    assert "soa" not in untold(seen(an_asset(classification="restricted"), classifications=["internal"]))


def test_views_that_are_left_out_are_accounted_for() -> None:
    redaction = seen(registers=["documents"], views=["soa", "clauses"])
    profile, account = truthful(redaction)
    assert profile.views == ("clauses",)
    assert [(item.source, item.field, item.reason) for item in account if item.source == "views"] == [("views", "soa", "it needs soa")]
    everything, nothing = truthful(seen())
    assert (everything.views, nothing) == (("all",), ())
    some, _ = truthful(seen(registers=["documents"]))
    assert set(some.views) == set(VIEWS) - set(untold(seen(registers=["documents"])))


def test_judgements_rest_on_what_is_shown() -> None:
    isms = an_isms()
    whole = analyse(isms, History(), Settings(), TODAY, list)
    risk = isms.entries["RSK-001"]
    assert judged(whole, Risk)
    assert judged_entry(whole, risk)
    for profile, register, entry in (
        ({}, True, True),
        ({"registers": ["risks"]}, False, False),
        ({"fields": {"risks": ["title"]}}, False, False),
        ({"fields": {"assets": ["title"]}}, True, True),
    ):
        redaction = redact(isms, History(), Settings(), a_profile(**profile))
        told = told_facts(whole, redaction)
        assert (judged(told, Risk), judged_entry(told, told.isms.entries["RSK-001"])) == (register, entry)
