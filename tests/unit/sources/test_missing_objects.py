"""A clone that lacks objects says what it cannot know; nothing wrong is told and nothing wrong is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.errors import SourceError
from isms_plugin.model.history import Completeness
from isms_plugin.model.isms import KINDS
from isms_plugin.sources.cache import Cache
from isms_plugin.sources.entry_history import entry_commits
from isms_plugin.sources.git_history import Asked, commit_tree, open_repository, read_history
from isms_plugin.sources.git_history import Repository as Opened
from isms_plugin.sources.git_log import read_blobs
from isms_plugin.sources.object_reader import object_reader
from isms_plugin.sources.stored_texts import hash_of
from isms_plugin.sources.workspace import Workspace
from tests.repository import Repository, policy

PATH, REGISTER = "policies/access.md", "registers/risks.yml"
FIRST, SECOND = policy(), policy(version="1.1", text="More.")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Two commits; the texts of the first one are lost."""
    made = Repository(tmp_path / "repo")
    made.commit("first", {PATH: FIRST, REGISTER: "- {id: RSK-1, title: Theft}\n"})
    made.commit("second", {PATH: SECOND, REGISTER: "- {id: RSK-1, title: Fire}\n"})
    for path in (PATH, REGISTER):
        lose(made, f"HEAD~1:{path}")
    return made


def lose(repository: Repository, name: str) -> None:
    found = repository.git("rev-parse", name)
    (repository.root / f".git/objects/{found[:2]}/{found[2:]}").unlink()


def opened(repository: Repository) -> Opened:
    found = open_repository(repository.root)
    assert isinstance(found, Opened)
    return found


def test_what_is_there_is_read_and_the_rest_left_out(repository: Repository) -> None:
    names = [repository.git("rev-parse", f"{revision}:{PATH}") for revision in ("HEAD~1", "HEAD")]
    assert list(read_blobs(opened(repository).repo, names)) == [(names[1], SECOND.encode())]
    with object_reader(opened(repository).repo) as reader:
        assert [reader.read(name) for name in names] == [None, SECOND.encode()]


def test_a_revision_whose_text_is_lost_has_no_hash_and_proves_no_approval(repository: Repository) -> None:
    asked = Asked(texts={PATH: frozenset(hash_of(text.encode()) for text in (FIRST, SECOND))})
    found = read_history(repository.root, [PATH], asked=asked)
    assert [(revision.summary, revision.text) for revision in found.of(PATH)] == [("second", hash_of(SECOND.encode())), ("first", "")]
    assert found.texts.keys() == {(PATH, hash_of(SECOND.encode()))}


def test_a_history_with_gaps_is_not_kept(repository: Repository, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    before = read_history(repository.root, [PATH], cache=cache)
    (tmp_path / "text").write_bytes(FIRST.encode())
    repository.git("hash-object", "-w", "--no-filters", str(tmp_path / "text"))
    after = read_history(repository.root, [PATH], cache=cache)
    assert [revision.version for revision in before.of(PATH)] == ["1.1", ""]
    assert [revision.version for revision in after.of(PATH)] == ["1.1", "1.0"]


def test_a_file_of_a_commit_that_is_lost_is_named(repository: Repository) -> None:
    tree = commit_tree(repository.root, "HEAD~1")
    assert tree.exists(PATH)
    with pytest.raises(SourceError, match=r"policies/access\.md: this clone lacks its content; fetch the whole repository"):
        tree.read(PATH)
    with pytest.raises(SourceError, match="lacks its content"):
        next(tree.chunks(PATH))
    assert list(commit_tree(repository.root, "HEAD").every_path()) == [PATH, REGISTER]


def test_what_a_commit_changed_in_a_lost_text_is_unknown(repository: Repository) -> None:
    first, second = (repository.git("rev-parse", name) for name in ("HEAD~1", "HEAD"))
    assert entry_commits(Workspace(root=repository.root), first, second, latest=True, kinds=KINDS) == {}


def test_a_repository_that_git_cannot_read_is_no_history_and_says_why(repository: Repository) -> None:
    lose(repository, "HEAD~1^{tree}")
    found = read_history(repository.root, [PATH])
    assert found.completeness is Completeness.UNKNOWN
    assert found.reason.startswith("git cannot read the repository: ")
