"""Folders that are filled as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.authoring.start import new_folder
from isms_plugin.authoring.start.new_folder import fill, refuse_full
from isms_plugin.errors import IsmsError

FILES = {"README.md": "a\n", "policies/scope.md": b"b\r\n"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    fill(tmp_path / "a/b", FILES)
    assert held(tmp_path / "a/b") == {"README.md": b"a\n", "policies/scope.md": b"b\r\n"}
    assert sorted(path.name for path in (tmp_path / "a/b").iterdir()) == ["README.md", "policies"]


def test_a_repository_that_holds_nothing_yet_is_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    fill(tmp_path, FILES)
    assert held(tmp_path)[".git/HEAD"] == b"ref: refs/heads/main\n"


def test_permissions_come_along(tmp_path: Path) -> None:
    fill(tmp_path / "a", FILES, {"policies/scope.md": 0o640})
    assert (tmp_path / "a/policies/scope.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("names", "told"),
    [(["b", ".a"], "it holds .a, b;"), (list("gfedcba"), "it holds a, b, c, d, e and 2 more;")],
)
def test_a_folder_with_files_is_refused_and_names_them(tmp_path: Path, names: list[str], told: str) -> None:
    for name in names:
        (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(IsmsError) as refusal:
        fill(tmp_path, FILES)
    assert told in str(refusal.value)
    assert sorted(held(tmp_path)) == sorted(names)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine", encoding="utf-8")
    with pytest.raises(IsmsError, match="not a folder"):
        refuse_full(tmp_path / "a")
    with pytest.raises(IsmsError, match="cannot be written"):
        fill(tmp_path / "a/b", FILES)
    assert held(tmp_path) == {"a": b"mine"}


def test_a_link_that_leads_nowhere_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "gone")
    with pytest.raises(IsmsError, match="not a folder"):
        fill(tmp_path / "a", FILES)


def test_nothing_is_left_where_a_file_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(IsmsError):
        fill(tmp_path / "a/b", {**FILES, "README.md/c": "d"})
    assert list(tmp_path.iterdir()) == []


def test_what_was_moved_is_taken_back_where_the_rest_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name == "policies":
            raise OSError(28, "No space left on device", str(path))
        return rename(path, target)

    monkeypatch.setattr(new_folder.Path, "rename", fail)
    (tmp_path / ".git").mkdir()
    with pytest.raises(IsmsError, match="No space left"):
        fill(tmp_path, FILES)
    assert [path.name for path in tmp_path.iterdir()] == [".git"]
