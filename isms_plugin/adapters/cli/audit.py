"""The command `isms audit`: what an auditor would raise today."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from isms_plugin.adapters.cli.base import FOUND, OK, as_of_option, at_option, build_of, exits, format_option, main
from isms_plugin.model.diagnostic import Grade

GRADES: Final = [grade.word for grade in Grade]
STAGES: Final = ("1", "2", "surveillance", "recertification")
"""Values of `Stage`, which is imported late."""


@main.group(invoke_without_command=True)
@click.option("--stage", type=click.Choice(STAGES), default="2", show_default=True, help="Audit that is asked about.")
@format_option
@as_of_option
@at_option
@click.option("--fail-on", type=click.Choice(GRADES), help="Lowest grade that makes the exit code 1; default: the setting.")
@click.pass_context
def audit(context: click.Context, /, **options: Any) -> None:
    """Tell what an auditor would raise today: findings with grade, clause and place, and what would clear them.

    Grades are those of an auditor, whatever the settings lower or turn off; what an exception in force waives is listed, and does not
    count.

    Exit code: 0 nothing at or above the threshold, 1 something, 2 wrong usage or settings, 3 nothing could be read.
    """
    if context.invoked_subcommand is None:
        _report(context.obj, **options)


@exits
def _report(directory: Path, *, stage: str, form: str, as_of: date | None, revision: str, fail_on: str | None) -> int:
    from isms_plugin.adapters.audit_report import audit_text
    from isms_plugin.analysis.readiness.check import Stage
    from isms_plugin.analysis.readiness.mock_audit import mock_audit
    from isms_plugin.export.audit_data import audit_data

    facts = build_of(directory, as_of, revision).facts
    found = mock_audit(facts, Stage(stage))
    click.echo(json.dumps(audit_data(facts, found), ensure_ascii=False, indent=1) if form == "json" else audit_text(facts, found))
    threshold = Grade.of(fail_on) if fail_on else facts.settings.threshold
    return FOUND if any(finding.grade >= threshold > Grade.OFF for finding in found.findings) else OK
