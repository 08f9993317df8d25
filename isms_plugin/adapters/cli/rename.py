"""`isms rename`: gives an entry another id, and everything that refers to it follows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import FOUND, OK, build_of, exits, main

if TYPE_CHECKING:
    from isms_plugin.authoring.rename import Rename

_SHOWN = 20
"""Lines that are named; of more the number is told."""


@main.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--move", is_flag=True, help="Rename its own files too, where they are named after it; links to them follow.")
@click.option("--force", is_flag=True, help="Do it although records, approvals or a baseline hold the old id.")
@click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
@click.pass_obj
@exits
def rename(directory: Path, old: str, new: str, *, move: bool, force: bool, dry_run: bool) -> int:
    """Give the entry OLD the id NEW, for drafts and mistakes: ids are permanent.

    Fields that name it and references in texts follow, in all files or in none; code, longer ids and everything else stay as they are.
    Refused for an id that a baseline holds or records name, and where an approval, acceptance or signature would no longer hold.

    Exit code: 0 done, or nothing speaks against it; 1 refused; 3 it cannot be done at all.
    """
    build = build_of(directory)
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.rename import rename as renamed
    from isms_plugin.sources.taken_ids import taken_ids

    made = renamed(build, old, new, taken_ids(build.workspace, build.sources.snapshot), move=move)
    _tell(made)
    for reason in made.reasons:
        click.echo(f"isms: {reason}", err=True)
    if made.reasons and not force:
        click.echo("isms: ids are permanent, so nothing was written; --force does it all the same", err=True)
        return FOUND
    if dry_run:
        click.echo("Nothing was written.")
        return OK
    write_files(build.workspace.root, made.files, removed=made.name.moved)
    click.echo(f"{old} is now {new}. Commit all of it together.")
    return OK


def _tell(made: Rename) -> None:
    for path, count in made.places.items():
        click.echo(f"{path}: {count} place{'s' if count > 1 else ''}")
    for path, target in made.name.moved.items():
        click.echo(f"{path} becomes {target}")
    if made.cuts_history:
        click.echo(
            "Its history would begin anew, since a document is known by its id: leave out --move, commit, and `git mv` it afterwards."
        )
    for path in made.movable:
        click.echo(f"{path} keeps its name; --move changes it")
    for place in made.left[:_SHOWN]:
        click.echo(f"{place}: names {made.name.old} without referring to it; stays as it is")
    if len(made.left) > _SHOWN:
        click.echo(f"and {len(made.left) - _SHOWN} more lines like these")
