"""`isms audit`: what it tells, in which form, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from isms_plugin.adapters.cli import main
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.table import CHECKS
from tests.integration.conftest import ROOT
from tests.test_audit_cases import CASES, committed

Audit = Callable[..., Result]

TRAINING: Final = """\
What an auditor would raise at Stage 2, as of 2026-11-24, commit {commit}

MAJOR, check 20: People were trained and have read the current versions, and joiners did so in time
    7.3: Nobody has had any training in information security. [no-training]
    - registers/training.yml
      {message}
      to clear it: {hint}

Gates
    tripped: training, by no-training
    not tripped: asset register, document control, management review, internal audit, statement of
      applicability, scope, open majors

1 major, 0 minor, 0 ofi, 0 waived, 24 checks compliant.
Not ready for Stage 2, because 1 major would be raised: nobody has had any training in information
security (7.3).
"""


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    """Audit the minimal ISMS, changed by a case, in a repository of its own."""

    def run(*arguments: str, case: str = "", command: str = "audit") -> Result:
        if not (tmp_path / ".git").exists():
            committed(tmp_path, CASES[case] if case else {})
        return isms(command, *arguments, directory=tmp_path)

    return run


def isms(*arguments: str, directory: Path) -> Result:
    result = CliRunner().invoke(main, ["-C", str(directory), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def data(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(("stage", "name"), [("1", "Stage 1"), ("2", "Stage 2"), ("surveillance",) * 2, ("recertification",) * 2])
def test_an_isms_that_lacks_nothing_is_ready(audit: Audit, stage: str, name: str) -> None:
    result = audit("--stage", stage)
    assert result.exit_code == 0
    asked = sum(check.asked_at(Stage(stage)) for check in CHECKS)
    assert result.output.endswith(
        f"\n\n0 major, 0 minor, 0 ofi, 0 waived, {asked} checks compliant.\n"
        f"Ready for {name}: nothing stands that would end the audit.\n"
    )  # fmt: skip


def test_findings_gates_counts_and_the_verdict_are_told(audit: Audit) -> None:
    result = audit(case="gate-training")
    found = data(audit("--format", "json"))
    item = found["findings"][0]["items"][0]
    assert result.output == TRAINING.format(commit=found["commit"][:10], message=item["message"], hint=item["hint"])
    assert result.exit_code == 1


def test_stage_2_is_asked_about_unless_another_is_named(audit: Audit) -> None:
    assert audit(case="gate-training").output == audit("--stage", "2").output
    first = audit("--stage", "1")
    assert (first.exit_code, "Ready for Stage 1" in first.output) == (0, True)
    assert "    not asked at this stage: training, open majors\n" in first.output
    gates = data(audit("--stage", "1", "--format", "json"))["gates"]
    assert [gate["name"] for gate in gates if not gate["asked"]] == ["training", "open-major"]


def test_data_has_every_field(audit: Audit) -> None:
    result = audit("--format", "json", case="competence-missing")
    found = data(result)
    assert list(found) == [
        "schema", "stage", "as_of", "commit", "uncommitted", "ready", "verdict", "findings", "gates", "waived", "compliant",
    ]  # fmt: skip
    assert {key: found[key] for key in ("schema", "stage", "as_of", "uncommitted", "ready", "waived")} == {
        "schema": "isms-audit/1",
        "stage": "2",
        "as_of": "2026-11-24",
        "uncommitted": False,
        "ready": True,
        "waived": [],
    }
    assert re.fullmatch("[0-9a-f]{40}", found["commit"])
    finding = found["findings"][0]
    item = finding.pop("items")[0]
    assert finding == {
        "grade": "minor",
        "check": 19,
        "title": CHECKS[18].title,
        "code": "competence-missing",
        "clauses": ["7.2"],
        "why": "",
    }
    assert list(item) == ["entry", "message", "hint", "path", "line", "column"]
    assert (item["path"], item["line"] > 0, item["column"] > 0) == ("registers/roles.yml", True, True)
    assert found["gates"][0] == {"name": "training", "title": "Training", "asked": True, "tripped": False, "codes": []}
    assert found["compliant"] == [{"check": check.number, "title": check.title} for check in CHECKS if check.number != 19]


def test_every_entry_is_told_with_its_line_and_column(audit: Audit) -> None:
    item = data(audit("--format", "json", case="competence-missing"))["findings"][0]["items"][0]
    assert f"    - {item['entry']} {item['path']}:{item['line']}:{item['column']}\n" in audit().output


def test_why_many_minors_are_a_major_is_told(audit: Audit) -> None:
    result = audit(case="competence-missing-widespread")
    assert re.search(r"^MAJOR \(widespread: \d+ of \d+\), check 19: ", result.output, re.MULTILINE)
    assert "needs, widespread: " in result.output.replace("\n", " ")


def test_gates_name_what_trips_them(audit: Audit) -> None:
    result = audit(case="gate-open-major")
    assert re.search(r"^    tripped: open majors, by open-major \(NC-\d+\)$", result.output, re.MULTILINE)
    gates = {gate["name"]: gate["codes"] for gate in data(audit("--format", "json"))["gates"] if gate["tripped"]}
    assert gates == {"open-major": ["open-major"]}


def test_what_is_waived_is_listed_with_exception_approver_and_last_day(audit: Audit) -> None:
    result = audit(case="waived")
    assert result.exit_code == 0
    assert re.search(
        r"Waived, so not counted\n    - EXC-001, approved by [^,]+, until 2026-11-24; check 20\n      .+\[no-training, 7\.3\]\n",
        result.output,
    )
    assert ", 1 waived, 25 checks compliant.\nReady for Stage 2: nothing stands" in result.output
    waived = data(audit("--format", "json"))["waived"]
    assert [(item["exception"], item["approved_by"], item["until"], item["check"], item["code"]) for item in waived] == [
        ("EXC-001", "PER-001", "2026-11-24", 20, "no-training")
    ]


def test_the_day_after_its_last_one_an_exception_waives_nothing(audit: Audit) -> None:
    assert audit("--as-of", "2026-11-24", case="waived").exit_code == 0
    result = audit("--as-of", "2026-11-25")
    assert result.exit_code == 1
    assert "[no-training]" in result.output
    assert "[exception-expired]" in result.output
    assert "Waived" not in result.output


@pytest.mark.parametrize(
    ("threshold", "code"), [("major", 0), ("minor", 1), ("ofi", 1), ("info", 1), ("off", 0)], ids=lambda value: str(value)
)
def test_the_threshold_decides_the_exit_code(audit: Audit, threshold: str, code: int) -> None:
    assert audit("--fail-on", threshold, case="competence-missing").exit_code == code


@pytest.mark.parametrize(("setting", "code"), [("major", 0), ("minor", 1)])
def test_without_one_the_setting_decides(audit: Audit, tmp_path: Path, setting: str, code: int) -> None:
    assert audit(case="competence-missing").exit_code == 1
    (tmp_path / "mkdocs.yml").write_text(f"plugins: [{{isms: {{as_of: 2026-11-24, fail_on: {setting}}}}}]\n", encoding="utf-8")
    assert audit().exit_code == code


def test_a_commit_can_be_audited_without_checking_it_out(audit: Audit) -> None:
    assert audit("--at", "isms-2026", case="gate-document-control-changed").exit_code == 0
    assert audit("--at", "HEAD").exit_code == 1


def test_changes_that_are_not_committed_are_told(audit: Audit, tmp_path: Path) -> None:
    assert "not committed" not in audit().output
    with (tmp_path / "registers/assets.yml").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert "with changes that are not committed" in audit().output.replace("\n", " ")
    assert data(audit("--format", "json"))["uncommitted"] is True


def test_without_git_the_head_says_so(tmp_path: Path) -> None:
    committed(tmp_path, {"without": "history"})
    result = isms("audit", directory=tmp_path)
    assert result.output.startswith("What an auditor would raise at Stage 2, as of 2026-11-24, not in git\n")


@pytest.mark.parametrize("arguments", [("--stage", "3"), ("--format", "csv"), ("--fail-on", "severe"), ("--as-of", "tomorrow")])
def test_wrong_usage_is_told(audit: Audit, arguments: tuple[str, str]) -> None:
    assert audit(*arguments).exit_code == 2


def test_settings_without_meaning_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("plugins: [{isms: {polices: x}}]\n", encoding="utf-8")
    assert isms("audit", directory=tmp_path).exit_code == 2


def test_what_cannot_be_read_is_a_broken_environment(audit: Audit, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert audit("--at", "no-such-tag").exit_code == 3
    assert isms("audit", directory=tmp_path_factory.mktemp("empty")).exit_code == 3


@pytest.fixture(scope="module")
def broken_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample outside of git, where much is wrong with it."""
    root = tmp_path_factory.mktemp("broken")
    for folder in ("policies", "registers", "evidence"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "mkdocs.yml").write_text("plugins: [{isms: {as_of: 2027-06-30}}]\n", encoding="utf-8")
    (root / "registers/training.yml").unlink()
    return root


