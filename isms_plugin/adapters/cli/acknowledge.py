"""The command that records who has confirmed to have read what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from isms_plugin.adapters.cli.base import FOUND, OK, build_of, day_of, exits, main
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.authoring.acknowledge import Outcome, Terms
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the command line says."""

    name: str
    person: str
    day: date | None
    version: str
    file: Path | None
    mapping: Mapping[str, str]
    document: str
    date_format: str
    method: str | None
    source: str
    dry_run: bool

    def check(self) -> None:
        """Refuse what does not go together."""
        one = {"--person": self.person, "--on": self.day, "--version": self.version}
        export = {"--map": self.mapping, "--date-format": self.date_format}
        if self.name and self.document:
            raise click.UsageError("name the document once")
        if not self.file and not ((self.name or self.document) and self.person):
            raise click.UsageError("name a document and --person, or an export with --from")
        for option, value in (one if self.file else export).items():
            if value:
                raise click.UsageError(f"{option} {'does not go with' if self.file else 'needs'} --from")
        if not self.file and self.method not in (None, "request") and not self.source:
            raise click.UsageError("say where it can be seen: --source, such as the binder or the form")

    def claims(self, today: date) -> Iterable[Claim]:
        """Return the one claim that was made, or those of the export."""
        from isms_plugin.authoring.claims import Claim, claims_of
        from isms_plugin.sources.tables import read_table_file

        document = self.name or self.document
        if self.file:
            return claims_of(read_table_file(self.file), self.mapping, document)
        return [Claim(people=(self.person,), documents=(document,), version=self.version, day=(self.day or today).isoformat())]

    def terms(self) -> Terms:
        """Return how the confirmations were given."""
        from isms_plugin.authoring.acknowledge import Terms

        return Terms(
            method=self.method or ("lms" if self.file else "request"),
            source=self.source or (self.file.name if self.file else THE_COMMIT),
            date_format=self.date_format,
        )


@main.command()
@click.argument("name", metavar="[DOCUMENT]", default="")
@click.option("--person", default="", help="Who confirmed: id, name, or a name or address they have in git.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), callback=day_of, help="Day of the confirmation; default: today.")
@click.option("--version", default="", help="Version that was read; default: the one in force on that day.")
@click.option(
    "--from", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="CSV, JSON or XLSX export of a form or platform."
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
def ack(directory: Path, **options: Any) -> int:
    """Record that a person has read a document, or that all people of an export have.

    Exit code: 0 recorded or on record already, 1 the export has mistakes and nothing was written, 2 wrong usage, 3 nothing could be read.
    """
    asked = _Asked(**options)
    asked.check()
    from isms_plugin.authoring.acknowledge import acknowledge, register_files
    from isms_plugin.authoring.files import write_files

    build = build_of(directory)
    outcome = acknowledge(build.facts, asked.claims(build.facts.today), asked.terms())
    if outcome.mistakes:
        return _refused(outcome, exported=bool(asked.file))
    files = register_files(outcome.records, build.sources.snapshot, build.facts.settings.registers)
    if not asked.dry_run:
        write_files(build.workspace.root, files)
    click.echo("\n".join((_summary(outcome, dry_run=asked.dry_run), *files)))
    return OK


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
