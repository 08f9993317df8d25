"""State of every clause: what has to be written down, what answers it, and what an auditor would raise about it (clauses 4 to 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from isms_plugin.analysis.calendar.nil_returns import day_of
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.concerns import Concern, by_clause
from isms_plugin.analysis.readiness.documented_information import Answered, documented_information
from isms_plugin.analysis.readiness.mock_audit import MockAudit
from isms_plugin.analysis.readiness.open_findings import OpenFinding, open_findings
from isms_plugin.model.codes import CODES
from isms_plugin.model.control import Clause
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence


class ClauseState(Enum):
    """Where a clause stands, what weighs most first; of several that hold at once the first counts."""

    MAJOR = "finding raised: major"
    MISSING = "missing"
    DRAFT = "draft only"
    MINOR = "finding raised: minor"
    OFI = "opportunity for improvement"
    PLANNED = "planned"
    NO_OCCASION = "no occasion yet"
    IN_PLACE = "in place"


_ORDER: Final = tuple(ClauseState)
_OF_GRADE: Final = {Grade.MAJOR: ClauseState.MAJOR, Grade.MINOR: ClauseState.MINOR, Grade.OFI: ClauseState.OFI}
_WORDS: Final = {Grade.OFI: "opportunity for improvement"}
_TOLD_BY_STATE: Final = ("information-missing", "information-unapproved")
"""Findings that a state says already: missing, draft only."""


_IN_FORCE: Final = "in force"


class Reason(NamedTuple):
    """Why a clause has a state: a few words, and the entries that they are about."""

    state: ClauseState
    text: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of documented information, and how far it is there."""

    answered: Answered
    state: ClauseState
    text: str

    @property
    def by_documents(self) -> bool:
        """Whether documents decide about its state."""
        return self.state is ClauseState.DRAFT or self.text == _IN_FORCE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseStanding:
    """A clause with its documented information, what else answers it, and its state with the reasons."""

    clause: Clause
    pieces: tuple[Piece, ...] = ()
    documents: tuple[Document, ...] = ()
    """Further documents that name it."""
    registers: tuple[tuple[type[Entry], int], ...] = ()
    """Further registers that answer it, with their living entries."""
    evidence: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
    """What a mock audit raises about it."""
    reasons: tuple[Reason, ...] = ()
    """Everything that speaks against it, the gravest first; what speaks for it where nothing does."""

    @property
    def state(self) -> ClauseState:
        """The state that counts."""
        return self.reasons[0].state if self.reasons else ClauseState.IN_PLACE


def clause_standings(facts: Facts, audit: MockAudit) -> dict[str, ClauseStanding]:
    """Return the standing of every clause that is a requirement, by its id, as an audit of that stage would see it."""
    pieces: dict[str, list[Answered]] = {}
    for answered in documented_information(facts.isms):
        pieces.setdefault(answered.clause.id, []).append(answered)
    concerns, opened = by_clause(facts, audit), open_findings(facts)
    return {
        clause.id: _standing(facts, clause, pieces.get(clause.id, []), concerns.get(clause.id, ()), opened.get(clause.id, ()))
        for clause in facts.isms.of(Clause)
        if not clause.heading
    }


def in_force(facts: Facts, document: Document) -> bool:
    """Whether somebody approved a text of a document that counts today."""
    standing = facts.standings.get(document.id)
    return standing is not None and standing.current is not None and not document.retired


def _standing(
    facts: Facts, clause: Clause, answered: list[Answered], concerns: tuple[Concern, ...], opened: tuple[OpenFinding, ...]
) -> ClauseStanding:
    named = {document.id for item in answered for document in item.documents}
    sources = (facts.isms.get(Document, name) for name in facts.trace.sources(clause.id, Document, "clauses"))
    documents = tuple(document for document in sources if document and not document.retired and document.id not in named)
    held = {kind for item in answered for kind, _ in item.registers}
    registers = tuple(
        (kind, len(facts.isms.living(kind)))
        for kind in facts.isms.kinds
        if clause.id in kind.KIND.clauses and kind not in held and kind is not Document
    )
    evidence = tuple(facts.trace.sources(clause.id, Evidence, "proves"))
    otherwise = bool(documents or evidence or any(count for _, count in registers))
    pieces = tuple(_piece(facts, item, otherwise=otherwise) for item in answered)
    several = len(pieces) > 1
    against = [*_raised(concerns, opened), *(_reason(piece, named=several) for piece in pieces)]
    if not answered:
        against.append(_answered_otherwise(documents, registers, evidence))
    worst = sorted(
        (reason for reason in against if reason.state is not ClauseState.IN_PLACE), key=lambda reason: _ORDER.index(reason.state)
    )
    return ClauseStanding(
        clause=clause, pieces=pieces, documents=documents, registers=registers, evidence=evidence, concerns=concerns,
        reasons=tuple(worst or against),
    )  # fmt: skip


