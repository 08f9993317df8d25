"""The command line: answers, exit codes, and no traceback whatever is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from isms_plugin.adapters.cli import main
from tests.integration.conftest import ROOT, BuiltSite, write
from tests.repository import BODO, MINIMAL, Repository, policy

RISK = "- id: RSK-001\n  title: Phishing\n  owner: PER-009\n"
CODES_OFF = "site_name: Test\nplugins:\n  - isms:\n      codes: {no-decision: 'off', no-history: 'off'}\n"


def isms(*arguments: object, directory: Path = ROOT) -> Result:
    result = CliRunner().invoke(main, ["-C", str(directory), *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("issue the policy", {**MINIMAL, "mkdocs.yml": CODES_OFF})
    return made


WEAKNESSES = {
    ("promise-missed", "POL-03"),
    ("overdue", "ACT-042"),
    ("overdue", "MET-014"),
    ("acceptance-stale", "RSK-012"),
}
"""What an auditor would find in the sample, and its people know of."""
WAIVED = {("evidence-gap", "EVD-068", "EXC-003")}
"""What does not count, because they approved an exception."""


def test_the_sample_passes_with_the_weaknesses_that_its_people_know_of() -> None:
    result = isms("check", "--format", "json")
    assert result.exit_code == 0
    reported = json.loads(result.stdout)["diagnostics"]
    found = [item for item in reported if item["severity"] != "info"]
    assert {(item["code"], item["entry"]) for item in found} == WEAKNESSES
    assert {item["severity"] for item in found} == {"minor"}
    assert {(item["code"], item["entry"], item["waived_by"]) for item in reported if "waived_by" in item} == WAIVED


def test_a_mistake_is_reported_with_place_grade_code_clause_and_hint(repository: Repository) -> None:
    repository.write({"registers/risks.yml": RISK})
    result = isms("check", directory=repository.root)
    assert result.exit_code == 1
    assert (
        "registers/risks.yml:3:10: minor: PER-009 does not exist [unknown-reference, 7.5.3]\n    did you mean PER-002?\n" in result.output
    )


def test_nothing_wrong_says_so(repository: Repository) -> None:
    result = isms("check", directory=repository.root)
    assert (result.exit_code, result.output) == (0, "Nothing found.\n")


def test_json_has_every_field(repository: Repository) -> None:
    repository.write({"registers/risks.yml": RISK})
    found: dict[str, Any] = json.loads(isms("check", "--format", "json", directory=repository.root).output)
    assert found["schema"] == "isms-check/1"
    reference = next(item for item in found["diagnostics"] if item["code"] == "unknown-reference")
    assert len(reference.pop("fingerprint")) == 64
    assert reference == {
        "code": "unknown-reference",
        "severity": "minor",
        "clause": "7.5.3",
        "message": "PER-009 does not exist",
        "hint": "did you mean PER-002?",
        "entry": "RSK-001",
        "path": "registers/risks.yml",
        "line": 3,
        "column": 10,
    }


@pytest.mark.parametrize(("threshold", "code"), [("major", 0), ("minor", 1), ("info", 1), ("off", 0)])
def test_the_threshold_decides_the_exit_code(repository: Repository, threshold: str, code: int) -> None:
    repository.write({"registers/risks.yml": RISK})
    assert isms("check", "--fail-on", threshold, directory=repository.root).exit_code == code


def test_the_date_can_be_given(repository: Repository) -> None:
    assert isms("check", "--as-of", "2027-01-01", directory=repository.root).exit_code == 0
    late = isms("check", "--as-of", "2027-01-02", directory=repository.root)
    assert late.exit_code == 1
    assert "policies/access.md:9:14: minor: POL-01 was to be reviewed by 2027-01-01 [review-overdue, 7.5.2]" in late.output


def test_a_commit_can_be_checked_without_checking_it_out(repository: Repository) -> None:
    good = repository.git("rev-parse", "HEAD")
    repository.commit("break it", {"registers/risks.yml": RISK})
    assert isms("check", directory=repository.root).exit_code == 1
    assert isms("check", "--at", good, directory=repository.root).exit_code == 0
    assert isms("check", "--at", "HEAD", directory=repository.root).exit_code == 1


def test_the_checks_of_a_commit_ignore_the_working_tree(repository: Repository) -> None:
    repository.write({"registers/risks.yml": RISK})
    assert isms("check", "--at", "HEAD", directory=repository.root).exit_code == 0


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=/tmp/x", "HEAD:policies"])
def test_an_unknown_commit_is_a_broken_environment(repository: Repository, revision: str) -> None:
    result = isms("check", f"--at={revision}", directory=repository.root)
    assert (result.exit_code, result.output) == (3, f"isms: --at {revision}: no such commit\n")


def test_no_isms_is_a_broken_environment(tmp_path: Path) -> None:
    result = isms("check", directory=tmp_path)
    assert result.exit_code == 3
    assert "no ISMS here" in result.output


def test_settings_without_meaning_are_wrong_usage(tmp_path: Path) -> None:
    write({"mkdocs.yml": "plugins: [{isms: {polices: x, page_limit: none}}]\n"}, tmp_path)
    result = isms("check", directory=tmp_path)
    assert result.exit_code == 2
    assert "polices" in result.output
    assert "page_limit" in result.output


def test_settings_are_read_without_running_anything(tmp_path: Path) -> None:
    config = (
        "site_name: !!python/object/apply:os.system ['touch hacked']\nhooks: [evil.py]\nplugins: [{isms: {codes: {no-decision: 'off'}}}]\n"
    )
    write({**MINIMAL, "mkdocs.yml": config, "evil.py": "raise SystemExit(9)\n"}, tmp_path)
    assert isms("check", directory=tmp_path).exit_code == 0
    assert not (tmp_path / "hacked").exists()


def test_settings_are_inherited_as_mkdocs_does(repository: Repository) -> None:
    write({"base.yml": CODES_OFF, "mkdocs.yml": "INHERIT: base.yml\nsite_name: Child\n"}, repository.root)
    assert isms("check", directory=repository.root).exit_code == 0


def test_settings_that_inherit_in_a_circle_end(tmp_path: Path) -> None:
    write({"mkdocs.yml": "INHERIT: mkdocs.yml\n"}, tmp_path)
    assert isms("check", directory=tmp_path).exit_code in (0, 1)


def test_the_isms_is_found_from_a_folder_below(repository: Repository) -> None:
    assert isms("check", directory=repository.root / "policies").output == "Nothing found.\n"


def test_history_shows_versions_and_revisions(repository: Repository) -> None:
    repository.commit("raise it", {"policies/access.md": policy(version="1.1")}, BODO)
    by_id = isms("history", "POL-01", directory=repository.root)
    assert by_id.output == isms("history", "policies/access.md", directory=repository.root).output
    issued, newest, oldest = by_id.output.splitlines()[1:]
    assert issued.split("  ")[1:] == ["version 1.0", "2026-01-01", "Anna Berg", "approved by PER-002 (level 3)"]
    assert newest.split("  ")[2:] == ["2026-01-02", "Bodo Kern", "raise it", "(version 1.1)"]
    assert oldest.split("  ")[2:] == ["2026-01-01", "Anna Berg", "issue the policy", "(version 1.0)"]


def test_history_as_data(repository: Repository) -> None:
    found = json.loads(isms("history", "POL-01", "--format", "json", directory=repository.root).output)
    assert {key: found[key] for key in ("schema", "id", "path", "complete", "uncommitted", "state")} == {
        "schema": "isms-history/1",
        "id": "POL-01",
        "path": "policies/access.md",
        "complete": True,
        "uncommitted": False,
        "state": "approved",
    }
    version = found["versions"][0]
    assert (version["version"], version["approved_by"], version["level"], version["record"]) == ("1.0", "PER-002", 3, "APR-POL-01-1.0")
    assert version["commit"] == found["revisions"][0]["commit"] == repository.git("rev-parse", "HEAD")
    assert found["revisions"][0]["date"] == "2026-01-01T09:00:00+01:00"


def test_history_of_nothing_says_so(repository: Repository) -> None:
    result = isms("history", "POL-99", directory=repository.root)
    assert (result.exit_code, result.output) == (3, "isms: POL-99: neither an id nor the path of a document or register\n")


def test_pages_do_not_overwrite_what_they_did_not_write(repository: Repository, tmp_path: Path) -> None:
    target = tmp_path / "pages"
    assert isms("pages", target, directory=repository.root).exit_code == 0
    assert isms("pages", target, directory=repository.root).exit_code == 0
    (target / "isms.json").unlink()
    result = isms("pages", target, directory=repository.root)
    assert result.exit_code == 3
    assert "not empty" in result.output


def test_a_built_site_is_checked(sample: BuiltSite, tmp_path: Path) -> None:
    assert isms("check", "--site", sample.path).exit_code == 0
    result = isms("check", "--site", tmp_path)
    assert result.exit_code == 1
    assert "built without the ISMS plugin" in result.output


def test_schemas_are_written_for_every_register(repository: Repository) -> None:
    assert isms("schema", directory=repository.root).exit_code == 0
    names = {path.name for path in (repository.root / ".isms/schema").iterdir()}
    assert {"risks.schema.json", "assets.schema.json", "soa.schema.json", "front-matter.schema.json"} <= names


@pytest.mark.parametrize("command", ["pages", "schema"])
def test_a_folder_that_cannot_be_written_is_a_broken_environment(repository: Repository, tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = isms(command, tmp_path / "file/folder", directory=repository.root)
    assert result.exit_code == 3
    assert result.output.startswith("isms: ")


@pytest.mark.parametrize("epoch", ["99999999999999999999", "yesterday", "1.5"])
def test_a_date_without_meaning_is_not_replaced_in_silence(repository: Repository, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = isms("check", directory=repository.root)
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.output


def test_the_program_starts_without_loading_what_it_does_not_need() -> None:
    code = "import sys, isms_plugin.adapters.cli; sys.exit(bool({'git', 'jinja2', 'markdown', 'pydantic', 'mkdocs'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
