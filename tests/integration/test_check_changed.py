"""`isms check --changed`: what a change causes, on the state that there will be once it is merged, in real repositories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from isms_plugin.sources import merge_result
from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository, policy

OFF = ("no-decision", "missing-field", "not-committed", "no-risk-method")
CONFIG = "site_name: Test\nplugins:\n  - isms:\n      codes: {" + ", ".join(f"{code}: 'off'" for code in OFF) + "}\n"
SERVER = "- {id: AST-001, title: Server, status: active}\n"
BROKEN = "- {id: RSK-001, title: Fire, owner: PER-404}\n"
ASSETS, RISKS = "registers/assets.yml", "registers/risks.yml"


def an_asset(identifier: str, title: str) -> str:
    return f"id: {identifier}\ntitle: {title}\nstatus: active\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("Begin", {**MINIMAL, "mkdocs.yml": CONFIG, "registers/assets/AST-001.yml": an_asset("AST-001", "Server")})
    made.git("branch", "topic")
    return made


def changed(repository: Repository, base: str = "main", *arguments: str, code: int | None = None) -> dict[str, Any]:
    result = isms("check", "--changed", base, "--format", "json", *arguments, directory=repository.root)
    assert code is None or result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def told(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(item["code"], item["entry"], item["path"]) for item in found["diagnostics"]]


def on_topic(repository: Repository, files: Mapping[str, str | None]) -> None:
    repository.git("checkout", "-q", "topic")
    repository.commit("Change", files)


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_two_branches_that_took_the_same_id_are_told_before_they_are_merged(repository: Repository) -> None:
    repository.commit("Theirs", {"registers/assets/AST-002.yml": an_asset("AST-002", "Printer")})
    on_topic(repository, {"registers/assets/scanner.yml": an_asset("AST-002", "Scanner")})
    assert isms("check", directory=repository.root).output == "Nothing found.\n"
    found = changed(repository, code=1)
    assert told(found) == [("duplicate-id", "AST-002", "registers/assets/scanner.yml")]
    assert found["changed"]["merged"]
    assert isms("check", "--changed", "main", directory=repository.root).output.splitlines()[-1] == (
        "new: 1 (1 minor), fixed: 0, still there: 0"
    )


def test_the_same_id_in_the_same_place_of_one_file_is_told_beside_the_conflict(repository: Repository) -> None:
    repository.git("rm", "-q", "registers/assets/AST-001.yml")
    repository.commit("One file", {ASSETS: SERVER})
    repository.git("branch", "-f", "topic")
    repository.commit("Theirs", {ASSETS: SERVER + "- id: AST-002\n  title: Printer\n  status: active\n"})
    on_topic(repository, {ASSETS: SERVER + "- id: AST-002\n  title: Scanner\n  status: active\n"})
    assert told(changed(repository, code=1)) == [("duplicate-id", "AST-002", ASSETS), ("merge-conflict", "", ASSETS)]


def test_a_conflict_is_told_once_and_not_by_what_it_leads_to(repository: Repository) -> None:
    repository.commit("Theirs", {"policies/access.md": policy(text="Theirs.")})
    on_topic(repository, {"policies/access.md": policy(text="Ours.")})
    found = changed(repository, code=1)
    assert told(found) == [("merge-conflict", "", "policies/access.md")]
    assert found["diagnostics"][0]["message"] == "git cannot merge policies/access.md: main and this change both changed it"
    assert found["diagnostics"][0]["line"] > 1


def test_what_the_branch_fixed_meanwhile_is_no_fault_of_the_change(repository: Repository) -> None:
    repository.commit("Break", {RISKS: BROKEN})
    repository.git("branch", "-f", "topic")
    repository.commit("Mend", {RISKS: BROKEN.replace("404", "001")})
    on_topic(repository, {"registers/assets/AST-002.yml": an_asset("AST-002", "Printer")})
    assert isms("check", directory=repository.root).exit_code == 1
    found = changed(repository, code=0)
    assert (told(found), found["changed"]["fixed"], found["changed"]["standing"]) == ([], [], 0)


def test_what_was_there_before_does_not_fail_the_change_and_what_it_fixes_is_told(repository: Repository) -> None:
    repository.commit("Break", {RISKS: BROKEN + BROKEN.replace("RSK-001", "RSK-002")})
    repository.git("checkout", "-qb", "mend")
    repository.commit(
        "Mend one, and move the other", {RISKS: "# moved\n\n" + BROKEN.replace("404", "001") + BROKEN.replace("RSK-001", "RSK-002")}
    )
    found = changed(repository, code=0)
    assert told(found) == []
    assert [(item["code"], item["entry"]) for item in found["changed"]["fixed"]] == [("unknown-reference", "RSK-001")]
    assert found["changed"]["standing"] == 1
    assert not found["changed"]["merged"]


@pytest.mark.parametrize("base_moved", [False, True], ids=["base is an ancestor", "base went on"])
def test_uncommitted_work_is_part_of_the_change_unless_a_commit_is_named(repository: Repository, base_moved: bool) -> None:
    if base_moved:
        repository.commit("Theirs", {"registers/assets/AST-002.yml": an_asset("AST-002", "Printer")})
    repository.git("checkout", "-q", "topic")
    repository.commit("Step", {"registers/assets/AST-003.yml": an_asset("AST-003", "Scanner")})
    repository.write({RISKS: BROKEN, "registers/assets/AST-003.yml": None})
    repository.git("add", RISKS)
    repository.write({RISKS: BROKEN + BROKEN.replace("RSK-001", "RSK-002")})
    assert told(changed(repository, code=1)) == [("unknown-reference", "RSK-001", RISKS), ("unknown-reference", "RSK-002", RISKS)]
    assert told(changed(repository, "main", "--at", "topic", code=0)) == []


def test_nothing_is_touched(repository: Repository) -> None:
    repository.commit("Theirs", {"registers/assets/AST-002.yml": an_asset("AST-002", "Printer")})
    on_topic(repository, {"registers/assets/scanner.yml": an_asset("AST-002", "Scanner")})
    repository.write({RISKS: BROKEN})
    before, environment = snapshot(repository.root), dict(os.environ)
    changed(repository, code=1)
    assert snapshot(repository.root) == before
    assert dict(os.environ) == environment


def test_the_isms_may_lie_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repo")
    inside = {f"isms/{path}": text for path, text in {**MINIMAL, "mkdocs.yml": CONFIG}.items()}
    made.commit("Begin", {**inside, "README.md": "one\n", "isms/registers/assets/AST-001.yml": an_asset("AST-001", "Server")})
    made.git("branch", "topic")
    made.commit("Theirs", {"README.md": "two\n", "isms/registers/assets/AST-002.yml": an_asset("AST-002", "Printer")})
    on_topic(made, {"README.md": "three\n", "isms/registers/assets/scanner.yml": an_asset("AST-002", "Scanner")})
    result = isms("check", "--changed", "main", "--format", "github", directory=made.root / "isms")
    assert result.exit_code == 1
    assert [line.partition("title")[0] for line in result.output.splitlines()[:-1]] == [
        "::warning file=README.md,", "::warning file=isms/registers/assets/scanner.yml,line=1,col=5,",
    ]  # fmt: skip


def test_an_old_git_says_what_is_left_out(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge_result, "git_version", lambda _: (2, 30))
    repository.commit("Theirs", {"registers/assets/AST-002.yml": an_asset("AST-002", "Printer")})
    on_topic(repository, {RISKS: BROKEN, "registers/assets/scanner.yml": an_asset("AST-002", "Scanner")})
    found = changed(repository, code=1)
    assert told(found) == [("unknown-reference", "RSK-001", RISKS)]
    assert found["changed"]["gap"].startswith("git 2.30 cannot merge in memory (2.38 can), so what main holds since ")


def test_a_shallow_clone_is_refused_with_the_line_to_change(repository: Repository, tmp_path: Path) -> None:
    repository.commit("More", {})
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(tmp_path / "clone"))
    result = isms("check", "--changed", "HEAD", directory=tmp_path / "clone")
    assert result.exit_code == 3
    assert "`fetch-depth: 0`" in result.output
    assert "`GIT_DEPTH: 0`" in result.output


@pytest.mark.parametrize("base", ["origin/main", "--help", "-x"])
def test_a_base_that_is_not_there_is_told(repository: Repository, base: str) -> None:
    result = isms("check", f"--changed={base}", directory=repository.root)
    assert (result.exit_code, result.output.strip()) == (
        3, f"isms: {base}: no such commit; `git fetch origin` gets branches that only the platform has",
    )  # fmt: skip


def test_histories_without_a_common_commit_cannot_be_compared(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "alien")
    repository.commit("Alien")
    result = isms("check", "--changed", "main", directory=repository.root)
    assert result.exit_code == 3
    assert "git cannot merge with it: refusing to merge unrelated histories" in result.output


def test_an_unfinished_merge_can_be_looked_at_by_its_commit(repository: Repository) -> None:
    repository.commit("Theirs", {"notes.txt": "theirs\n"})
    on_topic(repository, {"notes.txt": "ours\n"})
    with pytest.raises(Exception, match="merge"):
        repository.git("merge", "main")
    result = isms("check", "--changed", "main", directory=repository.root)
    assert result.exit_code == 3
    assert "finish the merge, or name a commit with --at" in result.output
    assert isms("check", "--changed", "main", "--at", "HEAD", directory=repository.root).exit_code == 1


def test_an_exception_that_goes_away_brings_back_what_it_waived(repository: Repository) -> None:
    waiver = (
        "- {id: EXC-001, title: Later, owner: PER-001, rule: A.5.1, scope: All, reason: Moving., risk: RSK-001, approved_by: PER-001, "
        "approved_on: 2026-01-01, expires_on: 2026-12-31, waives: [unknown-reference]}\n"
    )
    repository.commit("Waive", {RISKS: BROKEN, "registers/exceptions.yml": waiver})
    repository.git("checkout", "-qb", "end")
    repository.commit("End it", {"registers/exceptions.yml": waiver.replace("[unknown-reference]", "[overdue]")})
    assert told(changed(repository, "main", "--as-of", "2026-06-01", code=1)) == [("unknown-reference", "RSK-001", RISKS)]


def test_evidence_of_the_day_is_not_backdated_by_a_merge_in_memory(repository: Repository) -> None:
    repository.commit("Theirs", {"registers/assets/AST-002.yml": an_asset("AST-002", "Printer")})
    repository.git("checkout", "-q", "topic")
    row = "- {id: EVD-001, title: Log, collected_by: PER-001, collected_on: 2026-03-01, supports: [A.8.15]}\n"
    repository.write({"registers/evidence.yml": row})
    assert "evidence-backdated" not in {code for code, _, _ in told(changed(repository, "main", "--as-of", "2026-03-01"))}


def test_it_works_in_a_hook(repository: Repository) -> None:
    repository.commit("Theirs", {"registers/assets/AST-002.yml": an_asset("AST-002", "Printer")})
    repository.git("checkout", "-q", "topic")
    hook = repository.root / ".git/hooks/pre-commit"
    program = "from isms_plugin.adapters.cli import main; main(['check', '--changed', 'main'])"
    hook.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{program}"\n')
    hook.chmod(0o755)
    repository.commit("Fine", {"registers/assets/AST-003.yml": an_asset("AST-003", "Scanner")})
    with pytest.raises(subprocess.CalledProcessError) as refused:
        repository.commit("Taken", {"registers/assets/scanner.yml": an_asset("AST-002", "Scanner")})
    assert "AST-002 is already taken" in refused.value.stdout + refused.value.stderr
    assert repository.git("log", "-1", "--format=%s") == "Fine"
    assert repository.git("status", "--porcelain") == "A  registers/assets/scanner.yml"
