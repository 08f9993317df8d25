"""`isms retire`: keeps an entry as a tombstone and says what still refers to it."""

from __future__ import annotations

from pathlib import Path

import click

from isms_plugin.adapters.cli.base import OK, build_of, exits, main
from isms_plugin.adapters.cli.set_ import show_difference


@main.command()
@click.argument("name", metavar="ID")
@click.option("--reason", default="", metavar="TEXT", help="Why; it is put behind the note, with the day.")
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.pass_obj
@exits
def retire(directory: Path, name: str, reason: str, *, dry_run: bool) -> int:
    """Retire the entry ID, or withdraw the document: it stays, so that its id is never used again.

    What is in force and still refers to it is told with its place; `isms check` reports it until it refers to something else.
    """
    build = build_of(directory)
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.retire import retire as retired
    from isms_plugin.authoring.retire import to_do

    made = retired(build.facts, build.sources.snapshot, name, reason)
    show_difference(made.path, build.sources.snapshot.read(made.path), made.content)
    for item in made.referring:
        click.echo(f"{item.place}: {item.entry or 'a page'} still refers to {name}", err=True)
    if made.referring:
        click.echo("`isms check` reports these until they refer to what took its place, or are retired too.", err=True)
    if dry_run:
        click.echo("Nothing was written.")
        return OK
    write_files(build.workspace.root, {made.path: made.content})
    click.echo(f"written: {made.path}; {name} is {made.status}.")
    for sentence in to_do(build.facts, made.entry):
        click.echo(sentence)
    return OK
