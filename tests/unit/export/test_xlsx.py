"""The workbook: names of sheets, texts that stay texts, the same bytes again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.errors import IsmsError
from isms_plugin.export import xlsx
from isms_plugin.model.history import History
from isms_plugin.model.settings import Settings
from tests.builders import TODAY, a_decision, a_profile, a_risk, an_isms

calamine = pytest.importorskip("python_calamine")


def facts(*changed: Any, **parts: Any) -> Facts:
    return analyse(an_isms(*changed), History(head="c" * 40), Settings(), parts.get("today", TODAY), list)


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_there_is_a_sheet_for_what_it_is_of_the_statement_and_each_register_with_entries() -> None:
    found = sheets(xlsx.workbook(facts(), "Test"))
    assert list(found) == [
        "about", "soa", "documents", "controls", "soa-decisions", "risks", "risk-methods", "requirements", "assets", "suppliers", "people",
        "roles", "evidence", "approvals",
    ]  # fmt: skip
    assert found["about"][1] == ["ISMS", "Test"]
    assert found["soa"][0][-2:] == ["Auditor: decision", "Auditor: observation"]
    about = dict(row[:2] for row in found["about"])
    assert about["Audited period"] == "2025-11-25 to 2026-11-24"
    assert "actions" in about["Registers without an entry"].split(", ")
    assert "risks" not in about["Registers without an entry"].split(", ")


def test_readers_who_do_not_audit_get_no_columns_to_fill_in_and_see_for_whom_it_is() -> None:
    for views, columns in (("soa", 0), ("work-sheet", 2)):
        found = sheets(xlsx.workbook(replace(facts(), profile=a_profile(name="customer", views=[views])), "Test"))
        assert sum(str(title).startswith("Auditor") for title in found["soa"][0]) == columns
        assert ["Profile", "customer: Anybody."] in found["about"]


def test_one_register_can_be_asked_for_even_an_empty_one() -> None:
    assert list(sheets(xlsx.workbook(facts(), "Test", "risks"))) == ["about", "risks"]
    assert list(sheets(xlsx.workbook(facts(), "Test", "actions"))) == ["about", "actions"]


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-1", "@SUM(A1)", "https://example.org", "0042", "1e5", "TRUE"])
def test_a_text_stays_a_text(text: str) -> None:
    content = xlsx.workbook(facts(a_risk(title=text)), "Test", "risks")
    assert sheets(content)["risks"][1][1] == text
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets"))


def test_days_are_written_as_in_the_registers() -> None:
    rows = sheets(xlsx.workbook(facts(), "Test", "risks"))["risks"]
    assert rows[1][rows[0].index("Assessed on")] == "2026-01-01"


def test_a_text_that_no_cell_holds_is_cut_and_says_so() -> None:
    rows = sheets(xlsx.workbook(facts(a_decision(reason="x" * 40_000)), "Test", "soa-decisions"))["soa-decisions"]
    cell = rows[1][rows[0].index("Reason")]
    assert len(cell) == 32_767
    assert cell.endswith("[cut here: the cell holds no more]")


def test_the_same_facts_give_the_same_bytes_and_another_day_others() -> None:
    assert xlsx.workbook(facts(), "Test") == xlsx.workbook(facts(), "Test")
    assert xlsx.workbook(facts(), "Test") != xlsx.workbook(facts(today=TODAY + timedelta(days=1)), "Test")


def test_names_of_sheets_fit_and_differ() -> None:
    taken: set[str] = set()
    names = [xlsx.sheet_name(name, taken) for name in ("a" * 40, "A" * 40, "x:y/z", "history", "'q'", "'")]
    assert names == ["a" * 31, f"{'A' * 29}-2", "x-y-z", "history-2", "q", "sheet"]


def test_without_the_library_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        if name == "xlsxwriter":
            raise ImportError(name)
        return import_module(name)

    monkeypatch.setattr(xlsx, "import_module", missing)
    with pytest.raises(IsmsError, match="pip install xlsxwriter"):
        xlsx.workbook(facts(), "Test")
