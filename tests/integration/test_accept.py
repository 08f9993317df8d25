"""`isms accept` from the row to the check: written in place, found out when the risk changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository

SETTINGS = "site_name: Test\nplugins:\n  - isms:\n      as_of: 2026-03-01\n      codes: {no-decision: 'off'}\n"
METHOD = """\
- version: "1.0"
  title: Method
  owner: PER-001
  valid_from: 2026-01-01
  likelihood: [{value: 1, name: rare, meaning: Seldom.}, {value: 2, name: often, meaning: Yearly.}]
  consequence: [{value: 1, name: small, meaning: Little.}, {value: 2, name: large, meaning: Much.}]
  bands: [{name: low, from: 1}, {name: high, from: 4}]
  acceptable: 1
  with_acceptance: 2
"""
RISKS = """\
# Workshop of January
- id: RSK-001   # the first
  title: Theft
  owner: PER-002
  scenario: A laptop is stolen.
  assets: [AST-001]
  method_version: "1.0"
  likelihood: 2
  consequence: 2
  treatment: sharing
  controls: [A.5.1]
  residual_likelihood: 2
  residual_consequence: 1
  assessed_on: 2026-01-10

- {id: RSK-002, title: Fire, status: draft}
"""
ASSETS = "- {id: AST-001, title: Laptop, status: draft}\n"
FILES = MINIMAL | {
    "mkdocs.yml": SETTINGS, "registers/risk-methods.yml": METHOD, "registers/risks.yml": RISKS, "registers/assets.yml": ASSETS,
}  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("Assess", FILES)
    return made


def codes(root: Path) -> list[str]:
    found = json.loads(isms("check", "--format", "json", directory=root).output)["diagnostics"]
    return [item["code"] for item in found if item["entry"].startswith("RSK")]


def test_the_owner_accepts_and_a_later_change_shows(repository: Repository) -> None:
    register = repository.root / "registers/risks.yml"
    assert codes(repository.root) == ["risk-not-accepted"]
    result = isms("accept", "RSK-001", "--as", "PER-002", "--on", "2026-02-01", directory=repository.root)
    assert result.exit_code == 0
    assert "RSK-001 Theft: level 2 low accepted by PER-002 on 2026-02-01 (isms-risk-1:" in result.output
    written = register.read_text(encoding="utf-8").splitlines()
    added = [line for line in written if line not in RISKS.splitlines()]
    assert [line.partition(":")[0].strip() for line in added] == ["accepted_by", "accepted_on", "accepted_state"]
    assert [line for line in written if line not in added] == RISKS.splitlines()
    assert codes(repository.root) == []
    register.write_text(register.read_text(encoding="utf-8").replace("\n  likelihood: 2", "\n  likelihood: 1"), encoding="utf-8")
    assert codes(repository.root) == ["acceptance-stale"]
    assert "level was 4, is 2" in isms("check", directory=repository.root).output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("RSK-001", "--as", "PER-001"), "its owner is PER-002"),
        (("RSK-001", "RSK-002", "--as", "PER-002"), "RSK-002: is draft"),
        (("RSK-009", "--as", "PER-002"), "no such risk"),
    ],
)
def test_nothing_is_written_when_anything_would_not_stand_up(repository: Repository, arguments: tuple[str, ...], told: str) -> None:
    result = isms("accept", *arguments, directory=repository.root)
    assert result.exit_code == 3
    assert told in result.output
    assert (repository.root / "registers/risks.yml").read_text(encoding="utf-8") == RISKS


def test_a_trial_says_what_would_be_written_by_whoever_commits_here(repository: Repository) -> None:
    repository.git("config", "user.name", "Bodo Kern")
    repository.git("config", "user.email", "bodo@elsewhere.org")
    result = isms("accept", "RSK-001", "--dry-run", directory=repository.root)
    assert result.exit_code == 0
    assert "accepted by PER-002 on 2026-03-01" in result.output
    assert (repository.root / "registers/risks.yml").read_text(encoding="utf-8") == RISKS
