"""A new piece of evidence: the file below `evidence/` or in object storage, and a row of its own in the register."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.identifiers import numbered_ids, plain
from isms_plugin.authoring.yaml_text import entry_yaml
from isms_plugin.errors import IsmsError
from isms_plugin.model.entry import ID_PATTERN
from isms_plugin.model.evidence import STORAGE, Evidence
from isms_plugin.model.exposure import Exposure
from isms_plugin.model.fields import field_map
from isms_plugin.model.people import Person
from isms_plugin.sources.exposures import scan, scan_file


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvidence:
    """What is known of a piece of evidence; `values` are fields of the register by their key, None where nothing is said."""

    name: str
    """File name it comes with."""
    content: bytes
    values: Mapping[str, Any]
    identifier: str = ""
    store: str = ""
    """Address of the folder in object storage; empty for the repository."""
    accepted: str = ""
    """Why what the scan finds may stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is to be written: the entry, files by path below the top of the ISMS, an object by its address, and what the scan found."""

    entry: Evidence
    files: Mapping[str, bytes] = field(default_factory=dict)
    objects: Mapping[str, bytes] = field(default_factory=dict)
    exposures: tuple[Exposure, ...] = ()
    row_exposures: tuple[Exposure, ...] = ()


def record_evidence(facts: Facts, new: NewEvidence, taken: Iterable[str] = ()) -> Record:
    """Return what registers a piece of evidence; `taken` are paths in the working tree.

    Raises IsmsError for unknown ids, an id or path that is taken, and values that no field takes.
    """
    taken = {path.lower() for path in taken}
    identifier = new.identifier or next_id(facts)
    _check_id(facts, identifier)
    values = _dated(facts, new.values)
    name = f"{identifier}-{plain(new.name) or 'file'}"
    year = values["taken_on"].year
    at = f"{new.store.rstrip('/')}/{year}/{name}" if new.store else posixpath.normpath(f"{facts.settings.evidence}/{year}/{name}")
    row = posixpath.normpath(f"{facts.settings.registers}/{Evidence.KIND.register}/{identifier}.yml")
    if new.store and not new.store.startswith(STORAGE):
        raise IsmsError(f"--store {new.store}: write one of {', '.join(f'{scheme}...' for scheme in STORAGE)}")
    for path in (row, *(() if new.store else (at,))):
        if path.lower() in taken:
            raise IsmsError(f"{path}: exists already, and evidence is never overwritten")
    entry = _entry({"id": identifier, **values, "at": at, "sha256": hashlib.sha256(new.content).hexdigest(), **_accepted(new)})
    _check_references(facts, entry)
    text = entry_yaml(_written(entry))
    kept = {at: new.content}
    return Record(
        entry=entry,
        files={**({} if new.store else kept), row: text.encode()},
        objects=kept if new.store else {},
        exposures=scan_file(new.content),
        row_exposures=scan(text),
    )


def next_id(facts: Facts) -> str:
    """Return the next free id of evidence: one above the highest, with as many digits."""
    return next(numbered_ids(Evidence.KIND.prefix, facts.isms.entries))


def _check_id(facts: Facts, identifier: str) -> None:
    if not re.fullmatch(ID_PATTERN, identifier):
        raise IsmsError(f"--id {identifier}: no id; write {Evidence.KIND.prefix}-001 or the like")
    same = next((name for name in facts.isms.entries if name.lower() == identifier.lower()), None)
    if same:
        raise IsmsError(f"--id {identifier}: {same} is registered already")


def _dated(facts: Facts, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with days filled in: taken today, speaking of the day it was taken."""
    taken: date = values.get("taken_on") or facts.today
    first = values.get("period_from") or values.get("period_to") or taken
    last = values.get("period_to") or max(first, taken)
    if first > last:
        raise IsmsError(f"it would cover days from {first} to {last}, which ends before it begins")
    if taken < last or taken > facts.today:
        raise IsmsError(f"taken on {taken}: it cannot speak of days up to {last} on {facts.today}")
    return {**values, "taken_on": taken, "period_from": first, "period_to": last}


def _accepted(new: NewEvidence) -> dict[str, str]:
    return {"findings_accepted": new.accepted} if new.accepted else {}


def _entry(values: Mapping[str, Any]) -> Evidence:
    try:
        return Evidence.model_validate({key: value for key, value in values.items() if value not in (None, "", ())})
    except ValidationError as error:
        told = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise IsmsError("; ".join(told)) from None


def _check_references(facts: Facts, entry: Evidence) -> None:
    unknown = [target for target in entry.proves if target not in facts.isms.entries]
    people = [name for name in (entry.owner, entry.taken_by, entry.held_by) if name and facts.isms.get(Person, name) is None]
    if unknown or people:
        named = [*(f"{name} does not exist" for name in unknown), *(f"{name} is nobody in the register of people" for name in people)]
        raise IsmsError("; ".join(dict.fromkeys(named)))
    if entry.population is not None and entry.sample is not None and entry.sample > entry.population:
        raise IsmsError(f"a sample of {entry.sample} is larger than its population of {entry.population}")


def _written(entry: Evidence) -> dict[str, Any]:
    """Return the filled fields under the keys and in the order that the register has."""
    specs = [spec for spec in field_map(Evidence).values() if spec.name in entry.model_fields_set]
    return {spec.key: getattr(entry, spec.name) for spec in specs}
