"""Recording that a risk owner accepts what remains: whatever would not stand up later is refused now (clause 6.1.3 f)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.risk.acceptance import over_limit
from isms_plugin.analysis.risk.profile import Rated, rate
from isms_plugin.authoring.approve import find_person
from isms_plugin.authoring.row_edit import set_fields
from isms_plugin.errors import IsmsError
from isms_plugin.model.document import is_markdown
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_state import state_hash
from isms_plugin.sources.markdown_reader import read_markdown

_UNKNOWN: Final = frozenset(
    (
        "duplicate-id", "duplicate-key", "factor-off-scale", "invalid-value", "method-unknown", "missing-field", "retired-reference",
        "unknown-field", "unknown-reference", "wrong-kind", "yaml-alias",
    )
)  # fmt: skip
"""Mistakes with which nobody can tell what would be accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Who accepts, on which day, and until when; without a last day until the risk is assessed again."""

    person: str
    accepted_on: date
    accepted_until: date | None = None


def known_name(facts: Facts, names: Sequence[str]) -> str:
    """Return the first name that the register knows somebody by, else the first."""
    return next((name for name in names if any(name == person.id or person.known_as(name) for person in facts.isms.of(Person))), names[0])


def accepted(facts: Facts, name: str, wish: Acceptance) -> Rated:
    """Return a risk with its levels as it can be accepted; raises IsmsError where the acceptance would not stand up."""
    risk = facts.isms.get(Risk, name)
    if risk is None:
        near = get_close_matches(name, [known.id for known in facts.isms.of(Risk)], n=1)
        raise IsmsError(f"{name}: no such risk" + (f"; did you mean {near[0]}?" if near else ""))
    item = rate(facts.isms, risk)
    _refuse_state(facts, item)
    _refuse_person(risk, find_person(facts, wish.person), wish)
    _refuse_days(facts, risk, wish)
    return item


def _refuse_state(facts: Facts, item: Rated) -> None:
    risk = item.risk
    if risk.draft or risk.retired:
        raise IsmsError(f"{risk.id}: is {risk.status}; only a risk in force can be accepted")
    mistakes = [found.code for found in facts.by_entry.get(risk.id, ()) if found.code in _UNKNOWN]
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


def _refuse_days(facts: Facts, risk: Risk, wish: Acceptance) -> None:
    if wish.accepted_on > facts.today + timedelta(days=1):
        raise IsmsError(f"{wish.accepted_on}: the ISMS speaks of {facts.today}; nobody accepts on a day to come")
    if risk.assessed_on and wish.accepted_on < risk.assessed_on:
        raise IsmsError(f"{risk.id}: was assessed on {risk.assessed_on}, after {wish.accepted_on}; accept what was assessed")
    if wish.accepted_until and wish.accepted_until < wish.accepted_on:
        raise IsmsError(f"{wish.accepted_until}: is before {wish.accepted_on}, the day of the acceptance")


def files_of(facts: Facts, risks: Iterable[Rated], wish: Acceptance, read: Callable[[str], bytes]) -> dict[str, str | bytes]:
    """Return the files of the register by path with the acceptance in the rows of the risks; nothing else in them changes."""
    files: dict[str, str | bytes] = {}
    for item in risks:
        risk, place = item.risk, facts.isms.place(item.risk)
        values = {
            "accepted_by": risk.owner,
            "accepted_on": wish.accepted_on.isoformat(),
            "accepted_until": wish.accepted_until.isoformat() if wish.accepted_until else None,
            "accepted_state": state_hash(risk),
        }
        kept = files.get(place.path)
        text = kept if isinstance(kept, str) else _text(read(place.path), risk.id)
        try:
            if is_markdown(place.path):
                files[place.path] = _in_front(text, values)
            else:
                files[place.path] = set_fields(text, place.pointer, values)
        except IsmsError as error:
            raise IsmsError(f"{place.path}: {risk.id}: {error}") from None
    return files


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise IsmsError(f"{name}: its file is not UTF-8 text") from None


def _in_front(text: str, values: dict[str, str | None]) -> str:
    """Return a Markdown file with fields of its front matter set."""
    front = read_markdown(text.encode()).front
    before, found, after = text.partition(front)
    if not front or not found:
        raise IsmsError("the front matter cannot be changed in place; give the file plain line ends")
    return before + set_fields(front, (), values) + after
