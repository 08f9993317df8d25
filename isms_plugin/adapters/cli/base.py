"""What every command has: options, exit codes, and the ISMS it works on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isms_plugin import __version__
from isms_plugin.adapters.clock import today
from isms_plugin.errors import IsmsError, SettingsError

if TYPE_CHECKING:
    from isms_plugin.build import Build

OK, FOUND, USAGE, BROKEN = range(4)
"""Exit codes: nothing at or above the threshold, something, wrong usage or settings, a broken environment."""


def exits(command: Callable[..., int]) -> Callable[..., None]:
    """Turn errors into messages and results into exit codes: no traceback reaches a user."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            code = command(*arguments, **options)
        except SettingsError as error:
            click.echo(f"isms: {error}", err=True)
            code = USAGE
        except (IsmsError, OSError) as error:
            click.echo(f"isms: {error}", err=True)
            code = BROKEN
        sys.exit(code)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="isms")
@click.option(
    "-C", "--directory", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), help="Folder of the ISMS."
)
@click.pass_context
def main(context: click.Context, directory: Path) -> None:
    """Check an ISMS kept in git, show its history and write it out as data or pages."""
    context.obj = directory


def day_of(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    """Return the day that an option names."""
    return value.date() if value else None


as_of_option = click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), callback=day_of, help="Date to judge by; default: the setting, else today."
)
at_option = click.option("--at", "revision", default="", metavar="REV", help="Read a commit or tag instead of the working tree.")
format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the answer."
)


def hand_out(text: str, out: Path | None) -> None:
    """Write a text into a file where one is named, as a whole or not at all, else show it."""
    if out is None:
        click.echo(text, nl=False)
        return
    from isms_plugin.authoring.files import write_files

    write_files(out.absolute().parent, {out.name: text})


def build_of(directory: Path, as_of: date | None = None, revision: str = "", closely: tuple[str, ...] = ()) -> Build:
    """Read the ISMS around a folder and work out everything about it; of some documents every text that they ever had."""
    # imported late: `isms --help` answers at once
    from isms_plugin.adapters.user_cache import user_cache
    from isms_plugin.build import build_facts
    from isms_plugin.sources.workspace import find_workspace

    workspace = replace(find_workspace(directory), cache=user_cache())
    return build_facts(workspace, today(), revision=revision, as_of=as_of, closely=frozenset(closely))
