"""Each file in `audit_cases/` breaks the ISMS in `minimal/`, with which an auditor would find nothing, and tells what she finds then.

`stage` (`1`, `2`, `surveillance`, `recertification`), `today` and `settings` where they differ from those of `minimal/mkdocs.yml`;
`files` by path (`~` removes one) and `edits` by path, pairs of old and new text, each old one found exactly once. All of it is committed
in one commit, which is tagged as a baseline; then `later`, edits again, in a second one. `without: baseline` leaves the tag out,
`without: history` the whole repository.

`rule` says what is shown; `findings` as `grade number code`, with a fragment of message, hint or reason for the grade after a colon,
all of them, the gravest first; `gates` by name, those that are tripped; `waived` codes, where an exception waives some.

Every gate has a case that trips it alone. Other findings stand in the case where they cannot be kept apart.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.analysis.readiness.check import GENERAL, Stage
from isms_plugin.analysis.readiness.gates import GATES
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit, mock_audit
from isms_plugin.analysis.readiness.table import CHECKS
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.settings import read_settings
from isms_plugin.sources.locator import Locator
from isms_plugin.sources.workspace import find_workspace, open_snapshot, read_sources
from tests.builders import TODAY

HERE: Final = Path(__file__).parent
MINIMAL: Final = {str(path.relative_to(HERE / "minimal")): path.read_text() for path in (HERE / "minimal").rglob("*") if path.is_file()}
CASES: Final = {path.stem: yaml.load(path.read_bytes(), yaml.BaseLoader) for path in sorted((HERE / "audit_cases").glob("*.yml"))}
OF_THE_WHOLE: Final = frozenset(list(CODES)[list(CODES).index("information-missing") : list(CODES).index("waiver-unknown")])
"""Codes of what is missing in the ISMS as a whole, which only an audit reports."""

WHO: Final = ("Iain Moss", "iain@tidewell.example")
COMMITTED: Final = "2026-10-13T09:00:00+01:00"


def git(root: Path, *arguments: str) -> None:
    people = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in zip(("NAME", "EMAIL"), WHO, strict=True)}
    dates = {f"GIT_{role}_DATE": COMMITTED for role in ("AUTHOR", "COMMITTER")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(root), "-c", "core.autocrlf=false", *arguments]
    subprocess.run(command, env=os.environ | people | dates | settings, check=True, capture_output=True)


def edited(files: dict[str, str], edits: dict[str, list[list[str]]]) -> dict[str, str]:
    """Return the files with their edits; an old text that is not there, or there more than once, is a mistake in the case."""
    changed = dict(files)
    for path, pairs in edits.items():
        for old, new in pairs:
            assert changed[path].count(old) == 1, f"{path} holds {old!r} {changed[path].count(old)} times"
            changed[path] = changed[path].replace(old, new)
    return changed


def written(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


def committed(root: Path, case: dict[str, Any]) -> None:
    """Write the ISMS of a case and put it under version control, as far as the case wants it."""
    replaced = {path: text for path, text in (MINIMAL | case.get("files", {})).items() if text != "~"}
    files, without = edited(replaced, case.get("edits", {})), case.get("without")
    written(root, files)
    if without != "history":
        git(root, "init", "--quiet", "--initial-branch=main")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "-m", "The ISMS")
        if without != "baseline":
            git(root, "tag", "-a", "isms-2026", "-m", "Before the audit")
        if "later" in case:
            written(root, edited(files, case["later"]))
            git(root, "commit", "--quiet", "--all", "-m", "Later changes")


@pytest.fixture
def case_facts(tmp_path: Path) -> Callable[[dict[str, Any]], Facts]:
    """Read a case from a repository of its own and work it out."""

    def facts(case: dict[str, Any]) -> Facts:
        committed(tmp_path, case)
        found = find_workspace(tmp_path)
        options = found.settings.model_dump(exclude_unset=True) | case.get("settings", {})
        workspace = replace(found, settings=read_settings(options))
        snapshot = open_snapshot(workspace)
        sources = read_sources(workspace, snapshot)
        today = date.fromisoformat(case["today"]) if "today" in case else TODAY
        return analyse(sources.isms, sources.history, workspace.settings, today, Locator(snapshot))

    return facts


def told(finding: Finding) -> str:
    return f"{finding.grade.word} {finding.check.number} {finding.code}"


def tripped(audit: MockAudit) -> list[str]:
    return [gate.name for gate, findings in audit.gates if findings]


def expected(case: dict[str, Any]) -> list[tuple[str, str]]:
    return [next(iter(item.items())) if isinstance(item, dict) else (item, "") for item in case["findings"]]


def test_the_minimal_isms_passes_every_audit(case_facts: Callable[[dict[str, Any]], Facts]) -> None:
    facts = case_facts({})
    assert [(item.code, item.message) for item in (*facts.diagnostics, *facts.silenced)] == []
    for stage in Stage:
        audit = mock_audit(facts, stage)
        assert [(told(finding), [item.message for item in finding.items]) for finding in audit.findings] == []
        assert audit.ready
        assert audit.waived == ()
        assert tripped(audit) == []
        assert audit.compliant == [check for check in CHECKS if check.asked_at(stage)]


@pytest.mark.parametrize("name", CASES)
def test_an_auditor_finds_what_is_broken_and_nothing_else(name: str, case_facts: Callable[[dict[str, Any]], Facts]) -> None:
    case = CASES[name]
    audit = mock_audit(case_facts(case), Stage(case["stage"]))
    assert [told(finding) for finding in audit.findings] == [line for line, _ in expected(case)]
    for finding, (_, fragment) in zip(audit.findings, expected(case), strict=True):
        assert fragment in "; ".join((*(f"{item.message}; {item.hint}" for item in finding.items), finding.why))
        assert finding.code in (*finding.check.codes, *GENERAL)
    assert tripped(audit) == case.get("gates", [])
    assert [waived.item.code for waived in audit.waived] == case.get("waived", [])
    assert audit.ready is not any(finding.grade is Grade.MAJOR for finding in audit.findings)


@pytest.mark.parametrize("name", CASES)
def test_a_case_tells_its_rule_and_nothing_that_is_not_read(name: str) -> None:
    known = {"rule", "stage", "today", "settings", "files", "edits", "later", "without", "findings", "gates", "waived"}
    assert {"rule", "stage", "findings"} <= CASES[name].keys() <= known
    assert CASES[name].get("without", "baseline") in ("baseline", "history")


def test_every_gate_is_tripped_alone() -> None:
    alone = {case["gates"][0] for case in CASES.values() if len(case.get("gates", [])) == 1}
    assert alone == {gate.name for gate in GATES}


def test_every_code_of_a_gate_trips_it() -> None:
    found = {(gate, line.split()[-1]) for case in CASES.values() for gate in case.get("gates", []) for line, _ in expected(case)}
    assert {(gate.name, code) for gate in GATES for code in gate.codes} <= found


def test_every_check_has_a_case() -> None:
    failed = {int(line.split()[1]) for case in CASES.values() for line, _ in expected(case)}
    assert failed == {check.number for check in CHECKS}


def test_every_code_of_the_whole_has_a_case() -> None:
    assert {line.split()[-1] for case in CASES.values() for line, _ in expected(case)} >= OF_THE_WHOLE
