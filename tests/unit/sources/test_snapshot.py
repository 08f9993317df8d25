from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.errors import SourceError
from isms_plugin.sources.held_files import HeldFiles
from isms_plugin.sources.object_reader import CHUNK
from isms_plugin.sources.snapshot import WorkingTree, confined


@pytest.fixture
def tree(tmp_path: Path) -> WorkingTree:
    root = tmp_path / "isms"
    for path in ("policies/b.md", "policies/a/c.md", "policies/A.md", "policies/.hidden.md", "policies/.git/x.md", "top.md"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    (tmp_path / "secret.md").write_text("secret")
    return WorkingTree(root)


@pytest.mark.parametrize(
    ("path", "normal"), [("a/b.md", "a/b.md"), ("./a//b.md", "a/b.md"), ("a/../b.md", "b.md"), ("a/", "a"), (".", "."), ("..a", "..a")]
)
def test_a_path_is_normalized(path: str, normal: str) -> None:
    assert confined(path) == normal


@pytest.mark.parametrize("path", ["..", "../a", "a/../../b", "/etc/passwd", "/", "a\0b"])
def test_a_path_stays_inside(path: str) -> None:
    with pytest.raises(SourceError):
        confined(path)


def test_files_are_listed_below_a_folder_sorted_and_without_hidden_ones(tree: WorkingTree) -> None:
    assert tree.paths("policies") == ["policies/A.md", "policies/a/c.md", "policies/b.md"]
    assert tree.paths(".") == ["policies/A.md", "policies/a/c.md", "policies/b.md", "top.md"]


@pytest.mark.parametrize("folder", ["nowhere", "top.md"])
def test_what_is_no_folder_has_no_files(tree: WorkingTree, folder: str) -> None:
    assert tree.paths(folder) == []


@pytest.mark.parametrize("folder", ["../", "x" * 300])
def test_a_folder_that_cannot_be_read_is_an_error(tree: WorkingTree, folder: str) -> None:
    with pytest.raises(SourceError):
        tree.paths(folder)


@pytest.mark.parametrize("path", ["nowhere.md", "policies", "../secret.md", "a\0b", "x" * 300, "top.md/x"])
def test_what_is_no_file_inside_does_not_exist(tree: WorkingTree, path: str) -> None:
    assert not tree.exists(path)
    with pytest.raises(SourceError):
        tree.read(path)


def test_a_file_is_read_as_it_is(tree: WorkingTree) -> None:
    (tree.root / "top.md").write_bytes(b"\xff\r\n")
    assert tree.exists("top.md")
    assert tree.read("policies/../top.md") == b"\xff\r\n"


def test_a_link_that_stays_inside_is_a_file(tree: WorkingTree) -> None:
    (tree.root / "policies/link.md").symlink_to("../top.md")
    assert "policies/link.md" in tree.paths("policies")
    assert tree.read("policies/link.md") == b"top.md"


@pytest.mark.parametrize("target", ["../../secret.md", "/etc/passwd", "nowhere.md", "link.md"])
def test_a_link_that_leads_out_or_nowhere_is_no_file(tree: WorkingTree, target: str) -> None:
    (tree.root / "policies/link.md").symlink_to(target)
    assert "policies/link.md" not in tree.paths("policies")
    assert not tree.exists("policies/link.md")
    with pytest.raises(SourceError):
        tree.read("policies/link.md")


def test_a_link_to_a_folder_is_not_followed(tree: WorkingTree) -> None:
    (tree.root / "policies/up").symlink_to("..")
    assert tree.paths("policies") == ["policies/A.md", "policies/a/c.md", "policies/b.md"]


def test_the_working_tree_is_no_commit(tree: WorkingTree) -> None:
    assert tree.revision == ""


def test_files_in_memory_are_listed_and_read_as_those_on_disk(tree: WorkingTree) -> None:
    held = HeldFiles({path: tree.read(path) for path in ("policies/b.md", "policies/a/c.md", "policies/.hidden.md", "top.md")})
    assert held.paths("policies") == ["policies/a/c.md", "policies/b.md"]
    assert held.paths(".") == ["policies/a/c.md", "policies/b.md", "top.md"]
    assert held.read("top.md") == tree.read("top.md")
    assert not held.exists("policies")
    with pytest.raises(SourceError, match=r"nowhere\.md: not among these files"):
        held.read("nowhere.md")


def test_a_large_file_comes_in_pieces(tree: WorkingTree) -> None:
    (tree.root / "large.bin").write_bytes(b"ab" * CHUNK)
    assert [len(chunk) for chunk in tree.chunks("large.bin")] == [CHUNK, CHUNK]
    assert b"".join(tree.chunks("top.md")) == tree.read("top.md")


@pytest.mark.parametrize("path", ["nowhere.md", "policies", "../secret.md", "top.md/x"])
def test_what_is_no_file_inside_has_no_pieces(tree: WorkingTree, path: str) -> None:
    with pytest.raises(SourceError):
        next(tree.chunks(path))
