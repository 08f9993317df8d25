"""The command that records who has confirmed to have read what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from isms_plugin.adapters.cli.base import FOUND, OK, build_of, day_of, exits, main
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.authoring.acknowledge import Outcome
    from isms_plugin.authoring.claims import Claim

FIELDS: Final = ("person", "document", "version", "date")
THE_COMMIT: Final = "the commit that recorded it"
"""Where a confirmation can be seen that was given by recording it."""


def _mapping(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    found = {field.strip(): column.strip() for field, _, column in (value.partition("=") for value in values)}
    wrong = [field for field, column in found.items() if field not in FIELDS or not column]
    if wrong:
        raise click.BadParameter(f"write FIELD=COLUMN, where FIELD is {', '.join(FIELDS[:-1])} or {FIELDS[-1]}")
    return found


@main.command()
@click.argument("name", metavar="[DOCUMENT]", default="")
@click.option("--person", default="", help="Who confirmed: id, name, or a name or address they have in git.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), callback=day_of, help="Day of the confirmation; default: today.")
@click.option("--version", default="", help="Version that was read; default: the one in force on that day.")
@click.option(
    "--from", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="CSV export of a form or learning platform."
)
@click.option("--map", "mapping", multiple=True, callback=_mapping, metavar="FIELD=COLUMN", help=f"Column that says {', '.join(FIELDS)}.")
@click.option("--document", default="", help="Document that all rows of the export are about.")
@click.option("--date-format", default="", metavar="FORMAT", help="How the export writes dates, such as %d/%m/%Y; default: YYYY-MM-DD.")
@click.option(
    "--method", type=click.Choice(["form", "request", "lms", "paper"]), help="How it was given; default: request, lms for an export."
)
@click.option("--source", default="", help="Where it can be seen; default: the commit, or the name of the export.")
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and write nothing.")
@click.pass_obj
@exits
def ack(
    directory: Path,
    *,
    name: str,
    person: str,
    day: date | None,
    version: str,
    file: Path | None,
    mapping: Mapping[str, str],
    document: str,
    date_format: str,
    method: str | None,
    source: str,
    dry_run: bool,
) -> int:
    """Record that a person has read a document, or that all people of an export have.

    Exit code: 0 recorded or on record already, 1 the export has mistakes and nothing was written, 2 wrong usage, 3 nothing could be read.
    """
    _check_usage(
        file, name, document, {"--person": person, "--on": day, "--version": version}, {"--map": mapping, "--date-format": date_format}
    )
    if not file and method not in (None, "request") and not source:
        raise click.UsageError("say where it can be seen: --source, such as the binder or the form")
    from isms_plugin.authoring.acknowledge import Terms, acknowledge, register_files
    from isms_plugin.authoring.files import write_files

    build = build_of(directory)
    said = name or document
    claims = _exported(file, mapping, said) if file else [_single(said, person, version, day or build.facts.today)]
    terms = Terms(
        method=method or ("lms" if file else "request"), source=source or (file.name if file else THE_COMMIT), date_format=date_format
    )
    outcome = acknowledge(build.facts, claims, terms)
    if outcome.mistakes:
        return _refused(outcome, exported=bool(file))
    files = register_files(outcome.records, build.sources.snapshot, build.facts.settings.registers)
    if not dry_run:
        write_files(build.workspace.root, files)
    click.echo("\n".join((_summary(outcome, dry_run=dry_run), *files)))
    return OK


def _check_usage(file: Path | None, name: str, document: str, for_one: Mapping[str, object], for_export: Mapping[str, object]) -> None:
    if name and document:
        raise click.UsageError("name the document once")
    if not file and not ((name or document) and for_one["--person"]):
        raise click.UsageError("name a document and --person, or an export with --from")
    for option, value in (for_one if file else for_export).items():
        if value:
            raise click.UsageError(f"{option} {'does not go with' if file else 'needs'} --from")


def _single(document: str, person: str, version: str, day: date) -> Claim:
    from isms_plugin.authoring.claims import Claim

    return Claim(people=(person,), documents=(document,), version=version, day=day.isoformat())


def _exported(file: Path, mapping: Mapping[str, str], document: str) -> Iterable[Claim]:
    from isms_plugin.authoring.claims import claims_of
    from isms_plugin.authoring.csv_table import read_csv

    return claims_of(read_csv(file.read_bytes(), str(file)), mapping, document)


def _refused(outcome: Outcome, *, exported: bool) -> int:
    if not exported:
        raise IsmsError("; ".join(outcome.mistakes))
    for mistake in outcome.mistakes:
        click.echo(mistake, err=True)
    number = len(outcome.mistakes)
    click.echo(f"isms: {number} {'mistake' if number == 1 else 'mistakes'}, nothing was written", err=True)
    return FOUND


def _summary(outcome: Outcome, *, dry_run: bool) -> str:
    number = len(outcome.records)
    what = f"{number} {'acknowledgement' if number == 1 else 'acknowledgements'} {'would be recorded' if dry_run else 'recorded'}"
    rest = [
        (outcome.known, "was on record already", "were on record already"),
        (outcome.repeated, "says the same as another row", "say the same as other rows"),
        (outcome.undated, "without a date was left out", "without a date were left out"),
    ]
    return ", ".join((what, *(f"{count} {one if count == 1 else many}" for count, one, many in rest if count)))
