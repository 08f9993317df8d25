"""Recording that a risk owner accepts what remains: whatever would not stand up later is refused now (clause 6.1.3 f).

The rows of minutes that are signed off (`authoring.sign_off`) are written in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final, NamedTuple

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.risk.acceptance import over_limit
from isms_plugin.analysis.risk.profile import Rated, rate
from isms_plugin.authoring.approve import find_person
from isms_plugin.authoring.entry_text import edited
from isms_plugin.authoring.row_edit import set_fields
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Pointer
from isms_plugin.model.entry import Entry
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.model.near import no_such
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_state import state_hash

UNKNOWN: Final = frozenset(
    (
        "duplicate-id", "duplicate-key", "factor-off-scale", "invalid-value", "method-unknown", "missing-field", "retired-reference",
        "unknown-field", "unknown-reference", "wrong-kind", "yaml-alias",
    )
)  # fmt: skip
"""Mistakes with which nobody can tell what would be accepted or signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Who accepts, on which day, and until when; without a last day until the risk is assessed again."""

    person: str
    accepted_on: date
    accepted_until: date | None = None


class Signed(NamedTuple):
    """A row with the fields that record what somebody put their name to, and a sentence that says so."""

    entry: Entry
    values: Mapping[str, str | None]
    told: str


def known_name(facts: Facts, names: Sequence[str]) -> str:
    """Return the first name that the register knows somebody by, else the first."""
    return next((name for name in names if any(name == person.id or person.known_as(name) for person in facts.isms.of(Person))), names[0])


def accepted(facts: Facts, name: str, wish: Acceptance) -> Rated:
    """Return a risk with its levels as it can be accepted; raises IsmsError where the acceptance would not stand up."""
    risk = facts.isms.get(Risk, name)
    if risk is None:
        known = (entry.id for kind in (Risk, ManagementReview) for entry in facts.isms.of(kind))
        raise IsmsError(no_such(name, "risk or management review", known))
    item = rate(facts.isms, risk)
    _refuse_state(facts, item)
    _refuse_person(risk, find_person(facts, wish.person), wish)
    _refuse_days(facts, risk, wish)
    return item


def _refuse_state(facts: Facts, item: Rated) -> None:
    risk = item.risk
    if not risk.living:
        raise IsmsError(f"{risk.id}: is {risk.status}; only a risk in force can be accepted")
    mistakes = [found.code for found in facts.by_entry.get(risk.id, ()) if found.code in UNKNOWN]
    if mistakes:
        raise IsmsError(
            f"{risk.id}: has mistakes ({', '.join(dict.fromkeys(mistakes))}), so nobody knows what is accepted; clear them first"
        )
    if item.level is None or item.residual_level is None:
        raise IsmsError(f"{risk.id}: its level is not known before and after treatment; assess it first")
    if over_limit(item):
        most = item.method.limits(risk.category)[1]
        raise IsmsError(f"{risk.id}: keeps level {item.residual_level}, a risk owner may accept {most} at most; treatment has to go on")


def _refuse_person(risk: Risk, person: Person, wish: Acceptance) -> None:
    if person.id != risk.owner:
        raise IsmsError(f"{risk.id}: its owner is {risk.owner}; {person.id} ({person.name}) cannot accept it")
    if not person.active(wish.accepted_on):
        raise IsmsError(f"{person.id} ({person.name}) was not active on {wish.accepted_on}")


def refuse_days_to_come(facts: Facts, wish: Acceptance) -> None:
    """Refuse a day after that of the report; one more is left for time zones. Raises IsmsError."""
    if wish.accepted_on > facts.today + timedelta(days=1):
        raise IsmsError(f"{wish.accepted_on}: the ISMS speaks of {facts.today}; nobody accepts on a day to come")


def _refuse_days(facts: Facts, risk: Risk, wish: Acceptance) -> None:
    refuse_days_to_come(facts, wish)
    if risk.assessed_on and wish.accepted_on < risk.assessed_on:
        raise IsmsError(f"{risk.id}: was assessed on {risk.assessed_on}, after {wish.accepted_on}; accept what was assessed")
    if wish.accepted_until and wish.accepted_until < wish.accepted_on:
        raise IsmsError(f"{wish.accepted_until}: is before {wish.accepted_on}, the day of the acceptance")


def acceptance(facts: Facts, name: str, wish: Acceptance) -> Signed:
    """Return the row of a risk with its acceptance; raises IsmsError where that would not stand up."""
    item = accepted(facts, name, wish)
    risk, state = item.risk, state_hash(item.risk)
    values = {
        "accepted_by": risk.owner,
        "accepted_on": wish.accepted_on.isoformat(),
        "accepted_until": wish.accepted_until.isoformat() if wish.accepted_until else None,
        "accepted_state": state,
    }
    term = f" until {wish.accepted_until}" if wish.accepted_until else ""
    level = f"level {item.method.words(item.residual_level)} accepted by {risk.owner} on {wish.accepted_on}{term}"
    return Signed(risk, values, f"{risk.id} {risk.name}: {level} ({state[:24]}...)")


def files_of(facts: Facts, signed: Iterable[Signed], read: Callable[[str], bytes]) -> dict[str, bytes]:
    """Return the files of the registers by path with the fields set in the rows; nothing else in them changes."""
    files: dict[str, bytes] = {}
    for entry, values, _ in signed:
        place = facts.isms.place(entry)
        files[place.path] = edited(files.get(place.path) or read(place.path), place, partial(_set, entry.id, values))
    return files


def _set(name: str, values: Mapping[str, str | None], text: str, pointer: Pointer) -> str:
    try:
        return set_fields(text, pointer, values)
    except IsmsError as error:
        raise IsmsError(f"{name}: {error}") from None
