"""What an auditor would object to in audits: independence and samples (clause 9.2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.trace import Trace
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms


def check_audits(isms: Isms, trace: Trace) -> Iterator[Diagnostic]:
    """Report."""
    yield from ()
