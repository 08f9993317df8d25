"""The manifest of a pack: what `sha256sum` reads, and what it refuses to name."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from isms_plugin.errors import IsmsError
from isms_plugin.export.manifest import ABOUT, MANIFEST, SIGNATURE, ManifestError, read_manifest, unfit, write_manifest

FILES = {"START-HERE.html": b"start", "registers/b c.csv": b"1,2\n", "registers/a.csv": b"", "site/ä.html": "ä".encode()}
DIGEST = hashlib.sha256(b"").hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def test_it_names_every_file_but_itself_sorted_by_path(folder: Path) -> None:
    write_manifest(folder, {"schema": "isms-pack/1"})
    named = read_manifest((folder / MANIFEST).read_bytes())
    assert list(named) == sorted([*FILES, ABOUT])
    assert named["registers/a.csv"] == DIGEST


def test_sha256sum_reads_it(folder: Path) -> None:
    write_manifest(folder, {})
    done = subprocess.run(["sha256sum", "--strict", "-c", MANIFEST], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count(": OK")) == (0, len(FILES) + 1), done.stderr


def test_it_is_what_sha256sum_writes(folder: Path) -> None:
    write_manifest(folder, {})
    names = sorted([*FILES, ABOUT])
    assert subprocess.run(["sha256sum", *names], cwd=folder, capture_output=True, check=True).stdout == (folder / MANIFEST).read_bytes()


def test_it_tells_what_the_pack_is_of_with_counts(folder: Path) -> None:
    write_manifest(folder, {"schema": "isms-pack/1", "name": "Käse"})
    told = {"schema": "isms-pack/1", "name": "Käse", "counts": {"files": 4, "bytes": 5 + 4 + 0 + 2}}
    assert json.loads((folder / ABOUT).read_bytes()) == told


def test_the_same_files_give_the_same_bytes_and_a_second_manifest_is_the_first(folder: Path) -> None:
    write_manifest(folder, {"name": "x"})
    first = (folder / MANIFEST).read_bytes()
    (folder / SIGNATURE).write_text("of the first")
    write_manifest(folder, {"name": "x"})
    assert (folder / MANIFEST).read_bytes() == first
    assert not (folder / SIGNATURE).exists()


@pytest.mark.parametrize("name", ["a\nb", "a\\b", "a\tb", "a\u202eb"])
def test_a_name_that_systems_do_not_agree_on_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("")
    with pytest.raises(IsmsError, match="cannot be in a pack"):
        write_manifest(folder, {})
    assert not (folder / MANIFEST).exists()


def test_links_and_pipes_are_refused(folder: Path) -> None:
    (folder / "link").symlink_to("START-HERE.html")
    with pytest.raises(IsmsError, match="'link' cannot be in a pack: it is a link"):
        write_manifest(folder, {})
    (folder / "link").unlink()
    os.mkfifo(folder / "pipe")
    with pytest.raises(IsmsError, match="'pipe' cannot be in a pack: it is no file"):
        write_manifest(folder, {})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{DIGEST}  a", "its last line is not whole"),
        (f"{DIGEST} *a\n", "line 1: it is no line of sha256sum"),
        (f"{DIGEST}  a\r\n", "line 1: the name holds a character"),
        (f"\\{DIGEST}  a\\\\b\n", "line 1: it is no line of sha256sum"),
        (f"{DIGEST.upper()}  a\n", "line 1: it is no line of sha256sum"),
        (f"{DIGEST}  a\n\n", "line 2: it is no line of sha256sum"),
        (f"{DIGEST}  a\n{DIGEST}  b\n{DIGEST}  a\n", "line 3 names a again"),
        (f"{DIGEST}  ../a\n", "line 1: the name leads out of the pack"),
        (f"{DIGEST}  /etc/passwd\n", "line 1: the name is absolute"),
        (f"{DIGEST}  C:/a\n", "line 1: the name is absolute"),
        (f"{DIGEST}  {MANIFEST}\n", "line 1: a manifest cannot name itself"),
        ("", "its last line is not whole"),
    ],
)
def test_a_damaged_manifest_is_none(text: str, reason: str) -> None:
    with pytest.raises(ManifestError, match=reason):
        read_manifest(text.encode())


def test_a_manifest_in_another_encoding_is_none() -> None:
    with pytest.raises(ManifestError, match="not text in UTF-8"):
        read_manifest(f"{DIGEST}  \xe4\n".encode("latin-1"))


@pytest.mark.parametrize("name", ["a", "a b/c.html", "ä/ü.csv", "a..b", ".hidden/x", "MANIFEST.json"])
def test_ordinary_names_fit(name: str) -> None:
    assert unfit(name) == ""


@pytest.mark.parametrize("name", ["", "/a", "a//b", "a/", "./a", "a/../b", "..", "c:a", "a\0b", "a\\b"])
def test_names_that_harm_do_not(name: str) -> None:
    assert unfit(name)
