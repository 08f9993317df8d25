"""`isms init`: begins an ISMS: a demo, a small one of drafts, or one around the policies that are there."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import OK, exits, main

if TYPE_CHECKING:
    from isms_plugin.authoring.start.answers import Answers


@main.command()
@click.argument("target", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Name of the organization; default: that of the folder.")
@click.option("--scope", metavar="TEXT", help="Scope in one sentence; default: a place to decide.")
@click.option("--size", type=click.Choice(["10", "50", "250"]), help="People, about; default: 10.")
@click.option("--language", type=click.Choice(["en", "de"]), help="Language of the texts; default: en.")
@click.option("--platform", type=click.Choice(["github", "gitlab", "none"]), help="Platform to write pipelines for; default: none.")
@click.option("--lead", metavar="NAME", help="Information security manager.")
@click.option("--director", metavar="NAME", help="Who answers for the ISMS in top management.")
@click.option("--from", "source", metavar="SRC", type=click.Path(path_type=Path), help="Folder with policies in Markdown to begin with.")
@click.option("--yes", is_flag=True, help="Ask nothing and take defaults; with --from, write what is shown.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing; with --from that is so without --yes.")
@click.option("--demo", is_flag=True, help="Write the ISMS of a fictional company with a past of three years.")
@click.pass_obj
@exits
def init(
    directory: Path,
    target: Path | None,
    source: Path | None,
    *,
    yes: bool,
    dry_run: bool,
    demo: bool,
    **given: str | None,
) -> int:
    """Write an ISMS into DIR, a new or empty folder: small, all of it drafts, without a mistake of its own.

    On a terminal it asks for what no option tells. With --from it takes the policies of SRC along, byte for byte, and puts in front of
    them what they say themselves of title, owner, version and dates; without DIR this happens in SRC. What it found is shown with file
    and line, and written with --yes only.
    """
    if target is None and source is None:
        raise click.UsageError("name the folder, or policies to begin with: --from SRC")
    if demo:
        return _demo(directory, target, alone=source is None and not any(given.values()) and not dry_run)
    if source is not None:
        return _around(directory / source, directory / (target or source), given, write=yes and not dry_run)
    return _new(directory / (target or Path()), given, ask=not yes and not dry_run and on_terminal(), write=not dry_run)


def on_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _demo(directory: Path, target: Path | None, *, alone: bool) -> int:
    if target is None or not alone:
        raise click.UsageError("--demo takes a folder and nothing else")
    from isms_plugin.authoring.demo import write_demo

    write_demo(directory / target)
    click.echo(f"Written: {directory / target}, a git repository. Its README.md names three things to try.")
    return OK


def _new(target: Path, given: dict[str, str | None], *, ask: bool, write: bool) -> int:
    from isms_plugin.adapters.clock import today
    from isms_plugin.authoring.start.comforts import comforts
    from isms_plugin.authoring.start.first_files import first_files
    from isms_plugin.authoring.start.new_folder import fill, refuse_full

    refuse_full(target)
    answers = _asked(given, target) if ask else _answers(given, target)
    files: dict[str, str | bytes] = {**first_files(answers, today()), **comforts(answers.platform)}
    if not write:
        click.echo("\n".join(files))
        click.echo(f"Nothing was written; {len(files)} files would be.")
        return OK
    fill(target, files)
    click.echo(f"Written to {target}: {len(files)} files, all of them drafts. README.md has the first week in ten steps.")
    click.echo(f"Next: cd {shlex.quote(str(target))} && git init && isms check && mkdocs serve")
    click.echo("Then isms audit --stage 1 says what is still to do, the gravest first.")
    return OK


def _answers(given: dict[str, str | None], target: Path) -> Answers:
    from isms_plugin.authoring.start.answers import Answers

    told = {key: value for key, value in given.items() if value}
    size = int(told.pop("size", "10"))
    name = told.pop("name", "") or target.resolve().name or "ISMS"
    return replace(Answers(name=name, size=size), **told)  # type: ignore[arg-type]


def _asked(given: dict[str, str | None], target: Path) -> Answers:
    """Ask for what no option told; an empty answer takes the default."""
    from isms_plugin.authoring.start.answers import LANGUAGES, PLATFORMS, SIZES

    answers = _answers(given, target)
    questions: tuple[tuple[str, str, list[str]], ...] = (
        ("name", "Name of the organization", []),
        ("scope", "Scope in one sentence (empty: decide later)", []),
        ("size", "People, about", [str(size) for size in SIZES]),
        ("language", "Language of the texts", list(LANGUAGES)),
        ("platform", "Platform to write pipelines for", list(PLATFORMS)),
        ("director", "Who answers for it in top management (empty: later)", []),
        ("lead", "Information security manager (empty: later)", []),
    )
    told = dict(given)
    for key, question, choices in questions:
        if given.get(key) is None:
            default = str(getattr(answers, key))
            told[key] = click.prompt(question, default=default, type=click.Choice(choices) if choices else str, show_default=bool(default))
    return _answers(told, target)


def _around(source: Path, target: Path, given: dict[str, str | None], *, write: bool) -> int:
    """Show what an ISMS around the documents of a folder would be, and write it where that was asked for."""
    from isms_plugin.adapters.clock import today
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.start.account import account
    from isms_plugin.authoring.start.document_set import planned
    from isms_plugin.authoring.start.new_folder import fill, refuse_full
    from isms_plugin.authoring.start.place import DEFAULT, documents_folder
    from isms_plugin.authoring.start.source_folder import read_source_folder

    found = read_source_folder(source)
    in_place = source.resolve() == target.resolve()
    if not in_place:
        refuse_full(target)
    folder = documents_folder(found) if in_place else DEFAULT
    plan = planned(found, _answers(given, target), today(), folder, in_place=in_place)
    click.echo("\n".join(account(plan)))
    if not write:
        click.echo("\nNothing was written. Look at what was found, then say the same with --yes.")
        return OK
    if in_place:
        write_files(found.root, plan.files)
    else:
        fill(target, plan.files, {path: (found.root / lay).stat().st_mode & 0o777 for path, lay in plan.sources.items()})
    click.echo(f"\nWritten to {target}: {len(plan.files)} files. Next: isms -C {target} check, then isms -C {target} audit --stage 1.")
    return OK
