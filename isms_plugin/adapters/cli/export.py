"""The command `isms export`: the pack that an auditor opens from disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from isms_plugin.adapters.cli.base import FOUND, OK, as_of_option, at_option, exits, main

_MOST: Final = 40
"""Findings that are told; more of one sort say nothing new."""


@main.command()
@click.option(
    "--profile",
    "name",
    default="auditor",
    show_default=True,
    metavar="NAME",
    help="For whom: auditor, staff, customer, public, or a profile of your own.",
)
@at_option
@click.option("--period", default="", metavar="FROM..TO", help="Audited period, as two dates; default: the setting.")
@as_of_option
@click.option("--sign", "signed", is_flag=True, help="Sign the manifest with the SSH key that git signs with here.")
@click.option("--key", type=click.Path(dir_okay=False, path_type=Path), help="Key to sign with, instead.")
@click.option("--archive", is_flag=True, help="Make PDFs for the archive (PDF/A-3), each with its entry attached.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Zip to write.")
@click.pass_obj
@exits
def export(
    directory: Path,
    /,
    *,
    name: str,
    revision: str,
    period: str,
    as_of: date | None,
    signed: bool,
    key: Path | None,
    archive: bool,
    out: Path,
) -> int:
    """Write a commit of the ISMS into a zip that opens from disk, verifies itself, and withholds what its readers may not see.

    The default commit is HEAD; what is not committed is not in it. Exit code: 0 written, 1 a link is broken or a withheld value shows,
    so that nothing was written, 2 wrong usage or settings, 3 it cannot be made.
    """
    from isms_plugin.adapters.pack import make_pack
    from isms_plugin.adapters.pack_order import order_of

    order = order_of(directory, name, revision, out, as_of=as_of, period=period, signed=signed, key=key, archive=archive)
    made = make_pack(order, lambda text: click.echo(text, err=True))
    if made.findings:
        count = len(made.findings)
        click.echo("\n".join(made.findings[:_MOST]))
        more = f", {_MOST} of them told" if count > _MOST else ""
        click.echo(f"{count} finding{'' if count == 1 else 's'}{more}; nothing was written.", err=True)
        return FOUND
    click.echo(f"{out}: {made.files} files, {out.stat().st_size / 1e6:.1f} MB. Unpack it and open START-HERE.html.")
    return OK
