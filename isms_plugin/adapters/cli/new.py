"""`isms new`: begins what people go on writing by hand. The kinds themselves are in `new_entry`."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import click

from isms_plugin.adapters.cli.base import OK, as_of_option, build_of, day_of, exits, main
from isms_plugin.adapters.cli.new_entry import Kinds
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.build import Build
    from isms_plugin.sources.workspace import Workspace

SHEETS: Final = "audits"
"""Folder of work sheets, beside those that the site is made of."""


@main.group(cls=Kinds)
def new() -> None:
    """Begin an entry, a document or a working paper; people go on with it by hand."""


@new.command("audit")
@click.argument("audit", metavar="[AUDIT]", default="")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="File; default: audits/AUDIT-work-sheet.md.")
@click.option("--force", is_flag=True, help="Write over a sheet that is there, notes included.")
@click.option("--programme", default="", metavar="PROGRAMME", help="Register an audit that this programme plans.")
@click.option("--planned", type=click.DateTime(["%Y-%m-%d"]), callback=day_of, metavar="DATE", help="Day for which it plans it.")
@click.option("--title", default="", help="What it is called; default: Internal audit and the year.")
@as_of_option
@click.pass_obj
@exits
def new_audit(
    directory: Path,
    audit: str,
    out: Path | None,
    force: bool,  # noqa: FBT001
    programme: str,
    planned: date | None,
    title: str,
    as_of: date | None,
) -> int:
    """Write the work sheet of AUDIT; or, with --programme and --planned, register an audit that a programme plans.

    The sheet has plan, independence, earlier findings, samples, and each clause and control in scope with what answers it, what a mock
    audit raises and places for notes. It is Markdown outside of the site.

    An audit is registered as a draft with the next free id, and the programme names it. Nothing is written when either file cannot be
    changed in place.
    """
    if bool(audit) == bool(programme) or bool(programme) != bool(planned):
        raise click.UsageError("name either an audit, or --programme with --planned")
    if (programme and (out or force)) or (audit and title):
        raise click.UsageError("--out and --force are for work sheets, --title for audits to register")
    build = build_of(directory, as_of)
    if planned is not None:
        return _registered(build, programme, planned, title)
    return _written(build, audit, out, force=force)


def _registered(build: Build, programme: str, planned: date, title: str) -> int:
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.planned_audit import register_audit

    made = register_audit(build.facts, build.sources.snapshot, programme, planned, title)
    write_files(build.workspace.root, made.files)
    click.echo(f"{made.row['id']} {made.row['title']}, planned for {planned}, is registered as a draft.")
    for path in made.files:
        click.echo(f"written: {path}")
    click.echo("Fill in scope, criteria, auditors and independence, take out `status: draft`, and commit both files.")
    return OK


def _written(build: Build, name: str, out: Path | None, *, force: bool) -> int:
    from isms_plugin.authoring.audit_work_sheet import work_sheet
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.named_entry import named_entry
    from isms_plugin.model.audit import Audit
    from isms_plugin.render.addresses import file_name

    audit = named_entry(build.facts.isms, Audit, name)
    target = (out or build.workspace.root / SHEETS / f"{file_name(audit)}-work-sheet.md").resolve()
    _refuse_published(build.workspace, target)
    if target.exists() and not force:
        raise IsmsError(f"{out or target.relative_to(build.workspace.root)}: is there already; --force writes it anew, without your notes")
    write_files(target.parent, {target.name: work_sheet(build.facts, audit)})
    shown = target.relative_to(build.workspace.root) if target.is_relative_to(build.workspace.root) else target
    click.echo(f"written: {shown}")
    return OK


def _refuse_published(workspace: Workspace, target: Path) -> None:
    """Refuse a place below a folder of the ISMS, from which the site would publish notes; raises IsmsError."""
    for folder in workspace.folders:
        if target.is_relative_to((workspace.root / PurePosixPath(folder)).resolve()):
            raise IsmsError(f"{target.name}: lies in {folder}, from where it would be published; name another folder with --out")
