"""Recording that somebody looked at links after what they lead to had changed: whatever would not stand up is refused now (clause 8.1)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.approve import find_person
from isms_plugin.authoring.identifiers import free_id
from isms_plugin.authoring.register_additions import additions
from isms_plugin.authoring.register_rows import with_rows
from isms_plugin.errors import IsmsError
from isms_plugin.model.link_review import LinkReview
from isms_plugin.model.linked import Linked, linked_of
from isms_plugin.model.near import no_such
from isms_plugin.sources.snapshot import Snapshot

_FIELDS: Final = ("id", "source", "field", "target", "fingerprint", "reviewed_by", "reviewed_on", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looked at links to an entry, when, and why they still hold; `field` empty for all fields."""

    target: str
    person: str
    reviewed_on: date
    reason: str
    field: str = ""


def link_reviews(facts: Facts, sources: Sequence[str], look: Look) -> list[LinkReview]:
    """Return the rows of the ledger; raises IsmsError where one would not stand up."""
    if not look.reason.strip():
        raise IsmsError("say why the links still hold: --reason TEXT")
    person = find_person(facts, look.person)
    if not person.active(look.reviewed_on):
        raise IsmsError(f"{person.id} ({person.name}) was not active on {look.reviewed_on}")
    if look.reviewed_on > facts.today + timedelta(days=1):  # one day is left for time zones
        raise IsmsError(f"{look.reviewed_on}: the ISMS speaks of {facts.today}; nobody looks at anything on a day to come")
    known, taken = linked_of(facts.isms), {identifier.lower() for identifier in facts.isms.entries}
    made = []
    for source in dict.fromkeys(sources):
        _refuse(facts, known, source, look)
        identifier = free_id(f"{LinkReview.KIND.prefix}-{source}-{look.target}", lambda name: name.lower() in taken)
        taken.add(identifier.lower())
        meaning = known.meanings[look.target]
        values = (identifier, source, look.field or None, look.target, meaning, person.id, look.reviewed_on, look.reason.strip())
        made.append(LinkReview.model_validate(dict(zip(_FIELDS, values, strict=True))))
    return made


def ledger_files(reviews: Iterable[LinkReview], snapshot: Snapshot, registers: str) -> dict[str, bytes]:
    """Return the ledger with rows added, by path; raises IsmsError where it is no list. Without a ledger it is one file."""
    rows = [{name: getattr(review, name) for name in _FIELDS} for review in reviews]
    base = posixpath.normpath(f"{registers}/{LinkReview.KIND.register}")
    if any(snapshot.exists(f"{base}{ending}") for ending in (".yml", ".yaml")) or next(iter(snapshot.paths(base)), ""):
        return additions(snapshot, registers, LinkReview, rows)
    return {f"{base}.yml": with_rows(b"", rows, f"{base}.yml")}


def _refuse(facts: Facts, known: Linked, source: str, look: Look) -> None:
    for name in (source, look.target):
        if name not in facts.isms.entries:
            raise IsmsError(no_such(name, "entry", facts.isms.entries))
    fields = [link.field for link in known.links if (link.source, link.target) == (source, look.target)]
    if not fields:
        raise IsmsError(f"{source}: holds no link to {look.target} that relies on what it says")
    if look.field and look.field not in fields:
        raise IsmsError(f"{source}: its field {look.field} does not lead to {look.target}; {', '.join(fields)} does")
