from __future__ import annotations

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.settings import Settings
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.evidence_pages import control_evidence, evidence_coverage_page, evidence_summary
from isms_plugin.render.plain_text import words_of
from tests.builders import TODAY, an_evidence, an_isms


def view(*changed: Entry) -> View:
    return make_view(analyse(an_isms(*changed), History(), Settings(), TODAY, list), {})


def test_all_evidence_is_listed_what_is_worth_least_first() -> None:
    late = an_evidence(id="EVD-002", title="Old", valid_to="2026-09-30")
    words = words_of(evidence_coverage_page(view(late)).late["states"])
    assert words.index("EVD-002 Old expired") < words.index("EVD-001 Export current")


def test_of_very_many_the_page_has_as_many_as_a_register() -> None:
    made = view(*(an_evidence(id=f"EVD-{number:04}") for number in range(502)))
    html = evidence_coverage_page(made).late["states"]
    assert html.count("<tr>") == 501
    assert "<p>3 more are in the CSV file and in the register.</p>" in html


def test_periods_without_evidence_are_named() -> None:
    quarterly = an_evidence(every="quarter", period_from="2026-07-01", period_to="2026-09-30", taken_on="2026-10-01")
    page = evidence_coverage_page(view(quarterly))
    assert "A.5.1 Policies 1 of 4 quarters, 2025 Q4, 2026 Q1, 2026 Q2 missing" in words_of(page.late["periods"])
    assert "2025 Q4, 2026 Q1, 2026 Q2 (due each quarter): A.5.1" in words_of(page.parts["summary"])


def test_without_a_cadence_there_are_no_periods() -> None:
    assert "periods" not in evidence_coverage_page(view()).late


def test_a_register_counts_states_and_a_control_shows_them() -> None:
    made = view()
    assert "current 1" in words_of(evidence_summary(made))
    assert "EVD-001 Export current" in words_of(control_evidence(made, "A.5.1", ["EVD-001", "EVD-999"]))
