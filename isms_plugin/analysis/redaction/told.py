"""What was worked out of the whole ISMS, told with the entries that are shown: a state stays true although its reasons are withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from isms_plugin.analysis.calendar.occasions import Occasion, Occasions
from isms_plugin.analysis.calendar.promises import PromisedPeriod, Record
from isms_plugin.analysis.calendar.schedule import DueItem
from isms_plugin.analysis.documents.acknowledgements import Confirmation, Coverage, DocumentCoverage, PersonCoverage
from isms_plugin.analysis.evidence.coverage import CoveredPeriod, EvidenceCoverage
from isms_plugin.analysis.evidence.state import EvidenceStanding
from isms_plugin.analysis.redaction.redaction import Redaction
from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.people import Person
from isms_plugin.model.profile import WITHHELD

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Told:
    """Puts the entries that are shown in the place of those of the whole ISMS."""

    redaction: Redaction

    def entry(self, entry: E) -> E | None:
        """Return an entry as it is shown, None where it is not."""
        found = self.redaction.isms.entries.get(entry.id)
        return found if isinstance(found, type(entry)) else None

    def entries(self, found: Iterable[E]) -> tuple[E, ...]:
        """Return those of some entries that are shown."""
        return tuple(shown for entry in found if (shown := self.entry(entry)) is not None)

    def coverage(self, found: Coverage) -> Coverage:
        """Return who has confirmed what, where that register and that of people are shown."""
        if not self.redaction.rules.allows(Acknowledgement) or not self.redaction.rules.allows(Person):
            return Coverage()
        return Coverage(documents=tuple(self._documents(found.documents)), people=tuple(self._people(found.people)))

    def _documents(self, found: Iterable[DocumentCoverage]) -> Iterator[DocumentCoverage]:
        for item in found:
            document = self._asking(item.document)
            if document is not None:
                confirmations = (told for one in item.confirmations if (told := self._confirmation(one)) is not None)
                yield replace(item, document=document, confirmations=tuple(confirmations))

    def _people(self, found: Iterable[PersonCoverage]) -> Iterator[PersonCoverage]:
        for item in found:
            person = self.entry(item.person)
            if person is not None:
                confirmed = tuple(document for one in item.confirmed if (document := self._asking(one)) is not None)
                waiting = ((self._asking(document), self._confirmation(one)) for document, one in item.open)
                pairs = tuple((document, one) for document, one in waiting if document is not None and one is not None)
                yield PersonCoverage(person=person, confirmed=confirmed, open=pairs)

    def _asking(self, document: Document) -> Document | None:
        """Return a document that is shown together with its asking to be confirmed."""
        allowed = self.redaction.profile.allows_field("documents", "ack_required") and self.redaction.rules.shown(document.id)
        return self.entry(document) if allowed else None

    def _confirmation(self, confirmation: Confirmation) -> Confirmation | None:
        person = self.entry(confirmation.person)
        record = self.entry(confirmation.record) if confirmation.record else None
        return replace(confirmation, person=person, record=record) if person else None

    def evidence(self, found: Mapping[str, EvidenceStanding]) -> dict[str, EvidenceStanding]:
        """Return where each piece of evidence stands; of one that is only counted the state alone."""
        shown = {entry.id: found[entry.id] for entry in self.redaction.isms.of(Evidence) if entry.id in found}
        return {name: self._standing(name, standing) for name, standing in shown.items()}

    def _standing(self, name: str, standing: EvidenceStanding) -> EvidenceStanding:
        words, unfollowed = self.redaction.words, tuple(item for item in standing.unfollowed if not self.redaction.rules.hidden(item))
        if self.redaction.isms.withheld.get(name):
            return replace(standing, reason=WITHHELD, checked=WITHHELD, unfollowed=unfollowed)
        return replace(standing, reason=words.plain(standing.reason), checked=words.plain(standing.checked), unfollowed=unfollowed)

    def evidence_coverage(self, found: Iterable[EvidenceCoverage]) -> tuple[EvidenceCoverage, ...]:
        """Return the coverage of entries that are shown, by evidence that is at least counted."""
        rules = self.redaction.rules
        if not rules.allows(Evidence):
            return ()
        return tuple(
            replace(item, evidence=self.entries(item.evidence), periods=tuple(map(self._covered, item.periods)))
            for item in found
            if item.target in self.redaction.isms.entries
        )

    def _covered(self, period: CoveredPeriod) -> CoveredPeriod:
        return replace(period, evidence=tuple(name for name in period.evidence if name in self.redaction.isms.entries))

    def promises(self, found: Iterable[Record]) -> tuple[Record, ...]:
        """Return the promises of documents that are shown, where the register that shows them is."""
        return tuple(told for record in found if (told := self._promise(record)) is not None)

    def _promise(self, record: Record) -> Record | None:
        document = self.entry(record.document)
        if document is None or not self.redaction.rules.allows(record.declaration) or record.position >= len(document.promises):
            return None
        return replace(
            record,
            document=document,
            promise=document.promises[record.position],
            periods=tuple(map(self._period, record.periods)),
            last=self.entry(record.last) if record.last else None,
        )

    def _period(self, period: PromisedPeriod) -> PromisedPeriod:
        return replace(period, entries=self.entries(period.entries), returned=self.entries(period.returned))

    def schedule(self, found: Iterable[DueItem]) -> tuple[DueItem, ...]:
        """Return what falls due of entries and fields that are shown."""
        return tuple(told for item in found if (told := self._due(item)) is not None)

    def _due(self, item: DueItem) -> DueItem | None:
        entry, profile = self.entry(item.entry), self.redaction.profile
        if entry is None or not self.redaction.rules.shown(entry.id):
            return None
        if not profile.allows_field(entry.KIND.register, str(item.pointer[0])):
            return None
        owner = self.entry(item.owner) if item.owner else None
        return replace(item, entry=entry, owner=owner, what=self.redaction.words.plain(item.what))

    def occasions(self, found: Occasions) -> Occasions:
        """Return what registers of occasions tell, of those that are shown."""
        registers = {name: self._occasion(item) for name, item in found.registers.items() if self.redaction.rules.allows(item.declaration)}
        controls = {
            name: tuple(registers[item.declaration.KIND.name] for item in items if item.declaration.KIND.name in registers)
            for name, items in found.controls.items()
        }
        return Occasions(registers=registers, controls={name: items for name, items in controls.items() if items})

    def _occasion(self, item: Occasion) -> Occasion:
        return replace(item, entries=self.entries(item.entries), returned=self.entries(item.returned))
