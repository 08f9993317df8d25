"""Scope, interested parties and changes: where what is written disagrees (clauses 4.2, 4.3, 6.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from isms_plugin.analysis.trace import Trace
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms


def check_organization(isms: Isms, trace: Trace, today: date) -> Iterator[Diagnostic]:
    """Report."""
    yield from ()
