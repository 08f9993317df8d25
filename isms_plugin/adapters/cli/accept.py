"""`isms accept`: records that a risk owner accepts what remains of risks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import OK, build_of, day_of, exits, main

if TYPE_CHECKING:
    from isms_plugin.analysis.risk.profile import Rated


@main.command()
@click.argument("risks", metavar="RISK...", nargs=-1, required=True)
@click.option("--as", "person", default="", metavar="PERSON", help="Who accepts: id, name, address or account; default: who commits here.")
@click.option(
    "--on",
    "accepted_on",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day_of,
    help="Day of the acceptance; default: the setting `as_of`, else today.",
)
@click.option(
    "--until", "accepted_until", type=click.DateTime(["%Y-%m-%d"]), callback=day_of, help="Last day on which it counts; default: none."
)
@click.option("--dry-run", is_flag=True, help="Say what would be recorded and write nothing.")
@click.pass_obj
@exits
def accept(
    directory: Path,
    risks: tuple[str, ...],
    person: str,
    accepted_on: date | None,
    accepted_until: date | None,
    dry_run: bool,  # noqa: FBT001
) -> int:
    """Record that the owner of risks accepts what remains of them.

    Person, day and a hash of what was accepted are written into the rows; a later change of scores, treatment, controls,
    actions or scenario shows from then on. Nothing is written when anything would not stand up: somebody who is not the
    owner, a level above what an owner may accept, a row with mistakes.
    """
    build = build_of(directory)
    from isms_plugin.authoring.accept import Acceptance, accepted, files_of, known_name
    from isms_plugin.authoring.files import write_files
    from isms_plugin.sources.git_history import committer

    facts = build.facts
    names = (person,) if person else committer(build.workspace.root)
    wish = Acceptance(person=known_name(facts, names), accepted_on=accepted_on or facts.today, accepted_until=accepted_until)
    found = [accepted(facts, name, wish) for name in dict.fromkeys(risks)]
    files = files_of(facts, found, wish, build.sources.snapshot.read)
    for item in found:
        click.echo(_sentence(item, wish.accepted_on, wish.accepted_until))
    if dry_run:
        click.echo("Nothing was written.")
        return OK
    write_files(build.workspace.root, files)
    for path in files:
        click.echo(f"written: {path}")
    click.echo("Commit them; the acceptance is on record from then on.")
    return OK


def _sentence(item: Rated, day: date, until: date | None) -> str:
    from isms_plugin.model.risk_state import state_hash

    risk, band = item.risk, item.method.band(item.residual_level)
    level = f"level {item.residual_level}{f' {band}' if band else ''}"
    term = f" until {until}" if until else ""
    return f"{risk.id} {risk.name}: {level} accepted by {risk.owner} on {day}{term} ({state_hash(risk)[:24]}...)"
