"""What a readiness check is: a question that auditors ask, and what counts as a failure of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.entry import Entry

GENERAL: Final = ("missing-field", "overdue", "owner-inactive")
"""Codes that any kind of entry can have: which check they fail depends on the kind."""


class Stage(Enum):
    """The audits of a certification: whether the ISMS is designed, whether it works, whether it still does."""

    STAGE_1 = "1"
    STAGE_2 = "2"
    SURVEILLANCE = "surveillance"
    RECERTIFICATION = "recertification"

    @property
    def title(self) -> str:
        """What people call it."""
        return f"Stage {self.value}" if self.value.isdigit() else self.value.capitalize()

    @property
    def planned_suffices(self) -> bool:
        """Whether an audit or review that is planned and under way is enough; later ones have to be done, with results."""
        return self is Stage.STAGE_1


Finder = Callable[[Facts, Stage], Iterator[Diagnostic]]
"""Finds what is missing in the ISMS as a whole, which no check of single entries reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessCheck:
    """One question of the auditor: from which stage on she asks it, and the codes of what fails it."""

    number: int
    title: str
    clauses: tuple[str, ...]
    stage: Literal[1, 2]
    codes: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    """Names of the kinds whose general mistakes, such as an empty field, fail this check."""
    widespread: bool = False
    """Whether minors become a major when they are widespread."""
    find: Finder | None = None

    def asked_at(self, stage: Stage) -> bool:
        """Whether it is asked in an audit."""
        return self.stage == 1 or stage is not Stage.STAGE_1


def register_place(facts: Facts, declaration: type[Entry]) -> Place:
    """Return where a register lies, or where it would lie; the line is unknown."""
    held = (facts.isms.place(entry).path for entry in facts.isms.of(declaration))
    return Place(next((path for path in held if path), f"{facts.settings.registers}/{declaration.KIND.register}.yml"))
