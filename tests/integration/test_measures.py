"""Measured values across the baselines of a real repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.sources import states
from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository

CODES = "{no-decision: 'off', not-committed: 'off', missing-field: 'off', overdue: 'off'}"
CONFIG = f"site_name: Test\nplugins:\n  - isms:\n      codes: {CODES}\n"
MEASURES = "registers/measures.yml"
FIRST = "{period_from: 2026-01-01, period_to: 2026-03-31, recorded_on: 2026-04-02, value: 97}"
SECOND = "{period_from: 2026-04-01, period_to: 2026-06-30, recorded_on: 2026-07-02, value: 95.5}"


def measure(*values: str, status: str = "active") -> str:
    return f"- id: MET-001\n  title: Leavers\n  status: {status}\n  values:\n" + "".join(f"    - {value}\n" for value in values)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("Begin", {**MINIMAL, "mkdocs.yml": CONFIG, MEASURES: measure(FIRST)})
    made.git("tag", "-a", "-m", "First", "isms-1", **made.identity())
    return made


def check(repository: Repository) -> str:
    return isms("check", directory=repository.root).output


def test_a_correction_is_a_further_value(repository: Repository) -> None:
    repository.commit("Correct", {MEASURES: measure(FIRST, FIRST.replace("97", "90").replace("04-02", "05-20"), SECOND)})
    assert check(repository) == "Nothing found.\n"


def test_a_value_that_is_written_over_is_told_until_it_is_back(repository: Repository) -> None:
    repository.commit("Write over", {MEASURES: measure(FIRST.replace("97", "99"))})
    assert (
        f"{MEASURES}:5:88: minor: MET-001: the value of 2026-01-01 to 2026-03-31, recorded on 2026-04-02, was 97 in baseline isms-1 "
        "and is 99 now [value-rewritten, 9.1]"
    ) in check(repository)
    repository.commit("Bring back", {MEASURES: measure(FIRST.replace("97", "97.0"))})
    assert check(repository) == "Nothing found.\n"


def test_a_value_that_came_after_the_baseline_may_change_until_the_next(repository: Repository) -> None:
    repository.commit("Second", {MEASURES: measure(FIRST, SECOND)})
    repository.commit("Mistyped", {MEASURES: measure(FIRST, SECOND.replace("95.5", "96.5"))})
    assert check(repository) == "Nothing found.\n"
    repository.git("tag", "-a", "-m", "Second", "isms-2", **repository.identity())
    repository.commit("Take out", {MEASURES: measure(FIRST)})
    assert "was 96.5 in baseline isms-2 and is gone" in check(repository)


def test_an_older_commit_is_judged_by_the_baselines_before_it(repository: Repository) -> None:
    repository.commit("Write over", {MEASURES: measure(FIRST.replace("97", "99"))})
    assert "value-rewritten" in check(repository)
    assert "value-rewritten" not in isms("check", "--at", "isms-1", directory=repository.root).output


def test_what_a_baseline_held_is_kept(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit("Write over", {MEASURES: measure(FIRST.replace("97", "99"))})
    before = check(repository)

    def unexpected(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(states, "read_state", unexpected)
    assert check(repository) == before
    assert "value-rewritten" in before
