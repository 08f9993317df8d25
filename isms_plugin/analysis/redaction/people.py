"""What stands for people where their names are withheld, and how they are found in texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from isms_plugin.analysis.redaction.rules import Rules
from isms_plugin.analysis.redaction.words import words_of_name
from isms_plugin.model.history import History
from isms_plugin.model.people import Person, Role
from isms_plugin.model.profile import WITHHELD

SOMEBODY: Final = "Employee"
"""Stands for who holds no role that may be named, and whose job may not be either."""
KNOWN_BY: Final = ("git", "identifier")
"""Fields of people that give a name away."""
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Placeholders by the id of a person, and what they take the place of; all empty where names are shown."""

    placeholders: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    """Names, accounts and words of names, in any case."""
    exact: Mapping[str, str] = field(default_factory=dict)
    """Short words of names, as they are written."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """E-mail addresses in small letters."""


def people_of(rules: Rules, history: History, ordinary: frozenset[str]) -> People:
    """Return what stands for the people of the register, and for those whom only git knows."""
    placeholders = _placeholders(rules) if rules.profile.people != "names" else {}
    known = {name.casefold(): placeholders[person.id] for person in _people(rules, placeholders) for name in _names(person)}
    phrases: dict[str, str] = {}
    exact: dict[str, str] = {}
    for person in _people(rules, placeholders):
        loose, short = words_of_name(person.title or "", ordinary)
        for table, words in ((phrases, loose), (exact, short)):
            for word in words:
                # a word that two people share stands for neither
                table[word] = placeholders[person.id] if table.get(word, placeholders[person.id]) == placeholders[person.id] else WITHHELD
    phrases |= {name: placeholders[person.id] for person in _people(rules, placeholders) for name in _names(person) if "@" not in name}
    addresses = {name: instead for name, instead in known.items() if "@" in name}
    for name, address in _in_git(history):
        if rules.profile.people != "names" and " " in name.strip() and name.casefold() not in known:
            phrases.setdefault(name, known.get(address.casefold(), WITHHELD))
        if address and not (rules.profile.people == "names" and rules.profile.commits == "full"):
            addresses.setdefault(address.casefold(), known.get(name.casefold(), WITHHELD))
    return People(placeholders=placeholders, phrases=phrases, exact=exact, addresses=addresses)


def _people(rules: Rules, placeholders: Mapping[str, str]) -> Iterable[Person]:
    return (person for person in rules.isms.of(Person) if person.id in placeholders)


def _names(person: Person) -> Iterable[str]:
    return (name for name in (person.title or "", *person.git) if name.strip())


def _in_git(history: History) -> Iterable[tuple[str, str]]:
    """Yield each name in git with its address, once, in the order of the history."""
    revisions = (revision for found in history.revisions.values() for revision in found)
    pairs = [(revision.author, revision.email) for revision in revisions]
    pairs += [
        (name, address.rstrip("> "))
        for found in history.revisions.values()
        for revision in found
        for name, _, address in (reviewer.partition(" <") for reviewer in revision.reviewers)
    ]
    pairs += [(baseline.tagger, "") for baseline in history.baselines]
    return dict.fromkeys(pairs)


def _placeholders(rules: Rules) -> dict[str, str]:
    people = list(rules.isms.of(Person))
    if rules.profile.people == "pseudonyms":
        return _pseudonyms(people)
    held: dict[str, list[str]] = defaultdict(list)
    for role in rules.isms.of(Role):
        if role.holder and role.title and not role.retired and _told(rules, role, "title"):
            held[role.holder].append(role.title)
    return {person.id: ", ".join(held[person.id]) or _job(rules, person) for person in people}


def _pseudonyms(people: list[Person]) -> dict[str, str]:
    numbers = {person.id: (_DIGITS.findall(person.id) or [person.id])[-1] for person in people}
    shared = Counter(numbers.values())
    return {name: f"Person {number if shared[number] == 1 else name}" for name, number in numbers.items()}


def _job(rules: Rules, person: Person) -> str:
    return person.job if person.job and _told(rules, person, "job") else SOMEBODY


def _told(rules: Rules, entry: Person | Role, key: str) -> bool:
    return rules.shown(entry.id) and rules.profile.allows_field(entry.KIND.register, key)
