"""`isms reconcile`: registers against what other systems export."""

from __future__ import annotations

import hashlib
import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from click.testing import Result

from tests.integration.test_cli import isms
from tests.repository import MINIMAL, PEOPLE, Repository

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "tests/exports"
DAY = "2026-11-24"
ASSETS = """# Laptops
- {id: AST-001, title: berg-laptop, status: draft, kind: hardware, identifier: C02AA001, custodian: PER-001, location: Leeds}
- {id: AST-002, title: kern-laptop, status: draft, kind: hardware, identifier: C02AA002, custodian: PER-001, location: Utrecht}
- {id: AST-003, title: old-laptop, status: draft, kind: hardware, identifier: C02AA003}
- {id: AST-004, title: Source code, status: draft, kind: information}
"""
DEVICES = """register: assets
export: Fleet
key: {identifier: Serial Number}
where: {kind: hardware}
only: {Status: [Active, Enrolled]}
fields:
  custodian: Assigned User
  location: Site
must:
  - {column: Encrypted, is: ["yes", "true"], says: laptop is not encrypted, control: A.8.24}
  - {column: Last Seen, within_days: 30, says: not seen for a month}
propose: {title: "{Model} [{Device Name}]", kind: hardware, classification: confidential, owner: PER-001, supplier: SUP-009}
"""
VENDORS = """sheet: Vendors
key: {identifier: No, title: Vendor}
must: [{column: Contract, is_not: null, says: paid without a contract, control: A.5.20}]
propose: {service: "{Category}"}
"""
STAFF = """register: people
key: {identifier: id, name: name.full}
fields: {active_from: work.start, active_to: work.end}
"""
SUPPLIERS = "- {id: SUP-001, title: Nimbus Cloud, status: draft, identifier: '1001'}\n- {id: SUP-002, title: Ticketbay, status: draft}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    files = {
        "registers/people.yml": PEOPLE.replace("  name: Anna Berg\n", "  name: Anna Berg\n  git: [anna@example.org]\n"),
        "registers/assets.yml": ASSETS, "registers/suppliers.yml": SUPPLIERS, "reconcile/assets.yml": DEVICES,
        "reconcile/suppliers.yml": VENDORS, "reconcile/staff.yml": STAFF,
    }  # fmt: skip
    made.commit("first", {**MINIMAL, **files})
    return made


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.xlsx"
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    book.add_worksheet("Summary").write_row(0, 0, ["Total", 3])
    sheet = book.add_worksheet("Vendors")
    rows = [
        ["No", "Vendor", "Category", "Last paid", "Contract"],
        [1001, "Nimbus", "Hosting", date(2026, 11, 1), "K-1"],
        ["", "TICKETBAY", "Support desk", date(2026, 10, 1), ""],
        [1003, "Dropfile", "File transfer", date(2026, 9, 1), "K-3"],
    ]
    for number, cells in enumerate(rows):
        sheet.write_row(number, 0, cells)
    book.close()
    return path


def reconcile(repository: Repository, name: str, file: Path, *arguments: object) -> Result:
    return isms("reconcile", name, "--from", file, "--as-of", DAY, *arguments, directory=repository.root)


def codes(repository: Repository) -> list[str]:
    result = isms("check", "--as-of", DAY, "--format", "json", directory=repository.root)
    return sorted({f"{item['code']} {item['entry']}" for item in json.loads(result.output)["diagnostics"]})


def test_devices_are_compared_with_assets(repository: Repository) -> None:
    result = reconcile(repository, "assets", EXPORTS / "devices.csv")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "devices.csv:4: C02AA009: in the export, not in the register [not-registered]",
        (
            "registers/assets.yml:4: AST-003 C02AA003: in the register, and in the export it is left out: Status is 'Retired'"
            " (devices.csv:5) [not-in-export]"
        ),
        (
            "registers/assets.yml:3: AST-002 C02AA002: custodian is PER-001 (Anna Berg), Assigned User says PER-002 (Bodo Kern)"
            " (devices.csv:3) [disagrees]"
        ),
        "registers/assets.yml:3: AST-002 C02AA002: laptop is not encrypted: Encrypted is 'No' (devices.csv:3) [condition, A.8.24]",
        "devices.csv:4: C02AA009: not seen for a month: Last Seen is '2026-09-01' [condition]",
        "3 assets, 3 of 4 rows of devices.csv: 1 not registered, 1 not in the export, 1 disagreeing, 2 against a condition.",
    ]
    assert repository.git("status", "--porcelain") == ""