def test_the_same_files_give_the_same_bytes(broken_sample: Path) -> None:
    for form in ("text", "json"):
        program = "import sys; from isms_plugin.adapters.cli import main; main(sys.argv[1:])"
        command = [sys.executable, "-c", program, "-C", str(broken_sample), "audit", "--format", form]
        first, second = (
            subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, check=False, capture_output=True) for seed in ("1", "2")
        )
        assert first.stdout == second.stdout
        assert (first.returncode, second.returncode) == (1, 1)


def test_the_order_of_the_rows_changes_nothing_but_lines(broken_sample: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned"
    shutil.copytree(broken_sample, turned)
    for path in (turned / "registers").glob("*.yml"):
        path.write_text(upside_down(path.read_text(encoding="utf-8")), encoding="utf-8")
    before, after = (data(isms("audit", "--format", "json", directory=root)) for root in (broken_sample, turned))
    assert len(before["findings"]) > 10
    assert before["findings"] != after["findings"]
    assert without_lines(before) == without_lines(after)


def upside_down(text: str) -> str:
    """Turn the rows of a register around."""
    head, *rows = re.split(r"^(?=- )", text, flags=re.MULTILINE)
    return head + "".join(row if row.endswith("\n") else f"{row}\n" for row in reversed(rows))


def without_lines(found: dict[str, Any]) -> dict[str, Any]:
    def plain(items: list[dict[str, Any]]) -> list[str]:
        return sorted(json.dumps({key: value for key, value in item.items() if key not in ("line", "column")}) for item in items)

    findings = [finding | {"items": plain(finding["items"])} for finding in found["findings"]]
    return found | {"findings": findings, "waived": plain(found["waived"])}


def test_lines_fit_100_columns_unless_one_word_does_not(broken_sample: Path) -> None:
    lines = isms("audit", directory=broken_sample).output.splitlines()
    assert [line for line in lines if len(line) > 100 and len(line.split()) > 2] == []


def test_nothing_is_ever_scored(broken_sample: Path) -> None:
    assert "%" not in isms("audit", directory=broken_sample).output
    assert "%" not in json.dumps(list(data(isms("audit", "--format", "json", directory=broken_sample))))


def test_no_more_than_three_majors_are_told_in_the_verdict(broken_sample: Path) -> None:
    found = data(isms("audit", "--format", "json", directory=broken_sample))
    majors = sum(finding["grade"] == "major" for finding in found["findings"])
    assert majors > 3
    assert found["verdict"].startswith(f"Not ready for Stage 2, because {majors} majors would be raised: ")
    assert found["verdict"].endswith(f"; and {majors - 3} more.")


WAIVED_OVERDUE: Final = """
- {id: EXC-009, title: Later, owner: PER-001, rule: A.8.8, scope: one, reason: Moving., risk: RSK-002, approved_by: PER-001,
   approved_on: 2026-11-02, expires_on: 2026-12-31, waives: [overdue], waives_for: [ACT-901]}
"""
OVERDUE: Final = """
- {id: ACT-901, title: Late, owner: PER-001, for: [RSK-002], what: Something., due: 2026-11-02, resources: none}
"""


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + text, encoding="utf-8")


def test_a_check_that_is_waived_no_longer_fails_and_says_by_what(audit: Audit, tmp_path: Path) -> None:
    assert audit(command="check").exit_code == 0
    append(tmp_path / "registers/actions.yml", OVERDUE)
    assert audit(command="check").exit_code == 1
    append(tmp_path / "registers/exceptions.yml", WAIVED_OVERDUE)
    result = audit(command="check")
    assert result.exit_code == 0
    assert re.search(r": info: ACT-901: .+ \[overdue, 8\.1\] \(waived by EXC-009 until 2026-12-31\)\n    ", result.output)
    found = next(item for item in data(audit("--format", "json", command="check"))["diagnostics"] if item["entry"] == "ACT-901")
    assert (found["severity"], found["waived_by"]) == ("info", "EXC-009")
