"""The command `isms verify`: whether a pack is still what was handed out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import click

from isms_plugin.adapters.cli.base import BROKEN, FOUND, OK, exits, format_option, main

_FINGERPRINT: Final = re.compile(r"(SHA256:[A-Za-z0-9+/]{43})=?")


def _fingerprint(_: click.Context, __: click.Parameter, value: str) -> str:
    """Return a fingerprint as programs write it."""
    match = _FINGERPRINT.fullmatch(value.strip())
    if value and match is None:
        raise click.BadParameter(f"{value!r} is no fingerprint as `ssh-keygen -l` shows it: SHA256: and 43 letters")
    return match[1] if match else ""


@main.command()
@click.argument("pack", type=click.Path(exists=True, path_type=Path))
@click.option("--signers", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Allowed signers, as ssh-keygen reads them.")
@click.option("--fingerprint", default="", callback=_fingerprint, metavar="SHA256:...", help="Fingerprint of the key that has to sign it.")
@click.option("--repo", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Clone to compare documents and data with.")
@format_option
@exits
def verify(pack: Path, signers: Path | None, fingerprint: str, repo: Path | None, form: str) -> int:
    """Verify a pack that `isms export` made: PACK is the zip, or the folder it was unpacked into.

    Needs neither the repository nor a network. Names every file that was changed, added, removed or renamed since.

    Exit code: 0 nothing differs, 1 something does, 2 wrong usage, 3 it cannot be read, or not all could be verified that should be.
    """
    from isms_plugin.adapters.pack_verification import verification_data, verification_lines, verify_pack

    name = pack.resolve().name
    found = verify_pack(pack, signers=signers, fingerprint=fingerprint, repository=repo)
    if form == "json":
        click.echo(json.dumps(verification_data(name, found), indent=2))
    else:
        click.echo("\n".join(map(_printable, verification_lines(name, found))))
    return {"different": FOUND, "unverified": BROKEN}.get(found.verdict, OK)


def _printable(line: str) -> str:
    """Return a line in which nothing of an untrusted pack steers the terminal."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode() for letter in line)
