"""The guide on the external audit stays true: its pages, checks, codes and commands are there, and nothing is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import click
import pytest

from isms_plugin.adapters.cli import main
from isms_plugin.analysis.readiness.check import GENERAL, ReadinessCheck
from isms_plugin.analysis.readiness.gates import GATES, Gate
from isms_plugin.analysis.readiness.table import CHECKS
from isms_plugin.model.codes import CODES
from isms_plugin.model.control import Clause
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.isms import KINDS
from isms_plugin.sources.catalogue import read_catalogue
from tests.integration.conftest import ROOT, BuiltSite

PAGE: Final = (ROOT / "docs/guide/external-audit.md").read_text(encoding="utf-8")
PLURALS: Final = {declaration.KIND.name: declaration.KIND.plural for declaration in KINDS}

TOLD: Final = (
    "lead time", "bought", "appetite", "Stage 1 looks", "clauses 4 to 10", "tangible", "explain how you went", "how risk is managed",
    "risks are logged",
    "controls were chosen", "relevant", "already now", "internal audits", "Nonconformities are managed", "Improvement goes on",
    "performance", "Management reviews", "something significant", "at the end of the audit", "resolved before Stage 2",
    "statement of applicability are implemented", "demonstrate", "Evidence is the key", "contract", "helpdesk ticket", "read the policies",
    "laptop was built", "disk is encrypted", "Anti-virus", "over 90 controls", "no incident yet", "Every applicable control", "Compliant",
    "Opportunity for improvement", "obliged", "Minor:", "lacks a device", "lacks a supplier", "evidence is sent", "Major:", "training",
    "no asset register", "under version control", "without a procedure", "No management review", "end the audit", "before Stage 2 takes",
)  # fmt: skip
"""Words by which each thing that the text names is found in the first column."""


class Row(NamedTuple):
    """One row of what is said: targets of its pages, codes by check, and the command."""

    said: str
    pages: list[str]
    checks: dict[int, list[str]]
    command: str


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def table(text: str) -> list[str]:
    """Return the rows of the table of a section as they are written."""
    return [line for line in text.splitlines() if line.startswith("|")][2:]


def said() -> Iterator[Row]:
    """Return every row of the tables of what is said."""
    before = PAGE.partition("\n## The 25 checks\n")[0]
    for line in before.splitlines():
        if line.startswith("|") and not line.startswith(("|---", "| What is said |", "| What is asked, in our words |")):
            first, pages, checks, command = cells(line)
            parts = (part.partition(":") for part in checks.split(";"))
            codes = {int(number): re.findall("`([^`]+)`", named) for number, _, named in parts}
            yield Row(first, re.findall(r"\]\(isms:([^)]+)\)", pages), codes, command.strip("`"))


ROWS: Final = list(said())


def ids(row: Row) -> str:
    return row.said[:40]


@pytest.mark.parametrize("words", TOLD)
def test_everything_that_auditors_look_at_is_told(words: str) -> None:
    assert [row for row in ROWS if words in row.said]


def test_every_clause_has_a_row() -> None:
    clauses = [clause.id for clause in read_catalogue().entries if isinstance(clause, Clause) and not clause.heading]
    rows = [row.pages[0] for row in ROWS if re.fullmatch(r"[0-9.]+", row.pages[0])]
    assert rows == clauses


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_its_pages_are_in_the_site(row: Row, sample: BuiltSite) -> None:
    assert row.pages
    entries = {entry["id"] for entry in json.loads(sample.html("isms.json"))["entries"]}
    for target in row.pages:
        uri, _, anchor = target.partition("#")
        if not uri.endswith(".md"):
            assert uri in entries
            continue
        path = published(uri)
        assert (sample.path / path).is_file(), uri
        assert not anchor or f'id="{anchor}"' in sample.html(path), target


def published(uri: str) -> str:
    folder = uri.removesuffix("index.md").rstrip("/") if Path(uri).name == "index.md" else uri.removesuffix(".md")
    return f"{folder}/index.html" if folder else "index.html"


def test_none_of_its_links_is_left_unresolved(sample: BuiltSite) -> None:
    html = sample.html("guide/external-audit/index.html").partition("<article")[2].partition("</article>")[0]
    assert "isms:" not in re.sub("<code>.*?</code>", "", html, flags=re.DOTALL)
    relative = re.findall(r'href="([^":#]+)["#]', html)
    assert len(relative) > 100
    broken = [target for target in relative if not (sample.path / "guide/external-audit" / target).exists()]
    assert broken == []


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_its_codes_are_codes_of_its_checks(row: Row) -> None:
    assert row.checks
    for number, codes in row.checks.items():
        check = CHECKS[number - 1]
        assert codes
        assert [code for code in codes if code not in CODES] == []
        assert [code for code in codes if code not in (*check.codes, *(GENERAL if check.kinds else ()))] == []


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_its_command_is_one(row: Row) -> None:
    program, *words = row.command.split()
    command: click.Command = main
    while words and isinstance(command, click.Group) and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert program == "isms"
    assert command is not main
    assert [word for word in words if word.startswith("--") and word not in known] == []


def check_row(check: ReadinessCheck) -> str:
    """Return the row of a check as the guide has it."""
    codes = [*check.codes, *(GENERAL if check.kinds else ())]
    found = sorted({Grade.of(CODES[code].grade) for code in codes}, reverse=True)
    grades = ", ".join(grade.word for grade in found) + (", worse when widespread" if check.widespread else "")
    parts = [f"`{code}`" for code in check.codes] + [f"*{PLURALS[kind]}*" for kind in check.kinds]
    asked = f"Stage {check.stage}: {', '.join(check.clauses)}"
    return f"| {check.number} | {check.title} | {asked} | {grades} | {', '.join(parts)} |"


def gate_row(gate: Gate) -> str:
    """Return the row of a gate as the guide has it."""
    return f"| `{gate.name}` | {gate.title} | {gate.question} | {', '.join(f'`{code}`' for code in gate.codes)} |"


def test_the_table_of_the_checks_is_that_of_the_program() -> None:
    assert table(section("The 25 checks")) == [check_row(check) for check in CHECKS]


def test_the_table_of_the_gates_is_that_of_the_program() -> None:
    assert table(section("The gates")) == [gate_row(gate) for gate in GATES]


def test_every_check_and_every_gate_answers_something_that_is_said() -> None:
    answered = {number for row in ROWS for number in row.checks}
    codes = {code for row in ROWS for named in row.checks.values() for code in named}
    assert answered == {check.number for check in CHECKS}
    assert [gate.name for gate in GATES if not codes.intersection(gate.codes)] == []
