"""What exports are made of, so that none of them has to know who built it."""

from __future__ import annotations

from typing import Any, Protocol

from isms_plugin.analysis.baselines import Baselines
from isms_plugin.analysis.facts import Facts


class Built(Protocol):
    """An ISMS, read and worked out: `isms_plugin.build.Build`, which stands above."""

    @property
    def workspace(self) -> Any:
        """Where it lies, and what it is called."""
        ...

    @property
    def sources(self) -> Any:
        """What was read, and the files that it was read from."""
        ...

    @property
    def facts(self) -> Facts:
        """What follows from it."""
        ...

    def baselines(self) -> Baselines:
        """Return its baselines."""
        ...
