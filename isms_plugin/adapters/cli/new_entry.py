"""`isms new KIND`: begins an entry of any kind, or a document of any sort, as a draft with the next free id."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import OK, build_of, exits
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.authoring.new_entry import Begun
    from isms_plugin.authoring.new_place import Written
    from isms_plugin.build import Build
    from isms_plugin.model.entry import Entry


class Kinds(click.Group):
    """Commands by name, and one for each kind of entry and sort of document that the ISMS has."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all of them: sorts of documents, then kinds in the order readers meet them."""
        from isms_plugin.authoring.new_entry import WRITTEN_ELSEWHERE

        kinds = [name for name in _kinds(ctx.obj) if name not in WRITTEN_ELSEWHERE]
        return [*dict.fromkeys((*super().list_commands(ctx), *_sorts(), *kinds))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name; a kind goes by its own, by that of its register, and with hyphens."""
        found = super().get_command(ctx, cmd_name)
        if found is not None:
            return found
        if cmd_name in _sorts():
            return _command(cmd_name, None, f"Begin {'an' if cmd_name[0] in 'aeiou' else 'a'} {cmd_name} as a draft.")
        kind = _kinds(ctx.obj).get(cmd_name.replace("_", "-")) or _aliases(ctx.obj).get(cmd_name)
        return _command(cmd_name, kind, f"Begin an entry of the register {kind.KIND.register}. {kind.KIND.about}") if kind else None


def _sorts() -> tuple[str, ...]:
    from isms_plugin.authoring.new_document import DOCUMENT_KINDS

    return DOCUMENT_KINDS


def _registered(directory: Path | None) -> list[type[Entry]]:
    from isms_plugin.build import kinds_around
    from isms_plugin.model.document import Document

    return [kind for kind in kinds_around(directory or Path()) if kind.KIND.register and kind is not Document]


def _kinds(directory: Path | None) -> dict[str, type[Entry]]:
    """Return the kinds by what they are called in lists."""
    return {kind.KIND.name.replace("_", "-"): kind for kind in _registered(directory)}


def _aliases(directory: Path | None) -> dict[str, type[Entry]]:
    """Return the kinds by the names of their registers, and by what one entry is called."""
    kinds = _registered(directory)
    titles = {"-".join(kind.KIND.title.lower().split()): kind for kind in kinds}
    return {**titles, **{kind.KIND.register: kind for kind in kinds}}


def _command(name: str, kind: type[Entry] | None, told: str) -> click.Command:
    file = "policies/NAME.md" if kind is None else f"registers/{kind.KIND.register}.yml"
    options: list[click.Parameter] = [
        click.Option(["--title"], default="", help="What it is called."),
        click.Option(["--set", "assignments"], multiple=True, metavar="FIELD=VALUE", help="Fill in a field; lists with commas."),
        click.Option(["--file"], default="", metavar="PATH", help=f"File to write it into, from the top of the ISMS, such as {file}."),
        click.Option(["--edit/--no-edit"], default=None, help="Open the editor on it; default: on a terminal, where $EDITOR is set."),
    ]
    more = "It gets the next id that no branch, tag or deleted entry of this clone has. Fields come with what belongs there as comments."
    short = told.partition(". ")[0].removesuffix(".") + "."
    run = click.pass_obj(exits(partial(_begin, name, kind)))
    return click.Command(name, params=options, callback=run, help=f"{told}\n\n{more}", short_help=short)


def _begin(
    name: str, kind: type[Entry] | None, directory: Path, /, *, title: str, assignments: tuple[str, ...], file: str, edit: bool | None
) -> int:
    from isms_plugin.authoring.files import write_files

    build = build_of(directory)
    begun, written = _made(build, name, kind, title, assignments, file)
    write_files(build.workspace.root, {written.path: written.content})
    click.echo(f"{begun.id} {begun.titled}".rstrip() + " is begun as a draft.")
    if begun.missing:
        click.echo(f"Even a draft needs {', '.join(begun.missing)}: fill in what belongs there.")
    click.echo(f"{written.path}:{written.line}")
    _edit(build.workspace.root / written.path, wanted=edit)
    return OK


def _made(build: Build, name: str, kind: type[Entry] | None, title: str, assignments: tuple[str, ...], file: str) -> tuple[Begun, Written]:
    from isms_plugin.authoring.new_document import begin_document
    from isms_plugin.authoring.new_entry import Wish, begin, form_lines
    from isms_plugin.authoring.new_place import write_entry
    from isms_plugin.sources.git_history import committer
    from isms_plugin.sources.taken_ids import taken_ids

    facts, snapshot, root = build.facts, build.sources.snapshot, build.workspace.root
    try:
        names = committer(root)
    except IsmsError:  # nobody has to say who they are to begin something
        names = ()
    wish = Wish(title=title, assignments=assignments, names=names)
    taken = taken_ids(build.workspace, snapshot)
    if kind is None:
        return begin_document(facts, snapshot, name, wish, taken, file)
    begun = begin(facts, kind, wish, taken)
    return begun, write_entry(facts, snapshot, kind, begun.id, form_lines(kind, begun.values), file)


def _edit(path: Path, *, wanted: bool | None) -> None:
    """Open the editor on a file: where that is wanted, or on a terminal of somebody who has chosen one."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if wanted or (wanted is None and terminal and chosen):
        click.edit(filename=str(path), editor=chosen)
