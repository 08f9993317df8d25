"""Baselines: frozen states of the whole ISMS, and what changed between two of them."""

from __future__ import annotations

import json
from pathlib import Path

import click

from isms_plugin.adapters.cli.base import OK, build_of, exits, format_option, main


@main.group()
def baseline() -> None:
    """List frozen states of the whole ISMS, and tell what changed between two of them."""


@baseline.command("list")
@format_option
@click.pass_obj
@exits
def list_baselines(directory: Path, form: str) -> int:
    """Show every baseline: day, who tagged it, signature, commit and what it holds."""
    from isms_plugin.adapters.change_reports import baselines_data, baselines_text

    found = build_of(directory).baselines(compared=False)
    click.echo(json.dumps(baselines_data(found), ensure_ascii=False, indent=1) if form == "json" else baselines_text(found))
    return OK


@baseline.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="[B]", default="")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True, help="Form of the answer."
)
@click.pass_obj
@exits
def diff(directory: Path, old: str, new: str, form: str) -> int:
    """Show what changed from A to B: baselines, tags or commits; without B, to the files as they are now."""
    from isms_plugin.adapters.change_reports import changes_data, changes_markdown, changes_text

    build = build_of(directory)
    found = build.changes(build.state(old), build.state(new))
    if form == "json":
        click.echo(json.dumps(changes_data(found), ensure_ascii=False, indent=1))
    else:
        click.echo(changes_text(found) if form == "text" else changes_markdown(found))
    return OK
