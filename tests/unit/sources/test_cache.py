"""The cache: nothing depends on it, and what it gives back equals what would be read anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isms_plugin.model.isms import KINDS
from isms_plugin.sources.cache import NO_CACHE, Cache
from isms_plugin.sources.git_history import Asked, read_history
from isms_plugin.sources.registers import read_registers
from isms_plugin.sources.snapshot import WorkingTree
from tests.repository import Repository, policy

PATH = "policies/access.md"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("first", {PATH: policy(version="1.0")})
    made.commit("second", {PATH: policy(version="1.1")}, "Bodo Kern <bodo@example.org>")
    return made


def files(cache: Cache) -> list[Path]:
    assert cache.folder is not None
    return sorted(cache.folder.rglob("*.json"))


def test_a_value_comes_back_under_its_name_and_key(cache: Cache) -> None:
    cache.put("name", ["key"], {"a": [1, "ü"]})
    assert cache.get("name", ["key"]) == {"a": [1, "ü"]}
    assert cache.get("name", ["other"]) is None
    assert cache.get("other", ["key"]) is None


def test_a_newer_value_takes_the_place_of_the_older(cache: Cache) -> None:
    cache.put("name", ["old"], 1)
    cache.put("name", ["new"], 2)
    assert (cache.get("name", ["old"]), cache.get("name", ["new"]), len(files(cache))) == (None, 2, 1)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"key": 1}', "\0", '"x"'])
def test_what_is_damaged_counts_as_nothing(cache: Cache, content: str) -> None:
    cache.put("name", ["key"], 1)
    files(cache)[0].write_text(content, encoding="utf-8")
    assert cache.get("name", ["key"]) is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    blocked = Cache(tmp_path / "file/folder")
    blocked.put("name", ["key"], 1)
    assert blocked.get("name", ["key"]) is None


def test_without_a_folder_nothing_is_kept() -> None:
    NO_CACHE.put("name", ["key"], 1)
    assert NO_CACHE.get("name", ["key"]) is None
    assert NO_CACHE.of(Path()) is NO_CACHE


def test_two_isms_do_not_share(cache: Cache, tmp_path: Path) -> None:
    cache.of(tmp_path / "a").put("name", ["key"], 1)
    assert cache.of(tmp_path / "b").get("name", ["key"]) is None


def test_a_kept_history_equals_one_read_anew(repository: Repository, cache: Cache) -> None:
    anew = read_history(repository.root, [PATH])
    first, second = (read_history(repository.root, [PATH], cache=cache) for _ in range(2))
    assert anew == first == second
    assert len(files(cache)) == 1


def test_a_kept_history_is_used(repository: Repository, cache: Cache) -> None:
    read_history(repository.root, [PATH], cache=cache)
    kept = json.loads(files(cache)[0].read_text(encoding="utf-8"))
    kept["value"][1][PATH][0][4] = "from the cache"
    files(cache)[0].write_text(json.dumps(kept), encoding="utf-8")
    assert read_history(repository.root, [PATH], cache=cache).of(PATH)[0].summary == "from the cache"


def test_a_commit_makes_the_kept_history_old(repository: Repository, cache: Cache) -> None:
    read_history(repository.root, [PATH], cache=cache)
    repository.commit("third", {PATH: policy(version="1.2")})
    found = read_history(repository.root, [PATH], cache=cache)
    assert [revision.summary for revision in found.of(PATH)] == ["third", "second", "first"]


def test_a_changed_mailmap_makes_the_kept_history_old(repository: Repository, cache: Cache) -> None:
    read_history(repository.root, [PATH], cache=cache)
    repository.write({".mailmap": "Bodo B. Kern <bodo@example.org>\n"})
    assert read_history(repository.root, [PATH], cache=cache).of(PATH)[0].author == "Bodo B. Kern"


def test_what_is_not_committed_is_never_kept(repository: Repository, cache: Cache) -> None:
    read_history(repository.root, [PATH], folders=["policies"], cache=cache)
    repository.write({PATH: policy(version="2.0")})
    assert read_history(repository.root, [PATH], folders=["policies"], cache=cache).uncommitted == {PATH}


def test_what_was_asked_before_does_not_answer_another_question(repository: Repository, cache: Cache) -> None:
    head, first = repository.git("rev-parse", "HEAD"), repository.git("rev-parse", "HEAD~1")
    for commits in ([head], [first], [], [head, first, "0" * 40]):
        asked = Asked(commits=frozenset(commits))
        found = read_history(repository.root, [PATH], asked=asked, cache=cache)
        assert found == read_history(repository.root, [PATH], asked=asked)
        assert found.commits == {head, first} & set(commits)
        assert len(files(cache)) == 1


def test_reviewers_and_stored_texts_are_kept_too(repository: Repository, cache: Cache) -> None:
    repository.commit("third\n\nReviewed-by: Anna Berg <anna@example.org>\nAcked-by: Cora <c@example.org>", {PATH: policy(text="More.")})
    read_history(repository.root, [PATH], cache=cache)
    newest = read_history(repository.root, [PATH], cache=cache).of(PATH)[0]
    assert newest.reviewers == ("Anna Berg <anna@example.org>", "Cora <c@example.org>")
    assert newest.blob == repository.git("rev-parse", f"HEAD:{PATH}")


@pytest.mark.parametrize("rows", [3, 2000])
def test_a_kept_register_equals_one_read_anew(tmp_path: Path, cache: Cache, rows: int) -> None:
    text = "".join(f"- id: PER-{number:04d}\n  name: Person {number}\n  active_from: 2026-01-01\n" for number in range(rows))
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers/people.yml").write_text(text, encoding="utf-8")
    snapshot = WorkingTree(tmp_path)
    anew = read_registers(snapshot, "registers", KINDS)
    first, second = (read_registers(snapshot, "registers", KINDS, cache) for _ in range(2))
    assert anew == first == second
    assert len(anew.entries) == rows


def test_a_changed_register_is_read_anew(tmp_path: Path, cache: Cache) -> None:
    (tmp_path / "registers").mkdir()
    path = tmp_path / "registers/people.yml"
    path.write_text("- id: PER-0001\n  name: Before\n" + "# filler\n" * 9000, encoding="utf-8")
    read_registers(WorkingTree(tmp_path), "registers", KINDS, cache)
    path.write_text(path.read_text(encoding="utf-8").replace("Before", "After"), encoding="utf-8")
    entry, _ = read_registers(WorkingTree(tmp_path), "registers", KINDS, cache).entries[0]
    assert entry.name == "After"