def test_nothing_that_differs_is_exit_code_0(repository: Repository, tmp_path: Path) -> None:
    export = tmp_path / "devices.csv"
    export.write_text("Serial Number\nC02AA001\nc02aa002\nC02AA003\n", encoding="utf-8")
    repository.write({"reconcile/assets.yml": "key: {identifier: Serial Number}\nwhere: {kind: hardware}\n"})
    result = reconcile(repository, "assets", export, "--finding", "--write")
    assert (result.exit_code, result.output) == (0, "3 assets, 3 of 3 rows of devices.csv: nothing differs.\n")


def test_json_has_every_difference(repository: Repository) -> None:
    file = EXPORTS / "devices.csv"
    data = json.loads(reconcile(repository, "assets", file, "--format", "json").stdout)
    assert (data["schema"], data["register"], data["as_of"]) == ("isms-reconcile/1", "assets", DAY)
    assert data["export"] == {"name": "devices.csv", "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "rows": 4}
    assert data["counts"] == {"rows": 3, "entries": 3, "matched": 2, "together": {}, "ignored": 0}
    assert data["differences"][2] == {
        "sort": "disagrees", "key": "C02AA002", "entry": "AST-002", "place": "registers/assets.yml:3", "rows": ["devices.csv:3"],
        "field": "custodian", "registered": "PER-001", "exported": "PER-002", "requirement": None, "near": None,
        "told": "custodian is PER-001 (Anna Berg), Assigned User says PER-002 (Bodo Kern)",
    }  # fmt: skip


def test_a_ledger_is_compared_with_suppliers(repository: Repository, ledger: Path) -> None:
    assert reconcile(repository, "suppliers", ledger).stdout.splitlines() == [
        "ledger.xlsx:Vendors!A4: 1003: in the export, not in the register [not-registered]",
        (
            "registers/suppliers.yml:2: SUP-002 TICKETBAY: paid without a contract: Contract is empty (ledger.xlsx:Vendors!A3)"
            " [condition, A.5.20]"
        ),
        "2 suppliers, 3 of 3 rows of ledger.xlsx: 1 not registered, 1 against a condition.",
    ]


def test_an_hr_list_is_compared_with_people(repository: Repository) -> None:
    assert reconcile(repository, "staff", EXPORTS / "employees.json").stdout.splitlines() == [
        "employees.json:item 3: 1003: in the export, not in the register [not-registered]",
        "registers/people.yml:6: PER-002 Bodo Kern: active_to is empty, work.end says 2026-10-31 (employees.json:item 2) [disagrees]",
        "2 people, 3 of 3 rows of employees.json: 1 not registered, 1 disagreeing.",
    ]


def test_proposed_entries_are_drafts_that_pass_the_check(repository: Repository, tmp_path: Path) -> None:
    before, out = codes(repository), tmp_path / "proposed.yml"
    result = reconcile(repository, "assets", EXPORTS / "devices.csv", "--propose", out)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "proposed: AST-005 Bookpad 13 [spare-laptop]",
        "    supplier left out: SUP-009 does not exist",
        "    to be filled in: personal_data, criticality, state",
        f"written: {out}",
    ]
    assert yaml.safe_load(out.read_text(encoding="utf-8")) == [
        {
            "id": "AST-005", "title": "Bookpad 13 [spare-laptop]", "owner": "PER-001", "status": "draft", "created": date(2026, 11, 24),
            "classification": "confidential", "kind": "hardware", "identifier": "C02AA009", "location": "Leeds",
        }
    ]  # fmt: skip
    assert repository.git("status", "--porcelain") == ""
    result = reconcile(repository, "assets", EXPORTS / "devices.csv", "--write")
    assert result.stderr.endswith("written: registers/assets.yml\n")
    text = (repository.root / "registers/assets.yml").read_text(encoding="utf-8")
    assert text.startswith(ASSETS)
    assert yaml.safe_load(text)[-1]["id"] == "AST-005"
    assert codes(repository) == before
    assert "not registered" not in reconcile(repository, "assets", EXPORTS / "devices.csv").stdout


def test_a_register_in_files_gets_a_file(repository: Repository, ledger: Path) -> None:
    rows = yaml.safe_load(SUPPLIERS)
    repository.write({"registers/suppliers.yml": None, **{f"registers/suppliers/{row['id']}.yml": yaml.safe_dump(row) for row in rows}})
    reconcile(repository, "suppliers", ledger, "--write")
    assert yaml.safe_load((repository.root / "registers/suppliers/SUP-003.yml").read_text(encoding="utf-8")) == {
        "id": "SUP-003", "title": "Dropfile", "status": "draft", "created": date(2026, 11, 24), "service": "File transfer",
        "identifier": "1003",
    }  # fmt: skip


