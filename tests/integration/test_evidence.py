"""The commands `isms evidence` on a real repository: registered, asked for, verified, and what is refused."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from isms_plugin.build import build_facts
from isms_plugin.sources.workspace import find_workspace
from tests.integration.conftest import Make
from tests.integration.test_cli import isms
from tests.repository import Repository

PEOPLE = """- {id: PER-001, name: Anna Berg, job: Lead, active_from: 2020-01-01, git: [anna@example.org]}
- {id: PER-002, name: Bodo Kern, job: Developer, active_from: 2020-01-01}
"""
SITE = """site_name: Test
plugins:
  - isms:
      as_of: 2026-02-10
      audited_period: 2025-10-01..2026-02-10
      evidence_lag: 5
      codes: {no-decision: 'off', not-committed: 'off'}
"""
OLD = "evidence/2026/EVD-007-old.csv"
REGISTER = f"""- id: EVD-007
  title: Access review
  owner: PER-001
  for: [A.8.2]
  kind: access_review
  what: All administrators.
  period_from: 2025-10-01
  period_to: 2025-12-31
  taken_on: 2026-01-01
  taken_by: PER-001
  source: Keyfold
  method: report
  at: {OLD}
  sha256: {hashlib.sha256(b"a,b" + bytes([10])).hexdigest()}
  classification: internal
  every: quarter
  population: 64
  sample: 5