def _raised(concerns: tuple[Concern, ...], opened: tuple[OpenFinding, ...]) -> Iterator[Reason]:
    for item in opened:
        if item.grade in _OF_GRADE:
            word = _WORDS.get(item.grade, item.grade.word)
            yield Reason(_OF_GRADE[item.grade], f"open {word}: {item.state}", (item.entry.id,))
    for concern in concerns:
        if concern.finding.code not in _TOLD_BY_STATE:
            entries = tuple(dict.fromkeys(item.entry for item in concern.items if item.entry))
            meaning = CODES[concern.finding.code].meaning.removesuffix(".")
            yield Reason(_OF_GRADE[concern.finding.grade], meaning, entries)


def _reason(piece: Piece, *, named: bool) -> Reason:
    """Return what a piece says for or against its clause; its documents are named with it where they decide."""
    documents = tuple(document.id for document in piece.answered.documents) if piece.by_documents else ()
    return Reason(piece.state, f"{piece.answered.item.name}: {piece.text}" if named else piece.text, documents)


def _piece(facts: Facts, answered: Answered, *, otherwise: bool) -> Piece:
    state, told = _piece_state(facts, answered, otherwise=otherwise)
    return Piece(answered=answered, state=state, text=told)


def _piece_state(facts: Facts, answered: Answered, *, otherwise: bool) -> tuple[ClauseState, str]:
    """Return how far a piece is there, and why; a record counts once it has happened, and before any document about it."""
    approved = [document.id for document in answered.documents if in_force(facts, document)]
    kinds = [kind for kind, count in answered.registers if count]
    recorded = next(((kind, number) for kind in kinds if (number := _happened(facts, kind))), None)
    if recorded and (answered.item.kind == "record" or not approved):
        return ClauseState.IN_PLACE, f"{recorded[1]} in {recorded[0].KIND.plural}"
    if approved:
        return ClauseState.IN_PLACE, _IN_FORCE
    if answered.documents:
        return ClauseState.DRAFT, "no text of it is approved"
    if kinds:
        return ClauseState.PLANNED, f"{kinds[0].KIND.plural} hold nothing that has happened yet"
    return _without_anything(facts, answered, otherwise=otherwise)


def _without_anything(facts: Facts, answered: Answered, *, otherwise: bool) -> tuple[ClauseState, str]:
    waiting = [kind for kind, _ in answered.registers if kind.KIND.occasion]
    if waiting:
        stated = any(item.returned for kind in waiting if (item := facts.occasions.registers.get(kind.KIND.name)))
        return ClauseState.NO_OCCASION, f"nothing has happened; {'a nil return says so' if stated else 'nobody has stated so'}"
    if otherwise and answered.item.basis == "implied":
        return ClauseState.IN_PLACE, "nothing is named for it, but something answers the clause"
    return ClauseState.MISSING, "no document and no register answers it"


def _happened(facts: Facts, declaration: type[Entry]) -> int:
    """Return how many living entries are more than a plan; the day itself counts."""
    entries = facts.isms.living(declaration)
    if not declaration.KIND.happened:
        return sum(1 for _ in entries)
    return sum(1 for entry in entries if (day := day_of(entry)) is not None and day <= facts.today)


def _answered_otherwise(
    documents: tuple[Document, ...], registers: tuple[tuple[type[Entry], int], ...], evidence: tuple[str, ...]
) -> Reason:
    """Return the reason of a clause that asks for nothing written."""
    held = [kind.KIND.register for kind, count in registers if count]
    if documents or held or evidence:
        told = "documents name it" if documents else f"the register {held[0]} answers it" if held else "evidence shows it"
        return Reason(ClauseState.IN_PLACE, told)
    return Reason(ClauseState.MISSING, "no document, register or evidence answers it")
