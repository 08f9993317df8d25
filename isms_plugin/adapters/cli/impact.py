"""`isms impact`: what a change means for the ISMS, as a comment on a merge request or as data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from isms_plugin.adapters.cli.base import OK, as_of_option, exits, hand_out, main


@main.command()
@click.argument("changes", metavar="BASE[..HEAD]")
@click.option(
    "--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True, help="Form of the answer."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the answer into this file instead.")
@as_of_option
@click.pass_obj
@exits
def impact(directory: Path, changes: str, form: str, out: Path | None, as_of: date | None) -> int:
    """Tell what a change touches, for whoever reviews it: BASE..HEAD, or BASE for the working tree as it is, uncommitted work included.

    The change is merged with BASE in memory first. The answer names documents with the words that changed, everything one relation
    away, links that become suspect, acknowledgements that go stale, approvals that are needed and from whom, and diagnostics that
    are new or fixed. Nothing of either side is run, and the same commits on the same day give the same answer.

    Exit code: 0 whatever the change does, 2 wrong usage or settings without meaning, 3 nothing could be compared.
    """
    from isms_plugin.adapters.change_impact import change_impact
    from isms_plugin.adapters.user_cache import user_cache
    from isms_plugin.export.impact_data import impact_json
    from isms_plugin.render.impact_comment import impact_comment
    from isms_plugin.sources.workspace import find_workspace

    base, head = _ends(changes)
    workspace = replace(find_workspace(directory), cache=user_cache())
    found = change_impact(workspace, base, head, as_of)
    hand_out(impact_json(found) if form == "json" else impact_comment(found), out)
    return OK


def _ends(changes: str) -> tuple[str, str]:
    """Return base and head; what stands in three points is compared in the same way, since the merged result is."""
    base, points, head = changes.partition("..")
    head = head.removeprefix(".")
    if not base or (points and not head):
        raise click.UsageError("name both sides as BASE..HEAD, or BASE alone for the working tree")
    return base, head