def test_people_are_proposed_under_their_names(repository: Repository) -> None:
    result = reconcile(repository, "staff", EXPORTS / "employees.json", "--write")
    assert "proposed: PER-003 Clara Diaz\n    to be filled in: job\n" in result.stderr


def test_a_finding_states_facts_and_no_names_of_people(repository: Repository, tmp_path: Path) -> None:
    before, export = codes(repository), tmp_path / "devices.csv"
    text = (EXPORTS / "devices.csv").read_text(encoding="utf-8")
    export.write_text(text.replace("Bodo Kern", "Clara Diaz").replace("C02AA009", "[RSK-9](x)`<b>"), encoding="utf-8")
    result = reconcile(repository, "assets", export, "--finding", "--as", "bodo kern")
    assert "nonconformity: NC-001 Assets and Fleet differ in 5 cases\nwritten: registers/nonconformities/NC-001.yml\n" in result.stderr
    row = yaml.safe_load((repository.root / "registers/nonconformities/NC-001.yml").read_text(encoding="utf-8"))
    assert row | {"facts": ""} == {
        "id": "NC-001", "title": "Assets and Fleet differ in 5 cases", "status": "draft", "requirement": "A.5.9", "facts": "",
        "created": date(2026, 11, 24), "concerns": ["AST-002", "AST-003"], "source": "self", "raised_by": "PER-002",
        "raised_on": date(2026, 11, 24),
    }  # fmt: skip
    sha256 = hashlib.sha256(export.read_bytes()).hexdigest()
    assert row["facts"].splitlines() == [
        f"Assets compared with `devices.csv` on 2026-11-24: 3 assets and 3 rows (SHA-256 `{sha256}`).",
        "",
        "- `[RSK-9](x)'<b>` (`devices.csv:4`): in the export, not in the register",
        "- [AST-003] `C02AA003` (`devices.csv:5`): in the register, and in the export it is left out: Status is 'Retired'",
        "- [AST-002] `C02AA002` (`devices.csv:3`): custodian is `PER-001`, the export says another name",
        "- `[RSK-9](x)'<b>` (`devices.csv:4`): not seen for a month: Last Seen is '2026-09-01'",
        "- [AST-002] `C02AA002` (`devices.csv:3`): laptop is not encrypted: Encrypted is 'No' [A.8.24]",
    ]
    assert codes(repository) == before


def test_a_finding_of_an_audit(repository: Repository) -> None:
    repository.write({"registers/audits.yml": "- {id: AUD-001, title: Internal audit, status: draft}\n"})
    result = reconcile(repository, "assets", EXPORTS / "devices.csv", "--finding", "--audit", "AUD-001", "--as", "PER-002")
    assert "written: registers/findings/FND-001.yml" in result.stderr
    row = yaml.safe_load((repository.root / "registers/findings/FND-001.yml").read_text(encoding="utf-8"))
    assert (row["audit"], row["found_on"], row["requirement"]) == ("AUD-001", date(2026, 11, 24), "A.5.9")
    result = reconcile(repository, "assets", EXPORTS / "devices.csv", "--finding", "--audit", "AUD-002", "--as", "PER-002")
    assert (result.exit_code, result.stderr) == (3, "isms: AUD-002: no such audit in the register\n")


def test_a_comparison_is_registered_as_evidence(repository: Repository) -> None:
    before = codes(repository)
    repository.write({"reconcile/assets.yml": f"{DEVICES}every: half_year\n"})
    result = reconcile(repository, "assets", EXPORTS / "devices.csv", "--record", "--finding", "--as", "PER-001")
    assert result.stderr.splitlines()[:2] == [
        "evidence: EVD-001 Assets compared with Fleet", "nonconformity: NC-001 Assets and Fleet differ in 5 cases",
    ]  # fmt: skip
    path = repository.root / "evidence/2026/EVD-001-assets-compared-2026-11-24.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    assert (data["commit"], data["compared"]["matched"]) == (repository.git("rev-parse", "HEAD"), 2)
    assert data["differences"] == [
        {"sort": "not-registered", "key": "C02AA009"},
        {"sort": "not-in-export", "entry": "AST-003"},
        {"sort": "disagrees", "entry": "AST-002", "field": "custodian"},
        {"sort": "condition", "entry": "AST-002", "field": "Encrypted", "requirement": "A.8.24"},
        {"sort": "condition", "key": "C02AA009", "field": "Last Seen"},
    ]
    row = yaml.safe_load((repository.root / "registers/evidence/EVD-001.yml").read_text(encoding="utf-8"))
    assert (row["for"], row["every"], row["population"], row["taken_by"]) == (["A.5.9"], "half_year", 3, "PER-001")
    assert row["what"] == "3 assets and 3 rows: 5 differences, 0 accepted before."
    assert yaml.safe_load((repository.root / "registers/nonconformities/NC-001.yml").read_text(encoding="utf-8"))["evidence"] == ["EVD-001"]
    # half-years before the first comparison have none
    assert set(codes(repository)) - set(before) == {"evidence-gap EVD-001"}


