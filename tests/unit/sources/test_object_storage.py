from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from isms_plugin.errors import IsmsError, SourceError
from isms_plugin.sources.object_storage import NotStoredError, put_once, stored_digest

CONTENT = b"user,role\n"


def test_what_is_written_is_read_back_and_never_overwritten(tmp_path: Path) -> None:
    url = f"file://{tmp_path}/bucket/2026/EVD-001-a.csv"
    put_once(url, CONTENT)
    assert stored_digest(url) == hashlib.sha256(CONTENT).hexdigest()
    with pytest.raises(SourceError, match="exists already, and evidence is never overwritten"):
        put_once(url, b"other\n")
    assert (tmp_path / "bucket/2026/EVD-001-a.csv").read_bytes() == CONTENT


def test_an_object_larger_than_a_piece_is_hashed_whole(tmp_path: Path) -> None:
    data = bytes(range(256)) * 40_000
    put_once(f"file://{tmp_path}/large.bin", data)
    assert stored_digest(f"file://{tmp_path}/large.bin") == hashlib.sha256(data).hexdigest()


def test_an_object_that_is_not_there_is_told_from_a_store_that_is_not(tmp_path: Path) -> None:
    with pytest.raises(NotStoredError, match="there is no such object"):
        stored_digest(f"file://{tmp_path}/gone.csv")
    with pytest.raises(SourceError) as error:
        stored_digest(f"file://{tmp_path}/gone/gone.csv")
    assert not isinstance(error.value, NotStoredError)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "url", ["evidence/a.csv", "https://example.org/a", "s3://bucket", "s3://", "s3://bucket/", "s3://bucket/../a", "gs:///a"]
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(SourceError, match="no address in object storage"):
        stored_digest(url)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(IsmsError, match="pip install obstore"):
        stored_digest("s3://bucket/a.csv")
