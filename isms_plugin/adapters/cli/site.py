"""`isms site`: the current edition and every baseline, with a version selector."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import click

from isms_plugin.adapters.cli.base import FOUND, OK, as_of_option, at_option, build_of, exits, main
from isms_plugin.errors import IsmsError
from isms_plugin.model.edition import Edition


@main.command()
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("site"), show_default=True, help="Folder of the site."
)
@at_option
@as_of_option
@click.option("--rebuild", is_flag=True, help="Build baselines anew although they were built before.")
@click.option("--strict", is_flag=True, help="Build nothing when a diagnostic reaches the threshold.")
@click.pass_obj
@exits
def site(directory: Path, out: Path, revision: str, as_of: date | None, rebuild: bool, strict: bool) -> int:  # noqa: FBT001
    """Build the site: what holds today at the top, each baseline below `baselines/`.

    Baselines are built from the objects of git, once, and kept in the user's cache. Exit code: 1 with --strict and a
    diagnostic at or above the threshold.
    """
    from isms_plugin.adapters.editions import build_site
    from isms_plugin.adapters.user_cache import user_cache
    from isms_plugin.sources.git_proofs import list_baselines
    from isms_plugin.sources.workspace import find_workspace

    if out.exists() and any(out.iterdir()) and not (out / "isms.json").is_file():
        raise IsmsError(f"{out}: not empty, and no site of ours; name another folder")
    if strict and build_of(directory, as_of, revision).facts.failing:
        click.echo("Diagnostics reach the threshold; `isms check` tells them. Nothing was built.", err=True)
        return FOUND
    workspace = find_workspace(directory)
    commit, baselines = list_baselines(workspace.root, workspace.settings.baselines, revision)
    cache = user_cache().of(workspace.root).folder
    kept = cache / "editions" if cache else None
    if kept is not None and rebuild:
        shutil.rmtree(kept, ignore_errors=True)
    current = Edition(repository=workspace.root, revision=commit, as_of=as_of) if revision else Edition(as_of=as_of)
    build_site(workspace.root, out.resolve(), baselines, kept, click.echo, current)
    click.echo(f"The site is in {out}: the current edition and {len(baselines)} baselines.")
    return OK
