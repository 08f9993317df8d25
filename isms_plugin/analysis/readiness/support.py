"""What is missing in support: competence, training, communication (clauses 7.2 to 7.4)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.diagnostic import Diagnostic


def find_competence(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report needs without proof."""
    yield from ()


def find_awareness(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report missing training and communication."""
    yield from ()
