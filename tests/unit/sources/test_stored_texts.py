"""Texts of documents as git holds them, found by the hashes that approvals name."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.model.fingerprint import ALGORITHM, text_hash
from isms_plugin.model.history import Completeness, History
from isms_plugin.sources import stored_texts
from isms_plugin.sources.cache import NO_CACHE, Cache
from isms_plugin.sources.git_history import Asked, read_history
from isms_plugin.sources.stored_texts import hash_of
from tests.repository import BODO, Repository, policy

PATH = "policies/access.md"
FIRST, SECOND = policy(), policy(version="1.1", text="More.")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("first", {PATH: FIRST})
    made.commit("control data alone", {PATH: FIRST.replace("owner: PER-001", "owner: PER-002")})
    made.commit("second", {PATH: SECOND}, BODO)
    return made


def hash_(text: str) -> str:
    return hash_of(text.encode())


def history(repository: Repository, *hashes: str, path: str = PATH, cache: Cache = NO_CACHE, folder: str = ".", **options: str) -> History:
    asked = Asked(texts={path: frozenset(hashes)})
    return read_history(repository.root / folder, [path], asked=asked, cache=cache, **options)  # type: ignore[arg-type]


def test_the_hash_is_of_title_and_text_alone() -> None:
    body = FIRST.split("---\n", 2)[2]
    assert hash_(FIRST) == text_hash("Access policy", body)
    assert hash_("# Access policy\n" + body.partition("\n")[2]) == hash_(FIRST), "a title is one wherever it is written"
    assert hash_(FIRST.replace("\n", "\r\n")) == hash_(FIRST.replace("owner: PER-001", "owner: PER-009")) == hash_(FIRST)
    assert hash_(FIRST.replace("title: Access policy", "title: [a, b]")) != hash_(FIRST)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x00", b"---\ntitle: x\n"])
def test_whatever_a_file_holds_has_a_hash(data: bytes) -> None:
    assert hash_of(data).startswith(f"{ALGORITHM}:")


def test_revisions_carry_the_hash_of_their_text(repository: Repository) -> None:
    found = history(repository, hash_(FIRST)).of(PATH)
    assert [revision.text for revision in found] == [hash_(SECOND), hash_(FIRST), hash_(FIRST)]
    assert len({revision.blob for revision in found}) == 3


def test_a_text_that_is_named_comes_with_the_newest_revision_that_carried_it(repository: Repository) -> None:
    stored = history(repository, hash_(FIRST)).texts[PATH, hash_(FIRST)]
    assert (stored.revision.summary, stored.version, stored.title, stored.path) == ("control data alone", "1.0", "Access policy", PATH)
    assert stored.body == FIRST.split("---\n", 2)[2]
    assert FIRST.splitlines()[stored.first_line - 1] == "# Access policy"


def test_texts_that_are_not_named_are_left_out(repository: Repository) -> None:
    assert history(repository, hash_(SECOND)).texts.keys() == {(PATH, hash_(SECOND))}
    assert history(repository, "isms-text-1:" + "0" * 64).texts == {}


def test_documents_under_no_approval_are_not_hashed(repository: Repository) -> None:
    found = read_history(repository.root, [PATH])
    assert (found.texts, {revision.text for revision in found.of(PATH)}) == ({}, {""})


def test_a_text_counts_for_the_document_that_had_it_and_no_other(repository: Repository) -> None:
    repository.commit("a copy", {"policies/copy.md": FIRST.replace("id: POL-01", "id: POL-02")})
    asked = Asked(texts={PATH: frozenset([hash_(SECOND)]), "policies/copy.md": frozenset([hash_(FIRST)])})
    found = read_history(repository.root, [PATH, "policies/copy.md"], asked=asked)
    assert found.texts.keys() == {(PATH, hash_(SECOND)), ("policies/copy.md", hash_(FIRST))}


def test_a_text_keeps_the_path_that_it_had(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo")
    repository.commit("first", {"isms/policies/old.md": FIRST})
    repository.move("isms/policies/old.md", f"isms/{PATH}")
    repository.commit("move", {f"isms/{PATH}": SECOND})
    found = history(repository, hash_(FIRST), folder="isms")
    assert found.texts[PATH, hash_(FIRST)].path == "policies/old.md"


def test_a_deleted_text_is_no_text(repository: Repository) -> None:
    repository.commit("delete", {PATH: None})
    found = history(repository, hash_(SECOND)).of(PATH)
    assert (found[0].change, found[0].blob, found[0].text) == ("deleted", "", "")


def test_a_shallow_clone_has_what_it_has(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(tmp_path / "shallow"))
    clone = Repository.__new__(Repository)
    clone.root = tmp_path / "shallow"
    found = history(clone, hash_(FIRST), hash_(SECOND))
    assert (found.completeness, found.texts.keys()) == (Completeness.SHALLOW, {(PATH, hash_(SECOND))})


def test_a_text_is_hashed_once_in_its_life(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    anew = history(repository, hash_(FIRST), cache=cache)
    read: list[str] = []
    whole = stored_texts.read_blobs
    monkeypatch.setattr(stored_texts, "read_blobs", lambda repo, blobs: whole(repo, [read.append(blob) or blob for blob in blobs]))
    assert history(repository, hash_(FIRST), cache=cache) == anew
    assert read == sorted(revision.blob for revision in anew.of(PATH) if revision.text == hash_(FIRST)), "only what is shown is read again"
    read.clear()
    repository.commit("third", {PATH: policy(version="1.2")})
    newest = history(repository, "isms-text-1:" + "0" * 64, cache=cache).of(PATH)[0]
    assert read == [newest.blob]


def test_what_the_cache_gives_equals_what_is_read_anew_whatever_was_asked_before(repository: Repository, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    for hashes in ([hash_(FIRST)], [hash_(SECOND)], [], [hash_(FIRST), hash_(SECOND)]):
        assert history(repository, *hashes, cache=cache) == history(repository, *hashes)
