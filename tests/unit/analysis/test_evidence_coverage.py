from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.evidence_coverage import check_evidence
from isms_plugin.model.diagnostic import Diagnostic
from tests.builders import HASH, an_evidence, an_isms


def check(**changes: Any) -> list[Diagnostic]:
    return list(check_evidence(an_isms(an_evidence(**changes))))


@pytest.mark.parametrize("changes", [{}, {"sha256": None}, {"at": "https://example.org/a"}, {"at": None}, {"at": ""}])
def test_nothing_is_wrong_with_evidence_that_is_there_or_elsewhere(changes: dict[str, Any]) -> None:
    assert check(**changes) == []


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("evidence/gone.csv", "missing-file"),
        ("evidence/../evidence/gone.csv", "missing-file"),
        ("evidence", "missing-file"),
        ("../export.csv", "link-outside"),
        ("evidence/../../export.csv", "link-outside"),
        ("/etc/passwd", "link-outside"),
    ],
)
def test_evidence_that_is_not_there_is_reported_where_its_place_is_named(at: str, code: str) -> None:
    (found,) = check(at=at)
    assert (found.code, found.entry, found.place.pointer) == (code, "EVD-001", ("at",))
    assert at in found.message


def test_evidence_that_changed_is_reported_with_both_hashes() -> None:
    (found,) = check(sha256="b" * 64)
    assert (found.code, found.place.pointer) == ("evidence-changed", ("sha256",))
    assert HASH in found.message
    assert "b" * 64 in found.message
