"""`isms review`: records that somebody looked at links after what they lead to had changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from isms_plugin.adapters.cli.base import OK, build_of, day_of, exits, main


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.argument("target", metavar="TARGET")
@click.option("--reason", required=True, help="Why the links still hold.")
@click.option("--as", "person", default="", metavar="PERSON", help="Who looked: id, name, address or account; default: who commits here.")
@click.option(
    "--on", "reviewed_on", type=click.DateTime(["%Y-%m-%d"]), callback=day_of,
    help="Day of the review; default: the setting `as_of`, else today.",
)  # fmt: skip
@click.option("--field", default="", help="Field of the link, where only one of several is meant; its name in YAML.")
@click.option("--dry-run", is_flag=True, help="Say what would be recorded and write nothing.")
@click.pass_obj
@exits
def review(directory: Path, sources: tuple[str, ...], target: str, **options: Any) -> int:
    """Record that somebody looked at the links from SOURCEs to TARGET, and that they still hold.

    Person, day, reason and a fingerprint of what TARGET means now go into the ledger `link-reviews`; only this command writes it.
    The links are suspect again once TARGET changes in meaning. Nothing is written when anything would not stand up: a link that
    is not there, somebody who was not here, a day to come.
    """
    build = build_of(directory)
    from isms_plugin.authoring.accept import known_name
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.link_review import Look, ledger_files, link_reviews
    from isms_plugin.sources.git_history import committer

    facts = build.facts
    names = (options["person"],) if options["person"] else committer(build.workspace.root)
    day: date = options["reviewed_on"] or facts.today
    look = Look(
        target=target, person=known_name(facts, names), reviewed_on=day, reason=options["reason"], field=options["field"]
    )  # fmt: skip
    made = link_reviews(facts, sources, look)
    files = ledger_files(made, build.sources.snapshot, facts.settings.registers)
    for row in made:
        click.echo(f"{row.id}: {row.source} still holds with {row.target}, by {row.reviewed_by} on {row.reviewed_on}")
    if options["dry_run"]:
        click.echo("Nothing was written.")
        return OK
    write_files(build.workspace.root, files)
    for path in files:
        click.echo(f"written: {path}")
    return OK
