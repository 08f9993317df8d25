"""The command `isms import findings` on a real repository: shown first, then written, and nothing where anything is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository

SITE = "site_name: Test\nplugins:\n  - isms:\n      as_of: 2026-02-10\n"
AUDIT = "- {id: AUD-001, title: Internal audit, owner: PER-001, kind: internal, started_on: 2026-02-02, ended_on: 2026-02-03}\n"
REGISTER = "# Findings, compliant ones included.\n- id: FND-001  # the first\n  title: 'Old'\n"


def written(commit: str, *items: str) -> str:
    lines = "".join(f"  - {item}\n" for item in items)
    return f'schema: "isms-work-sheet/1"\ncommit: "{commit}"\nas_of: "2026-02-10"\nauditor: "R. Stone"\nitems:\n{lines}'


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("begin", {**MINIMAL, "mkdocs.yml": SITE, "registers/audits.yml": AUDIT, "registers/findings.yml": REGISTER})
    return made


def take_over(repository: Repository, text: str, *arguments: object, name: str = "sheet.yml") -> Result:
    file = repository.root.parent / name
    file.write_text(text, encoding="utf-8")
    return isms("import", "findings", file, "--audit", "AUD-001", *arguments, directory=repository.root)


def register(repository: Repository) -> str:
    return (repository.root / "registers/findings.yml").read_text(encoding="utf-8")


MINOR = '{id: A.5.18, grade: minor, notes: "One account was open.", samples: [POL-01, "three leavers"]}'


def test_it_is_shown_and_not_written_until_asked(repository: Repository) -> None:
    head = repository.git("rev-parse", "HEAD")
    result = take_over(repository, written(head, MINOR, "{id: '4.1', grade: compliant}"))
    assert result.exit_code == 0, result.output
    assert "- id: FND-002\n  title: One account was open\n  owner: PER-001\n  audit: AUD-001\n" in result.output
    assert "note: graded, and not in `covered` of AUD-001: A.5.18, 4.1\n" in result.output
    assert result.output.endswith("2 findings would be added to registers/findings.yml; --write adds them\n")
    assert register(repository) == REGISTER


def test_written_findings_stand_below_what_was_there_and_once(repository: Repository) -> None:
    head = repository.git("rev-parse", "HEAD")
    result = take_over(repository, written(head, MINOR), "--write", "--as", "Bodo Kern")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "FND-002 minor, A.5.18 Access rights",
        "note: graded, and not in `covered` of AUD-001: A.5.18",
        "1 finding added",
        "written: registers/findings.yml",
    ]
    text = register(repository)
    assert text.startswith(REGISTER)
    assert "owner: PER-002" in text
    assert "found_on: 2026-02-03" in text
    assert "concerns:\n  - POL-01\n" in text
    again = take_over(repository, written(head, MINOR), "--write")
    assert (again.exit_code, again.output.splitlines()[0]) == (0, "note: A.5.18: is on record already as FND-002")
    assert again.output.endswith("no findings added\n")
    assert register(repository) == text


def test_the_check_misses_nothing_in_what_was_written(repository: Repository) -> None:
    take_over(repository, written("", MINOR, "{id: '4.1', grade: compliant}"), "--write")
    output = isms("check", directory=repository.root).output
    assert [name for name in ("FND-001", "FND-002", "FND-003") if name in output] == ["FND-001"]


def test_a_csv_file_gives_the_same_findings(repository: Repository) -> None:
    text = 'id,grade,notes,samples\nA.5.18,minor,One account was open.,"POL-01\nthree leavers"\n'
    assert take_over(repository, text, "--write", name="sheet.csv").exit_code == 0
    as_csv = register(repository)
    repository.write({"registers/findings.yml": REGISTER})
    take_over(repository, written("", MINOR), "--write")
    assert register(repository) == as_csv


def test_where_anything_is_wrong_nothing_is_written(repository: Repository) -> None:
    result = take_over(repository, written("", MINOR, "{id: A.5.99, grade: minor, notes: x}"), "--write")
    assert result.exit_code == 1
    assert "sheet.yml:7:10: A.5.99: no such clause or control; did you mean A.5.9?\n" in result.output
    assert "isms: 1 mistake, nothing was written\n" in result.output
    assert register(repository) == REGISTER


def test_a_sheet_of_a_commit_that_is_not_here_is_told(repository: Repository) -> None:
    assert "note: commit aaaaaaaaaa of the sheet is not in this repository" in take_over(repository, written("a" * 40, MINOR)).output
    earlier = repository.git("rev-parse", "HEAD")
    repository.commit("go on", {"policies/other.md": "# Other\n"})
    output = take_over(repository, written(earlier, MINOR)).output
    assert f"note: the sheet was made of commit {earlier[:10]} of 2026-02-10; what is read here is" in output
    assert "is not in this repository" not in output


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (("--audit", "AUD-002"), "isms: AUD-002: no such audit; did you mean AUD-001?", 3),
        (("--as", "Zoe"), "isms: Zoe: no such person in the register", 3),
    ],
)
def test_an_unknown_audit_or_person_is_refused(repository: Repository, arguments: tuple[str, ...], told: str, code: int) -> None:
    result = take_over(repository, written("", MINOR), "--write", *arguments)
    assert (result.exit_code, result.output.strip()) == (code, told)
    assert register(repository) == REGISTER
