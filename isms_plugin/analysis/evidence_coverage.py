"""Evidence: whether what is registered is there and unchanged (clause 7.5.3)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.isms import Isms


def check_evidence(isms: Isms) -> Iterator[Diagnostic]:
    """Report evidence whose file is missing, lies outside, or is not the one that was registered."""
    for evidence in isms.of(Evidence):
        if not evidence.local or not evidence.at:
            continue
        place = isms.place(evidence)
        found = isms.digests.get(evidence.at)
        if found is None:
            outside = posixpath.normpath(evidence.at).startswith(("/", ".."))
            yield Diagnostic(
                code="link-outside" if outside else "missing-file",
                message=f"{evidence.id}: {evidence.at} {'leaves the repository' if outside else 'is not in the repository'}",
                hint="name the path below the top of the repository, or the address in another system",
                entry=evidence.id,
                place=place.at("at"),
            )
        elif evidence.sha256 and evidence.sha256 != found:
            yield Diagnostic(
                code="evidence-changed",
                message=f"{evidence.id}: {evidence.at} has SHA-256 {found}, recorded is {evidence.sha256}",
                hint="restore the file, or register what is there now as new evidence",
                entry=evidence.id,
                place=place.at("sha256"),
            )
