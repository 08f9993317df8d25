"""`isms audit sample`: draws items from a register so that anybody can draw them again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isms_plugin.adapters.cli.audit import audit
from isms_plugin.adapters.cli.base import OK, as_of_option, at_option, build_of, day_of, exits, format_option

if TYPE_CHECKING:
    from isms_plugin.analysis.facts import Facts
    from isms_plugin.authoring.sample_draw import Drawn

_DAY = click.DateTime(["%Y-%m-%d"])


@audit.command()
@click.argument("register")
@click.option("--n", "size", type=click.IntRange(min=1), required=True, metavar="N", help="How many are drawn.")
@click.option("--seed", required=True, help="Word or number that the draw begins with; choose it before, and tell it.")
@click.option("--from", "first", type=_DAY, callback=day_of, metavar="DATE", help="Only what happened from this day on.")
@click.option("--to", "last", type=_DAY, callback=day_of, metavar="DATE", help="Only what happened up to this day.")
@click.option("--audit", "name", default="", metavar="AUDIT", help="Audit that the sample is drawn for.")
@click.option("--write", is_flag=True, help="Add the sample to that audit, in place.")
@format_option
@as_of_option
@at_option
@click.pass_obj
@exits
def sample(
    directory: Path,
    register: str,
    size: int,
    seed: str,
    first: date | None,
    last: date | None,
    name: str,
    write: bool,  # noqa: FBT001
    form: str,
    as_of: date | None,
    revision: str,
) -> int:
    """Draw N entries of REGISTER at random, so that anybody can repeat it.

    Every living entry may be drawn. The draw depends on nothing but their ids and the seed: of seed, line feed and id the
    SHA-256 is taken, and the smallest ones are the sample (`isms-draw-1`). Count and hash of the population are told, so that
    one sees later whether it is still the same; `--at` draws from an earlier commit.
    """
    if write and (not name or revision):
        raise click.UsageError("--write needs --audit, and cannot be used with --at")
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.sample_draw import Wish, draw_sample, files_with_sample

    build = build_of(directory, as_of, revision)
    drawn = draw_sample(build.facts, Wish(register=register, size=size, seed=seed.strip(), first=first, last=last))
    files = files_with_sample(build.facts, name, drawn, build.sources.snapshot.read) if name else {}
    if write:
        write_files(build.workspace.root, files)
    click.echo(json.dumps(_data(build.facts, drawn, name), ensure_ascii=False, indent=1) if form == "json" else _text(build.facts, drawn))
    for path in files if write else ():
        click.echo(f"written: {path}", err=form == "json")
    return OK


def _text(facts: Facts, drawn: Drawn) -> str:
    from isms_plugin.analysis.audits.sampling import METHOD
    from isms_plugin.authoring.yaml_text import item_yaml

    width = max(len(item.id) for item in drawn.items)
    return "\n".join(
        (
            f"{drawn.title}: {len(drawn.ids)} in the register {drawn.wish.register} on {drawn.day}",
            f"SHA-256 of their ids: {drawn.population_hash}",
            f"{METHOD} with seed {drawn.wish.seed!r} draws {len(drawn.items)}:",
            *(f"  {item.id:<{width}}  {item.name}  {facts.isms.place(item)}".rstrip() for item in drawn.items),
            "",
            "Row for `samples` of the audit:",
            "",
            item_yaml(drawn.row).rstrip("\n"),
        )
    )


def _data(facts: Facts, drawn: Drawn, name: str) -> dict[str, Any]:
    """Return a sample as `isms-sample/1`."""
    row = {key: value.isoformat() if isinstance(value, date) else value for key, value in drawn.row.items()}
    places = {item.id: facts.isms.place(item) for item in drawn.items}
    items = [{"id": item.id, "name": item.name, "path": places[item.id].path, "line": places[item.id].line} for item in drawn.items]
    return {"schema": "isms-sample/1", "as_of": facts.today.isoformat(), "audit": name or None, **row, "items": items}
