from __future__ import annotations

import pytest

from tests.builders import an_evidence


@pytest.mark.parametrize(
    ("at", "local"), [("evidence/a.csv", True), ("../a.csv", True), ("https://example.org/a.csv", False), ("", False), (None, False)]
)
def test_evidence_is_local_unless_it_has_an_address(at: str | None, local: bool) -> None:
    assert an_evidence(at=at).local is local
