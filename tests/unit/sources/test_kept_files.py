from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from isms_plugin.sources.exposures import MAX_SCANNED
from isms_plugin.sources.held_files import HeldFiles
from isms_plugin.sources.kept_files import lfs_pointer, read_kept_files
from tests.builders import HASH, MemoryTree, an_evidence
from tests.repository import Repository

POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{HASH}\nsize 12345\n".encode()


def test_the_pointer_of_git_lfs_stands_for_its_file() -> None:
    kept = read_kept_files([an_evidence()], MemoryTree({"evidence/export.csv": POINTER}))
    assert (kept.digests, kept.lfs) == ({"evidence/export.csv": HASH}, {"evidence/export.csv"})
    assert kept.sizes == {"evidence/export.csv": 12345}


@pytest.mark.parametrize("data", [b"", POINTER + b"more\n", POINTER.replace(b"sha256", b"md5"), POINTER + b" " * 1024])
def test_any_other_file_is_hashed_itself(data: bytes) -> None:
    assert lfs_pointer(data) is None
    kept = read_kept_files([an_evidence()], MemoryTree({"evidence/export.csv": data}))
    assert (kept.digests, kept.lfs) == ({"evidence/export.csv": hashlib.sha256(data).hexdigest()}, set())
    assert kept.sizes == {"evidence/export.csv": len(data)}


def test_findings_come_from_evidence_that_is_not_retired() -> None:
    tree = MemoryTree({"evidence/export.csv": b"DE89370400440532013000\n"})
    assert list(read_kept_files([an_evidence()], tree).exposures) == ["evidence/export.csv"]
    assert read_kept_files([an_evidence(status="retired")], tree).exposures == {}


def test_missing_files_are_left_out() -> None:
    assert read_kept_files([an_evidence()], MemoryTree({})).digests == {}


SECRET = b"DE89370400440532013000\n"


@pytest.mark.parametrize(("size", "scanned"), [(MAX_SCANNED, True), (MAX_SCANNED + 1, False)])
def test_files_up_to_a_size_are_looked_into(size: int, scanned: bool) -> None:
    kept = read_kept_files([an_evidence()], HeldFiles({"evidence/export.csv": SECRET.ljust(size, b"x")}))
    assert (bool(kept.exposures), kept.sizes["evidence/export.csv"]) == (scanned, size)


MEASURED = """
import resource, sys
from pathlib import Path
from isms_plugin.sources.git_history import commit_tree
from isms_plugin.sources.kept_files import read_kept_files
from isms_plugin.sources.snapshot import WorkingTree
from tests.builders import an_evidence

tree = WorkingTree(Path(sys.argv[1])) if sys.argv[2] == "tree" else commit_tree(Path(sys.argv[1]), "HEAD")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
kept = read_kept_files([an_evidence()], tree)
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(grown // (1 if sys.platform == "linux" else 1024), *kept.sizes.values(), *kept.digests.values())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as POSIX systems do")
@pytest.mark.parametrize("kind", ["tree", "commit"])
def test_a_file_of_300_megabytes_does_not_go_through_memory(tmp_path: Path, kind: str) -> None:
    size = 300_000_000
    path = tmp_path / "evidence/export.csv"
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(size)
    if kind == "commit":
        Repository(tmp_path).commit("large")
    done = subprocess.run([sys.executable, "-c", MEASURED, str(tmp_path), kind], check=True, capture_output=True, text=True)
    grown, *told = done.stdout.split()
    assert told == [str(size), "e8671610daa5dc152578d9bfe8e25346aa73fa600f908b235f55bf51d0eb5a05"]
    assert int(grown) < 40_000, "kilobytes"
