"""The command that writes what a web server needs to hand out a site to those who may read it."""

from __future__ import annotations

from importlib.resources import files as package_files
from pathlib import Path

import click

from isms_plugin.adapters.cli.base import OK, exits, main
from isms_plugin.errors import IsmsError


@main.command()
@click.argument("recipe", type=click.Choice(["nginx", "nginx-sso", "headers-file", "json"]))
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the files into this folder instead of showing them.")
@exits
def publishing(recipe: str, site: Path, out: Path | None) -> int:
    """Write security headers for a built SITE, and the settings of a server that lets only some read it.

    nginx asks for passwords, nginx-sso a single sign-on proxy; headers-file is the `_headers` of hosts of static pages, json for a CDN.
    The policy names the scripts that stand in the pages by their hashes, so write it anew when the theme changes.
    """
    from isms_plugin.export.security_headers import FORMS, security_headers

    pages = sorted(site.rglob("*.html"))
    if not pages:
        raise IsmsError(f"{site}: no page in it; name the folder of a built site")
    name, form = FORMS[recipe]
    found = {name: form(security_headers(page.read_text(encoding="utf-8") for page in pages))}
    if recipe.startswith("nginx"):
        found["isms.conf"] = (package_files("isms_plugin") / "catalogues" / "publishing" / f"{recipe}.conf").read_text(encoding="utf-8")
    if out is None:
        click.echo("\n".join(f"# {path}\n{text}" for path, text in found.items()) if len(found) > 1 else found[name], nl=False)
        return OK
    from isms_plugin.authoring.files import write_files

    out.mkdir(parents=True, exist_ok=True)
    write_files(out, found)
    click.echo("\n".join(f"{out / path} written" for path in found))
    return OK
