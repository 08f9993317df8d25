"""What is missing among documented information: documents, records, versions (clauses 7.5.1 to 7.5.3)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.diagnostic import Diagnostic


def find(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report required information that does not exist or is not approved."""
    yield from ()


def find_version_control(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report that nothing shows versions."""
    yield from ()
