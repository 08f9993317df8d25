"""The whole ISMS as read from one snapshot: a value that nothing changes afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar, cast

from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.action import Action
from isms_plugin.model.approval import Approval
from isms_plugin.model.asset import Asset
from isms_plugin.model.audit import Audit, AuditFinding, AuditProgramme
from isms_plugin.model.certification import Certification
from isms_plugin.model.competence import Competence, Training
from isms_plugin.model.control import Clause, Control, ControlDecision
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.exposure import Exposure
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.improvement import Improvement, Nonconformity
from isms_plugin.model.incident import Incident
from isms_plugin.model.information_request import InformationRequest
from isms_plugin.model.link_review import LinkReview
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.objective import Measure, Objective
from isms_plugin.model.operation import AccessReview, Exercise, ManagedChange, RestoreTest, RuleException, VulnerabilityRun
from isms_plugin.model.organization import Communication, ContextIssue, InterestedParty, Site
from isms_plugin.model.people import Person, Role
from isms_plugin.model.profile import WITHHELD
from isms_plugin.model.requirement import Requirement
from isms_plugin.model.retention import RetentionRule
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod
from isms_plugin.model.signing import Signature, SigningKey
from isms_plugin.model.supplier import Supplier

E = TypeVar("E", bound=Entry)
_NOWHERE = Place()

KINDS: tuple[type[Entry], ...] = (
    Document, Clause, Control, ControlDecision, Risk, RiskMethod, Site, ContextIssue, InterestedParty, Requirement, Asset, Supplier,
    Person, Role, Competence, Training, Acknowledgement, Communication, Action, Evidence, NilReturn, Incident, ManagedChange, RuleException,
    AccessReview, RestoreTest, Exercise, VulnerabilityRun, Objective, Measure, AuditProgramme, Audit, AuditFinding, InformationRequest,
    Certification, ManagementReview, Nonconformity, Improvement, RetentionRule, Approval, SigningKey,
    LinkReview,
)  # fmt: skip
"""Every kind the program brings along, in the order readers meet them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """The body of a document: where it lies and on which line of the file it begins, from 1."""

    path: str
    body: str
    first_line: int
    controlled: bool = True
    """Whether the file carries control data at all."""
    hash: str = ""
    """Hash of the text before something was withheld from it; empty where nothing was."""


NO_TEXT = DocumentText(path="", body="", first_line=1)
"""Of a document that is kept elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """The edition that the catalogue describes."""

    reference: str = ""
    amendments: tuple[str, ...] = ()
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Control numbers of the edition before, and what became of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Isms:
    """All entries by id in the order of their sources, with their places, texts and the faults met while reading."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    texts: Mapping[str, DocumentText] = field(default_factory=dict)
    pages: Mapping[str, DocumentText] = field(default_factory=dict)
    """Other Markdown of the site that may hold references, by path."""
    files: frozenset[str] = frozenset()
    """Paths of all files in the snapshot that something may point to."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the files that evidence names, by path; of a file in Git LFS the one that its pointer names."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Bytes of the files that entries keep, by path; of a file in Git LFS those that its pointer names."""
    lfs: frozenset[str] = frozenset()
    """Paths of the files that evidence names and that lie in Git LFS."""
    exposures: Mapping[str, tuple[Exposure, ...]] = field(default_factory=dict)
    """Secrets and personal data that evidence files seem to hold, by path; files without any are left out."""
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    """What became of the signatures of approvals, by their ids; those without one are left out."""
    kinds: tuple[type[Entry], ...] = KINDS
    standard: Standard = Standard()
    faults: tuple[Diagnostic, ...] = ()
    withheld: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names of the fields whose values readers may not see, by the id of the entry."""
    whole: Mapping[str, Entry] = field(default_factory=dict, repr=False)
    """Entries as they are in the registers, of those from which something is withheld: for fingerprints, never for pages."""

    _by_kind: dict[type[Entry], tuple[Entry, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_type: dict[type[Entry], list[Entry]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, declaration: type[E]) -> Iterator[E]:
        """All entries of a kind."""
        found = self._by_kind.get(declaration)
        if found is None:  # asked for hundreds of thousands of times while pages are made
            found = self._by_kind[declaration] = self._found(declaration)
        return cast("Iterator[E]", iter(found))

    def _found(self, declaration: type[Entry]) -> tuple[Entry, ...]:
        if not self._by_type:  # sorted in one go, since some pages look at the ISMS of another day
            for entry in self.entries.values():
                self._by_type.setdefault(type(entry), []).append(entry)
        same = [kind for kind in self._by_type if issubclass(kind, declaration)]
        if len(same) > 1:
            return tuple(entry for entry in self.entries.values() if isinstance(entry, declaration))
        return tuple(self._by_type[same[0]]) if same else ()

    def living(self, declaration: type[E]) -> tuple[E, ...]:
        """All entries of a kind that are neither drafts nor retired."""
        return tuple(entry for entry in self.of(declaration) if entry.living)

    def get(self, declaration: type[E], identifier: str | None) -> E | None:
        """Return the entry of that kind and id, if there is one."""
        entry = self.entries.get(identifier or "")
        return entry if isinstance(entry, declaration) else None

    def title(self, identifier: str) -> str | None:
        """Return what the entry of an id is called; None where there is no such one."""
        entry = self.entries.get(identifier)
        return entry.name if entry else None

    def text_hash(self, document: Document) -> str:
        """Return the hash of the text of a document as it stands here, what is withheld included."""
        text = self.texts.get(document.id, NO_TEXT)
        return text.hash or _hash(self.whole_of(document).title or "", text.body)

    def whole_of(self, entry: E) -> E:
        """Return an entry as it is in its register: what fingerprints are taken of."""
        whole = self.whole.get(entry.id)
        return whole if isinstance(whole, type(entry)) else entry

    def withheld_from(self, entry: Entry) -> frozenset[str]:
        """Return the names of the fields of an entry that its readers may not see."""
        return self.withheld.get(entry.id, frozenset())

    def counted_only(self, entry: Entry) -> bool:
        """Whether readers see no more of an entry than that it is there: its id, where it stands in its life, and the days of that."""
        kind = entry.KIND
        structural = {"id", "title", "status", kind.key, kind.happened, kind.closed}
        return bool(self.withheld_from(entry)) and entry.title == WITHHELD and entry.model_dump(exclude_defaults=True).keys() <= structural

    def place(self, entry: Entry) -> Place:
        """Where an entry stands; empty for one of a catalogue."""
        return self.places.get(entry.id, _NOWHERE)


@lru_cache(maxsize=2048)  # asked by several checks, and again of the same texts while a site is served
def _hash(title: str, body: str) -> str:
    return text_hash(title, body)
