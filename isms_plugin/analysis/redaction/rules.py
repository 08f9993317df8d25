"""What becomes of each entry under a profile: shown, counted only, or gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from isms_plugin.model.approval import Approval
from isms_plugin.model.control import Clause, Control
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Classification, Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.profile import Profile

Fate = Literal["shown", "stub", "gone"]
"""Shown, as far as its fields are; kept with no more than its id, so that it is counted; or not there at all."""
_STRICT: Final[tuple[Fate, ...]] = ("shown", "stub", "gone")


@dataclass(frozen=True)
class Rules:
    """A profile, applied to the entries of an ISMS."""

    profile: Profile
    isms: Isms
    today: Rules | None = None
    """Those of the ISMS as it is, where this is an earlier state of it: what is withheld today was not public then."""

    @cached_property
    def kinds(self) -> tuple[type[Entry], ...]:
        """The kinds that are shown; controls always are, because the catalogue has some."""
        return tuple(kind for kind in self.isms.kinds if kind is Control or self.allows(kind))

    @cached_property
    def fates(self) -> Mapping[str, Fate]:
        """What becomes of each entry, by its id."""
        later = self.today.fates if self.today else {}
        return {name: max(self._fate(entry), later.get(name, "shown"), key=_STRICT.index) for name, entry in self.isms.entries.items()}

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """Beginnings of ids that only entries of withheld registers have, as far as anybody can tell."""
        gone = {_prefix(name) for name, fate in self.fates.items() if fate == "gone"}
        gone |= {kind.KIND.prefix for kind in self.isms.kinds if not self.allows(kind)}
        here = {_prefix(name) for name, fate in self.fates.items() if fate != "gone"}
        return frozenset(gone - here - {kind.KIND.prefix for kind in self.kinds} - {""})

    def allows(self, kind: type[Entry]) -> bool:
        """Whether the register of a kind is shown; what is in no register comes from the catalogue."""
        return not kind.KIND.register or self.profile.allows_register(kind.KIND.register)

    def hidden(self, identifier: str) -> bool:
        """Whether an id is withheld; one that is no longer there goes by its beginning."""
        fate = self.fates.get(identifier)
        if fate is None and self.today is not None:
            return self.today.hidden(identifier)
        return fate == "gone" if fate else _prefix(identifier) in self.prefixes

    def shown(self, identifier: str) -> bool:
        """Whether an entry is shown, as far as its fields are."""
        return self.fates.get(identifier) == "shown"

    def _fate(self, entry: Entry) -> Fate:
        if catalogued(entry):
            return "shown"
        about = entry.register_name if isinstance(entry, NilReturn) else None
        if not self.allows(type(entry)) or (about and not self.profile.allows_register(about)):
            return "gone"
        if self.profile.allows_class(entry.classification) and not self.unripe(entry):
            return "shown"
        return "stub" if self.profile.counted else "gone"

    def unripe(self, entry: Entry) -> bool:
        """Whether it is a document that was never in force, where readers see no drafts."""
        return isinstance(entry, Document) and not self.profile.drafts and not entry.in_force and entry.id not in self._approved

    @cached_property
    def _approved(self) -> frozenset[str]:
        """Ids of documents that were approved at some time, or withdrawn since."""
        approvals = (approval.document or "" for approval in self.isms.of(Approval) if approval.decision == "approved")
        return frozenset((*approvals, *(document.id for document in self.isms.of(Document) if document.retired)))

    def of_class(self, entry: Entry) -> Classification:
        """Return the classification that counts for an entry."""
        return entry.classification or self.profile.unclassified

    def kind_of(self, name: str) -> type[Entry] | None:
        """Return the kind of a name."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, type[Entry]]:
        return {kind.KIND.name: kind for kind in self.isms.kinds}


def catalogued(entry: Entry) -> bool:
    """Whether an entry comes from the catalogue of the standard, which anybody may read."""
    return isinstance(entry, Clause) or (isinstance(entry, Control) and not entry.own)


def structural(kind: type[Entry]) -> frozenset[str]:
    """Return the fields of an entry that only counts: what it is and where it stands in its life, and the days of that."""
    told = kind.KIND
    return frozenset(filter(None, ("id", "status", told.key, told.happened, told.closed)))


def _prefix(identifier: str) -> str:
    return identifier.partition("-")[0] if "-" in identifier and "/" not in identifier else ""
