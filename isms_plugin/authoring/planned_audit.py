"""A planned audit of a programme put into the register of audits, and named in the programme (clause 9.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.entry_text import edited
from isms_plugin.authoring.identifiers import numbered_ids
from isms_plugin.authoring.named_entry import named_entry
from isms_plugin.authoring.register_additions import additions
from isms_plugin.authoring.row_edit import set_fields
from isms_plugin.errors import IsmsError
from isms_plugin.model.audit import Audit, AuditProgramme
from isms_plugin.sources.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The row of an audit as it will be registered, and the files that say so, by path."""

    row: Mapping[str, Any]
    files: Mapping[str, bytes]


def register_audit(facts: Facts, snapshot: Snapshot, programme_id: str, planned: date, title: str = "") -> Registration:
    """Return what registers the audit that a programme plans for a day; raises IsmsError where it plans none, or registered it already.

    The row is a draft: scope, criteria, auditors and independence are for people to say.
    """
    programme = named_entry(facts.isms, AuditProgramme, programme_id)
    position = _position(programme, planned)
    identifier = next(numbered_ids(Audit.KIND.prefix, facts.isms.entries))
    row = {
        "id": identifier,
        "title": title or f"Internal audit {planned.year}",
        "status": "draft",
        "owner": programme.owner,
        "kind": "internal",
        "planned": planned,
    }
    place = facts.isms.place(programme)
    named = {"planned": planned.isoformat(), "audit": identifier}
    changed = edited(snapshot.read(place.path), place, lambda text, pointer: set_fields(text, (*pointer, "audits", position), named))
    added = additions(snapshot, facts.settings.registers, Audit, [row])
    return Registration(row=row, files={place.path: changed, **added})


def _position(programme: AuditProgramme, planned: date) -> int:
    """Return where the programme plans an audit for a day that is not registered yet."""
    on_day = [(position, part) for position, part in enumerate(programme.audits) if part.planned == planned]
    waiting = [position for position, part in on_day if not part.audit]
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        raise IsmsError(f"{programme.id}: plans {len(waiting)} audits for {planned}; name them in the programme by hand")
    if on_day:
        raise IsmsError(f"{programme.id}: the audit of {planned} is registered already as {on_day[0][1].audit}")
    days = [part.planned.isoformat() for part in programme.audits if part.planned and not part.audit]
    told = f"it waits for {', '.join(days)}" if days else "every audit of it is registered"
    raise IsmsError(f"{programme.id}: plans no audit for {planned}; {told}")
