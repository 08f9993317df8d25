"""The command `isms check`: what is wrong, for people, platforms and other programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from isms_plugin.adapters.cli.base import FOUND, OK, as_of_option, at_option, exits, hand_out, main
from isms_plugin.model.diagnostic import Grade

if TYPE_CHECKING:
    from isms_plugin.analysis.check_report import CheckReport
    from isms_plugin.model.known import KnownFile
    from isms_plugin.sources.workspace import Workspace

GRADES: Final = [grade.word for grade in Grade]
FORMS: Final = ("text", "json", "sarif", "junit", "github", "codequality")
"""Names of `FORMATS`, which is imported late."""

_FILE: Final = click.Path(dir_okay=False, path_type=Path)


@main.command()
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form of the report.")
@click.option("--out", type=_FILE, help="Write the report into this file, and show it as text.")
@as_of_option
@at_option
@click.option("--changed", "base", default="", metavar="BASE", help="Report what a change causes, once it is merged with BASE.")
@click.option("--fail-on", type=click.Choice(GRADES), help="Lowest grade that makes the exit code 1; default: the setting.")
@click.option("--known", type=_FILE, help="File of what is known and fails nothing; default: the setting.")
@click.option("--write-known", type=_FILE, help="Write everything that there is into such a file.")
@click.option("--site", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Check a built site instead.")
@click.pass_obj
@exits
def check(directory: Path, site: Path | None, **options: Any) -> int:
    """Report everything that is wrong, with its place and what would clear it.

    With --changed only what is new against BASE, a branch or commit: the working tree, or the commit of --at, is merged with it in
    memory first, so that two branches that took the same id are told.

    Exit code: 0 nothing at or above the threshold, or --write-known wrote its file; 1 something at or above it that is neither known
    nor waived; 2 wrong usage, or settings without meaning; 3 nothing could be read or compared: no ISMS, no such commit, a shallow
    clone.
    """
    return _check_site(site) if site is not None else _check(directory, **options)


def _check(
    directory: Path, *, form: str, out: Path | None, as_of: date | None, revision: str, base: str, fail_on: str | None,
    known: Path | None, write_known: Path | None,
) -> int:  # fmt: skip
    from isms_plugin.adapters.user_cache import user_cache
    from isms_plugin.sources.workspace import find_workspace

    if write_known and (base or known):
        raise click.UsageError("--write-known writes everything that there is; leave out --changed and --known")
    if known and not known.is_file():
        raise click.UsageError(f"--known {known}: there is no such file; --write-known writes it")
    workspace = replace(find_workspace(directory), cache=user_cache())
    if fail_on:
        workspace = replace(workspace, settings=workspace.settings.model_copy(update={"fail_on": fail_on}))
    if write_known:
        return _write_known(workspace, write_known, as_of, revision)
    report = _report(workspace, base, revision, as_of, known)
    _tell(report, form, out)
    return FOUND if report.failing else OK


def _report(workspace: Workspace, base: str, revision: str, as_of: date | None, path: Path | None) -> CheckReport:
    from isms_plugin.adapters.changed_check import changed_report
    from isms_plugin.sources.known_file import known_on_disk
    from isms_plugin.sources.merge_result import prefix_of

    known = known_on_disk(path) if path else None
    if known is not None:
        workspace = replace(workspace, settings=workspace.settings.model_copy(update={"known": ""}))
    report = changed_report(workspace, base, revision, as_of, known) if base else _whole_report(workspace, revision, as_of, known)
    return replace(report, prefix=prefix_of(workspace.root))


def _whole_report(workspace: Workspace, revision: str, as_of: date | None, known: KnownFile | None) -> CheckReport:
    from isms_plugin.adapters.clock import today
    from isms_plugin.analysis.check_report import CheckReport, gone, reported
    from isms_plugin.build import build_facts

    facts = build_facts(workspace, today(), revision=revision, as_of=as_of).facts
    facts = replace(facts, known=known or facts.known)
    found = [*facts.diagnostics, *(item for item in gone(facts) if item.grade(facts.settings.regrade) > Grade.OFF)]
    return CheckReport(
        reported=reported(facts, found), threshold=facts.settings.threshold, today=facts.today, commit=facts.history.head
    )  # fmt: skip


def _write_known(workspace: Workspace, target: Path, as_of: date | None, revision: str) -> int:
    from isms_plugin.authoring.known_diagnostics import known_yaml
    from isms_plugin.sources.known_file import known_on_disk

    before = known_on_disk(target)
    workspace = replace(workspace, settings=workspace.settings.model_copy(update={"known": ""}))
    report = _whole_report(workspace, revision, as_of, None)
    text = known_yaml(report.reported, report.threshold, before)
    hand_out(text, target)
    click.echo(f"{text.count('- code: ')} diagnostics written to {target}; name it in the setting `known`, and say why each may wait")
    return OK


def _tell(report: CheckReport, form: str, out: Path | None) -> None:
    from isms_plugin.export.check_formats import FORMATS

    hand_out(FORMATS[form](report), out)
    if out is not None:
        click.echo(FORMATS["text"](report), nl=False)


def _check_site(site: Path) -> int:
    from isms_plugin.export.site_check import check_site

    found = list(check_site(site))
    for sentence in found:
        click.echo(sentence)
    click.echo(f"{len(found)} faults." if found else "The site is whole.")
    return FOUND if found else OK
