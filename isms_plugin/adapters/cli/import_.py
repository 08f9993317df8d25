"""Commands that take over what others filled in: findings from an auditor's work sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import FOUND, OK, build_of, exits, main
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.analysis.facts import Facts
    from isms_plugin.authoring.finding_import import Outcome


@main.group("import")
def import_() -> None:
    """Take over what others filled in."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--audit", "name", required=True, metavar="AUDIT", help="Audit that found it, such as AUD-003.")
@click.option("--as", "person", default="", metavar="PERSON", help="Person who answers for the findings; default: the owner of the audit.")
@click.option("--write", is_flag=True, help="Add the findings to their register; without it they are only shown.")
@click.pass_obj
@exits
def findings(directory: Path, file: Path, name: str, person: str, write: bool) -> int:  # noqa: FBT001
    """Make findings of a work sheet that an auditor exported from a pack as YAML or CSV.

    What was graded compliant, ofi, minor or major becomes a finding with the auditor's words, in a register that otherwise stays as it
    is, comments included. What is on record already is left out; what has no grade is told. Nothing is written where anything is wrong.

    Exit code: 0 shown or written, 1 the sheet has mistakes and nothing was written, 2 wrong usage, 3 nothing could be read.
    """
    from isms_plugin.authoring.approve import find_person
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.finding_import import finding_files, import_findings
    from isms_plugin.authoring.named_entry import named_entry
    from isms_plugin.model.audit import Audit
    from isms_plugin.sources.work_sheet_file import read_work_sheet

    build = build_of(directory)
    facts = build.facts
    audit = named_entry(facts.isms, Audit, name)
    owner = find_person(facts, person).id if person else ""
    sheet = read_work_sheet(file)
    outcome = import_findings(facts, sheet, audit, owner)
    if outcome.mistakes:
        return _refused(outcome)
    files = finding_files(outcome, build.sources.snapshot, facts.settings.registers)
    if write:
        write_files(build.workspace.root, files)
    for line in _shown(facts, outcome, list(files), write=write):
        click.echo(line)
    if _foreign(build.workspace.root, sheet.commit):
        click.echo(f"note: commit {sheet.commit[:10]} of the sheet is not in this repository; is it a sheet of this ISMS?")
    return OK


def _foreign(root: Path, commit: str) -> bool:
    """Whether a commit is named that this repository does not hold; False where there is none to ask."""
    from isms_plugin.sources.git_proofs import commit_facts

    try:
        return bool(commit) and commit_facts(root, commit) is None
    except IsmsError:
        return False


def _refused(outcome: Outcome) -> int:
    for mistake in outcome.mistakes:
        click.echo(str(mistake), err=True)
    number = len(outcome.mistakes)
    click.echo(f"isms: {number} {'mistake' if number == 1 else 'mistakes'}, nothing was written", err=True)
    return FOUND


def _shown(facts: Facts, outcome: Outcome, files: list[str], *, write: bool) -> Iterator[str]:
    from isms_plugin.authoring.yaml_text import row_yaml

    for row in outcome.rows:
        name = facts.isms.entries[row["requirement"]].name
        yield f"{row['id']} {row['grade']}, {row['requirement']} {name}" if write else row_yaml(row).rstrip("\n")
    yield from (f"note: {text}" for text in outcome.told)
    number = len(outcome.findings)
    what = f"{number or 'no'} {'finding' if number == 1 else 'findings'}"
    if write or not number:
        yield f"{what} added" if write else f"{what} to add"
        yield from (f"written: {path}" for path in files if write)
    else:
        yield f"{what} would be added to {', '.join(files)}; --write adds them"