def test_a_comparison_in_which_nothing_differs_is_evidence_too(repository: Repository, tmp_path: Path) -> None:
    export = tmp_path / "devices.csv"
    export.write_text("Serial Number\nC02AA001\nC02AA002\nC02AA003\n", encoding="utf-8")
    repository.write({"reconcile/assets.yml": "key: {identifier: Serial Number}\nwhere: {kind: hardware}\n"})
    result = reconcile(repository, "assets", export, "--record", "--finding", "--as", "PER-001")
    assert result.exit_code == 0
    assert [line.split("/")[0] for line in result.stderr.splitlines()] == [
        "evidence: EVD-001 Assets compared with devices.csv", "written: evidence", "written: registers",
    ]  # fmt: skip


def test_names_of_people_stay_out_of_evidence(repository: Repository) -> None:
    reconcile(repository, "staff", EXPORTS / "employees.json", "--record", "--as", "PER-001")
    (path,) = (repository.root / "evidence/2026").iterdir()
    text = path.read_text(encoding="utf-8")
    assert "Diaz" not in text
    assert "1003" not in text


def test_a_dry_run_writes_nothing(repository: Repository, tmp_path: Path) -> None:
    out = tmp_path / "out.yml"
    result = reconcile(
        repository, "assets", EXPORTS / "devices.csv", "--write", "--finding", "--as", "PER-001", "--propose", out, "--dry-run"
    )
    assert result.stderr.count("would be written: ") == 3
    assert repository.git("status", "--porcelain") == ""
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("assets", "--audit", "AUD-001"), "--audit needs --finding"),
        (("assets", "--as", "PER-001"), "--as needs --finding or --record"),
        (("assets", "--dry-run"), "--dry-run needs"),
        (("phones",), "isms: reconcile/phones.yml: no such mapping; there are: assets, staff, suppliers"),
        (("../registers/assets",), "no such mapping"),
        (("suppliers",), "isms: reconcile/suppliers.yml:2:19: devices.csv has no column 'No'"),
        (("assets", "--propose", EXPORTS / "devices.csv"), "exists already"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(repository: Repository, arguments: tuple[object, ...], message: str) -> None:
    result = reconcile(repository, str(arguments[0]), EXPORTS / "devices.csv", *arguments[1:])
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_a_pipe_gives_is_read_once(repository: Repository) -> None:
    data, (end, start) = (EXPORTS / "devices.csv").read_bytes(), os.pipe()
    os.write(start, data)
    os.close(start)
    result = reconcile(repository, "assets", Path(f"/dev/fd/{end}"), "--format", "json")
    os.close(end)
    assert json.loads(result.stdout)["export"] == {"name": "export", "sha256": hashlib.sha256(data).hexdigest(), "rows": 4}


def test_what_steers_a_terminal_reaches_neither_screen_nor_register(repository: Repository, tmp_path: Path) -> None:
    export = tmp_path / "devices.json"
    name = "C02\x1b[2J\ud800\u202e\nAA"
    export.write_text(json.dumps([{"Serial Number": name, "Device Name": name, "Status": "Active"}]), encoding="utf-8")
    repository.write(
        {"reconcile/assets.yml": 'key: {identifier: Serial Number}\nwhere: {kind: hardware}\npropose: {title: "{Device Name}"}\n'}
    )
    result = reconcile(repository, "assets", export, "--write")
    assert result.stdout.splitlines()[0].startswith("devices.json:item 1: C02\ufffd[2J\ufffd AA: in the export")
    row = yaml.safe_load((repository.root / "registers/assets.yml").read_text(encoding="utf-8"))[-1]
    assert (row["title"], row["identifier"]) == ("C02\ufffd[2J\ufffd AA", "C02\ufffd[2J\ufffd AA")


def test_nothing_is_left_behind_where_not_everything_can_be_written(repository: Repository, tmp_path: Path) -> None:
    repository.write({"evidence": "a file where the folder would be"})
    out = tmp_path / "out.yml"
    result = reconcile(repository, "assets", EXPORTS / "devices.csv", "--propose", out, "--write", "--record", "--as", "PER-001")
    assert (result.exit_code, "cannot be written" in result.stderr) == (3, True)
    assert not out.exists()
    assert (repository.root / "registers/assets.yml").read_text(encoding="utf-8") == ASSETS


def test_a_condition_on_a_person_names_nobody_in_findings(repository: Repository) -> None:
    must = 'must: [{column: Assigned User, is: [pool], says: "in use by: somebody"}]'
    text = DEVICES[: DEVICES.index("must:")] + must + "\nreport: [condition]\n"
    repository.write({"reconcile/assets.yml": text})
    result = reconcile(repository, "assets", EXPORTS / "devices.csv", "--finding", "--as", "PER-001")
    assert "in use by: somebody: Assigned User is 'Bodo Kern'" in result.stdout
    facts = yaml.safe_load((repository.root / "registers/nonconformities/NC-001.yml").read_text(encoding="utf-8"))["facts"]
    assert facts.splitlines()[2:] == [
        "- [AST-001] `C02AA001` (`devices.csv:2`): in use by: somebody: Assigned User is as the export says",
        "- [AST-002] `C02AA002` (`devices.csv:3`): in use by: somebody: Assigned User is as the export says",
        "- `C02AA009` (`devices.csv:4`): in use by: somebody: Assigned User is empty",
    ]


def test_a_mapping_may_end_in_yaml(repository: Repository, tmp_path: Path) -> None:
    export = tmp_path / "one.csv"
    export.write_text("Serial Number\nC02AA001\n", encoding="utf-8")
    text = "register: assets\nkey: {identifier: Serial Number}\nwhere: {id: AST-001}\n"
    repository.write({"reconcile/fleet.yaml": text, "reconcile/old/past.yml": text, "reconcile/notes.txt": "x"})
    assert reconcile(repository, "fleet", export).stdout == "1 asset, 1 of 1 row of one.csv: nothing differs.\n"
    assert "there are: assets, fleet, staff, suppliers\n" in reconcile(repository, "past", export).stderr


def test_a_mapping_may_lie_elsewhere_and_name_its_register(repository: Repository, tmp_path: Path) -> None:
    mapping = tmp_path / "m.yml"
    mapping.write_text("register: assetz\nkey: {identifier: Serial Number}\n", encoding="utf-8")
    result = reconcile(repository, "fleet", EXPORTS / "devices.csv", "--map", mapping)
    assert (result.exit_code, f"isms: {mapping}: no register is called 'assetz'" in result.stderr) == (2, True)
    mapping.write_text("register: assets\nkey: {identifier: Serial Number}\nreport: [not-registered]\n", encoding="utf-8")
    assert reconcile(repository, "fleet", EXPORTS / "devices.csv", "--map", mapping).stdout.splitlines()[-1].endswith(": 1 not registered.")


def test_an_export_that_cannot_be_read_is_told(repository: Repository, tmp_path: Path) -> None:
    export = tmp_path / "devices.xlsx"
    export.write_bytes(b"no workbook")
    result = reconcile(repository, "assets", export)
    assert (result.exit_code, result.stdout) == (3, "")


def test_an_export_inside_the_repository_is_warned_of(repository: Repository) -> None:
    repository.write({"devices.csv": (EXPORTS / "devices.csv").read_text(encoding="utf-8")})
    assert "lies inside the repository" in reconcile(repository, "assets", repository.root / "devices.csv").stderr


@pytest.mark.parametrize(
    ("name", "file", "headings"),
    [
        ("assets", "devices.csv", "Device name,Type,Status,Assigned user,Encrypted,Last seen\nKL-LT-041,Laptop,Active,,yes,2026-11-30"),
        ("people", "employees.json", '{"employees": [{"staff_number": 1, "full_name": "Priya Raman", "start_date": "", "end_date": ""}]}'),
    ],
)  # fmt: skip
def test_the_mappings_of_the_sample_fit_its_registers(tmp_path: Path, name: str, file: str, headings: str) -> None:
    (tmp_path / file).write_text(headings, encoding="utf-8")
    result = isms("reconcile", name, "--from", tmp_path / file, "--as-of", "2026-12-01")
    assert result.exit_code == 1
    assert "1 of 1 row of" in result.stdout
    assert "not registered" not in result.stdout


def test_the_mapping_of_suppliers_fits_its_register(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Vendors")
    sheet.write_row(0, 0, ["Vendor no", "Vendor", "Category", "Contract", "Sees information or keeps us running"])
    sheet.write_row(1, 0, [1, "Nimbus Cloud", "Hosting", "KL-C-2019-004", "yes"])
    book.close()
    result = isms("reconcile", "suppliers", "--from", path, "--as-of", "2026-12-01")
    assert "14 not in the export" in result.stdout or "13 not in the export; 1 ignored" in result.stdout


def test_the_example_of_the_guide_says_what_the_guide_shows(tmp_path: Path) -> None:
    guide = (ROOT / "docs/guide/reconcile.md").read_text(encoding="utf-8")
    export, mapping, shown = (re.findall(rf"```{block}\n(.*?)```", guide, re.DOTALL)[0] for block in ("text", "yaml", "console"))
    people = {"custodian": "PER-001", "kind": "hardware", "state": "in_use", "status": "draft", "location": "Leeds", "note": "."}
    rows = [{"id": f"AST-00{n}", "title": f"Laptop {n}", "identifier": f"C02AA00{n}", **people} for n in (1, 2, 3)]
    text = "".join(f"{yaml.safe_dump([row], sort_keys=False)}# ---\n# ---\n# ---\n" for row in rows)
    made = Repository(tmp_path / "repo")
    made.commit("first", {**MINIMAL, "registers/assets.yml": text, "reconcile/assets.yml": mapping})
    (tmp_path / "devices.csv").write_text(export, encoding="utf-8")
    assert shown.splitlines()[1:] == reconcile(made, "assets", tmp_path / "devices.csv").stdout.splitlines()


def test_a_key_that_looks_like_a_secret_is_not_recorded(repository: Repository, tmp_path: Path) -> None:
    export = tmp_path / "devices.csv"
    export.write_text(f"Serial Number\nghp_{'a1B2' * 9}\n", encoding="utf-8")
    repository.write({"reconcile/assets.yml": "key: {identifier: Serial Number}\n"})
    result = reconcile(repository, "assets", export, "--record", "--as", "PER-001")
    assert result.exit_code == 3
    assert "the record would hold what does not belong there" in result.stderr
    assert not (repository.root / "evidence").exists()


def test_a_long_finding_says_how_many_it_leaves_out(repository: Repository, tmp_path: Path) -> None:
    export = tmp_path / "devices.csv"
    export.write_text("Serial Number\n" + "".join(f"S{number:03}\n" for number in range(45)), encoding="utf-8")
    repository.write({"reconcile/assets.yml": "key: {identifier: Serial Number}\nreport: [not-registered]\n"})
    reconcile(repository, "assets", export, "--finding", "--as", "PER-001")
    row = yaml.safe_load((repository.root / "registers/nonconformities/NC-001.yml").read_text(encoding="utf-8"))
    assert row["facts"].splitlines()[-1] == "- and 5 more; the comparison lists them all"


def test_a_register_without_a_control_needs_one_in_the_mapping(repository: Repository, tmp_path: Path) -> None:
    kinds = "- {register: vehicles, title: Vehicle, plural: Vehicles, prefix: VEH, about: Cars., fields: [{name: plate, title: Plate, "
    repository.write(
        {
            "registers/kinds.yml": f"{kinds}description: Number.}}]}}\n",
            "registers/vehicles.yml": "- {id: VEH-001, title: Van, status: draft, plate: AB 1}\n",
            "reconcile/vehicles.yml": "key: {plate: Plate}\n",
        }
    )
    (tmp_path / "cars.csv").write_text("Plate\nab 1\n", encoding="utf-8")
    result = reconcile(repository, "vehicles", tmp_path / "cars.csv", "--record", "--as", "PER-001")
    assert (result.exit_code, result.stderr) == (
        3, "isms: the register vehicles names no clause or control; name one in the mapping with `requirement`\n",
    )  # fmt: skip
    repository.write({"reconcile/vehicles.yml": "key: {plate: Plate}\nrequirement: A.5.9\n"})
    assert reconcile(repository, "vehicles", tmp_path / "cars.csv", "--record", "--as", "PER-001").exit_code == 0
