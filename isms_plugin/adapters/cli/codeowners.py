"""The command `isms codeowners`: whom the platform asks to review a change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import FOUND, OK, as_of_option, build_of, exits, main

if TYPE_CHECKING:
    from isms_plugin.authoring.codeowners import Platform
    from isms_plugin.model.isms import Isms


@main.command()
@click.option(
    "--platform", type=click.Choice(["github", "gitlab"]), default="github", show_default=True, help="Platform that reads the file."
)
@click.option("--check", "checked", is_flag=True, help="Compare the file with the registers, and write nothing.")
@click.option("--show", "shown", is_flag=True, help="Show the lines, and write nothing.")
@as_of_option
@click.pass_obj
@exits
def codeowners(directory: Path, /, *, platform: Platform, checked: bool, shown: bool, as_of: date | None) -> int:
    """Write who has to review what into CODEOWNERS, from the owners of entries, the approver roles of documents and who holds them.

    Lines outside of the two marks are left alone. Names everybody who is named and cannot be asked: those who left, and those without
    an account. Exit code: 0 written, or nothing differs; 1 with --check and a file that differs; 2 wrong usage; 3 it cannot be written.
    """
    from isms_plugin.analysis.code_owners import code_owners
    from isms_plugin.authoring.codeowners import block_of, place_of, with_block
    from isms_plugin.authoring.files import write_files
    from isms_plugin.sources.merge_result import prefix_of

    build = build_of(directory, as_of)
    root, prefix = build.workspace.root, prefix_of(build.workspace.root)
    top = root.joinpath(*[".."] * prefix.count("/")).resolve()
    owners = code_owners(build.facts.isms, build.facts.settings, build.facts.today)
    block, place = block_of(owners, platform, prefix), place_of(top, platform)
    if shown:
        click.echo(block, nl=False)
        return OK
    text = (top / place).read_bytes().decode("utf-8", "surrogateescape") if (top / place).is_file() else ""
    code = OK
    if checked:
        code = _compare(text, block, place, build.facts.isms)
    else:
        write_files(top, {place: with_block(text, block, place).encode("utf-8", "surrogateescape")})
        click.echo(f"written: {place}")
    _tell(f"cannot be asked: {gap}" for gap in owners.gaps)
    if not build.facts.settings.code_owners:
        click.echo("nobody is asked about files that nobody owns: the setting `code_owners` may name a role or person")
    return code


def _compare(text: str, block: str, place: str, isms: Isms) -> int:
    from isms_plugin.authoring.codeowners import drift, generated, strangers

    written = generated(text, place)
    differing = drift(written, block)
    if not differing:
        click.echo(f"{place}: as the registers say")
        return OK
    click.echo(f"{place}: " + ("not as the registers say" if written else "not generated yet") + "; `isms codeowners` writes it")
    _tell(differing if written else [])
    _tell(strangers(written, block, isms))
    return FOUND


def _tell(lines: Iterable[str]) -> None:
    """Show lines in which nothing that people wrote steers the terminal or a runner."""
    from isms_plugin.export.check_formats.printable import printable

    for line in lines:
        click.echo(printable(line))
