"""A check as annotations of GitHub and as the code quality report of GitLab."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from isms_plugin.export.check_formats.code_quality import code_quality
from isms_plugin.export.check_formats.github import workflow_commands
from isms_plugin.model.diagnostic import Grade
from tests.unit.export.check_formats.reports import MAJOR, MINOR, OFI, a_comparison, a_report, a_reported, the_report

COMMANDS = """\
::error title=major%3A no-decision%2C 6.1.3::A.5.7 has no decision
::warning file=isms/registers/actions.yml,line=4,col=8,title=minor%3A overdue%2C 8.1::ACT-001: action was due on 2026-11-13%0Ado it
::notice file=isms/registers/roles.yml,line=2,title=ofi%3A no-deputy%2C 5.3::nobody stands in
1 major, 2 minor, 1 ofi, 1 info; 1 of them known.
"""


def test_each_that_counts_is_a_command_with_the_path_from_the_top_of_the_repository() -> None:
    assert workflow_commands(the_report(prefix="isms/")) == COMMANDS


def test_the_gravest_come_first_since_a_step_shows_only_ten() -> None:
    commands = [line.partition(" ")[0] for line in workflow_commands(a_report(OFI, MINOR, MAJOR)).splitlines()]
    assert commands[:3] == ["::error", "::warning", "::notice"]


def test_the_last_line_tells_what_a_change_did() -> None:
    told = workflow_commands(a_report(comparison=a_comparison()))
    assert told == "new: 0, fixed: 0, still there: 5\n"


def test_what_a_command_gives_a_meaning_to_is_escaped() -> None:
    told = workflow_commands(a_report(a_reported(message="50% of a, b: c", hint="", path="registers/a,b:c%0A.yml")))
    assert "file=registers/a%2Cb%3Ac%250A.yml," in told
    assert told.splitlines()[0].endswith("::50%25 of a, b: c")


def test_code_quality_has_what_gitlab_needs_and_nothing_that_is_excused() -> None:
    issues = json.loads(code_quality(the_report(prefix="isms/")))
    assert issues[1] == {
        "description": "ACT-001: action was due on 2026-11-13 - do it",
        "check_name": "overdue",
        "fingerprint": MINOR.fingerprint,
        "severity": "minor",
        "location": {"path": "isms/registers/actions.yml", "lines": {"begin": 4}},
    }
    assert [(issue["check_name"], issue["severity"]) for issue in issues] == [
        ("no-decision", "major"), ("overdue", "minor"), ("no-deputy", "info"),
    ]  # fmt: skip


def test_what_is_nowhere_is_told_of_the_configuration() -> None:
    assert json.loads(code_quality(a_report(MAJOR, prefix="isms/")))[0]["location"] == {"path": "isms/mkdocs.yml", "lines": {"begin": 1}}


@pytest.mark.parametrize(("threshold", "failing"), [(Grade.MAJOR, 1), (Grade.MINOR, 2), (Grade.INFO, 3), (Grade.OFF, 0)], ids=str)
def test_what_is_waived_or_known_never_fails(threshold: Grade, failing: int) -> None:
    assert replace(the_report(), threshold=threshold).failing == failing
