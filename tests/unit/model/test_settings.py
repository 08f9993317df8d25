from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.errors import SettingsError
from isms_plugin.model.cadence import Period
from isms_plugin.model.diagnostic import Grade, Place
from isms_plugin.model.settings import Settings, read_settings


def test_every_option_has_a_default() -> None:
    settings = read_settings({})
    assert (settings.policies, settings.registers, settings.evidence) == ("policies", "registers", "evidence")
    assert settings.threshold is Grade.MINOR
    assert settings.regrade == {}
    assert (settings.as_of, settings.edit_url, settings.overlay) == (None, "", "")
    assert (settings.autolink, settings.publish_overlay, settings.page_limit) == (False, False, 500)


@pytest.mark.parametrize("option", Settings.model_fields)
def test_every_option_is_described(option: str) -> None:
    assert (Settings.model_fields[option].description or "").endswith(".")


@pytest.mark.parametrize(("written", "read"), [("2026-11-24", date(2026, 11, 24)), (date(2026, 11, 24), date(2026, 11, 24)), ("", None)])
def test_as_of_is_a_date_or_nothing(written: Any, read: date | None) -> None:
    assert read_settings({"as_of": written}).as_of == read


@pytest.mark.parametrize(
    ("address", "place", "url"),
    [
        ("https://forge/edit/{path}#L{line}", Place("policies/a b.md", 3, 7), "https://forge/edit/policies/a%20b.md#L3"),
        ("https://forge/edit/{path}#L{line}", Place("a.md"), "https://forge/edit/a.md#L1"),
        ("https://forge/edit/{path}", Place("a.md", 3), "https://forge/edit/a.md"),
        ("https://forge/edit/{path}", Place(), ""),
        ("", Place("a.md", 3), ""),
    ],
)
def test_a_source_line_has_the_address_that_the_settings_give(address: str, place: Place, url: str) -> None:
    assert read_settings({"edit_url": address}).source_url(place) == url


@pytest.mark.parametrize("off", ["off", False])
def test_off_turns_a_code_off_in_yaml_1_1_too(off: Any) -> None:
    assert read_settings({"codes": {"no-history": off}}).regrade == {"no-history": Grade.OFF}
    assert read_settings({"fail_on": off}).threshold is Grade.OFF


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"polices": "policies"}, "polices"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"page_limit": 0}, "page_limit"),
        ({"fail_on": "never"}, "fail_on"),
        ({"fail_on": True}, "fail_on"),
        ({"codes": {"no-history": "fatal"}}, "codes.no-history"),
        ({"codes": {"no-histroy": "off"}}, "no such code: no-histroy"),
        ({"codes": {"b": "off", "a": "off"}}, "no such code: a, b"),
        ({"codes": ["no-history"]}, "codes"),
    ],
)
def test_an_option_without_meaning_is_named(options: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(options)


def test_all_options_without_meaning_are_named_at_once() -> None:
    with pytest.raises(SettingsError, match=r"as_of: .*; page_limit: "):
        read_settings({"as_of": "yesterday", "page_limit": 0})


def test_the_audited_period_is_the_twelve_months_up_to_the_day_unless_one_is_set() -> None:
    assert read_settings({}).period(date(2026, 11, 30)) == Period(date(2025, 12, 1), date(2026, 11, 30))
    assert read_settings({}).period(date(2024, 2, 29)) == Period(date(2023, 3, 1), date(2024, 2, 29))
    set_one = read_settings({"audited_period": "2026-01-01..2026-06-30"})
    assert set_one.period(date(2026, 11, 30)) == Period(date(2026, 1, 1), date(2026, 6, 30))
    assert read_settings({"audited_period": ""}).audited_period is None


@pytest.mark.parametrize("written", ["2026", "2026-01-01", "2026-06-30..2026-01-01", "1.1.2026..30.6.2026", "2026-01-01..", "..2026-01-01"])
def test_an_audited_period_has_two_ends_in_order(written: str) -> None:
    with pytest.raises(SettingsError, match="audited_period: Value error, should be two dates"):
        read_settings({"audited_period": written})
