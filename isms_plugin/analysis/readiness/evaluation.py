"""What is missing in evaluation: measurements, audits, reviews (clauses 9.1 to 9.3)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.diagnostic import Diagnostic


def find_measurement(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report objectives without a current value."""
    yield from ()


def find_audits(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report missing audits."""
    yield from ()


def find_reviews(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report missing reviews."""
    yield from ()
