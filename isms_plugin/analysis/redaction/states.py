"""Earlier states of the ISMS as the readers of a profile see them, by the rules of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from isms_plugin.analysis.redaction.entries import Entries, each
from isms_plugin.analysis.redaction.people import People, people_of
from isms_plugin.analysis.redaction.places import Places
from isms_plugin.analysis.redaction.rules import Rules, catalogued
from isms_plugin.analysis.redaction.words import Words
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map
from isms_plugin.model.history import History
from isms_plugin.model.isms import Isms
from isms_plugin.model.profile import WITHHELD
from isms_plugin.model.state import EntryState, State, entry_state


@dataclass(frozen=True, slots=True)
class States:
    """Makes earlier states that may be shown."""

    rules: Rules
    history: History
    people: People
    places: Places
    ordinary: frozenset[str]

    def of(self, state: State) -> State:
        """Return a state without what is withheld today, and without what would have been then."""
        read = {entry.id: entry for entry in self._entries(state)}
        known = {entry.id: entry for entry in self.rules.isms.entries.values() if catalogued(entry)}
        then = Rules(self.rules.profile, Isms(entries=known | read, kinds=self.rules.isms.kinds), self.rules)
        entries = Entries(then, self._people(then), self._words(then), self.places.kept.__contains__)
        shown = dict(each(entries))
        made = {name: self._state(state.entries[name], shown[name], shown, then) for name in state.entries if name in shown}
        faults = (WITHHELD,) if state.faults else ()
        return replace(state, entries=made, faults=faults, commit="" if self.rules.profile.commits == "none" else state.commit)

    def _entries(self, state: State) -> Iterator[Entry]:
        """Yield the entries that a state held; what today's declarations do not take is left out."""
        for held in state.entries.values():
            declaration = self.rules.kind_of(held.kind)
            if declaration is not None:
                specs = field_map(declaration)
                data = {key: value for key, value in held.data.items() if key in specs}
                try:
                    yield declaration.model_validate({"id": held.id, **data}, strict=False)
                except ValidationError:
                    continue

    def _people(self, then: Rules) -> People:
        """Return what stands for people: today's placeholders, and for those who are no longer in the register what it was then."""
        found, now = people_of(then, self.history, self.ordinary), self.people
        return People(
            placeholders={**found.placeholders, **now.placeholders},
            phrases={**found.phrases, **now.phrases},
            exact={**found.exact, **now.exact},
            addresses={**found.addresses, **now.addresses},
        )

    def _words(self, then: Rules) -> Words:
        people = self._people(then)
        words = Words(
            hidden=then.hidden,
            phrases=people.phrases,
            exact=people.exact,
            addresses=people.addresses,
            commits=self.places.words.commits,
        )
        return words.without(self.places.hidden)

    def _state(self, held: EntryState, entry: Entry, entries: Mapping[str, Entry], then: Rules) -> EntryState:
        worked_out: Mapping[str, Any] = entry.worked_out(entries) if then.shown(entry.id) else {}
        path = held.path if then.shown(entry.id) and held.path in self.places.told else WITHHELD
        text = held.text if isinstance(entry, Document) else ""
        unread = tuple(key for key in held.unread if self.rules.profile.allows_field(entry.KIND.register, key))
        return entry_state(entry, path, worked_out, text=text, unread=unread)
