"""`isms baseline create`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from isms_plugin.adapters.cli.base import OK, as_of_option, build_of, exits
from isms_plugin.adapters.cli.baseline import baseline


@baseline.command()
@click.argument("name")
@click.option("-m", "--message", default="", help="What it is for, such as the audit it was made for.")
@click.option("--sign", is_flag=True, help="Sign the tag with the key that git is set up with.")
@click.option("--force", "forced", default="", metavar="REASON", help="Make it although diagnostics reach the threshold; the tag says why.")
@as_of_option
@click.pass_obj
@exits
def create(directory: Path, name: str, message: str, sign: bool, forced: str, as_of: date | None) -> int:  # noqa: FBT001
    """Freeze the last commit as a baseline: an annotated tag that says what it holds.

    Refused with a shallow history, with anything uncommitted, and while diagnostics reach the threshold.
    """
    from isms_plugin.authoring.baseline import Wish, create_baseline

    build = build_of(directory, as_of)
    made = create_baseline(build.workspace.root, build.facts, Wish(name=name, message=message, sign=sign, forced=forced))
    click.echo(f"Baseline {made} made at {build.facts.history.head[:10]}. Publish it: git push origin {made}")
    return OK
