"""`isms management-review`: the pack for the meeting, with every input as the registers have it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import OK, as_of_option, at_option, build_of, exits, main
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.analysis.facts import Facts
    from isms_plugin.model.management_review import ManagementReview

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@main.command("management-review")
@click.argument("name", metavar="[ID|DATE]", default="")
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True, help="Form of the pack.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; default: standard output.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@as_of_option
@at_option
@click.pass_obj
@exits
def management_review(directory: Path, name: str, form: str, out: Path | None, force: bool, as_of: date | None, revision: str) -> int:  # noqa: FBT001
    """Make the pack of a management review; default: the next one that is planned.

    Each input of clause 9.3.2 with what the registers say since the review before, what the review said to it, and what is
    missing by name. A review that was held is shown as of that day; a DATE names the review of that day, or shows the next one
    as of it. What counts are the dates in the registers; --at reads the repository as it was.
    """
    day = _date(name)
    facts = build_of(directory, as_of, revision).facts
    from isms_plugin.analysis.management_review.pack import pack_of
    from isms_plugin.export.review_pack import review_json, review_markdown

    review = _of_day(facts, day) if day else _named(facts, name)
    pack = pack_of(facts, review, day)
    text = review_json(facts, pack) if form == "json" else review_markdown(facts, pack)
    if out is None:
        click.echo(text, nl=False)
        return OK
    if out.exists() and not force:
        raise IsmsError(f"{out}: exists already; --force writes over it")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(text.encode())
    click.echo(f"written: {out}")
    return OK


def _date(name: str) -> date | None:
    if not _DAY.fullmatch(name):
        return None
    try:
        return date.fromisoformat(name)
    except ValueError:
        raise click.BadParameter(f"{name} is no day") from None


def _named(facts: Facts, name: str) -> ManagementReview:
    """Return the review of an id, or the next one; raises IsmsError where there is none."""
    from isms_plugin.analysis.management_review.pack import next_review, reviews
    from isms_plugin.model.management_review import ManagementReview

    found = facts.isms.get(ManagementReview, name) if name else next_review(reviews(facts.isms))
    if found is None:
        known = ", ".join(review.id for review in reviews(facts.isms)) or "none is registered"
        raise IsmsError(f"{name}: no such management review; known: {known}" if name else f"no review is planned; known: {known}")
    return found


def _of_day(facts: Facts, day: date) -> ManagementReview:
    """Return the review that was held on a day or is planned for it, else the next one."""
    from isms_plugin.analysis.management_review.pack import reviews

    for review in reviews(facts.isms):
        if review.held_on == day or (review.planned == day and not review.closed):
            return review
    return _named(facts, "")
