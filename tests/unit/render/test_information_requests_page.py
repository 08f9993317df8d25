"""Requests of auditors as readers see them."""

from __future__ import annotations

from typing import Any

from isms_plugin.model.entry import Entry
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.information_requests_page import request_block, request_cells, request_summary
from isms_plugin.render.plain_text import words_of
from tests.builders import a_request, an_audit, facts_of


def a_view(*entries: Entry) -> View:
    return make_view(facts_of(*entries, sizes={"evidence/export.csv": 12}), {})


def block(**changes: Any) -> str:
    request = a_request(**changes)
    return words_of(request_block(a_view(an_audit(), request), request))


def test_the_register_counts_the_requests_of_each_audit() -> None:
    late = a_request(id="IRQ-002", due="2026-11-20")
    words = words_of(request_summary(a_view(an_audit(), a_request(), late, a_request(id="IRQ-003", audit=None))))
    assert "AUD-001 Internal audit: late 1 open 1 · next due 2026-11-20" in words
    assert "For no audit: open 1 · next due 2026-12-11" in words
    assert request_summary(a_view()).strip() == ""


def test_the_column_says_where_a_request_stands() -> None:
    request, retired = a_request(), a_request(id="IRQ-002", status="retired")
    view = a_view(request, retired)
    assert [words_of(request_cells(view, entry)[0]) for entry in (request, retired)] == ["open", "retired"]


def test_an_answer_is_told_with_its_entries_and_files() -> None:
    words = block(answer="Shown.", answers=["EVD-001", "RSK-001", "NO-1"], answered_on="2026-11-20", period_from="2026-01-01")
    assert "Days asked for 2026-01-01 to ?" in words
    assert "Answered on 2026-11-20 Answer Shown. EVD-001 Export: export.csv, 12 bytes RSK-001 Theft" in words


def test_what_is_gathered_before_the_answer_is_told_as_such() -> None:
    assert "Answered on not yet So far EVD-001 Export" in block(answers=["EVD-001"])
    assert block().endswith("So far nothing yet")


def test_a_declined_request_tells_why() -> None:
    assert "Answered on declined Why it is declined No cameras at home." in block(declined="true", declined_why="No cameras at home.")
