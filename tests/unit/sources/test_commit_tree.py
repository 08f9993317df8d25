"""A commit as a snapshot: the same files as a checkout of it, read without checking anything out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from isms_plugin.errors import SourceError
from isms_plugin.sources.git_history import commit_tree
from isms_plugin.sources.object_reader import CHUNK
from isms_plugin.sources.snapshot import WorkingTree
from tests.repository import MINIMAL, Repository, policy

FILES = {**MINIMAL, "policies/Zugriff für alle.md": policy("POL-02"), "policies/.hidden.md": "x", "evidence/a.bin": "\r\nraw\r\n"}


@pytest.fixture(params=["", "company/isms/"])
def isms(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Repository, Path]:
    repository = Repository(tmp_path / "repo")
    repository.commit("first", {f"{request.param}{path}": text for path, text in FILES.items()})
    return repository, repository.root / request.param


def test_a_commit_holds_what_its_checkout_holds(isms: tuple[Repository, Path]) -> None:
    _, root = isms
    commit, checkout = commit_tree(root, "HEAD"), WorkingTree(root)
    for folder in ("policies", "registers", "evidence", "nowhere", "."):
        assert [path for path in commit.paths(folder) if ".git/" not in path] == checkout.paths(folder)
        for path in checkout.paths(folder):
            assert commit.read(path) == checkout.read(path)
            assert commit.exists(path)


def test_what_came_later_is_not_in_it(isms: tuple[Repository, Path]) -> None:
    repository, root = isms
    first = repository.git("rev-parse", "HEAD")
    (root / "policies/access.md").write_text("changed", encoding="utf-8")
    (root / "policies/new.md").write_text("new", encoding="utf-8")
    repository.commit("second")
    tree = commit_tree(root, first)
    assert tree.revision == first
    assert tree.read("policies/access.md") == policy().encode()
    assert not tree.exists("policies/new.md")
    assert commit_tree(root, "main").exists("policies/new.md")


@pytest.mark.parametrize("path", ["policies/none.md", "../outside.md", "/etc/passwd", "policies"])
def test_what_is_not_there_is_told(isms: tuple[Repository, Path], path: str) -> None:
    tree = commit_tree(isms[1], "HEAD")
    assert not tree.exists(path)
    with pytest.raises(SourceError, match=r"not in commit|leaves the repository"):
        tree.read(path)


def test_links_are_no_files_of_the_isms(isms: tuple[Repository, Path]) -> None:
    repository, root = isms
    (root / "policies/link.md").symlink_to("/etc/hostname")
    repository.commit("a link that leads out")
    assert not commit_tree(root, "HEAD").exists("policies/link.md")


def test_a_folder_outside_of_git_has_no_commits(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this is no git repository"):
        commit_tree(tmp_path, "HEAD")


def test_a_bare_repository_is_named(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path)], check=True)
    with pytest.raises(SourceError, match="bare"):
        commit_tree(tmp_path, "HEAD")


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_a_large_file_comes_in_pieces(tmp_path: Path, size: int) -> None:
    repository = Repository(tmp_path / "repo")
    repository.commit("large", {"evidence/a.txt": "x" * size, "evidence/b.txt": "next"})
    tree = commit_tree(repository.root, "HEAD")
    pieces = list(tree.chunks("evidence/a.txt"))
    assert b"".join(pieces) == b"x" * size
    assert all(len(piece) <= CHUNK for piece in pieces)
    assert tree.read("evidence/b.txt") == b"next"


def test_a_file_that_is_given_up_does_not_spoil_the_next(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo")
    repository.commit("large", {"evidence/a.txt": "x" * 2 * CHUNK, "evidence/b.txt": "next"})
    tree = commit_tree(repository.root, "HEAD")
    given_up = tree.chunks("evidence/a.txt")
    assert next(given_up) == b"x" * CHUNK
    assert tree.read("evidence/b.txt") == b"next"
    with pytest.raises(RuntimeError, match="before this one was taken"):
        next(given_up)
