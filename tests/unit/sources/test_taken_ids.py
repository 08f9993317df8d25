"""Ids that are taken anywhere in a clone."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.sources.cache import Cache
from isms_plugin.sources.snapshot import WorkingTree
from isms_plugin.sources.taken_ids import ids_in, taken_ids
from isms_plugin.sources.workspace import Workspace
from tests.repository import Repository, policy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: RSK-001\n  title: x\n-   id:  'RSK-002'\n", {"RSK-001", "RSK-002"}),
        ('- {title: x, id: "RSK-003"}\n- {id: RSK-004}\n', {"RSK-003", "RSK-004"}),
        ("- title: x\r\n  id: RSK-005 # why\r\n", {"RSK-005"}),
        ('- "id": RSK-006\n', {"RSK-006"}),
        ("- title: [broken\n  id: RSK-007\n<<<<<<< x\n- id: RSK-008\n", {"RSK-007", "RSK-008"}),
        ("- void: RSK-009\n  note: an id: no\n  idle: RSK-1\n", {"no"}),
    ],
)
def test_every_line_that_gives_an_id_counts(text: str, expected: set[str]) -> None:
    assert ids_in(text.encode(), "registers/risks.yml") == expected


def test_of_a_document_only_the_front_matter_counts() -> None:
    assert ids_in((policy() + "\n```yaml\n- id: RSK-999\n```\n").encode(), "policies/a.md") == {"POL-01"}
    assert ids_in(b"- id: RSK-999\n", "policies/a.md") == frozenset()


def risks(*numbers: int) -> dict[str, str]:
    return {"registers/risks.yml": "".join(f"- id: RSK-{number:03}\n  title: Risk {number}\n" for number in numbers)}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("first", {**risks(1, 2, 3), "policies/a.md": policy()})
    made.git("checkout", "--quiet", "-b", "other")
    made.commit("another branch", risks(1, 2, 3, 4))
    made.commit("and something else", {"docs/a.md": "text\n"})
    made.git("checkout", "--quiet", "--detach", "main")
    made.commit("only a tag holds it", risks(1, 2, 3, 5))
    made.git("tag", "-a", "isms-1", "-m", "frozen", **made.identity())
    made.git("checkout", "--quiet", "main")
    made.commit("one is deleted", risks(1, 2))
    made.git("update-ref", "refs/remotes/origin/late", made.commit("seen on the platform", risks(1, 2, 6)))
    made.git("reset", "--quiet", "--hard", "HEAD~1")
    made.write(risks(1, 2, 7))
    return made


def taken(root: Path, cache: Path | None = None) -> set[str]:
    found = taken_ids(Workspace(root=root, cache=Cache(cache)), WorkingTree(root))
    return {name for name in found if name.startswith("RSK-")}


def test_branches_tags_what_was_deleted_and_the_files_here_all_count(repository: Repository, tmp_path: Path) -> None:
    expected = {f"RSK-00{number}" for number in range(1, 8)}
    assert taken(repository.root) == expected
    assert taken(repository.root, tmp_path / "kept") == expected
    assert taken(repository.root, tmp_path / "kept") == expected


def test_what_is_kept_goes_with_the_tips(repository: Repository, tmp_path: Path) -> None:
    taken(repository.root, tmp_path / "kept")
    repository.git("checkout", "--quiet", "--force", "other")
    repository.commit("one more", risks(1, 2, 3, 4, 8))
    assert "RSK-008" in taken(repository.root, tmp_path / "kept")


def test_an_isms_may_lie_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repo")
    made.commit("first", {f"isms/{path}": text for path, text in risks(1).items()})
    made.git("checkout", "--quiet", "-b", "other")
    made.commit("next", {f"isms/{path}": text for path, text in risks(1, 2).items()})
    made.git("checkout", "--quiet", "main")
    assert taken(made.root / "isms") == {"RSK-001", "RSK-002"}


def test_without_commits_and_without_git_the_files_count(tmp_path: Path) -> None:
    for folder in ("plain", "empty"):
        (tmp_path / folder / "registers").mkdir(parents=True)
        (tmp_path / folder / "registers/risks.yml").write_text("- id: RSK-001\n")
    Repository(tmp_path / "empty")
    assert taken(tmp_path / "plain") == taken(tmp_path / "empty") == {"RSK-001"}
