"""What an auditor would object to in findings and corrective action (clause 10.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from isms_plugin.analysis.trace import Trace
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms


def check_corrective_action(isms: Isms, trace: Trace, today: date) -> Iterator[Diagnostic]:
    """Report."""
    yield from ()
