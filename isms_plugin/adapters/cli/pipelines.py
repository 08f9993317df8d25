"""The command `isms pipelines`: ready-made pipelines for a platform."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from isms_plugin.adapters.cli.base import OK, exits, main
from isms_plugin.errors import IsmsError

NAMES: Final = ("github", "gitlab", "pre-commit", "shell")
"""Names of `PLATFORMS`, which is imported late."""


@main.command()
@click.argument("platform", type=click.Choice(NAMES))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Top of the repository to write them into.")
@click.pass_obj
@exits
def pipelines(directory: Path, platform: str, out: Path | None) -> int:
    """Show the files of a pipeline for a platform, or write them: check, comment, preview, publish, release.

    They install this version of the program. A file that is there already and differs is never overwritten. Exit code: 0 shown or
    written, 2 wrong usage, 3 something else lies there, so that nothing was written.
    """
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.pipelines import differing, pipeline_files

    contents = pipeline_files(platform)
    if out is None:
        click.echo("\n".join(f"# ---- {path}\n{content.decode()}" for path, content in contents.items()), nl=False)
        return OK
    top = directory / out
    taken = differing(top, contents)
    if taken:
        raise IsmsError(f"{', '.join(taken)}: there already, and different; nothing was written. --out with another folder shows both")
    top.mkdir(parents=True, exist_ok=True)
    write_files(top, contents)
    for path in contents:
        click.echo(f"written: {path}")
    return OK
