"""`isms new`, `set`, `retire` and `rename`, from the command to the file and back to the check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.test_cli import CODES_OFF, isms
from tests.repository import BODO, MINIMAL, RECORD, Repository, approval, policy

RISKS = """\
# Our risks
- id: RSK-001
  title: 'Phishing'  # seen twice
  status: draft
  owner: PER-001
  links: [RSK-002]
- id: RSK-002
  title: Theft
  status: draft
"""
OWN = """\
- register: visitors
  title: Visitor
  plural: Visitors
  prefix: VIS
  about: Who was let in.
  fields: [{name: came_on, title: Came on, description: Day., type: date, need: in_force}]
"""
TEXT = policy(text="Mail is dangerous, see [RSK-001].")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.git("config", "user.name", "Anna Berg")
    made.git("config", "user.email", "anna@example.org")
    more = {"registers/risks.yml": RISKS, "registers/kinds.yml": OWN, "policies/access.md": TEXT, RECORD: approval(TEXT)}
    made.commit("issue the policy", {**MINIMAL, "mkdocs.yml": CODES_OFF, **more}, author=BODO)
    return made


def read(repository: Repository, path: str) -> str:
    return (repository.root / path).read_text()


def found(repository: Repository) -> list[tuple[str, str]]:
    result = isms("check", "--format", "json", directory=repository.root)
    return [(item["code"], item["entry"]) for item in json.loads(result.stdout)["diagnostics"]]


def changed(repository: Repository) -> str:
    return repository.git("status", "--porcelain")


def test_a_new_risk_is_a_draft_of_whoever_commits_and_a_check_says_nothing_of_it(repository: Repository) -> None:
    before = found(repository)
    result = isms("new", "risk", "--title", "Fire", "--set", "likelihood=3", directory=repository.root)
    assert (result.exit_code, result.output) == (0, "RSK-003 Fire is begun as a draft.\nregisters/risks.yml:10\n")
    assert read(repository, "registers/risks.yml").startswith(RISKS + "- id: RSK-003\n  title: Fire\n  owner: PER-001\n  status: draft\n")
    assert found(repository) == before


def test_an_id_of_another_branch_or_of_what_was_deleted_is_not_taken_again(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "other")
    isms("new", "risk", "--title", "There", directory=repository.root)
    repository.commit("on another branch")
    repository.git("checkout", "--quiet", "main")
    assert "RSK-004 Here" in isms("new", "risk", "--title", "Here", directory=repository.root).output
    repository.commit("kept for a while")
    repository.commit("and deleted", {"registers/risks.yml": RISKS})
    repository.git("branch", "--quiet", "-D", "other")
    assert "RSK-005 Later" in isms("new", "risk", "--title", "Later", directory=repository.root).output


NAMES = {"visitors": "VIS-001", "visitor": "VIS-001", "assets": "AST-001", "access_review": "ARV-001", "access-review": "ARV-001"}


@pytest.mark.parametrize(("name", "prefix"), NAMES.items())
def test_kinds_go_by_their_names_those_of_the_organization_included(repository: Repository, name: str, prefix: str) -> None:
    assert isms("new", name, "--title", "One", directory=repository.root).output.startswith(f"{prefix} One is begun")


def test_a_new_document_lies_beside_its_like(repository: Repository) -> None:
    before = found(repository)
    result = isms("new", "policy", "--title", "Remote work", directory=repository.root)
    assert result.output == "POL-02 Remote work is begun as a draft.\npolicies/remote-work.md:1\n"
    assert read(repository, "policies/remote-work.md").startswith("---\nid: POL-02\ntitle: Remote work\nowner: PER-001\nstatus: draft\n")
    assert [item for item in found(repository) if item not in before] == [("not-committed", "POL-02")]


def test_the_editor_is_opened_where_it_is_wanted(repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nprintf "  note: by hand\\n" >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    isms("new", "risk", "--title", "Quiet", directory=repository.root)
    assert "by hand" not in read(repository, "registers/risks.yml")
    assert isms("new", "risk", "--title", "Loud", "--edit", directory=repository.root).exit_code == 0
    assert read(repository, "registers/risks.yml").endswith("  note: by hand\n")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("nothing",), 2, "No such command"),
        (("approval",), 3, "`isms approve` writes approvals"),
        (("risk", "--set", "owner=PER-9"), 3, "owner: PER-9 does not exist"),
        (("risk", "--set", "owner"), 3, "--set owner: write FIELD=VALUE"),
        (("risk", "--file", "mkdocs.yml"), 3, "is not read as this register"),
    ],
)
def test_what_cannot_be_begun_writes_nothing(repository: Repository, arguments: tuple[str, ...], code: int, told: str) -> None:
    result = isms("new", *arguments, directory=repository.root)
    assert (result.exit_code, changed(repository)) == (code, "")
    assert told in result.output


def test_the_list_of_what_can_be_begun_names_kinds_and_documents(repository: Repository) -> None:
    output = isms("new", "--help", directory=repository.root).output
    assert [name for name in ("audit ", "policy ", "access-review ", "visitors ") if f"\n  {name}" not in output] == []
    assert "approval" not in output
    assert "--title" in isms("new", "risk", "--help", directory=repository.root).output


def test_set_changes_the_field_and_nothing_else(repository: Repository) -> None:
    result = isms("set", "RSK-001", "title", "Phishing: mail", "links+=POL-01", "--unset", "owner", directory=repository.root)
    expected = RISKS.replace("'Phishing'", "'Phishing: mail'").replace("[RSK-002]", "[RSK-002, POL-01]").replace("  owner: PER-001\n", "")
    assert (result.exit_code, read(repository, "registers/risks.yml")) == (0, expected)
    assert result.output.startswith(
        "registers/risks.yml:3\n  -   title: 'Phishing'  # seen twice\n  +   title: 'Phishing: mail'  # seen twice\n"
    )
    assert isms("set", "RSK-001", "title=Phishing: mail", directory=repository.root).output == "registers/risks.yml: says so already.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("RSK-001",), 2, "nothing to change"),
        (("RSK-001", "title", "New", "likelihood", "x"), 3, "likelihood: should be a whole number"),
        (("RSK-001", "title", "New", "--remove", "links", "RSK-9"), 3, "links: RSK-9 is not in it"),
        (("RSK-009", "title", "New"), 3, "no such entry; did you mean RSK-00"),
    ],
)
def test_one_wrong_value_writes_nothing(repository: Repository, arguments: tuple[str, ...], code: int, told: str) -> None:
    result = isms("set", *arguments, directory=repository.root)
    assert (result.exit_code, changed(repository)) == (code, "")
    assert told in result.output


def test_dry_runs_write_nothing(repository: Repository) -> None:
    for arguments in (("set", "RSK-001", "title", "New"), ("retire", "RSK-001"), ("rename", "RSK-002", "RSK-009")):
        result = isms(*arguments, "--dry-run", directory=repository.root)
        assert (result.exit_code, changed(repository)) == (0, "")
        assert result.output.endswith("Nothing was written.\n")


def test_a_retired_entry_says_why_and_what_refers_to_it_is_told(repository: Repository) -> None:
    result = isms("retire", "RSK-001", "--reason", "Merged into RSK-002.", directory=repository.root)
    assert result.exit_code == 0
    assert ": POL-01 still refers to RSK-001\n`isms check` reports these" in result.output
    assert read(repository, "registers/risks.yml") == RISKS.replace("draft\n  owner", "retired\n  owner").replace(
        "  links: [RSK-002]\n",
        '  links: [RSK-002]\n  note: "Retired on {}: Merged into RSK-002."\n'.format(result.output.split("Retired on ")[1][:10]),
    )
    assert ("retired-reference", "POL-01") in found(repository)
    assert "is retired already" in isms("retire", "RSK-001", directory=repository.root).output


def test_a_rename_is_followed_everywhere_or_nowhere(repository: Repository) -> None:
    result = isms("rename", "RSK-002", "RSK-020", directory=repository.root)
    assert (result.exit_code, result.output) == (0, "registers/risks.yml: 2 places\nRSK-002 is now RSK-020. Commit all of it together.\n")
    assert read(repository, "registers/risks.yml") == RISKS.replace("RSK-002", "RSK-020")


def test_an_approved_text_keeps_the_id_unless_somebody_insists(repository: Repository) -> None:
    refused = isms("rename", "RSK-001", "RSK-010", directory=repository.root)
    assert (refused.exit_code, changed(repository)) == (1, "")
    assert "POL-01: the text is not the one that was approved" in refused.output
    assert "--force does it all the same" in refused.output
    assert isms("rename", "RSK-001", "RSK-010", "--force", directory=repository.root).exit_code == 0
    assert read(repository, "policies/access.md") == TEXT.replace("RSK-001", "RSK-010")
    assert ("changed-since-approval", "POL-01") in found(repository)


def test_an_id_that_a_baseline_holds_stays(repository: Repository) -> None:
    repository.git("tag", "-a", "isms-1", "-m", "frozen", **repository.identity())
    refused = isms("rename", "RSK-002", "RSK-020", directory=repository.root)
    assert (refused.exit_code, changed(repository)) == (1, "")
    assert "RSK-002 stands in baseline isms-1, which others may have seen" in refused.output


def test_files_move_when_asked_and_the_old_ones_are_gone(repository: Repository) -> None:
    rows = {"AST-1": "id: AST-1\ntitle: Laptop\n", "AST-2": "id: AST-2\ntitle: Phone\nlinks: [AST-1]\n"}
    repository.commit("files", {f"registers/assets/{name}.yml": row for name, row in rows.items()})
    kept = isms("rename", "AST-1", "AST-3", "--dry-run", directory=repository.root)
    assert "registers/assets/AST-1.yml keeps its name; --move changes it" in kept.output
    assert isms("rename", "AST-1", "AST-3", "--move", directory=repository.root).exit_code == 0
    assert sorted(path.name for path in (repository.root / "registers/assets").iterdir()) == ["AST-2.yml", "AST-3.yml"]
    assert read(repository, "registers/assets/AST-2.yml").endswith("links: [AST-3]\n")
    assert [item for item in found(repository) if item[0] == "unknown-reference"] == []
