"""Pages about risks: what the pictures count is what the register holds, and the words are those of the method."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from isms_plugin.analysis.baselines import NO_BASELINES, Baselines, Frozen
from isms_plugin.analysis.facts import analyse
from isms_plugin.analysis.risk.profile import MOMENTS, rated
from isms_plugin.analysis.risk.trend import BandCounts, band_counts
from isms_plugin.model.action import Action
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import Baseline, History
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod
from isms_plugin.model.risk_state import state_hash
from isms_plugin.model.settings import Settings
from isms_plugin.render.entry_pages import entry_page
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.register_pages import register_csv, register_page
from isms_plugin.render.risk_blocks import limits_words
from isms_plugin.render.risk_pages import PLAN, TREND, plan_csv, treatment_page, trend_page
from isms_plugin.render.risk_summary import risk_summary
from tests.builders import TODAY, a_decision, a_method, a_risk, an_isms
from tests.unit.analysis.risk.test_profile import RISKS, held


def view(isms: Isms) -> View:
    return make_view(analyse(isms, History(), Settings(), TODAY, list), {})


def counts(html: str) -> list[int]:
    """The numbers in all heat maps, map by map."""
    maps = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    return [sum(map(int, re.findall(r'class="isms-chart__count">(\d+)<', picture))) for picture in maps]


@given(RISKS)
def test_heat_maps_hold_every_rated_risk_once(risks: list[Risk]) -> None:
    isms = held(risks)
    found = rated(isms)
    html = risk_summary(view(isms)) if found else ""
    assert sum(counts(html)) == sum(item.at(moment) is not None for item in found for moment in MOMENTS)
    cells = html[html.find("Risks by cell") :] if found else ""
    for item in found:
        if item.at("current") is not None:
            assert f'href="isms:{item.risk.id}"' in cells


@given(RISKS)
def test_the_cells_of_the_table_are_those_of_the_pictures(risks: list[Risk]) -> None:
    isms = held(risks)
    if not rated(isms):
        return
    html = risk_summary(view(isms))
    listed = sum(len(re.findall(r'href="isms:RSK-', table)) for table in re.findall(r"<table.*?Risks by cell.*?</table>", html, re.DOTALL))
    assert sum(counts(html)) <= listed


def test_nothing_stands_above_a_register_without_risks() -> None:
    assert risk_summary(view(an_isms(without=["RSK-001"]))) == ""


def test_the_register_speaks_of_levels_with_their_bands_and_the_csv_in_numbers() -> None:
    made = view(an_isms())
    page = register_page(made, Risk, 0)
    assert "<td>12 high</td><td>4 low</td>" in page.late["table"]
    assert "Inherent level" not in page.late["table"]
    assert "Heat map" in page.late["kind"]
    assert register_csv(made, Risk).content.decode("utf-8-sig").splitlines()[1].endswith(",,12,4")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "not needed"),
        ({"residual_likelihood": 4}, "missing"),
        ({"residual_likelihood": 5}, "too high to accept"),
        ({"accepted_by": "PER-001", "accepted_on": "2026-02-01"}, "accepted, state not recorded"),
        ({"accepted_by": "PER-001", "accepted_on": "2026-02-01", "accepted_until": "2026-02-02"}, "expired"),
        ({"accepted_by": "PER-001", "accepted_on": "2026-02-01", "accepted_state": f"isms-risk-1:{'0' * 64}"}, "changed since"),
        ({"accepted_by": "PER-001", "accepted_on": "2026-02-01", "accepted_state": state_hash(a_risk())}, ">accepted<"),
    ],
)
def test_the_page_of_a_risk_says_where_its_acceptance_stands(changes: dict[str, Any], told: str) -> None:
    risk = a_risk(**changes)
    page = entry_page(view(an_isms(risk)), risk)
    assert told in page.late["block"]
    assert "Up to 6 acceptable; 7 to 9 with the risk owner&#39;s acceptance; from 10 treatment goes on." in page.late["block"]
    assert "Accepted on" not in page.parts["facts"]
    assert "12 high" in page.parts["facts"]


def test_the_page_of_a_method_shows_scales_matrix_and_bands() -> None:
    steps = [{"value": value, "name": name, "meaning": "a < b"} for value, name in ((1, "rare"), (2, "often"))]
    matrix = [{"likelihood": 1, "levels": [1, 5]}, {"likelihood": 2, "levels": [1, 15]}]
    method = a_method(likelihood=steps, consequence=steps, matrix=matrix, appetite=[{"category": "fraud", "acceptable": 1}])
    html = entry_page(view(an_isms(method)), method).late["block"]
    assert "a &lt; b" in html
    rows = [re.findall(r">(\d+ \w+)</span>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)]
    assert [row for row in rows if row] == [["1 low", "15 critical"], ["1 low", "5 medium"]]
    assert "Up to 1 acceptable for fraud; above it only with the risk owner" in html


@pytest.mark.parametrize(
    ("method", "told"),
    [
        (RiskMethod(id="MTH-0"), ""),
        (a_method(with_acceptance=None), "Up to 6 acceptable; above it only with the risk owner's acceptance."),
        (a_method(with_acceptance=6), "Up to 6 acceptable; from 7 treatment goes on."),
    ],
)
def test_limits_are_told_in_a_sentence(method: RiskMethod, told: str) -> None:
    assert limits_words(method) == told


def pages(*entries: Entry, baselines: Baselines = NO_BASELINES) -> dict[str, Any]:
    return {page.uri: page for page in (treatment_page(view(an_isms(*entries))), trend_page(view(an_isms(*entries)), baselines))}


def test_the_plan_says_what_is_done_by_whom_and_what_is_late() -> None:
    late = Action.model_validate({"id": "ACT-001", "title": "Lock <it>", "owner": "PER-001", "for": ["RSK-001"], "due": "2026-11-23"})
    done = Action.model_validate({"id": "ACT-002", "title": "Bolt", "for": ["RSK-001"], "due": "2026-01-01", "done_on": "2026-01-02"})
    entries = (late, done, a_decision(state="planned", due="2027-01-31"))
    page = pages(*entries)[PLAN]
    assert "1 risks, 1 open actions, 1 of them overdue, 1 done." in page.markdown
    html = page.late["table"]
    assert "Lock &lt;it&gt;" in html
    assert html.count("overdue") == 1
    assert "by 2027-01-31" in html
    row = plan_csv(view(an_isms(*entries))).content.decode("utf-8-sig").splitlines()[1]
    assert row == (
        "RSK-001,Theft,PER-001,12 high,modification,A.5.1 (planned),ACT-001 due 2026-11-23 overdue; ACT-002 done 2026-01-02,4 low,"
        "not needed,,,"
    )


def test_the_trend_counts_each_baseline_and_now() -> None:
    baseline = Baseline(name="isms-<1>", commit="1" * 40, tagger="Anna", date=datetime(2026, 1, 1, tzinfo=UTC), message="First.")
    frozen = Frozen(baseline=baseline, signature="", counts={}, bands=BandCounts({"high": 3, "low": 1}, {"low": 4}))
    page = pages(baselines=Baselines(frozen=(frozen,), gap="cut"))[TREND]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", page.late["current"])]
    assert rows[1:] == [["isms-&lt;1&gt;", "2026-01-01", "1", "0", "3", "0", "4"], ["now", "2026-11-24", "0", "0", "1", "0", "1"]]
    assert "isms-&lt;1&gt;: 1 low, 0 medium, 3 high, 0 critical" in page.late["current"]
    assert "History: cut." in page.late["gap"]
    assert band_counts(an_isms()).residual == {"low": 1}
