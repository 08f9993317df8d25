"""Acknowledgements: who has confirmed the text in force of each document that asks for it (clause 7.3, A.6.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from isms_plugin.analysis.documents.approvals import Standing
from isms_plugin.analysis.documents.issued_texts import IssuedText, issued_texts, text_in_force
from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.document import Document
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person
from isms_plugin.model.settings import Settings
from isms_plugin.model.version import major, order

State = Literal["acknowledged", "grace", "stale", "missing"]
"""Confirmed, not yet due, confirmed for another major version only, or never confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Where one person stands with one document."""

    person: Person
    state: State
    record: Acknowledgement | None = None
    """The record that counts, else the newest of those that once did."""
    due: date | None = None
    """Day by which it was or is to be confirmed; None where no first day is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCoverage:
    """Who has confirmed a document, and who has not."""

    document: Document
    text: IssuedText
    groups: tuple[str, ...]
    """Audiences that have to confirm it; empty where everybody has to."""
    confirmations: tuple[Confirmation, ...]

    def of(self, *states: State) -> tuple[Confirmation, ...]:
        """Return the confirmations in one of the states."""
        return tuple(item for item in self.confirmations if item.state in states)

    def count(self, *states: State) -> str:
        """Return how many are in one of the states, such as `3 of 13 people`."""
        total = len(self.confirmations)
        return f"{len(self.of(*states))} of {total} {'person' if total == 1 else 'people'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCoverage:
    """What one person has confirmed, and what is still open."""

    person: Person
    confirmed: tuple[Document, ...]
    open: tuple[tuple[Document, Confirmation], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Every document in force that asks to be confirmed, and everybody who has to confirm one."""

    documents: tuple[DocumentCoverage, ...] = ()
    people: tuple[PersonCoverage, ...] = ()

    def of(self, document: str) -> DocumentCoverage | None:
        """Return the coverage of a document; None where nobody is asked to confirm it."""
        return next((item for item in self.documents if item.document.id == document), None)


def coverage(isms: Isms, standings: Mapping[str, Standing], settings: Settings, today: date) -> Coverage:
    """Return who has confirmed what on a day."""
    people = [person for person in isms.of(Person) if not person.retired and person.active(today)]
    groups = {group.casefold() for person in isms.of(Person) for group in person.groups}
    records = _records(isms, today)
    found = []
    for document in isms.of(Document):
        text = text_in_force(standings[document.id]) if document.ack_required else None
        if text is None:
            continue
        issued = {item.key for item in issued_texts(standings[document.id])}
        audience = tuple(word for word in document.audience if word.casefold() in groups)
        confirmations = []
        for person in people:
            if _belongs(person, audience):
                counting = [record for record in records.get((document.id, person.id), ()) if named_text(record) in issued]
                confirmations.append(_confirmation(person, text, counting, settings, today))
        found.append(DocumentCoverage(document=document, text=text, groups=audience, confirmations=tuple(confirmations)))
    return Coverage(documents=tuple(found), people=_by_person(people, found))


def _records(isms: Isms, today: date) -> dict[tuple[str, str], list[Acknowledgement]]:
    found: dict[tuple[str, str], list[Acknowledgement]] = defaultdict(list)
    for record in isms.of(Acknowledgement):
        if record.living and (record.acknowledged_on or today) <= today:
            found[record.document or "", record.person or ""].append(record)
    return found


def named_text(record: Acknowledgement) -> tuple[str, str]:
    """Return version and hash of the text that a record names."""
    return (record.version or "", record.content_hash or "")


def _belongs(person: Person, audience: tuple[str, ...]) -> bool:
    groups = {group.casefold() for group in person.groups}
    return not audience or any(word.casefold() in groups for word in audience)


def _confirmation(person: Person, text: IssuedText, records: list[Acknowledgement], settings: Settings, today: date) -> Confirmation:
    """Return where a person stands, by those of their records that name a text which applies or did."""

    def rank(record: Acknowledgement) -> tuple[bool, tuple[int, ...], date]:
        return (major(record.version) == major(text.version), order(record.version), record.acknowledged_on or date.min)

    record = max(records, key=rank, default=None)
    first = max(filter(None, (person.active_from, text.since)), default=None)
    due = first + timedelta(days=settings.ack_grace) if first else None
    state: State = "stale" if record else "missing"
    if record and major(record.version) == major(text.version):
        state = "acknowledged"
    elif due and today < due:
        state = "grace"
    return Confirmation(person=person, state=state, record=record, due=due)


def _by_person(people: Iterable[Person], documents: Iterable[DocumentCoverage]) -> tuple[PersonCoverage, ...]:
    by_person: dict[str, list[tuple[Document, Confirmation]]] = defaultdict(list)
    for item in documents:
        for confirmation in item.confirmations:
            by_person[confirmation.person.id].append((item.document, confirmation))
    return tuple(
        PersonCoverage(
            person=person,
            confirmed=tuple(document for document, item in by_person[person.id] if item.state == "acknowledged"),
            open=tuple((document, item) for document, item in by_person[person.id] if item.state != "acknowledged"),
        )
        for person in people
        if person.id in by_person
    )
