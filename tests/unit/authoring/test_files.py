"""Files are written together or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from isms_plugin.authoring.files import write_files
from isms_plugin.errors import IsmsError


def tree(root: Path) -> dict[str, bytes | None]:
    return {path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


def files(root: Path) -> dict[str, bytes]:
    return {path: content for path, content in tree(root).items() if content is not None}


def test_texts_and_bytes_are_written_into_folders_that_are_made(tmp_path: Path) -> None:
    write_files(tmp_path, {"registers/approvals/a.yml": "ü\n", "evidence/answer.pdf": b"\0\r\n"})
    assert files(tmp_path) == {"registers/approvals/a.yml": "ü\n".encode(), "evidence/answer.pdf": b"\0\r\n"}


def test_line_ends_are_written_as_they_are_given(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": "one\r\ntwo\n"})
    assert (tmp_path / "a").read_bytes() == b"one\r\ntwo\n"


def test_an_older_file_gives_way_and_its_rights_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(0o640)
    write_files(tmp_path, {"a": "new"})
    assert ((tmp_path / "a").read_text(), (tmp_path / "a").stat().st_mode & 0o777) == ("new", 0o640)


def test_a_new_file_has_the_rights_that_the_user_gives(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_files(tmp_path, {"a": "x"})
    finally:
        os.umask(mask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_what_is_moved_away_is_removed_once_all_is_written(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("x")
    with pytest.raises(IsmsError):
        write_files(tmp_path, {"new": "x", "../outside": "y"}, removed=["old"])
    assert files(tmp_path) == {"old": b"x"}
    write_files(tmp_path, {"new": "x"}, removed=["old"])
    assert files(tmp_path) == {"new": b"x"}


@pytest.mark.parametrize("bad", ["folder", "file/below", "../outside", "/tmp/outside"])
@pytest.mark.parametrize("bad_first", [True, False])
def test_where_one_cannot_be_written_none_is(tmp_path: Path, bad: str, *, bad_first: bool) -> None:
    root = tmp_path / "isms"
    (root / "folder").mkdir(parents=True)
    (root / "file").write_text("old")
    before = tree(tmp_path)
    contents = {bad: "x", "file": "new"} if bad_first else {"file": "new", bad: "x"}
    with pytest.raises(IsmsError):
        write_files(root, contents)
    assert tree(tmp_path) == before


def test_the_reason_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IsmsError, match=r"file.*: cannot be written: "):
        write_files(tmp_path, {"file/below": "x"})


def test_what_fails_while_it_is_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "b"))

    monkeypatch.setattr(Path, "chmod", full)
    with pytest.raises(IsmsError, match="No space left on device"):
        write_files(tmp_path, {"a": "new", "b": "new"})
    assert files(tmp_path) == {"a": b"old"}
