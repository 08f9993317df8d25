"""Measures and their values (clause 9.1)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.history import History
from isms_plugin.model.isms import Isms


def check_measures(isms: Isms, history: History) -> Iterator[Diagnostic]:
    """Report."""
    yield from ()
