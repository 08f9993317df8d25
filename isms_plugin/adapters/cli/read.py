"""Commands that read: what is wrong, what was, and the ISMS in other forms."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Final

import click

from isms_plugin.adapters.cli.base import FOUND, OK, as_of_option, at_option, build_of, exits, format_option, main
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Diagnostic, Grade

GRADES: Final = [grade.word for grade in Grade]


@main.command()
@format_option
@as_of_option
@at_option
@click.option("--fail-on", type=click.Choice(GRADES), help="Lowest grade that makes the exit code 1; default: the setting.")
@click.option("--site", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Check a built site instead.")
@click.pass_obj
@exits
def check(directory: Path, form: str, as_of: date | None, revision: str, fail_on: str | None, site: Path | None) -> int:
    """Report everything that is wrong, with its place and what would clear it.

    Exit code: 0 nothing at or above the threshold, 1 something, 2 wrong usage or settings, 3 nothing could be read.
    """
    if site is not None:
        return _check_site(site)
    from isms_plugin.analysis.waivers import waived_in_words
    from isms_plugin.export.data import diagnostic_data

    facts = build_of(directory, as_of, revision).facts
    threshold = Grade.of(fail_on) if fail_on else facts.settings.threshold
    graded = [(facts.grade(item), item) for item in facts.diagnostics]
    if form == "json":
        data = {"schema": "isms-check/1", "diagnostics": [diagnostic_data(facts, item) for _, item in graded]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for grade, item in graded:
            click.echo(_line(grade, item, waived_in_words(facts.waiver(item))))
        click.echo(_summary([grade for grade, _ in graded]))
    return FOUND if any(grade >= threshold > Grade.OFF for grade, _ in graded) else OK


def _line(grade: Grade, item: Diagnostic, waived: str) -> str:
    place = f"{item.place}: " if item.place.path else ""
    clause = f", {item.clause}" if item.clause else ""
    mark = f" ({waived})" if waived else ""
    return f"{place}{grade.word}: {item.message} [{item.code}{clause}]{mark}" + (f"\n    {item.hint}" if item.hint else "")


def _summary(grades: list[Grade]) -> str:
    counts = [f"{grades.count(grade)} {grade.word}" for grade in sorted(Grade, reverse=True) if grade in grades]
    return ", ".join(counts) + "." if counts else "Nothing found."


def _check_site(site: Path) -> int:
    from isms_plugin.export.site_check import check_site

    found = list(check_site(site))
    for sentence in found:
        click.echo(sentence)
    click.echo(f"{len(found)} faults." if found else "The site is whole.")
    return FOUND if found else OK


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
