"""`isms management-review` and the sign-off of minutes, on real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository

SETTINGS = "site_name: Test\nplugins:\n  - isms:\n      as_of: 2026-11-30\n      codes: {no-decision: 'off'}\n"
NAMES = (
    "earlier_actions",
    "issues",
    "parties",
    "nonconformities",
    "measurements",
    "audits",
    "objectives",
    "feedback",
    "risks",
    "improvement",
)
ACTION = "- {{id: ACT-001, title: Keys, owner: PER-001, for: [A.5.1], what: Buy., due: 2026-09-30{more}}}\n"
HELD = f"""\
- id: MRV-001  # the first
  title: Review of June
  owner: PER-001
  planned: 2026-06-30
  held_on: 2026-06-24
  period_from: 2026-01-01
  period_to: 2026-06-20
  chair: PER-002
  attendees: [PER-001, PER-002]
  inputs: [{", ".join(f"{{input: {name}, summary: No change.}}" for name in NAMES)}]
  decisions: [{{text: Buy *keys*., action: ACT-001}}]
  conclusion: Suitable.
"""
REVIEWS = HELD + "- {id: MRV-002, title: Review of December, owner: PER-001, planned: 2026-12-11}\n"
REGISTER = "registers/management-reviews.yml"
FILES = MINIMAL | {"mkdocs.yml": SETTINGS, REGISTER: REVIEWS, "registers/actions.yml": ACTION.format(more="")}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("Review", FILES)
    return made


def pack(root: Path, *arguments: str) -> str:
    result = isms("management-review", *arguments, directory=root)
    assert result.exit_code == 0, result.output
    return result.output


def codes(root: Path) -> list[str]:
    found = json.loads(isms("check", "--format", "json", directory=root).output)["diagnostics"]
    return [item["code"] for item in found if item["entry"].startswith("MRV")]


def test_the_next_review_is_prepared_and_the_same_twice(repository: Repository) -> None:
    text = pack(repository.root)
    assert text.startswith("# MRV-002 Review of December\n\n- Planned for: 2026-12-11\n- Looks back on: 2026-06-21 to 2026-11-30\n")
    assert "- ACT-001 Keys: open, was due on 2026-09-30; decided in MRV-001 **late**\n" in text
    assert "## Missing\n\n- Changes in external and internal issues: no internal or external issue is registered\n" in text
    assert text.count("The review: \\_\\_\\_\n") == 10
    assert pack(repository.root) == text


def test_a_review_that_was_held_is_shown_as_of_then(repository: Repository) -> None:
    text = pack(repository.root, "MRV-001")
    assert "The registers as of 2026-06-24" in text
    assert "- Buy \\*keys\\*. (ACT-001, open, was due on 2026-09-30, overdue)\n" in text
    assert text.count("The review: No change.\n") == 10
    assert pack(repository.root, "2026-06-24") == text


def test_a_day_shows_the_next_review_as_of_it(repository: Repository) -> None:
    text = pack(repository.root, "2026-09-30")
    assert "# MRV-002" in text
    assert "- ACT-001 Keys: open, due on 2026-09-30; decided in MRV-001\n" in text
    assert pack(repository.root, "2026-12-11") == pack(repository.root)


def test_the_repository_as_it_was(repository: Repository) -> None:
    repository.commit("Done", {"registers/actions.yml": ACTION.format(more=", done_on: 2026-09-01, result: Bought.")})
    assert "ACT-001 Keys: done on 2026-09-01" in pack(repository.root)
    assert "ACT-001 Keys: open, was due on 2026-09-30" in pack(repository.root, "--at", "HEAD~1")


def test_as_data(repository: Repository) -> None:
    data = json.loads(pack(repository.root, "--format", "json"))
    assert (data["schema"], data["id"], data["since"], data["as_of"]) == ("isms-management-review/1", "MRV-002", "2026-06-21", "2026-11-30")
    assert [item["input"] for item in data["inputs"]] == list(NAMES)
    assert data["inputs"][0]["items"] == [
        {"entry": "ACT-001", "kind": "action", "title": "Keys", "state": "open, was due on 2026-09-30; decided in MRV-001", "late": True}
    ]
    assert data["sign_off"] == "not held"
    held = json.loads(pack(repository.root, "MRV-001", "--format", "json"))
    assert held["inputs"][0]["answers"] == [{"summary": "No change.", "refs": []}]
    assert held["decisions"][0]["action"] == "ACT-001"


def test_a_file_is_written_and_not_written_over(repository: Repository) -> None:
    target = repository.root / "packs/next.md"
    assert pack(repository.root, "--out", str(target)) == f"written: {target}\n"
    assert target.read_text(encoding="utf-8") == pack(repository.root)
    target.write_text("mine", encoding="utf-8")
    result = isms("management-review", "--out", str(target), directory=repository.root)
    assert (result.exit_code, target.read_text(encoding="utf-8")) == (3, "mine")
    assert "--force writes over it" in result.output
    pack(repository.root, "--out", str(target), "--force")
    assert target.read_text(encoding="utf-8") == pack(repository.root)


@pytest.mark.parametrize(
    ("argument", "code", "told"),
    [("MRV-009", 3, "no such management review; known: MRV-001, MRV-002"), ("2026-02-30", 2, "2026-02-30 is no day")],
)
def test_what_cannot_be_shown_is_refused(repository: Repository, argument: str, code: int, told: str) -> None:
    result = isms("management-review", argument, directory=repository.root)
    assert result.exit_code == code
    assert told in result.output


def test_where_none_is_planned_one_has_to_be_named(repository: Repository) -> None:
    repository.commit("Held", {REGISTER: HELD})
    result = isms("management-review", directory=repository.root)
    assert result.exit_code == 3
    assert "no review is planned; known: MRV-001" in result.output


def test_minutes_are_signed_and_a_later_change_shows(repository: Repository) -> None:
    register = repository.root / REGISTER
    result = isms("accept", "MRV-001", "--as", "PER-002", "--on", "2026-07-01", directory=repository.root)
    assert result.exit_code == 0
    assert "MRV-001 Review of June: minutes signed by PER-002 on 2026-07-01 (isms-minutes-1:" in result.output
    written = register.read_text(encoding="utf-8").splitlines()
    added = [line for line in written if line not in REVIEWS.splitlines()]
    assert [line.partition(":")[0].strip() for line in added] == ["approved_by", "approved_on", "approved_state"]
    assert [line for line in written if line not in added] == REVIEWS.splitlines()
    assert codes(repository.root) == []
    register.write_text(register.read_text(encoding="utf-8").replace("conclusion: Suitable.", "conclusion: Effective."), encoding="utf-8")
    assert codes(repository.root) == ["minutes-changed"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("MRV-001", "--as", "PER-001"), "PER-001 (Anna Berg) neither chaired it nor holds a role of top management"),
        (("MRV-001", "MRV-002", "--as", "PER-002"), "MRV-002: has not been held"),
        (("MRV-001", "--as", "PER-002", "--until", "2027-01-01"), "without a last day"),
    ],
)
def test_nothing_is_written_when_anything_would_not_stand_up(repository: Repository, arguments: tuple[str, ...], told: str) -> None:
    result = isms("accept", *arguments, directory=repository.root)
    assert result.exit_code == 3
    assert told in result.output
    assert (repository.root / REGISTER).read_text(encoding="utf-8") == REVIEWS


def test_minutes_and_risks_are_taken_in_one_go(repository: Repository) -> None:
    risk = (
        "- {id: RSK-001, title: Theft, owner: PER-002, scenario: x, assets: [AST-001], method_version: '1', likelihood: 1, consequence: 1,"
        " treatment: retention, residual_likelihood: 1, residual_consequence: 1, assessed_on: 2026-01-02}\n"
    )
    method = (
        "- {version: '1', title: Method, owner: PER-001, valid_from: 2026-01-01, likelihood: [{value: 1, name: a, meaning: b}],"
        " consequence: [{value: 1, name: a, meaning: b}], bands: [{name: low, from: 1}], acceptable: 1}\n"
    )
    repository.commit("Risk", {"registers/risks.yml": risk, "registers/risk-methods.yml": method,
                               "registers/assets.yml": "- {id: AST-001, title: Laptop, status: draft}\n"})  # fmt: skip
    result = isms("accept", "MRV-001", "RSK-001", "--as", "PER-002", directory=repository.root)
    assert result.exit_code == 0, result.output
    assert "written: registers/management-reviews.yml\nwritten: registers/risks.yml\n" in result.output
    assert "accepted_state" in (repository.root / "registers/risks.yml").read_text(encoding="utf-8")
