"""`isms accept`: records that a risk owner accepts what remains of risks, or that minutes of a management review are signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from isms_plugin.adapters.cli.base import OK, build_of, day_of, exits, main


@main.command()
@click.argument("names", metavar="ID...", nargs=-1, required=True)
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
    names: tuple[str, ...],
    person: str,
    accepted_on: date | None,
    accepted_until: date | None,
    dry_run: bool,  # noqa: FBT001
) -> int:
    """Record that the owner of risks accepts what remains of them, or that minutes of management reviews are signed.

    Person, day and a hash of what was accepted are written into the rows; a later change of scores, treatment, controls,
    actions or scenario of a risk, or of anything that minutes say, shows from then on. Nothing is written when anything would
    not stand up: somebody who is not the owner, a level above what an owner may accept, minutes that nobody of top
    management signs or that lack an input, a row with mistakes.
    """
    build = build_of(directory)
    from isms_plugin.authoring.accept import Acceptance, acceptance, files_of, known_name
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.sign_off import sign_off
    from isms_plugin.model.management_review import ManagementReview
    from isms_plugin.sources.git_history import committer

    facts = build.facts
    known = (person,) if person else committer(build.workspace.root)
    wish = Acceptance(person=known_name(facts, known), accepted_on=accepted_on or facts.today, accepted_until=accepted_until)
    signed = []
    for name in dict.fromkeys(names):
        review = facts.isms.get(ManagementReview, name)
        signed.append(sign_off(facts, review, wish) if review else acceptance(facts, name, wish))
    files = files_of(facts, signed, build.sources.snapshot.read)
    for item in signed:
        click.echo(item.told)
    if dry_run:
        click.echo("Nothing was written.")
        return OK
    write_files(build.workspace.root, files)
    for path in files:
        click.echo(f"written: {path}")
    click.echo("Commit them; the acceptance is on record from then on.")
    return OK
