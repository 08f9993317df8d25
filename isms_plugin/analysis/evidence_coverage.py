"""Evidence and other kept files: whether what is registered is there and unchanged (clause 7.5.3)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms


def check_evidence(isms: Isms) -> Iterator[Diagnostic]:
    """Report kept files that are missing, lie outside, or are not those that were registered."""
    for entry in isms.entries.values():
        kept = entry.kept_file
        if kept is None:
            continue
        place = isms.place(entry)
        found = isms.digests.get(kept.path)
        if found is None:
            outside = posixpath.normpath(kept.path).startswith(("/", ".."))
            yield Diagnostic(
                code="link-outside" if outside else "missing-file",
                message=f"{entry.id}: {kept.path} {'leaves the repository' if outside else 'is not in the repository'}",
                hint="name the path below the top of the repository, or the address in another system",
                entry=entry.id,
                place=place.at(kept.field),
            )
        elif kept.sha256 and kept.sha256 != found:
            yield Diagnostic(
                code="evidence-changed",
                message=f"{entry.id}: {kept.path} has SHA-256 {found}, recorded is {kept.sha256}",
                hint="restore the file, or register what is there now as new evidence",
                entry=entry.id,
                place=place.at("sha256"),
            )
