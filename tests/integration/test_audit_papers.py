"""`isms audit sample` and `isms new audit`, from the command to the file and back to the check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository

SETTINGS = "site_name: Test\nplugins:\n  - isms:\n      as_of: 2026-03-01\n      codes: {no-decision: 'off'}\n"
AUDITS = """\
# Audits of all kinds
- id: AUD-001   # the first
  title: Internal audit 2026
  status: draft
  planned: 2026-08-31

# end
"""
PROGRAMME = """\
- id: PRG-001
  title: Programme
  status: draft
  audits:
    - {audit: AUD-001, planned: 2026-08-31, covers: [A.5.1]}
    - {planned: 2027-08-31, covers: [A.5.2]}
"""
ASSETS = "".join(f"- {{id: AST-{number:03}, title: Laptop {number}, owner: PER-002, status: draft}}\n" for number in range(1, 4))
SUPPLIERS = "".join(
    f"- {{id: SUP-{number:03}, title: Supplier {number}, owner: PER-002, service: Hosting, data_shared: internal, criticality: low,"
    " contract: Safe, security_terms: in_contract, personal_data: false, reviewed_on: 2026-01-01, result: acceptable}\n"
    for number in range(1, 7)
)
FILES = MINIMAL | {
    "mkdocs.yml": SETTINGS, "registers/audits.yml": AUDITS, "registers/audit-programme.yml": PROGRAMME, "registers/assets.yml": ASSETS,
    "registers/suppliers.yml": SUPPLIERS,
}  # fmt: skip
DRAW = ("audit", "sample", "suppliers", "--n", "2", "--seed", "tram")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = Repository(tmp_path / "repo")
    made.commit("Begin", FILES)
    return made.root


def codes(root: Path) -> list[str]:
    found = json.loads(isms("check", "--format", "json", directory=root).output)["diagnostics"]
    return [item["code"] for item in found if item["entry"].startswith(("AUD", "PRG"))]


def test_a_draw_is_told_with_count_hash_and_places(root: Path) -> None:
    result = isms(*DRAW, directory=root)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "Suppliers: 6 in the register suppliers on 2026-03-01"
    assert lines[2] == "isms-draw-1 with seed 'tram' draws 2:"
    assert all("registers/suppliers.yml:" in line for line in lines[3:5])
    assert lines[6] == "Row for `samples` of the audit:"
    assert (root / "registers/audits.yml").read_text() == AUDITS
    assert isms(*DRAW, directory=root).output == result.output


def test_a_draw_is_recorded_in_its_audit_and_checked_from_then_on(root: Path) -> None:
    result = isms(*DRAW, "--audit", "AUD-001", "--write", "--format", "json", directory=root)
    data = json.loads(result.output[: result.output.rindex("}") + 1])
    assert (data["schema"], data["count"], data["audit"], len(data["items"])) == ("isms-sample/1", 6, "AUD-001", 2)
    changed = (root / "registers/audits.yml").read_text()
    head, _, rest = changed.partition("  samples:\n")
    assert head == AUDITS.removesuffix("\n# end\n")
    assert rest.endswith("\n\n# end\n")
    assert codes(root) == []
    names = [item["id"] for item in data["items"]]
    other = next(f"SUP-{number:03}" for number in range(1, 7) if f"SUP-{number:03}" not in names)
    wrong = changed.replace("status: draft", "status: active").replace(names[0], other)
    (root / "registers/audits.yml").write_text(wrong)
    assert "sample-not-repeatable" in codes(root)
    again = isms(*DRAW, "--audit", "AUD-001", "--write", directory=root)
    assert (again.exit_code, "already" in again.output) == (3, True)
    assert (root / "registers/audits.yml").read_text() == wrong


def test_a_draw_is_made_again_from_an_earlier_commit(root: Path) -> None:
    before = json.loads(isms(*DRAW, "--format", "json", directory=root).output)
    (root / "registers/suppliers.yml").write_text(SUPPLIERS.replace("SUP-006", "SUP-009"))
    assert json.loads(isms(*DRAW, "--format", "json", directory=root).output)["population_hash"] != before["population_hash"]
    assert json.loads(isms(*DRAW, "--format", "json", "--at", "HEAD", directory=root).output) == before


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--write",), 2, "--write needs --audit"),
        (("--write", "--audit", "AUD-001", "--at", "HEAD"), 2, "cannot be used with --at"),
        (("--n", "0"), 2, "range"),
        (("--n", "7"), 3, "Suppliers are 6"),
        (("--audit", "AUD-009"), 3, "AUD-009: no such audit"),
    ],
)
def test_what_is_no_draw_writes_nothing(root: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    result = isms(*DRAW, *arguments, directory=root)
    assert (result.exit_code, told in result.output) == (code, True)
    assert (root / "registers/audits.yml").read_text() == AUDITS


def test_drafts_are_no_population(root: Path) -> None:
    result = isms("audit", "sample", "assets", "--n", "1", "--seed", "tram", directory=root)
    assert (result.exit_code, "Assets are 0" in result.output) == (3, True)


def test_a_work_sheet_is_written_once_and_outside_of_the_site(root: Path) -> None:
    result = isms("new", "audit", "AUD-001", directory=root)
    assert (result.exit_code, result.output) == (0, "written: audits/AUD-001-work-sheet.md\n")
    sheet = root / "audits/AUD-001-work-sheet.md"
    written = sheet.read_text()
    assert "### A.5.1 " in written
    assert "State of the ISMS: 2026-03-01, commit " in written
    sheet.write_text("notes")
    again = isms("new", "audit", "AUD-001", directory=root)
    assert (again.exit_code, "--force writes it anew" in again.output, sheet.read_text()) == (3, True, "notes")
    assert isms("new", "audit", "AUD-001", "--force", directory=root).exit_code == 0
    assert sheet.read_text() == written
    for folder in ("policies", "registers", "evidence/x", "docs"):
        published = isms("new", "audit", "AUD-001", "--out", str(root / folder / "sheet.md"), directory=root)
        assert (published.exit_code, "would be published" in published.output) == (3, True)
        assert not (root / folder / "sheet.md").exists()
    outside = root.parent / "elsewhere/sheet.md"
    assert isms("new", "audit", "AUD-001", "--out", str(outside), directory=root).exit_code == 0
    assert outside.read_text() == written


def test_a_planned_audit_is_registered_in_both_files(root: Path) -> None:
    arguments = ("new", "audit", "--programme", "PRG-001", "--planned", "2027-08-31")
    result = isms(*arguments, directory=root)
    assert result.exit_code == 0
    assert "AUD-002 Internal audit 2027, planned for 2027-08-31, is registered as a draft." in result.output
    assert "{planned: 2027-08-31, audit: AUD-002, covers: [A.5.2]}" in (root / "registers/audit-programme.yml").read_text()
    assert (root / "registers/audits.yml").read_text().startswith(AUDITS + "- id: AUD-002\n")
    assert codes(root) == []
    again = isms(*arguments, directory=root)
    assert (again.exit_code, "registered already as AUD-002" in again.output) == (3, True)
    assert "### A.5.2 " in (isms("new", "audit", "AUD-002", directory=root), (root / "audits/AUD-002-work-sheet.md").read_text())[1]


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("AUD-001", "--programme", "PRG-001", "--planned", "2027-08-31"), ("--programme", "PRG-001"),
        ("AUD-001", "--planned", "2027-08-31"),
        ("AUD-001", "--title", "x"), ("--programme", "PRG-001", "--planned", "2027-08-31", "--force"),
    ],
)  # fmt: skip
def test_either_a_sheet_or_a_registration(root: Path, arguments: tuple[str, ...]) -> None:
    assert isms("new", "audit", *arguments, directory=root).exit_code == 2
    assert not (root / "audits").exists()
    assert (root / "registers/audits.yml").read_text() == AUDITS
