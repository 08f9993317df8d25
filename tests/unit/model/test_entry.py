from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from isms_plugin.model.entry import ID_PATTERN
from tests.builders import a_risk, an_asset, an_evidence


@pytest.mark.parametrize("identifier", ["RSK-001", "A.8.1", "ISMS-POL-12", "SOA-A.5.1", "r-1", "X.Y-Z9", "A1-b2"])
def test_an_id_can_be(identifier: str) -> None:
    assert re.fullmatch(ID_PATTERN, identifier)


@pytest.mark.parametrize("identifier", ["", "RSK", "RSK001", "001-RSK", "RSK-", "RSK--1", "RSK-A", "RSK 1", "RÄT-1", "RSK-1\n", "9.2"])
def test_an_id_cannot_be(identifier: str) -> None:
    assert not re.fullmatch(ID_PATTERN, identifier)


@pytest.mark.parametrize(("written", "read"), [("1", 1), ("10", 10), (7, 7)])
def test_a_whole_number_is_read(written: Any, read: int) -> None:
    assert a_risk(likelihood=written).likelihood == read


@pytest.mark.parametrize("written", ["012", "1_000", "1.0", "1e3", " 1", "0x1", "+1", "one", "", "²", "\u0661", [1]])
def test_a_whole_number_is_nothing_else(written: Any) -> None:
    with pytest.raises(ValidationError):
        a_risk(likelihood=written)


@pytest.mark.parametrize("written", ["0", "11", "-1"])
def test_a_number_stays_within_its_range(written: str) -> None:
    with pytest.raises(ValidationError):
        a_risk(likelihood=written)


@pytest.mark.parametrize(("written", "read"), [("true", True), ("false", False), (True, True)])
def test_truth_is_read(written: Any, read: bool) -> None:
    assert an_asset(personal_data=written).personal_data is read


@pytest.mark.parametrize("written", ["yes", "no", "on", "off", "True", "1", "", [True]])
def test_truth_is_nothing_else(written: Any) -> None:
    with pytest.raises(ValidationError):
        an_asset(personal_data=written)


@pytest.mark.parametrize(
    ("written", "read"), [("2026-11-24", date(2026, 11, 24)), ("2028-02-29", date(2028, 2, 29)), (date(2026, 1, 1), date(2026, 1, 1))]
)
def test_a_date_is_read(written: Any, read: date) -> None:
    assert a_risk(assessed_on=written).assessed_on == read


@pytest.mark.parametrize(
    "written",
    ["2026-13-01", "2026-02-30", "2027-02-29", "0000-01-01", "26-01-01", "2026-1-1", "20260101", "2026-01-01T00:00", "1.1.2026", ""],
)
def test_a_date_is_nothing_else(written: str) -> None:
    with pytest.raises(ValidationError):
        a_risk(assessed_on=written)


@pytest.mark.parametrize("written", ["A" * 64, "a" * 63, "a" * 65, "g" * 64, "a" * 64 + "\n"])
def test_a_hash_has_64_small_hexadecimal_digits(written: str) -> None:
    with pytest.raises(ValidationError):
        an_evidence(sha256=written)


def test_a_text_loses_the_blanks_around_it() -> None:
    assert a_risk(title="  Theft \n").title == "Theft"


def test_an_entry_goes_by_its_title_or_its_id() -> None:
    assert a_risk(title="Theft").name == "Theft"
    assert a_risk(title=None).name == "RSK-001"


@pytest.mark.parametrize(("status", "draft", "retired"), [("draft", True, False), ("active", False, False), ("retired", False, True)])
def test_an_entry_is_a_draft_active_or_retired(status: str, draft: bool, retired: bool) -> None:
    risk = a_risk(status=status)
    assert (risk.draft, risk.retired) == (draft, retired)


def test_an_entry_is_active_unless_it_says_otherwise() -> None:
    assert a_risk().status == "active"


def test_an_entry_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        a_risk().title = "Fire"  # type: ignore[misc]
