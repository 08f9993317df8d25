"""Ids across baselines of a real repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.sources import states
from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository

CONFIG = "site_name: Test\nplugins:\n  - isms:\n      codes: {no-decision: 'off', not-committed: 'off', missing-field: 'off'}\n"
SERVER = "- {id: AST-001, title: Server, status: active}\n"
LAPTOP = "- {id: AST-002, title: Laptop, status: active}\n"
ASSETS = "registers/assets.yml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("Begin", {**MINIMAL, "mkdocs.yml": CONFIG, ASSETS: SERVER + LAPTOP})
    made.git("tag", "-a", "-m", "First", "isms-1", **made.identity())
    return made


def check(repository: Repository) -> str:
    return isms("check", directory=repository.root).output


def test_nothing_is_told_while_every_entry_stays(repository: Repository) -> None:
    assert check(repository) == "Nothing found.\n"


def test_a_deleted_entry_is_told_until_its_tombstone_is_back(repository: Repository) -> None:
    repository.commit("Delete", {ASSETS: LAPTOP})
    assert f"{ASSETS}: ofi: AST-001 (Server) stood in baseline isms-1 and was deleted since [entry-deleted, 7.5.3]" in check(repository)
    repository.commit("Bring back", {ASSETS: SERVER.replace("active", "retired") + LAPTOP})
    assert check(repository) == "Nothing found.\n"


def test_an_id_that_was_deleted_does_not_come_back_as_something_else(repository: Repository) -> None:
    repository.commit("Delete", {ASSETS: LAPTOP})
    repository.git("tag", "-a", "-m", "Second", "isms-2", **repository.identity())
    assert check(repository) == "Nothing found.\n"
    repository.commit("Use again", {ASSETS: SERVER.replace("Server", "Printer") + LAPTOP})
    assert f"{ASSETS}:1:8: minor: AST-001 (Printer) stood for the asset 'Server' in baseline isms-1 [id-reused, 7.5.2]" in check(repository)
    repository.commit(
        "Another id", {ASSETS: SERVER.replace("active", "retired") + LAPTOP + SERVER.replace("001, title: Server", "003, title: Printer")}
    )
    assert check(repository) == "Nothing found.\n"


def test_a_baseline_is_read_once(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    check(repository)

    def unexpected(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(states, "read_state", unexpected)
    assert check(repository) == "Nothing found.\n"


def test_an_older_commit_is_judged_by_the_baselines_before_it(repository: Repository) -> None:
    repository.commit("Delete", {ASSETS: LAPTOP})
    assert "entry-deleted" in check(repository)
    assert "entry-deleted" not in isms("check", "--at", "isms-1", directory=repository.root).output


REUSED = f"{ASSETS}:1:8: minor: AST-001 (Printer) stood for the asset 'Server' in commit "


def test_an_id_that_came_and_went_between_baselines_is_known_too(repository: Repository) -> None:
    tape = SERVER.replace("001, title: Server", "007, title: Tape")
    repository.commit("Add", {ASSETS: SERVER + LAPTOP + tape})
    repository.commit("Delete", {ASSETS: SERVER + LAPTOP})
    assert check(repository) == "Nothing found.\n"
    repository.commit("Use again", {ASSETS: SERVER + LAPTOP + tape.replace("Tape", "Disk")})
    assert "AST-007 (Disk) stood for the asset 'Tape' in commit " in check(repository)
    repository.commit("Bring back", {ASSETS: SERVER + LAPTOP + tape.replace("active", "retired")})
    assert check(repository) == "Nothing found.\n"


def test_without_baselines_the_commits_tell(repository: Repository) -> None:
    repository.git("tag", "-d", "isms-1")
    repository.commit("Delete", {ASSETS: LAPTOP})
    repository.commit("Use again", {ASSETS: SERVER.replace("Server", "Printer") + LAPTOP})
    assert REUSED in check(repository)


def test_an_entry_may_move_and_change_its_name(repository: Repository) -> None:
    repository.git("tag", "-d", "isms-1")
    repository.commit("Move", {ASSETS: LAPTOP, "registers/assets/AST-001.yml": SERVER.removeprefix("- ")})
    repository.commit("Rename", {"registers/assets/AST-001.yml": SERVER.removeprefix("- ").replace("Server", "Rack")})
    repository.commit("Move back", {"registers/assets/AST-001.yml": None, ASSETS: SERVER.replace("Server", "Old rack") + LAPTOP})
    assert check(repository) == "Nothing found.\n"


def test_what_a_merge_took_away_counts(repository: Repository) -> None:
    repository.git("tag", "-d", "isms-1")
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("Delete", {ASSETS: LAPTOP})
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "side", **repository.identity())
    repository.commit("Use again", {ASSETS: SERVER.replace("Server", "Printer") + LAPTOP})
    assert REUSED in check(repository)


def test_where_a_text_of_the_past_is_missing_nothing_is_told_and_nothing_breaks(repository: Repository) -> None:
    repository.commit("Delete", {ASSETS: LAPTOP})
    repository.commit("Use again", {ASSETS: SERVER.replace("Server", "Printer") + LAPTOP})
    blob = repository.git("rev-parse", f"isms-1:{ASSETS}")
    (repository.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    result = isms("check", directory=repository.root)
    assert isinstance(result.exception, SystemExit | None)
    assert "id-reused" not in result.output
