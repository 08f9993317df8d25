"""Exclusions from the statement of applicability: what contradicts them, and reasons that are none (clause 6.1.3 d)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import east_asian_width

from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.asset import Asset
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.organization import Site
from isms_plugin.model.supplier import Supplier

NAMED: Final = 3
"""Entries that a message names; of more it gives the number."""

SHORTEST: Final = 5
"""Words below which a reason cannot say what is particular to the organization."""

_HABIT: Final = re.compile(
    r"(?:(?:this|the|a) )?(?:control )?(?:is |are )?(?:"
    r"n/?a|not (?:applicable|relevant|required|needed)|out of scope|no(?:thing)? (?:need|risk)|none needed"
    r"|(?:we are |everything is |all is )?(?:in )?(?:a |the )?(?:cloud|remote)(?:[ -](?:based|only|provider|company))*"
    r")(?: (?:to|for|in|by) (?:us|our (?:organi[sz]ation|company|business)|the (?:organi[sz]ation|company)))?"
)
"""What is written where nobody thought about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Entries whose presence makes controls applicable: nobody can have them and do without."""

    controls: tuple[str, ...]
    declaration: type[Entry]
    what: str
    holds: Callable[[Entry], bool]


def _always(_: Entry) -> bool:
    return True


SUBJECTS: Final = (
    Subject(controls=tuple(f"A.5.{number}" for number in range(19, 24)), declaration=Supplier, what="suppliers", holds=_always),
    Subject(
        controls=("A.7.1", "A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.7.7", "A.7.8"), declaration=Site, what="sites in the scope",
        holds=lambda entry: isinstance(entry, Site) and entry.kind == "site" and entry.in_scope is True,
    ),
    Subject(
        controls=("A.6.7", "A.7.9"), declaration=Site, what="remote work in the scope",
        holds=lambda entry: isinstance(entry, Site) and entry.kind == "remote" and entry.in_scope is True,
    ),
    Subject(
        controls=("A.5.34",), declaration=Asset, what="assets with personal data",
        holds=lambda entry: isinstance(entry, Asset) and entry.personal_data is True and entry.state in (None, "in_use"),
    ),
)  # fmt: skip
"""Beyond these a register contradicts the exclusion of the controls that it answers by its own declaration.

Of the physical controls only those stand here that every office needs; whether there are secure areas (A.7.6), supplies (A.7.11) or
cables (A.7.12) worth protecting no register tells.
"""

_OWN_RULES: Final = (Site, Supplier)
"""Kinds for which the table says all: not every entry of theirs makes the controls of their register applicable."""


def check_exclusion(isms: Isms, row: SoaRow, decision: ControlDecision) -> Iterator[Diagnostic]:
    """Report what contradicts an exclusion, and a reason by habit; drafts may still lack a reason."""
    place, control = isms.place(decision), row.control.id
    calling = (*row.drivers, *(name for name in row.counted_on if name not in row.drivers))
    if calling:
        yield Diagnostic(
            code="exclusion-contradicted",
            message=f"{control} is excluded, but {', '.join(calling)} call for it",
            hint="include the control, or take it out of the treatment",
            entry=decision.id,
            place=place.at("decision"),
        )
    for what, found in _held(isms, control):
        yield Diagnostic(
            code="exclusion-against-register",
            message=f"{control} is excluded, but the registers hold {what}: {_named(found)}",
            hint="include the control: the register shows that there is something to protect",
            entry=decision.id,
            place=place.at("decision"),
        )
    if decision.reason and not decision.draft and by_habit(decision.reason):
        yield Diagnostic(
            code="exclusion-by-habit",
            message=f"{control} is excluded because {decision.reason!r}: that could stand in anybody's statement",
            hint="say which fact about this organization makes the control needless, and where it can be checked",
            entry=decision.id,
            place=place.at("reason"),
        )


def by_habit(reason: str) -> bool:
    """Return whether a reason is too short to say anything, or one that is written without thinking."""
    said = " ".join(reason.split()).casefold().rstrip(".!")
    return _length(said) < SHORTEST or bool(_HABIT.fullmatch(said))


def _length(text: str) -> int:
    """Return how many words a text has; scripts that set no spaces between words count by two signs."""
    wide = sum(east_asian_width(letter) in ("W", "F") for letter in text)
    return len(text.split()) + wide // 2


def _held(isms: Isms, control: str) -> Iterator[tuple[str, list[str]]]:
    for subject in SUBJECTS:
        if control in subject.controls:
            yield from _some(subject.what, [entry for entry in isms.of(subject.declaration) if subject.holds(entry)])
    for declaration in isms.kinds:
        kind = declaration.KIND
        if control in kind.clauses and kind.register and declaration not in _OWN_RULES:
            yield from _some(kind.plural.lower(), list(isms.of(declaration)))


def _some(what: str, entries: list[Entry]) -> Iterator[tuple[str, list[str]]]:
    found = [entry.id for entry in entries if entry.living]
    if found:
        yield what, found


def _named(identifiers: list[str]) -> str:
    rest = len(identifiers) - NAMED
    return ", ".join(identifiers[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
