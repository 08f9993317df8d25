"""Commands that read: what was, and the ISMS in other forms."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms_plugin.adapters.cli.base import FOUND, OK, as_of_option, at_option, build_of, exits, format_option, main
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.authoring.editor_settings import EditorFiles
    from isms_plugin.model.entry import Entry


@main.command()
@click.argument("name", metavar="ID|PATH")
@format_option
@at_option
@click.pass_obj
@exits
def history(directory: Path, name: str, form: str, revision: str) -> int:
    """Show versions and revisions of a document, or of the file that an entry stands in."""
    from isms_plugin.adapters.reports import history_data, history_text

    data = history_data(build_of(directory, revision=revision).facts, name)
    click.echo(json.dumps(data, ensure_ascii=False, indent=1) if form == "json" else history_text(data))
    return OK


@main.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--html-links",
    type=click.Choice(["published", "source"]),
    default="published",
    show_default=True,
    help="Links inside HTML: as published, or to source files for a generator that rewrites them, such as Zensical.",
)
@as_of_option
@at_option
@click.pass_obj
@exits
def pages(directory: Path, out: Path, html_links: str, as_of: date | None, revision: str) -> int:
    """Write the site as plain Markdown, for another generator."""
    from isms_plugin.build import markdown_site

    if out.exists() and any(out.iterdir()) and not (out / "isms.json").is_file():
        raise IsmsError(f"{out}: not empty, and not written by this command; name another folder")
    build = build_of(directory, as_of, revision)
    written = 0
    for uri, content in markdown_site(build, source_links=html_links == "source"):
        target = out / uri
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written += 1
    click.echo(f"{written} files written to {out}")
    return OK


@main.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), default=Path(".isms/schema"))
@click.option("--ids", is_flag=True, help="Let references complete with the ids that there are now.")
@click.option("--vscode", is_flag=True, help="Set up VS Code for them as well: settings, extensions and a snippet for each kind.")
@click.pass_obj
@exits
def schema(directory: Path, out: Path, ids: bool, vscode: bool) -> int:  # noqa: FBT001
    """Write JSON Schemas of all registers and of front matter, for editors.

    Those that the organization declares itself are among them; outside of an ISMS only those that the program brings along.
    """
    from isms_plugin.build import kinds_around
    from isms_plugin.export.schema import known_ids, schemas

    target = out if out.is_absolute() else directory / out
    kinds = kinds_around(directory)
    found = schemas(kinds, known_ids(build_of(directory).facts.isms.entries.values()) if ids else None)
    set_up = _editor_files(directory, target, kinds) if vscode else None
    target.mkdir(parents=True, exist_ok=True)
    for name, content in found.items():
        (target / name).write_bytes(content)
    click.echo(f"{len(found)} schemas written to {target}")
    return _set_up(directory, set_up) if set_up else OK


def _editor_files(directory: Path, target: Path, kinds: tuple[type[Entry], ...]) -> EditorFiles:
    """Return the settings of VS Code for the ISMS around a folder, with schemas in another one below its top."""
    from isms_plugin.authoring import editor_settings as editor
    from isms_plugin.sources.workspace import find_workspace

    workspace = find_workspace(directory)
    if not target.resolve().is_relative_to(workspace.root):
        raise click.UsageError("the editor finds schemas only below the top of the ISMS; name such a folder")
    schema = target.resolve().relative_to(workspace.root).as_posix()
    paths = ((path, workspace.root / path) for path in (editor.SETTINGS, editor.EXTENSIONS, editor.SNIPPETS))
    there = {path: editor.editor_text(path, file.read_bytes()) for path, file in paths if file.is_file()}
    return editor.editor_files(kinds, workspace.settings.registers, schema, there)


def _set_up(directory: Path, found: EditorFiles) -> int:
    """Write the settings of an editor, and tell what a person has to add by hand."""
    from isms_plugin.authoring.files import write_files
    from isms_plugin.sources.workspace import find_workspace

    write_files(find_workspace(directory).root, found.files)
    click.echo("".join(f"{path} written\n" for path in found.files), nl=False)
    for path, lines in found.by_hand.items():
        click.echo(f"{path}: left as it is, since it is not plain JSON (comments, or a key that stands there twice); add to it:\n{lines}")
    return FOUND if found.by_hand else OK
