"""What is missing about controls: an approved statement, and evidence that they work (clauses 6.1.3 and 8.1)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.diagnostic import Diagnostic


def find_statement(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report a statement that is not approved or not frozen."""
    yield from ()


def find_unproved(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report implemented controls without evidence."""
    yield from ()
