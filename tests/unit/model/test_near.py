"""What somebody may have meant: told where something is near, and nothing where nothing is."""

from __future__ import annotations

from isms_plugin.model.near import did_you_mean, no_such

KNOWN = ("RSK-001", "AST-001")


def test_the_nearest_is_asked_for() -> None:
    assert did_you_mean("RSK-01", KNOWN) == "did you mean RSK-001?"
    assert did_you_mean("RSK-01", iter(KNOWN), "`") == "did you mean `RSK-001`?"
    assert no_such("RSK-01", "risk", KNOWN) == "RSK-01: no such risk; did you mean RSK-001?"


def test_nothing_is_near() -> None:
    assert did_you_mean("zebra", KNOWN) == did_you_mean("RSK-001", ()) == ""
    assert no_such("zebra", "risk", KNOWN) == "zebra: no such risk"
