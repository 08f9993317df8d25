"""Variables of the environment that hold for a while: afterwards all is as it was, whatever happened."""

from __future__ import annotations

import os

import pytest

from isms_plugin.sources.environment import environment

SETTINGS = {"ISMS_OLD": "2", "ISMS_NEW": "3"}


def fail() -> None:
    with environment(SETTINGS):
        raise ValueError({name: os.environ[name] for name in SETTINGS})


def test_variables_are_as_they_were_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISMS_OLD", "1")
    monkeypatch.delenv("ISMS_NEW", raising=False)
    with pytest.raises(ValueError, match="ISMS") as told:
        fail()
    assert told.value.args == (SETTINGS,)
    assert os.environ["ISMS_OLD"] == "1"
    assert "ISMS_NEW" not in os.environ
