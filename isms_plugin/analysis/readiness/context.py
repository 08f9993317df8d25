"""What is missing about the organization: issues, parties, assets (clauses 4.1 to 4.3, A.5.9)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.diagnostic import Diagnostic


def find_scope(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report a missing register of assets."""
    yield from ()


def find_context(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report missing issues, parties and decision on climate change."""
    yield from ()
