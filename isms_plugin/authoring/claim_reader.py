"""Claims understood: who the person is, which document it is, and which text of it was in force on that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import NamedTuple, TypeVar

from isms_plugin.analysis.documents.issued_texts import IssuedText, issued_texts
from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.claims import Claim
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.people import Person
from isms_plugin.model.table import folded

E = TypeVar("E", bound=Entry)


class Confirmed(NamedTuple):
    """What a claim confirms."""

    person: Person
    document: Document
    text: IssuedText
    day: date

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Person, document, version and hash: what stands once in the register."""
        return (self.person.id, self.document.id, *self.text.key)


class ClaimReader:
    """Finds what claims speak of; whatever it cannot find is a mistake, told in a sentence."""

    def __init__(self, facts: Facts, date_format: str) -> None:
        self.facts = facts
        self.date_format = date_format
        self.people = _index(facts.isms.of(Person), lambda person: (person.id, person.title or "", *person.git))
        self.documents = _index(facts.isms.of(Document), lambda document: (document.id, document.title or ""))

    def read(self, claim: Claim) -> Confirmed | list[str]:
        """Return what a claim confirms, or everything that is wrong with it."""
        person = _one(self.people, claim.people, "person", "the register of people has names, and addresses in `git`")
        document = _one(self.documents, claim.documents, "document", "it goes by its id or its title")
        day = self._day(claim.day)
        text = self._text(document, claim.version, day) if isinstance(document, Document) else ""
        if isinstance(person, str) or isinstance(document, str) or isinstance(day, str) or isinstance(text, str):
            return [item for item in (person, document, day, text) if isinstance(item, str) and item]
        return Confirmed(person, document, text, day)

    def _day(self, written: str) -> date | str:
        day = _date(written, self.date_format)
        if day is None:
            how = f" or {self.date_format}" if self.date_format else "; say how it is written with --date-format, such as %d/%m/%Y"
            return f"{written!r} is no date as YYYY-MM-DD{how}"
        # where the day begins earlier than in UTC it may be tomorrow already
        if day > self.facts.today + timedelta(days=1):
            return f"{day} is still to come: the ISMS is read as of {self.facts.today}"
        return day

    def _text(self, document: Document, version: str, day: date | str) -> IssuedText | str:
        """Return the text that was in force on a day, or the version that was named."""
        issued = issued_texts(self.facts.standings[document.id])
        texts = [text for text in issued if text.version == version] if version else list(issued)
        name = f"version {version} of {document.id}" if version else document.id
        if not issued:
            return f"{document.id} was never in force; have it approved first (`isms approve {document.id} --as PERSON`)"
        if not texts:
            others = ", ".join(dict.fromkeys(text.version for text in issued))
            return f"{document.id} was never in force as version {version}, only as {others}"
        if isinstance(day, str):
            return ""
        before = [text for text in texts if text.since is None or text.since <= day]
        if not before:
            return f"{name} is in force since {texts[-1].since}, and this was confirmed on {day}"
        return before[0] if before[0].version else f"{document.id} has no version; give it one first"


def _index(entries: Iterable[E], names: Callable[[E], Sequence[str]]) -> dict[str, dict[str, E]]:
    found: dict[str, dict[str, E]] = defaultdict(dict)
    for entry in entries:
        for name in filter(None, names(entry)):
            found[folded(name)][entry.id] = entry
    return dict(found)


def _one(index: dict[str, dict[str, E]], names: Sequence[str], what: str, hint: str) -> E | str:
    """Return the one entry that all names agree on, names that nobody bears left aside."""
    said = " or ".join(repr(name) for name in names if name)
    if not said:
        return f"no {what} is named"
    found = [index[folded(name)] for name in names if folded(name) in index]
    if not found:
        near = [entry for name in names for key in get_close_matches(folded(name), index, n=1, cutoff=0.8) for entry in index[key].values()]
        return f"no {what} is known as {said}; " + (f"did you mean {near[0].id} ({near[0].name})?" if near else hint)
    common = set.intersection(*map(set, found))
    if len(common) != 1:
        return f"{said} may be {' or '.join(sorted(set.union(*map(set, found))))}; name one by its id"
    return found[0][common.pop()]


def _date(written: str, date_format: str) -> date | None:
    if date_format:
        try:
            return datetime.strptime(written, date_format).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            pass
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        return None
