"""`isms init`: begins an ISMS; so far the demo alone."""

from __future__ import annotations

from pathlib import Path

import click

from isms_plugin.adapters.cli.base import OK, exits, main


@main.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--demo", is_flag=True, help="Write the ISMS of a fictional company with a past of three years.")
@click.pass_obj
@exits
def init(directory: Path, target: Path, *, demo: bool) -> int:
    """Write an ISMS into a new folder: a git repository with a scripted past, to look around in.

    Every machine writes the same commits. DIR must not exist yet, or be empty.
    """
    if not demo:
        raise click.UsageError("only the demo can be made so far; without --demo nothing is written yet")
    from isms_plugin.authoring.demo import write_demo

    write_demo(directory / target)
    click.echo(f"Written: {directory / target}, a git repository. Its README.md names three things to try.")
    return OK
