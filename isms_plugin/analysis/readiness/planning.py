"""What is missing in planning: an assessment of risks (clauses 6.1.2 and 8.2)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.diagnostic import Diagnostic


def find_assessment(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report that no risk was assessed."""
    yield from ()
