"""What is missing in leadership: the policy of top management, deputies (clauses 5.2 and 5.3)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.diagnostic import Diagnostic


def find_policy(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report a policy."""
    yield from ()


def find_roles(facts: Facts, stage: Stage) -> Iterator[Diagnostic]:
    """Report roles without a deputy."""
    yield from ()
