"""The account of what is withheld: of which source, which field, how often, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from isms_plugin.model.entry import Entry
from isms_plugin.model.profile import Withheld

REGISTER: Final = "the register is not for these readers"
DRAFT: Final = "never in force"
FIELD: Final = "the field is not for these readers"
NAMED: Final = "it names what is withheld"
PLACE: Final = "the place is not for these readers"
VIEW: Final = "views"
"""Source of views that are left out because nobody could tell them truthfully."""
_SOURCES: Final = ("people by name", "texts", "pages", "files", "git", VIEW)
"""What is no register, in the order of the account."""


class Tally:
    """Counts what is withheld."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[str, str, str]] = Counter()

    def add(self, source: str, field: str, reason: str, count: int = 1) -> None:
        """Count something withheld of a register or another source; whole entries have no field."""
        if count:
            self._counted[source, field, reason] += count

    def account(self, kinds: Sequence[type[Entry]]) -> tuple[Withheld, ...]:
        """Return the account in the order of the registers, whole entries first, then by field."""
        order = {name: number for number, name in enumerate((*(kind.KIND.register for kind in kinds), *_SOURCES))}
        rows = sorted(self._counted.items(), key=lambda row: (order.get(row[0][0], len(order)), *row[0]))
        return tuple(Withheld(source, field, count, reason) for (source, field, reason), count in rows)
