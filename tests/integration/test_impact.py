"""`isms impact` and `isms review` in real repositories: what they print, what they refuse, and that checks write nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from isms_plugin.render.impact_comment import MARKER
from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository, policy

CONFIG = "site_name: Test\nplugins:\n  - isms:\n      as_of: 2026-01-20\n      codes: {no-decision: 'off', no-risk-method: 'off'}\n"
ASSETS, RISKS = "registers/assets.yml", "registers/risks.yml"
LAPTOP = "- {id: AST-001, title: Laptop, status: active, location: Office}\n"
MOVED = LAPTOP.replace("Office", "Home")
FIRE = "- {id: RSK-001, title: Fire, assets: [AST-001]}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("Begin", {**MINIMAL, "mkdocs.yml": CONFIG, ASSETS: LAPTOP, RISKS: FIRE})
    made.git("tag", "-a", "isms-1", "-m", "First", **made.identity())
    return made


def impact(repository: Repository, changes: str, *options: str) -> dict[str, Any]:
    result = isms("impact", changes, "--format", "json", *options, directory=repository.root)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def suspects(repository: Repository) -> list[str]:
    result = isms("check", "--format", "json", directory=repository.root)
    return [item["entry"] for item in json.loads(result.output)["diagnostics"] if item["code"] == "suspect-link"]


def files(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_data_of_two_commits(repository: Repository) -> None:
    head = repository.commit("Move", {ASSETS: MOVED, "policies/access.md": policy(text="New sentence.")})
    found = impact(repository, "isms-1..HEAD")
    assert found["schema"] == "isms-impact/1"
    assert (found["base"]["name"], found["head"]) == ("isms-1", {"name": "HEAD", "commit": head})
    assert found["files"] == ["policies/access.md", ASSETS]
    assert found["effort"] == {"words": 2, "documents": 1, "rows": 1, "links": 1, "approvals": 1}
    assert found["suspect_links"] == [{"source": "RSK-001", "target": "AST-001", "fields": ["assets"], "since": ""}]
    document = found["documents"][0]
    assert (document["id"], document["version_raised"], document["approval"], document["words_added"]) == ("POL-01", False, "changed", 2)
    assert found["approvals"][0]["held_by"] == [{"id": "PER-002", "name": "Bodo Kern"}]
    assert [item["code"] for item in found["diagnostics"]["new"]] == ["changed-since-approval", "suspect-link"]


def test_one_side_is_the_working_tree(repository: Repository) -> None:
    repository.write({ASSETS: MOVED, "registers/suppliers.yml": "- {id: SUP-001, title: Store}\n"})
    found = impact(repository, "HEAD")
    assert [item["id"] for item in found["entries"]] == ["AST-001", "SUP-001"]
    assert found["files"] == [ASSETS, "registers/suppliers.yml"]
    assert impact(repository, "HEAD..HEAD")["entries"] == []


def test_what_decides_on_checks_is_named_wherever_the_isms_lies(repository: Repository) -> None:
    repository.commit("Pipeline", {".github/workflows/isms-check.yml": "on: push\n", "src/code.py": "1\n"})
    repository.commit("Settings", {"mkdocs.yml": CONFIG + "      known: known.yml\n"})
    (repository.root / "known.yml").write_text("[]\n")
    steering = impact(repository, "HEAD~2")["steering"]
    assert steering == [".github/workflows/isms-check.yml", "known.yml", "mkdocs.yml"]
    assert impact(repository, "HEAD~1..HEAD")["steering"] == ["mkdocs.yml"]
    repository.commit("Further in", {"isms/mkdocs.yml": CONFIG, "isms/registers/assets.yml": LAPTOP})
    repository.commit("Owners", {"isms/mkdocs.yml": CONFIG + "\n", ".github/CODEOWNERS": "* @a\n", "isms/.github/x": ""})
    result = isms("impact", "HEAD~1..HEAD", "--format", "json", directory=repository.root / "isms")
    assert json.loads(result.output)["steering"] == ["../.github/CODEOWNERS", "mkdocs.yml"]


def test_a_branch_is_compared_as_it_will_be_merged(repository: Repository) -> None:
    repository.git("branch", "topic")
    repository.commit("Theirs", {"registers/suppliers.yml": "- {id: SUP-001, title: Store}\n"})
    repository.git("checkout", "-q", "topic")
    repository.commit("Mine", {ASSETS: MOVED})
    for points in ("..", "..."):
        found = impact(repository, f"main{points}topic")
        assert (found["merged"], [item["id"] for item in found["entries"]]) == (True, ["AST-001"])


def test_the_comment_begins_with_its_marker_and_can_go_into_a_file(repository: Repository) -> None:
    repository.write({ASSETS: MOVED})
    told = isms("impact", "HEAD", directory=repository.root).output
    assert told.startswith(f"{MARKER}\n### What this change means for the ISMS\n")
    target = repository.root.parent / "comment.md"
    assert isms("impact", "HEAD", "--out", str(target), directory=repository.root).output == ""
    assert target.read_text(encoding="utf-8") == told


@pytest.mark.parametrize(
    ("changes", "code", "told"),
    [
        ("..HEAD", 2, "name both sides"),
        ("HEAD..", 2, "name both sides"),
        ("nowhere", 3, "nowhere: no such commit"),
        ("--x", 2, "No such option"),
    ],
)
def test_what_cannot_be_compared_is_refused(repository: Repository, changes: str, code: int, told: str) -> None:
    result = isms("impact", changes, directory=repository.root)
    assert (result.exit_code, told in result.output) == (code, True), result.output
    assert "Traceback" not in result.output


def test_a_shallow_clone_is_refused_with_what_to_change(repository: Repository, tmp_path: Path) -> None:
    repository.commit("Move", {ASSETS: MOVED})
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(clone))
    result = isms("impact", "HEAD", directory=clone)
    assert result.exit_code == 3
    assert "fetch-depth: 0" in result.output


def test_neither_check_nor_impact_writes_anything(repository: Repository) -> None:
    repository.write({ASSETS: MOVED})
    repository.git("status")
    before = files(repository.root)
    assert suspects(repository) == ["RSK-001"]
    impact(repository, "isms-1")
    assert files(repository.root) == before


def test_a_review_clears_a_link_until_its_target_changes_again(repository: Repository) -> None:
    repository.commit("Move", {ASSETS: MOVED})
    result = isms("review", "RSK-001", "AST-001", "--reason", "Homes burn too.", "--as", "PER-001", directory=repository.root)
    assert result.exit_code == 0, result.output
    assert "LRV-RSK-001-AST-001: RSK-001 still holds with AST-001, by PER-001 on 2026-01-20" in result.output
    assert suspects(repository) == []
    repository.commit("Looked", {ASSETS: MOVED.replace("Home", "Ship")})
    assert suspects(repository) == ["RSK-001"]
    repository.commit("Back", {ASSETS: MOVED})
    assert suspects(repository) == []


def test_a_new_baseline_has_looked_at_everything(repository: Repository) -> None:
    repository.commit("Move", {ASSETS: MOVED})
    repository.git("tag", "-a", "isms-2", "-m", "Second", **repository.identity())
    assert suspects(repository) == []


def test_who_commits_here_looked_where_nobody_is_named(repository: Repository) -> None:
    repository.git("config", "user.email", "anna@example.org")
    repository.git("config", "user.name", "Anna Berg")
    result = isms("review", "RSK-001", "AST-001", "--reason", "Looked.", "--dry-run", directory=repository.root)
    assert "by PER-001 on 2026-01-20" in result.output
    assert "Nothing was written." in result.output
    assert not (repository.root / "registers/link-reviews.yml").exists()


def test_nothing_is_written_where_one_link_is_not_there(repository: Repository) -> None:
    arguments = ("review", "RSK-001", "POL-01", "AST-001", "--reason", "Looked.", "--as", "PER-001")
    result = isms(*arguments, directory=repository.root)
    assert (result.exit_code, "POL-01: holds no link" in result.output) == (3, True)
    assert not (repository.root / "registers/link-reviews.yml").exists()
