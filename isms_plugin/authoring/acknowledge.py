"""Acknowledgements for their register: one by one, or from the export of a form or learning platform.

The hash of a record always comes from the text that was in force, never from what was handed in.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.claim_reader import ClaimReader, Confirmed
from isms_plugin.authoring.claims import Claim
from isms_plugin.authoring.identifiers import free_id, plain
from isms_plugin.authoring.register_rows import with_rows
from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.sources.snapshot import Snapshot

_FIELDS: Final = ("id", "person", "document", "version", "content_hash", "acknowledged_on", "method", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for all claims: how they were given, where that can be seen, and how dates are written if not as YYYY-MM-DD."""

    method: str
    source: str
    date_format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of claims: new records, or mistakes because of which nothing is to be written."""

    records: tuple[Acknowledgement, ...] = ()
    known: int = 0
    """Claims that were on record already."""
    repeated: int = 0
    """Claims that say again what another one says."""
    undated: int = 0
    """Claims without a day, which confirm nothing."""
    mistakes: tuple[str, ...] = ()


def acknowledge(facts: Facts, claims: Iterable[Claim], terms: Terms) -> Outcome:
    """Return the records that claims make; of several that say the same the earliest counts."""
    reader = ClaimReader(facts, terms.date_format)
    on_record = {
        (record.person, record.document, record.version, record.content_hash) for record in facts.isms.of(Acknowledgement) if record.living
    }
    found: dict[tuple[str, str, str, str], Confirmed] = {}
    mistakes, known, repeated, undated = list[str](), 0, 0, 0
    for claim in claims:
        if not claim.day:
            undated += 1
            continue
        confirmed = reader.read(claim)
        if isinstance(confirmed, list):
            mistakes += [f"{claim.where}: {mistake}" if claim.where else mistake for mistake in confirmed]
        elif confirmed.key in on_record:
            known += 1
        else:
            earlier = found.get(confirmed.key)
            repeated += earlier is not None
            found[confirmed.key] = min(confirmed, earlier or confirmed, key=lambda item: item.day)
    records = () if mistakes else tuple(_records(facts, found.values(), terms))
    return Outcome(records=records, known=known, repeated=repeated, undated=undated, mistakes=tuple(mistakes))


def _records(facts: Facts, confirmed: Iterable[Confirmed], terms: Terms) -> Iterable[Acknowledgement]:
    taken = {identifier.lower() for identifier in facts.isms.entries}
    for person, document, text, day in confirmed:
        wanted = f"{Acknowledgement.KIND.prefix}-{document.id}-{text.version}-{person.id}"
        identifier = free_id(wanted, lambda name: name.lower() in taken)
        taken.add(identifier.lower())
        values = (identifier, person.id, document.id, text.version, text.content_hash, day, terms.method, terms.source)
        yield Acknowledgement.model_validate(dict(zip(_FIELDS, values, strict=True)))


def register_files(records: Iterable[Acknowledgement], snapshot: Snapshot, registers: str) -> dict[str, bytes]:
    """Return the files of the register with records added, one for each version; raises IsmsError where one cannot take them."""
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for record in records:
        path = posixpath.normpath(f"{registers}/{record.KIND.register}/{plain(f'{record.document}-{record.version}')}.yml")
        rows[path].append({field: getattr(record, field) for field in _FIELDS})
    return {path: with_rows(snapshot.read(path) if snapshot.exists(path) else b"", added, path) for path, added in rows.items()}
