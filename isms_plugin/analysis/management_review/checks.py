"""What an auditor would object to in management reviews (clause 9.3)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms


def check_management_reviews(isms: Isms) -> Iterator[Diagnostic]:
    """Report."""
    yield from ()
