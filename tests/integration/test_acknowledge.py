"""The command `isms ack` on a real repository: two approved versions, a joiner, somebody who left."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from isms_plugin.build import Build, build_facts
from isms_plugin.sources.workspace import find_workspace
from tests.integration.conftest import Make
from tests.integration.test_cli import isms
from tests.repository import ROLES, Repository, approval, policy

PEOPLE = """- {id: PER-001, name: Anna Berg, job: Lead, active_from: 2020-01-01, git: [anna@example.org]}
- {id: PER-002, name: Bodo Kern, job: Developer, active_from: 2020-01-01, git: [bodo@example.org]}
- {id: PER-003, name: Cora Lind, job: Developer, active_from: 2026-01-20}
- {id: PER-004, name: Dora Mann, job: Developer, active_from: 2020-01-01, active_to: 2026-01-25}
"""
SITE = "site_name: Test\nplugins:\n  - isms:\n      as_of: 2026-02-10\n      codes: {no-decision: 'off', not-committed: 'off'}\n"
FIRST = policy().replace("classification: internal", "classification: internal\nack_required: true")
SECOND = FIRST.replace('version: "1.0"', 'version: "2.0"\nchanges: [{version: "2.0", note: Keys.}]').replace("stays as it is", "is new")
APPROVALS, RECORDS = "registers/approvals", Path("registers/acknowledgements")


def build(repository: Repository) -> Build:
    return build_facts(find_workspace(repository.root), date(2026, 2, 10))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    start = {"mkdocs.yml": SITE, "registers/people.yml": PEOPLE, "registers/roles.yml": ROLES, "policies/access.md": FIRST}
    made.commit("issue the policy", start)
    made.commit("approve it", {f"{APPROVALS}/POL-01-1.0.yml": approval(FIRST, decided_on="2026-01-02")})
    made.commit("rewrite it", {"policies/access.md": SECOND})
    made.commit("approve that", {f"{APPROVALS}/POL-01-2.0.yml": approval(SECOND, version="2.0", decided_on="2026-01-05")})
    return made


def ack(repository: Repository, *arguments: object) -> Result:
    return isms("ack", *arguments, directory=repository.root)


def export(repository: Repository, text: str) -> Path:
    path = repository.root.parent / "export.csv"
    path.write_text(text, encoding="utf-8")
    return path


def files(repository: Repository) -> set[str]:
    return {path.name for path in (repository.root / RECORDS).glob("*")}


def open_ones(repository: Repository) -> str:
    return next((item.message for item in build(repository).facts.diagnostics if item.code == "not-acknowledged"), "")


def test_a_person_confirms_and_the_check_is_content(repository: Repository) -> None:
    assert open_ones(repository) == "POL-01 2.0 is not confirmed in time by 2 of 3 people: Anna Berg, Bodo Kern"
    result = ack(repository, "POL-01", "--person", "PER-001")
    assert (result.exit_code, result.output) == (0, "1 acknowledgement recorded\nregisters/acknowledgements/POL-01-2.0.yml\n")
    assert (
        ack(
            repository, "access policy", "--person", "bodo@example.org", "--on", "2026-02-01", "--method", "paper", "--source", "Binder 3"
        ).exit_code
        == 0
    )
    assert open_ones(repository) == ""
    text = (repository.root / RECORDS / "POL-01-2.0.yml").read_text(encoding="utf-8")
    assert "acknowledged_on: 2026-02-10\n  method: request\n  source: the commit that recorded it\n" in text
    assert "acknowledged_on: 2026-02-01\n  method: paper\n  source: Binder 3\n" in text
    assert isms("check", directory=repository.root).output == "Nothing found.\n"


def test_the_old_major_version_is_recorded_with_its_own_hash_and_does_not_count(repository: Repository) -> None:
    ack(repository, "POL-01", "--person", "PER-001", "--on", "2026-01-03")
    ack(repository, "POL-01", "--person", "PER-002", "--version", "1.0")
    facts = build(repository).facts
    (covered,) = facts.coverage.documents
    assert [(item.person.id, item.state) for item in covered.confirmations] == [
        ("PER-001", "stale"),
        ("PER-002", "stale"),
        ("PER-003", "grace"),
    ]
    assert files(repository) == {"POL-01-1.0.yml"}
    assert [item.code for item in facts.diagnostics if "acknowledge" in item.code] == ["not-acknowledged"]


def test_an_export_is_imported_once(repository: Repository) -> None:
    path = export(
        repository,
        "Name;Course;Completed on\nAnna Berg;Access policy;2026-01-06T10:00:00\nBODO KERN;POL-01;2026-01-07\n"
        "Dora Mann;Access policy;2026-01-03\nCora Lind;Access policy;\nAnna Berg;Access policy;2026-01-08\n",
    )
    dry = ack(repository, "--from", path, "--dry-run")
    assert dry.output.startswith("3 acknowledgements would be recorded, 1 says the same as another row, 1 without a date was left out\n")
    assert files(repository) == set()
    result = ack(repository, "--from", path)
    assert result.output.splitlines()[1:] == [f"{RECORDS}/POL-01-2.0.yml", f"{RECORDS}/POL-01-1.0.yml"]
    assert files(repository) == {"POL-01-1.0.yml", "POL-01-2.0.yml"}
    again = ack(repository, "--from", path)
    assert again.output == "0 acknowledgements recorded, 4 were on record already, 1 without a date was left out\n"
    assert isms("check", directory=repository.root).output == "Nothing found.\n"


def test_rows_are_added_to_what_people_wrote(repository: Repository) -> None:
    ack(repository, "POL-01", "--person", "PER-001")
    path = repository.root / RECORDS / "POL-01-2.0.yml"
    before = "# From the course in January\n" + path.read_text(encoding="utf-8").rstrip("\n") + "  # herself"
    path.write_text(before, encoding="utf-8")
    assert ack(repository, "POL-01", "--person", "PER-002").exit_code == 0
    after = path.read_text(encoding="utf-8")
    assert after.startswith(f"{before}\n- id: ACK-POL-01-2.0-PER-002\n")


def test_all_mistakes_of_an_export_are_told_and_nothing_is_written(repository: Repository) -> None:
    path = export(
        repository,
        "name,course,date\nAnna Berg,Access policy,2026-01-06\nNobody,Access policy,2026-01-06\nBodo Kern,Cooking,06.01.2026\n"
        "Bodo Kern,POL-01,2025-12-31\n",
    )
    result = ack(repository, "--from", path)
    assert result.exit_code == 1
    assert [line.removeprefix(f"{path}:").split(":")[0] for line in result.output.splitlines()[:-1]] == ["3", "4", "4", "5"]
    assert result.output.splitlines()[-1] == "isms: 4 mistakes, nothing was written"
    assert files(repository) == set()


def test_columns_are_named_and_dates_described(repository: Repository) -> None:
    path = export(repository, "Wer,Wann\nAnna Berg,06.01.2026\n")
    assert "no column says the person" in ack(repository, "--from", path, "--document", "POL-01").output
    result = ack(
        repository, "POL-01", "--from", path, "--map", "person=wer", "--map", "date = Wann", "--date-format", "%d.%m.%Y", "--method", "form"
    )
    assert (result.exit_code, files(repository)) == (0, {"POL-01-2.0.yml"})
    text = (repository.root / RECORDS / "POL-01-2.0.yml").read_text(encoding="utf-8")
    assert "acknowledged_on: 2026-01-06\n  method: form\n  source: export.csv\n" in text


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (["POL-99", "--person", "PER-001"], "isms: no document is known as 'POL-99'; it goes by its id or its title\n"),
        (["POL-01", "--person", "Nobody"], "isms: no person is known as 'Nobody'"),
        (["POL-01", "--person", "PER-001", "--on", "2025-12-31"], "isms: POL-01 is in force since 2026-01-02"),
        (["POL-01", "--person", "PER-001", "--version", "3.0"], "isms: POL-01 was never in force as version 3.0, only as 2.0, 1.0\n"),
    ],
)
def test_what_cannot_be_recorded_says_why(repository: Repository, arguments: list[str], fragment: str) -> None:
    result = ack(repository, *arguments)
    assert result.exit_code == 3
    assert fragment in result.output
    assert files(repository) == set()


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        ([], "name a document and --person, or an export with --from"),
        (["POL-01"], "name a document and --person"),
        (["--person", "PER-001"], "name a document and --person"),
        (["POL-01", "--document", "POL-01", "--person", "PER-001"], "name the document once"),
        (["POL-01", "--person", "PER-001", "--map", "date=x"], "--map needs --from"),
        (["POL-01", "--person", "PER-001", "--method", "paper"], "say where it can be seen: --source"),
        (["--from", "export.csv", "--person", "PER-001"], "--person does not go with --from"),
        (["--from", "gone.csv"], "does not exist"),
        (["--from", "export.csv", "--map", "who=x"], "write FIELD=COLUMN"),
        (["--from", "export.csv", "--map", "person"], "write FIELD=COLUMN"),
    ],
)
def test_wrong_usage_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], fragment: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("export.csv").touch()
    result = isms("ack", *arguments, directory=tmp_path)
    assert result.exit_code == 2
    assert fragment in result.output


@pytest.mark.parametrize("text", [b"id: ACK-1\n", b"\xff\xfe\0"])
def test_a_file_that_is_no_list_is_left_alone(repository: Repository, text: bytes) -> None:
    path = repository.root / RECORDS / "POL-01-2.0.yml"
    path.parent.mkdir()
    path.write_bytes(text)
    result = ack(repository, "POL-01", "--person", "PER-001")
    assert (result.exit_code, path.read_bytes()) == (3, text)
    assert "POL-01-2.0.yml: not a list that rows can be added to" in result.output


def test_the_page_and_its_csv_are_published(repository: Repository, make_site: Make) -> None:
    ack(repository, "POL-01", "--person", "PER-001")
    names = ("mkdocs.yml", "registers/people.yml", "registers/roles.yml", "policies/access.md", f"{APPROVALS}/POL-01-1.0.yml")
    kept = {name: (repository.root / name).read_text(encoding="utf-8") for name in names}
    site = make_site({**kept, "mkdocs.yml": "theme: {name: material}\n" + kept["mkdocs.yml"]}, root=repository.root)
    page = site.html("acknowledgements/coverage/index.html")
    assert "<td>1 of 3</td>" in page
    assert 'href="../../documents/POL-01/"' in page
    assert 'href="../acknowledgements/coverage/"' in site.html("acknowledgements/index.html")
    rows = list(csv.DictReader(io.StringIO((site.path / "acknowledgements/coverage.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["person"], row["state"]) for row in rows] == [("PER-001", "acknowledged"), ("PER-002", "missing"), ("PER-003", "grace")]
