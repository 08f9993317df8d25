"""The command `isms data`: registers and the statement of applicability for other programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import OK, as_of_option, at_option, build_of, exits, main
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.analysis.facts import Facts


@main.command()
@click.option("--format", "form", type=click.Choice(["json", "csv", "xlsx"]), default="json", show_default=True, help="Form of the data.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write; for all registers as CSV, a folder. Default: standard output.")
@click.option("--register", "name", default="", metavar="NAME", help="One register alone; `soa` is the statement of applicability.")
@at_option
@as_of_option
@click.pass_obj
@exits
def data(directory: Path, form: str, out: Path | None, name: str, revision: str, as_of: date | None) -> int:
    """Write all registers and the statement of applicability as JSON, CSV or a workbook.

    Exit code: 0 written, 2 wrong usage or settings, 3 nothing could be read or written.
    """
    if out is None and (form == "xlsx" or (form == "csv" and not name)):
        raise click.UsageError(
            "a workbook needs --out FILE" if form == "xlsx" else "several tables need --out FOLDER, or name one by --register"
        )
    build = build_of(directory, as_of, revision)
    _known(build.facts, name)
    if form == "csv" and not name and out is not None:
        return _folder(build.facts, out)
    content = _content(build.facts, build.workspace.name, form, name)
    if out is None:
        click.echo(content, nl=False)
        return OK
    from isms_plugin.authoring.files import write_files

    write_files(out.parent, {out.name: content})
    click.echo(f"{len(content)} bytes written to {out}")
    return OK


def _content(facts: Facts, title: str, form: str, name: str) -> bytes:
    """Return what goes into one file."""
    from isms_plugin.export.register_data import data_tables, register_data

    if form == "json":
        return register_data(facts, name)
    if form == "csv":
        return next(table.csv for table in data_tables(facts) if table.name == name)
    from isms_plugin.export.xlsx import workbook

    return workbook(facts, title, name)


def _known(facts: Facts, name: str) -> None:
    """Refuse a name that no register has."""
    from isms_plugin.export.register_data import table_names

    names = table_names(facts)
    if name and name not in names:
        raise click.UsageError(f"no register is called {name!r}; there are {', '.join(names)}")


def _folder(facts: Facts, out: Path) -> int:
    """Write a file for each table; a folder with anything else in it is left alone."""
    from isms_plugin.authoring.files import write_files
    from isms_plugin.export.register_data import data_tables

    files = {f"{table.name}.csv": table.csv for table in data_tables(facts)}
    foreign = sorted({path.name for path in out.iterdir()} - files.keys()) if out.is_dir() else []
    if foreign:
        raise IsmsError(f"{out}: holds {foreign[0]}, which this command does not write; name another folder")
    write_files(out, files)
    click.echo(f"{len(files)} files written to {out}")
    return OK
