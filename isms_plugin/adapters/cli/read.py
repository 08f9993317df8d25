"""Commands that read: what was, and the ISMS in other forms."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from isms_plugin.adapters.cli.base import OK, as_of_option, at_option, build_of, exits, format_option, main
from isms_plugin.errors import IsmsError


@main.command()
@click.argument("name", metavar="ID|PATH")
@format_option
@at_option
@click.pass_obj
@exits
def history(directory: Path, name: str, form: str, revision: str) -> int:
    """Show versions and revisions of a document, or of the file that an entry stands in."""
    from isms_plugin.adapters.reports import history_data, history_text

    data = history_data(build_of(directory, revision=revision).facts, name)
    click.echo(json.dumps(data, ensure_ascii=False, indent=1) if form == "json" else history_text(data))
    return OK


@main.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--html-links",
    type=click.Choice(["published", "source"]),
    default="published",
    show_default=True,
    help="Links inside HTML: as published, or to source files for a generator that rewrites them, such as Zensical.",
)
@as_of_option
@at_option
@click.pass_obj
@exits
def pages(directory: Path, out: Path, html_links: str, as_of: date | None, revision: str) -> int:
    """Write the site as plain Markdown, for another generator."""
    from isms_plugin.build import markdown_site

    if out.exists() and any(out.iterdir()) and not (out / "isms.json").is_file():
        raise IsmsError(f"{out}: not empty, and not written by this command; name another folder")
    build = build_of(directory, as_of, revision)
    written = 0
    for uri, content in markdown_site(build, source_links=html_links == "source"):
        target = out / uri
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written += 1
    click.echo(f"{written} files written to {out}")
    return OK


@main.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), default=Path(".isms/schema"))
@click.pass_obj
@exits
def schema(directory: Path, out: Path) -> int:
    """Write JSON Schemas of all registers and of front matter, for editors.

    Those that the organization declares itself are among them; outside of an ISMS only those that the program brings along.
    """
    from isms_plugin.build import kinds_around
    from isms_plugin.export.schema import schemas

    target = out if out.is_absolute() else directory / out
    target.mkdir(parents=True, exist_ok=True)
    found = schemas(kinds_around(directory))
    for name, content in found.items():
        (target / name).write_bytes(content)
    click.echo(f"{len(found)} schemas written to {target}")
    return OK
