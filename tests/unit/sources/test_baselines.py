"""Baselines that git knows: annotated tags, newest first."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.errors import SourceError
from isms_plugin.sources.git_proofs import list_baselines
from tests.repository import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    for number in (1, 2):
        made.commit(f"commit {number}", {"a.md": f"{number}\n"})
        made.git("tag", "-a", "-m", f"Baseline {number}", f"isms-{number}", **made.identity())
    made.git("tag", "isms-light")
    made.git("tag", "-a", "-m", "Else", "v1", **made.identity())
    return made


def names(root: Path, revision: str = "", pattern: str = "isms-*") -> list[str]:
    return [baseline.name for baseline in list_baselines(root, pattern, revision)[1]]


def test_annotated_tags_of_the_pattern_are_listed_newest_first(repository: Repository) -> None:
    commit, found = list_baselines(repository.root, "isms-*")
    assert commit == repository.git("rev-parse", "HEAD")
    assert [(item.name, item.message, item.tagger, item.date.date().isoformat()) for item in found] == [
        ("isms-2", "Baseline 2", "Forge", "2026-01-04"),
        ("isms-1", "Baseline 1", "Forge", "2026-01-02"),
    ]
    assert names(repository.root, pattern="v*") == ["v1"]
    assert names(repository.root, pattern="none-*") == []


def test_a_revision_leads_to_the_baselines_before_it(repository: Repository) -> None:
    assert names(repository.root, "HEAD~1") == ["isms-1"]
    assert names(repository.root, "isms-1") == ["isms-1"]


def test_a_tag_beside_the_history_is_no_baseline_of_it(repository: Repository) -> None:
    repository.git("switch", "--quiet", "-c", "side", "HEAD~1")
    repository.commit("on the side", {"b.md": "x\n"})
    repository.git("tag", "-a", "-m", "Side", "isms-side", **repository.identity())
    assert names(repository.root) == ["isms-side", "isms-1"]
    assert names(repository.root, "main") == ["isms-2", "isms-1"]


def test_a_revision_that_is_not_there_is_named(repository: Repository, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--at nowhere: no such commit"):
        list_baselines(repository.root, "isms-*", "nowhere")
    with pytest.raises(SourceError, match="--at HEAD: this is no git repository"):
        list_baselines(tmp_path, "isms-*", "HEAD")


def test_without_a_repository_or_a_commit_there_are_none(tmp_path: Path) -> None:
    assert list_baselines(tmp_path, "isms-*") == ("", ())
    assert list_baselines(Repository(tmp_path / "empty").root, "isms-*") == ("", ())
