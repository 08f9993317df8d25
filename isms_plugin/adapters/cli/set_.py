"""`isms set`: changes fields of one entry, and nothing else in its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from isms_plugin.adapters.cli.base import OK, build_of, exits, main

if TYPE_CHECKING:
    from isms_plugin.authoring.field_change import Change
    from isms_plugin.model.entry import Entry

_PAIRS: dict[str, Any] = {"multiple": True, "nargs": 2, "metavar": "FIELD VALUE"}


@main.command("set")
@click.argument("name", metavar="ID")
@click.argument("words", metavar="[FIELD VALUE]...", nargs=-1)
@click.option("--add", **_PAIRS, help="Add an item to a list.")
@click.option("--remove", **_PAIRS, help="Take an item out of a list.")
@click.option("--unset", multiple=True, metavar="FIELD", help="Take out a field, or an item by its place: changes.0.")
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.pass_obj
@exits
def set_fields(
    directory: Path,
    name: str,
    words: tuple[str, ...],
    add: tuple[tuple[str, str], ...],
    remove: tuple[tuple[str, str], ...],
    unset: tuple[str, ...],
    dry_run: bool,  # noqa: FBT001
) -> int:
    """Change fields of the entry ID: FIELD VALUE, FIELD=VALUE, FIELD+=ITEM, FIELD-=ITEM.

    Fields go by their names in the register, those of parts by the way to them: changes.0.note. Lists are written with commas, or in
    brackets as YAML; parts in braces. The rest of the file stays as it is, comments and quotes included. Nothing is written when any
    value is not allowed, an id leads nowhere, or the text cannot be changed in place.
    """
    if not (words or add or remove or unset):
        raise click.UsageError(f"nothing to change; write FIELD VALUE, as in: isms set {name} owner PER-001")
    build = build_of(directory)
    from isms_plugin.authoring.entry_change import changed_file, writable_entry
    from isms_plugin.authoring.files import write_files

    isms, snapshot = build.facts.isms, build.sources.snapshot
    entry = writable_entry(isms, name)
    changes = _changes(type(entry), words, add, remove, unset)
    path = isms.place(entry).path
    before, after = snapshot.read(path), changed_file(isms, snapshot, entry, changes)
    show_difference(path, before, after)
    if before == after:
        click.echo(f"{path}: says so already.")
    elif dry_run:
        click.echo("Nothing was written.")
    else:
        write_files(build.workspace.root, {path: after})
        click.echo(f"written: {path}")
    return OK


def _changes(
    kind: type[Entry], words: tuple[str, ...], add: tuple[tuple[str, str], ...], remove: tuple[tuple[str, str], ...], unset: tuple[str, ...]
) -> list[Change]:
    from isms_plugin.authoring.field_path import changes_of, read_words

    named: list[tuple[Literal["add", "remove", "unset"], str, str]] = [
        *(("remove", field, value) for field, value in remove),
        *(("add", field, value) for field, value in add),
        *(("unset", field, "") for field in unset),
    ]
    return [*read_words(kind, words), *(change for action, field, value in named for change in changes_of(kind, action, field, value))]


def show_difference(path: str, before: bytes, after: bytes) -> None:
    """Print the lines of a file that change, each with its number."""
    from isms_plugin.authoring.line_difference import line_difference

    for line in line_difference(path, before, after):
        click.echo(line)
