"""Entries and documents that lack what their declaration asks for, and people who are no longer there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from datetime import date
from functools import cache
from typing import Final

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.document import Document
from isms_plugin.model.entry import ID_PATTERN, Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person

_ID: Final = re.compile(ID_PATTERN)
ANSWERING: Final = ("owner", "holder", "deputy", "custodian")
"""Fields whose person answers today; all others tell of the past."""


def check_entries(isms: Isms, today: date) -> Iterator[Diagnostic]:
    """Report ids that nothing can refer to, empty fields, and owners who have left."""
    yield from _ids(isms)
    unread = {(fault.entry, step) for fault in isms.faults if fault.code == "invalid-value" for step in fault.place.pointer}
    for entry in isms.entries.values():
        if isms.place(entry).path:
            yield from _missing(isms, entry, unread)
            yield from _inactive(isms, entry, today)


def missing_fields(entry: Entry, withheld: Set[str] = frozenset()) -> list[FieldSpec]:
    """Fields that are empty although the entry needs them in its present state; of `withheld` ones nobody can tell."""
    if entry.retired:
        return []
    needed = (spec for spec in _needed(type(entry), draft=entry.draft, closed=entry.closed) if spec.name not in withheld)
    return [spec for spec in needed if getattr(entry, spec.name) in (None, (), "")]


@cache
def _needed(declaration: type[Entry], *, draft: bool, closed: bool) -> tuple[FieldSpec, ...]:
    needs = ("always",) if draft else ("always", "in force", "closed") if closed else ("always", "in force")
    return tuple(spec for spec in fields_of(declaration) if spec.need in needs)


@cache
def _answering(declaration: type[Entry]) -> tuple[str, ...]:
    return tuple(name for name in ANSWERING if name in declaration.model_fields)


def _ids(isms: Isms) -> Iterator[Diagnostic]:
    folded: dict[str, list[Entry]] = defaultdict(list)
    for entry in isms.entries.values():
        folded[entry.id.lower()].append(entry)
        place = isms.place(entry)
        by_path = isinstance(entry, Document) and not entry.identified
        if place.path and not by_path and not _ID.fullmatch(entry.id):
            yield Diagnostic(
                code="invalid-id",
                message=f"{entry.id!r} is no id",
                hint=f"letters, then - or ., then digits, such as {entry.KIND.prefix}-001",
                entry=entry.id,
                place=place.at("id"),
            )
    for same in folded.values():
        for entry in same[1:]:
            yield Diagnostic(
                code="case-of-id",
                message=f"{entry.id} and {same[0].id} differ only in upper and lower case",
                hint="give one of the two a new id",
                entry=entry.id,
                place=isms.place(entry).at("id"),
            )


def _missing(isms: Isms, entry: Entry, unread: Set[tuple[str, str | int]]) -> Iterator[Diagnostic]:
    """Report empty fields, less those that were filled with something that could not be read: that is told already."""
    text = isms.texts.get(entry.id)
    if text is not None and not text.controlled:
        return  # said already: there is no control data to complete
    document = isinstance(entry, Document)
    # that a document has no owner is told by document control
    lacking = missing_fields(entry, isms.withheld_from(entry))
    missing = [spec.key for spec in lacking if (entry.id, spec.key) not in unread and not (document and spec.key == "owner")]
    if not missing:
        return
    yield Diagnostic(
        code="missing-control-data" if document else "missing-field",
        message=f"{entry.id} has no {', '.join(missing)}",
        hint="fill it in" if document else "fill it in, or set `status: draft` until it is known",
        entry=entry.id,
        place=isms.place(entry),
    )


def _inactive(isms: Isms, entry: Entry, today: date) -> Iterator[Diagnostic]:
    if entry.retired or entry.closed:
        return
    for name in _answering(type(entry)):
        person = isms.get(Person, getattr(entry, name))
        if person is not None and not person.active(today):
            yield Diagnostic(
                code="owner-inactive",
                message=f"{name} {person.id} ({person.name}) is not active on {today.isoformat()}",
                hint="name a person who is here",
                entry=entry.id,
                place=isms.place(entry).at(name),
            )
