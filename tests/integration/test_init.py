"""`isms init DIR --demo`: the same repository everywhere, and in it exactly what is meant to be seen."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from isms_plugin.adapters.cli import main
from isms_plugin.build import build_facts
from isms_plugin.model.approval import Approval
from isms_plugin.sources.workspace import find_workspace
from tests.integration.conftest import build_site

BASELINES = {"isms-2024": "2024-11-29", "isms-2025": "2025-11-28", "isms-2026": "2026-10-30"}
HOSTILE = """[user]
  name = Somebody Else
  email = else@example.org
[commit]
  gpgsign = true
[tag]
  gpgsign = true
[init]
  defaultBranch = trunk
[core]
  autocrlf = true
  hooksPath = hooks
[merge]
  ff = only
"""
HOOK = "#!/bin/sh\nexit 1\n"


def isms(*arguments: object, env: dict[str, str] | None = None) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)), env=env)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True).stdout.strip()


def references(root: Path) -> str:
    """Every branch and tag with the object it names, and where HEAD stands."""
    return git(root, "for-each-ref", "--format=%(refname) %(objectname)") + git(root, "symbolic-ref", "HEAD")


def codes(*arguments: object) -> list[tuple[str, str]]:
    found = json.loads(isms(*arguments, "--format", "json").output)
    return [(item["code"], item["entry"]) for item in found["diagnostics"]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo; tests only read it."""
    root = tmp_path_factory.mktemp("demo") / "isms"
    assert isms("init", root, "--demo").exit_code == 0
    return root


def test_the_same_commits_and_tags_are_made_whatever_git_is_set_to(demo: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".config/git").mkdir(parents=True)
    (home / ".gitconfig").write_text(HOSTILE, encoding="utf-8")
    (home / ".config/git/ignore").write_text("*.csv\nevidence/\n", encoding="utf-8")
    (home / ".config/git/attributes").write_text("*.md text eol=crlf\n", encoding="utf-8")
    (home / "hooks").mkdir()
    (home / "hooks/commit-msg").write_text(HOOK, encoding="utf-8")
    (home / "hooks/commit-msg").chmod(0o755)
    elsewhere = {
        "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8",
        "GIT_AUTHOR_NAME": "Somebody Else", "GIT_COMMITTER_DATE": "2001-01-01T00:00:00Z", "GIT_DIR": str(tmp_path / "other.git"),
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath", "GIT_CONFIG_VALUE_0": str(home / "hooks"),
    }  # fmt: skip
    assert isms("init", tmp_path / "second", "--demo", env=elsewhere).exit_code == 0
    assert references(tmp_path / "second") == references(demo)
    assert not (tmp_path / "other.git").exists()


def test_the_check_reports_what_is_wrong_on_purpose_and_nothing_else(demo: Path) -> None:
    assert codes("-C", demo, "check") == [
        ("changed-since-approval", "POL-03"),
        ("not-acknowledged", "POL-01"),
        ("review-overdue", "POL-06"),
        ("suspect-link", "REQ-001"),
    ]


@pytest.mark.parametrize(("name", "day"), BASELINES.items())
def test_nothing_was_wrong_at_a_baseline(demo: Path, name: str, day: str) -> None:
    assert codes("-C", demo, "check", "--at", name, "--as-of", day) == []


def test_every_document_has_the_decisions_of_the_story(demo: Path) -> None:
    facts = build_facts(find_workspace(demo), date(2026, 11, 20)).facts
    decisions = Counter(record.document for record in facts.isms.of(Approval))
    assert decisions == {
        "DOC-01": 3, "EXT-01": 3, "POL-01": 4, "POL-02": 3, "POL-03": 3, "POL-04": 3, "POL-05": 3, "POL-06": 1, "PRC-01": 4, "PRC-02": 3,
        "STD-01": 3,
    }  # fmt: skip
    issues = {name: [issue.version for issue in standing.issues] for name, standing in facts.standings.items()}
    assert issues["POL-03"] == issues["PRC-01"] == issues["POL-01"] == ["2.0", "1.1", "1.0"]
    assert {issue.level for standing in facts.standings.values() for issue in standing.issues} == {3}


def test_documents_stand_in_every_state(demo: Path) -> None:
    facts = build_facts(find_workspace(demo), date(2026, 11, 20)).facts
    states = {name: standing.state for name, standing in facts.standings.items() if standing.state != "approved"}
    assert states == {"POL-02": "draft", "POL-03": "changed", "POL-05": "withdrawn"}