"""
DECISION = "- {control: A.8.2, status: draft, decision: included, reason: Needed., state: implemented, how: Reviewed each quarter.}\n"
EXPORT = b"user,role\nanna,admin\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    start = {"mkdocs.yml": SITE, "registers/people.yml": PEOPLE, "registers/evidence.yml": REGISTER, "registers/soa.yml": DECISION}
    made.commit("start", {**start, OLD: "a,b\n", "policies/.gitkeep": ""})
    made.git("config", "user.email", "anna@example.org")
    return made


def evidence(repository: Repository, *arguments: object) -> Result:
    return isms("evidence", *arguments, directory=repository.root)


def export(repository: Repository, content: bytes = EXPORT, name: str = "Access export.csv") -> Path:
    path = repository.root.parent / name
    path.write_bytes(content)
    return path


def files(repository: Repository) -> set[str]:
    tracked = repository.git("ls-files", "--others", "--exclude-standard").splitlines()
    changed = repository.git("diff", "--name-only").splitlines()
    return {*tracked, *changed}


FULL = ("--for", "A.8.2", "--kind", "access_review", "--source", "Keyfold", "--method", "export")


def test_a_file_is_registered_with_hash_dates_and_a_row_of_its_own(repository: Repository) -> None:
    period = ("--from", "2026-01-01", "--to", "2026-01-31", "--population", 9, "--sample", 9, "--every", "quarter")
    result = evidence(repository, "add", export(repository), *FULL, *period)
    assert result.exit_code == 0, result.output
    at, row = "evidence/2026/EVD-008-Access-export.csv", "registers/evidence/EVD-008.yml"
    assert files(repository) == {at, row}
    assert (repository.root / at).read_bytes() == EXPORT
    digest = hashlib.sha256(EXPORT).hexdigest()
    assert (repository.root / row).read_text("utf-8").splitlines() == [
        "id: EVD-008", "title: Access export", "owner: PER-001", "classification: internal", "for:", "- A.8.2", "kind: access_review",
        "period_from: 2026-01-01", "period_to: 2026-01-31", "taken_on: 2026-02-10", "taken_by: PER-001", "source: Keyfold",
        "method: export", f"sha256: {digest}", f"at: {at}", "every: quarter", "population: 9", "sample: 9",
    ]  # fmt: skip
    assert isms("check", directory=repository.root).output == "Nothing found.\n"


def test_a_dry_run_says_the_same_and_writes_nothing(repository: Repository) -> None:
    result = evidence(repository, "add", export(repository), *FULL, "--dry-run")
    assert "EVD-008 would be registered for A.8.2" in result.output
    assert files(repository) == set()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--for", "A.8.99"), "A.8.99 does not exist"),
        (("--owner", "PER-009"), "PER-009 is nobody in the register of people"),
        (("--taken-on", "2026-02-11"), "taken on 2026-02-11"),
        (("--to", "2026-02-11"), "taken on 2026-02-10: it cannot speak of days up to 2026-02-11"),
        (("--from", "2026-02-02", "--to", "2026-02-01"), "ends before it begins"),
        (("--population", 3, "--sample", 4), "a sample of 4 is larger than its population of 3"),
        (("--id", "evd-007"), "EVD-007 is registered already"),
        (("--id", "EVD"), "no id"),
        (("--store", "https://example.org"), "write one of s3://"),
    ],
)
def test_what_cannot_be_registered_is_refused_and_nothing_is_written(
    repository: Repository, arguments: tuple[str, ...], message: str
) -> None:
    result = evidence(repository, "add", export(repository), *FULL, *arguments)
    assert result.exit_code == 3
    assert message in result.output
    assert files(repository) == set()


def test_choices_come_from_the_declaration(repository: Repository) -> None:
    result = evidence(repository, "add", export(repository), "--for", "A.8.2", "--kind", "memory")
    assert (result.exit_code, "'memory' is not one of contract, ticket" in result.output) == (2, True)
    assert "[public|internal|confidential|restricted]" in evidence(repository, "add", "--help").output


def test_whoever_took_it_has_to_be_known(repository: Repository) -> None:
    repository.git("config", "user.email", "stranger@example.org")
    result = evidence(repository, "add", export(repository), *FULL)
    assert result.exit_code == 2
    assert "say with --taken-by PERSON" in result.output
    assert evidence(repository, "add", export(repository), *FULL, "--taken-by", "Bodo Kern").exit_code == 0
    assert "taken_by: PER-002" in (repository.root / "registers/evidence/EVD-008.yml").read_text("utf-8")


def test_a_file_that_is_there_already_is_not_overwritten(repository: Repository) -> None:
    repository.write({"evidence/2026/evd-008-access-export.csv": "mine\n"})
    result = evidence(repository, "add", export(repository), *FULL)
    assert result.exit_code == 3
    assert "exists already, and evidence is never overwritten" in result.output
    assert files(repository) == {"evidence/2026/evd-008-access-export.csv"}


def test_secrets_are_refused_until_a_reason_is_given_and_kept(repository: Repository) -> None:
    leak = export(repository, b"user: a\npassword: hx8Kq2!vZ91p\n", "settings.txt")
    result = evidence(repository, "add", leak, *FULL)
    assert result.exit_code == 1
    assert "settings.txt: line 2: password or key in clear hx***" in result.output
    assert "hx8Kq2" not in result.output
    assert files(repository) == set()
    assert evidence(repository, "add", leak, *FULL, "--accept-findings", "Ended on the same day").exit_code == 0
    assert "findings_accepted: Ended on the same day" in (repository.root / "registers/evidence/EVD-008.yml").read_text("utf-8")
    assert "evidence-secret" not in isms("check", directory=repository.root).output


def test_a_secret_in_the_row_itself_is_found(repository: Repository) -> None:
    result = evidence(repository, "add", export(repository), *FULL, "--what", "Account DE89370400440532013000")
    assert result.exit_code == 1
    assert "the row: line" in result.output


def test_object_storage_is_written_once_and_verified(repository: Repository) -> None:
    store = f"file://{repository.root.parent}/bucket"
    assert evidence(repository, "add", export(repository), *FULL, "--store", store).exit_code == 0
    assert files(repository) == {"registers/evidence/EVD-008.yml"}
    stored = repository.root.parent / "bucket/2026/EVD-008-Access-export.csv"
    assert stored.read_bytes() == EXPORT
    result = evidence(repository, "verify")
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "2 verified.")
    stored.write_bytes(b"tampered\n")
    result = evidence(repository, "verify", "EVD-008")
    assert result.exit_code == 1
    assert hashlib.sha256(b"tampered\n").hexdigest() in result.output
    assert hashlib.sha256(EXPORT).hexdigest() in result.output
    stored.unlink()
    result = evidence(repository, "verify", "EVD-008")
    assert (result.exit_code, result.output.splitlines()[-1]) == (1, "1 missing.")


def test_an_object_that_exists_is_refused_and_no_row_is_written(repository: Repository) -> None:
    stored = repository.root.parent / "bucket/2026/EVD-008-Access-export.csv"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"mine\n")
    result = evidence(repository, "add", export(repository), *FULL, "--store", f"file://{repository.root.parent}/bucket")
    assert result.exit_code == 3
    assert (files(repository), stored.read_bytes()) == (set(), b"mine\n")


def test_unknown_evidence_cannot_be_verified(repository: Repository) -> None:
    result = evidence(repository, "verify", "EVD-099")
    assert (result.exit_code, result.output) == (3, "isms: EVD-099: no such evidence\n")


def test_a_request_says_what_to_send_and_how_to_answer(repository: Repository) -> None:
    result = evidence(repository, "request", "A.8.2", "--to", "PER-002", "--period", "2026-01-01..2026-03-31", "--format", "md")
    assert result.exit_code == 0
    for told in (
        "# Request for evidence: A.8.2 Privileged access rights", "Dear Bodo Kern,", "Reviewed each quarter.", "2026-01-01 to 2026-03-31",
        "Kind: access review", "Sample: 5 of them", "Last time: EVD-007 Access review", "No passwords, keys or tokens",
        "isms evidence add FILE --for A.8.2 --kind access_review --from 2026-01-01 --to 2026-03-31 --taken-by PER-002",
    ):  # fmt: skip
        assert told in result.output


def test_a_request_without_earlier_evidence_has_an_example(repository: Repository) -> None:
    output = evidence(repository, "request", "A.8.13").output
    assert "Restore test" in output
    assert "2025-10-01 to 2026-02-10" in output


def test_a_request_can_be_a_file_that_is_not_overwritten(repository: Repository, tmp_path: Path) -> None:
    out = tmp_path / "request.txt"
    assert evidence(repository, "request", "A.8.13", "--out", out).exit_code == 0
    assert out.read_text("utf-8").startswith("Request for evidence")
    assert evidence(repository, "request", "A.8.13", "--out", out).exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("A.8.99",), 3, "A.8.99 does not exist"),
        (("A.8.2", "--to", "PER-009"), 3, "nobody in the register of people"),
        (("A.8.2", "--period", "2026"), 2, "write two days"),
        (("A.8.2", "--period", "2026-02-01..2026-01-01"), 2, "the first day is after the last"),
    ],
)
def test_a_request_for_what_is_not_there_is_refused(repository: Repository, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = evidence(repository, "request", *arguments)
    assert (result.exit_code, message in result.output) == (code, True)


def test_evidence_that_came_in_late_is_reported_from_real_commits(repository: Repository) -> None:
    repository.git("mv", OLD, "evidence/2026/EVD-007-moved.csv")
    repository.commit("move it", {"registers/evidence.yml": REGISTER.replace(OLD, "evidence/2026/EVD-007-moved.csv")})
    late = (REGISTER + REGISTER.replace("EVD-007", "EVD-008")).replace("every: quarter", "redacted: false")
    repository.day += 4
    repository.commit("late", {"registers/evidence.yml": late, "evidence/2026/EVD-008-old.csv": "a,b\n", OLD: "a,b\n"})
    facts = build_facts(find_workspace(repository.root), date(2026, 2, 10)).facts
    found = [item.entry for item in facts.diagnostics if item.code == "evidence-backdated"]
    assert found == ["EVD-007", "EVD-008"]


def test_the_site_shows_states_coverage_and_the_evidence_of_a_control(make_site: Make) -> None:
    gap = REGISTER.replace("2025-10-01", "2025-07-01").replace("2025-12-31", "2025-09-30")
    site = make_site({"registers/people.yml": PEOPLE, "registers/evidence.yml": gap, "registers/soa.yml": DECISION, OLD: "a,b\n"},
                     options="      as_of: 2026-02-10\n")  # fmt: skip
    coverage = site.html("evidence/coverage/index.html")
    assert "3 of 4 quarters, 2025 Q4 missing" not in coverage
    assert "1 of 4 quarters, 2025 Q1, 2025 Q2, 2025 Q4 missing" in coverage
    assert "the next was due by 2025-12-30" in coverage
    page = site.html("evidence/EVD-007/index.html")
    assert "The next was due by 2025-12-30." in page
    assert "<strong>Verified</strong>: the file has the recorded SHA-256." in page
    control = site.html("controls/A.8.2/index.html")
    assert "EVD-007" in control
    assert "isms-chip--expired" in control
    assert "2025 Q4" in (site.path / "evidence/coverage.csv").read_text("utf-8-sig")
    assert "EVD-007,expired" in (site.path / "evidence/states.csv").read_text("utf-8-sig")
