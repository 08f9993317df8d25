from __future__ import annotations

import hashlib

import pytest

from isms_plugin.sources.kept_files import lfs_digest, read_kept_files
from tests.builders import HASH, MemoryTree, an_evidence

POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{HASH}\nsize 12345\n".encode()


def test_the_pointer_of_git_lfs_stands_for_its_file() -> None:
    kept = read_kept_files([an_evidence()], MemoryTree({"evidence/export.csv": POINTER}))
    assert (kept.digests, kept.lfs) == ({"evidence/export.csv": HASH}, {"evidence/export.csv"})


@pytest.mark.parametrize("data", [b"", POINTER + b"more\n", POINTER.replace(b"sha256", b"md5"), POINTER + b" " * 1024])
def test_any_other_file_is_hashed_itself(data: bytes) -> None:
    assert lfs_digest(data) == ""
    kept = read_kept_files([an_evidence()], MemoryTree({"evidence/export.csv": data}))
    assert (kept.digests, kept.lfs) == ({"evidence/export.csv": hashlib.sha256(data).hexdigest()}, set())


def test_findings_come_from_evidence_that_is_not_retired() -> None:
    tree = MemoryTree({"evidence/export.csv": b"DE89370400440532013000\n"})
    assert list(read_kept_files([an_evidence()], tree).exposures) == ["evidence/export.csv"]
    assert read_kept_files([an_evidence(status="retired")], tree).exposures == {}


def test_missing_files_are_left_out() -> None:
    assert read_kept_files([an_evidence()], MemoryTree({})).digests == {}