def test_several_people_wrote_and_one_of_them_under_two_names(demo: Path) -> None:
    people = set(git(demo, "log", "--format=%aN").splitlines())
    assert people == {"Mette Lindqvist", "Rashid Karimi", "Ingvild Moen", "Olav Strand", "Jonas Eide", "Sara Nygaard"}
    assert "rkarimi" in git(demo, "log", "--format=%an").splitlines()


def test_two_branches_were_merged_and_one_was_edited_on_the_way(demo: Path) -> None:
    assert len(git(demo, "log", "--merges", "--format=%H").splitlines()) == 2
    merge = git(demo, "log", "--merges", "--grep=remote-working", "--format=%H")
    assert git(demo, "show", "--cc", "--name-only", "--format=", merge) == "policies/people/remote-working.md"
    assert git(demo, "branch", "--format=%(refname:short)") == "main"


def test_history_follows_two_renames(demo: Path) -> None:
    renamed = [line for line in git(demo, "log", "-M", "--diff-filter=R", "--name-status", "--format=").splitlines() if line]
    assert [line.split("\t")[1:] for line in renamed] == [
        ["policies/acceptable-use.md", "policies/people/acceptable-use.md"],
        ["policies/incidents.md", "policies/incident-procedure.md"],
    ]
    assert "Draft the incident procedure" in isms("-C", demo, "history", "PRC-01").output


def test_baselines_are_annotated_and_say_what_they_are(demo: Path) -> None:
    listing = git(demo, "for-each-ref", "--format=%(objecttype) %(refname:short) %(taggerdate:short) %(taggername)", "refs/tags")
    assert listing.splitlines() == [f"tag {name} {day} Mette Lindqvist" for name, day in BASELINES.items()]


def test_nothing_is_left_uncommitted(demo: Path) -> None:
    assert git(demo, "status", "--porcelain", "--ignored") == ""


def test_the_site_is_built_whole_and_shows_the_approved_text(demo: Path, tmp_path: Path) -> None:
    site = build_site(demo / "mkdocs.yml", tmp_path / "site")
    assert len(site.warnings) == 3  # what is wrong on purpose
    assert isms("check", "--site", site.path).exit_code == 0
    assert "they expire after four hours" in site.html("documents/POL-03/index.html")


def test_the_ways_out_that_the_guide_names_work(tmp_path: Path) -> None:
    isms("init", tmp_path / "isms", "--demo")
    at = ("-C", tmp_path / "isms")
    assert isms(*at, "ack", "POL-01", "--person", "PER-005", "--on", "2026-11-20", "--source", "Form, 20 November").exit_code == 0
    review = ("--decision", "reviewed-no-change", "--next-review", "2027-11-10", "--yes")
    assert isms(*at, "approve", "POL-06", "--as", "PER-006", *review).exit_code == 0
    assert isms(*at, "review", "REQ-001", "POL-03", "--reason", "Still met.", "--as", "PER-006", "--on", "2026-11-20").exit_code == 0
    assert codes(*at, "check") == [("changed-since-approval", "POL-03")]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine", encoding="utf-8")
    result = isms("init", tmp_path / "full", "--demo")
    assert (result.exit_code, result.output) == (
        3,
        f"isms: {tmp_path / 'full'}: not an empty folder; name one that is empty or does not exist\n",
    )
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "notes.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert isms("init", tmp_path / "file", "--demo").exit_code == 3
    assert isms("init", tmp_path / "file/below", "--demo").exit_code == 3


def test_an_empty_folder_and_folders_that_do_not_exist_yet_will_do(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "empty", tmp_path / "new/below"):
        assert isms("init", target, "--demo").exit_code == 0
        assert references(target) == references(demo)
        assert [path.name for path in target.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("option", [("--name", "Acme"), ("--from", "."), ("--dry-run",)])
def test_the_demo_takes_a_folder_and_nothing_else(tmp_path: Path, option: tuple[str, ...]) -> None:
    result = isms("init", tmp_path / "isms", "--demo", *option)
    assert result.exit_code == 2
    assert not (tmp_path / "isms").exists()


def test_without_git_it_says_so_and_writes_nothing(tmp_path: Path) -> None:
    result = isms("init", tmp_path / "isms", "--demo", env={"PATH": str(tmp_path)})
    assert (result.exit_code, result.output) == (3, "isms: git is not installed; the demo is a git repository, so install git first\n")
    assert list(tmp_path.iterdir()) == []
