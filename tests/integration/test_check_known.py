"""A file of known diagnostics lets an old repository pass `isms check`, and no audit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.conftest import Make
from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository

OFF = ("no-decision", "missing-field", "not-committed", "no-risk-method")
PLAIN = "site_name: Test\nplugins:\n  - isms:\n      codes: {" + ", ".join(f"{code}: 'off'" for code in OFF) + "}\n"
CONFIG = f"{PLAIN}      known: isms-known.yml\n"
RISKS = "registers/risks.yml"
BROKEN = "- id: RSK-001\n  title: Fire\n  owner: PER-404\n"
WRITTEN = """\
# What is known to be wrong and not yet cleared: `isms check` lets it pass, `isms audit` does not.
# Say in `reason` why each of them may wait. `isms check --write-known` keeps the reasons and drops what is no longer there.
- code: unknown-reference
  entry: RSK-001
  field: owner
  message: PER-404 does not exist
  reason: ""
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An ISMS with one fault that is known."""
    made = Repository(tmp_path / "repo")
    made.commit("Begin", {**MINIMAL, "mkdocs.yml": CONFIG, RISKS: BROKEN})
    result = isms("check", "--write-known", made.root / "isms-known.yml", directory=made.root)
    assert (result.exit_code, result.output.partition(" written")[0]) == (0, "1 diagnostics")
    made.commit("Know it")
    return made


def test_the_file_is_written_even_before_the_setting_leads_anywhere(repository: Repository) -> None:
    assert (repository.root / "isms-known.yml").read_text() == WRITTEN


def test_what_is_known_is_shown_and_passes_wherever_it_moved(repository: Repository) -> None:
    repository.write({RISKS: f"# moved\n\n{BROKEN}"})
    result = isms("check", directory=repository.root)
    assert result.exit_code == 0
    assert f"{RISKS}:5:10: minor: PER-404 does not exist [unknown-reference, 7.5.3] (known)\n" in result.output
    assert result.output.endswith("1 minor; 1 of them known.\n")


def test_its_reason_is_shown(repository: Repository) -> None:
    repository.write({"isms-known.yml": WRITTEN.replace('""', "He comes in May.")})
    assert "(known: He comes in May.)" in isms("check", directory=repository.root).output
    found = json.loads(isms("check", "--format", "json", directory=repository.root).output)["diagnostics"][0]
    assert (found["known"], found["reason"], found["severity"]) == (True, "He comes in May.", "minor")


def test_what_is_new_fails(repository: Repository) -> None:
    repository.write({RISKS: BROKEN + BROKEN.replace("001", "002")})
    result = isms("check", directory=repository.root)
    assert result.exit_code == 1
    assert result.output.endswith("2 minor; 1 of them known.\n")


def test_what_is_gone_is_told_until_the_file_is_written_anew(repository: Repository) -> None:
    repository.write({RISKS: BROKEN.replace("404", "001")})
    result = isms("check", directory=repository.root)
    assert result.exit_code == 0
    assert "isms-known.yml:3:1: info: RSK-001: unknown-reference is no longer there [known-gone]\n" in result.output
    isms("check", "--write-known", repository.root / "isms-known.yml", directory=repository.root)
    assert isms("check", directory=repository.root).output == "Nothing found.\n"


def test_another_file_can_be_named(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "none.yml").write_text("[]\n")
    assert isms("check", "--known", tmp_path / "none.yml", directory=repository.root).exit_code == 1
    result = isms("check", "--known", tmp_path / "missing.yml", directory=repository.root)
    assert (result.exit_code, "there is no such file" in result.output) == (2, True)


def test_an_audit_pays_no_heed_to_it(repository: Repository, tmp_path: Path) -> None:
    without = Repository(tmp_path / "without")
    without.commit("Begin", {**MINIMAL, "mkdocs.yml": PLAIN, RISKS: BROKEN})
    told = [json.loads(isms("audit", "--format", "json", directory=made.root).output)["findings"] for made in (repository, without)]
    assert told[0] == told[1]
    assert "unknown-reference" in json.dumps(told[0])


def test_a_commit_is_judged_by_the_file_that_it_holds(repository: Repository) -> None:
    assert isms("check", "--at", "HEAD~1", directory=repository.root).exit_code == 1
    assert isms("check", "--at", "HEAD", directory=repository.root).exit_code == 0


def test_a_change_may_not_bring_it_back_unseen(repository: Repository) -> None:
    repository.git("checkout", "-qb", "topic")
    repository.commit("Another", {RISKS: BROKEN + BROKEN.replace("001", "002"), "isms-known.yml": WRITTEN + WRITTEN.replace("001", "002")})
    result = isms("check", "--changed", "main", directory=repository.root)
    assert result.exit_code == 0
    assert "PER-404 does not exist [unknown-reference, 7.5.3] (known)" in result.output


def test_a_missing_or_senseless_file_is_a_wrong_setting(repository: Repository) -> None:
    repository.write({"isms-known.yml": "- overdue\n"})
    result = isms("check", directory=repository.root)
    assert (result.exit_code, result.output) == (2, "isms: isms-known.yml:1:1: needs `code` and `message`\n")
    repository.write({"isms-known.yml": None})
    assert isms("check", directory=repository.root).exit_code == 2


def test_it_writes_everything_or_compares(repository: Repository, tmp_path: Path) -> None:
    result = isms("check", "--write-known", tmp_path / "known.yml", "--changed", "main", directory=repository.root)
    assert result.exit_code == 2
    assert not (tmp_path / "known.yml").exists()


def test_a_strict_build_lets_it_pass_too(repository: Repository, make_site: Make) -> None:
    config = CONFIG.replace("plugins:\n", "theme: {name: material}\nplugins:\n  - search\n")
    repository.write({"mkdocs.yml": config})
    site = make_site({"mkdocs.yml": config}, root=repository.root)
    assert not [line for line in site.warnings if "PER-404" in line]
    assert [line for line in site.log if "PER-404" in line]
    repository.write({"isms-known.yml": "[]\n"})
    assert [line for line in make_site({"mkdocs.yml": config}, root=repository.root).warnings if "PER-404" in line]
