from __future__ import annotations

import pytest

from tests.builders import HASH, an_evidence


@pytest.mark.parametrize(
    ("at", "path"),
    [("evidence/a.csv", "evidence/a.csv"), ("../a.csv", "../a.csv"), ("https://example.org/a.csv", None), ("", None), (None, None)],
)
def test_evidence_keeps_its_file_here_unless_it_has_an_address(at: str | None, path: str | None) -> None:
    kept = an_evidence(at=at).kept_file
    assert (kept and kept.path) == path


def test_the_kept_file_has_the_recorded_hash_and_the_field_that_names_it() -> None:
    assert an_evidence().kept_file == ("evidence/export.csv", HASH, "at")
