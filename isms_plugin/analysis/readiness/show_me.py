"""Where each thing that an auditor asks to be shown can be demonstrated, from which entries, and by whom (Stage 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from isms_plugin.analysis.calendar.nil_returns import day_of
from isms_plugin.analysis.evidence.state import State
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.clauses import in_force
from isms_plugin.analysis.readiness.trails import TRAILS, Pull, Question, Trail
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.cadence import Period
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.isms import KINDS
from isms_plugin.model.nil_return import NilReturn

AnswerState = Literal["evidence", "entries", "no occasion yet", "nothing registered"]
"""What answers a question: evidence of the audited period, entries of it alone, a register without an occasion, or nothing."""

_USELESS = (State.FUTURE, State.EXPIRED, State.OUTSIDE, State.UNDATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register that samples are pulled from: what it holds, and what of it belongs to the audited period, the newest first."""

    declaration: type[Entry]
    living: int
    dated: bool
    """Whether its entries have a day, so that those of the period can be told."""
    entries: tuple[Entry, ...] = ()
    returned: tuple[NilReturn, ...] = ()
    """Nil returns that touch the period, where it holds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question and what can be shown for it, the newest first."""

    question: Question
    evidence: tuple[Evidence, ...]
    """What proves most of what is asked, the best sort first, then the newest."""
    more: int
    """How many further pieces prove a part of it."""
    registers: tuple[Register, ...]
    who: tuple[str, ...]
    """Ids of those who can demonstrate it."""

    @property
    def state(self) -> AnswerState:
        """What answers it."""
        if self.evidence:
            return "evidence"
        if any(item.entries or (item.living and not item.dated) for item in self.registers):
            return "entries"
        waiting = any(item.declaration.KIND.occasion for item in self.registers)
        return "no occasion yet" if waiting else "nothing registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """A trail with everything that can be demonstrated along it."""

    trail: Trail
    answers: tuple[Answer, ...]
    applicable: tuple[str, ...]
    """Its clauses, and its controls that are included."""
    excluded: tuple[str, ...]
    registers: tuple[Register, ...]
    documents: tuple[Document, ...]
    """Documents in force that answer or carry them out."""
    who: tuple[str, ...]


def show_me(facts: Facts) -> list[Demonstration]:
    """Return every trail that the organization has something to show for: all of whose controls are excluded, none."""
    rows = {row.control.id: row for row in facts.soa}
    shown = (_shown(facts, trail, rows) for trail in TRAILS)
    return [item for item in shown if item.applicable]


def beside(facts: Facts) -> list[SoaRow]:
    """Return the applicable controls that no trail leads past, such as those of the organization's own."""
    walked = {name for trail in TRAILS for name in trail.requirements}
    return [row for row in facts.soa if _included(row) and row.control.id not in walked]


def owners(facts: Facts, requirements: Iterable[str]) -> tuple[str, ...]:
    """Return who answers for clauses and controls: owners of the decisions, and of documents in force that answer the clauses."""
    rows = {row.control.id: row for row in facts.soa}
    found: dict[str, None] = {}
    for name in requirements:
        row = rows.get(name)
        if row is not None:
            held = row.decision.owner if row.decision is not None and row.decision.included else None
            found.update({held: None} if held else {})
        else:
            found.update({document.owner: None for document in _documents_of(facts, name, None) if document.owner})
    return tuple(found)


def _shown(facts: Facts, trail: Trail, rows: dict[str, SoaRow]) -> Demonstration:
    out = tuple(name for name in trail.requirements if name in rows and not _included(rows[name]))
    applicable = tuple(name for name in trail.requirements if name not in out and name in facts.isms.entries)
    pulls = (*trail.pulls, *_own(facts, applicable))
    registers = {pull.kind: register for pull in pulls if (register := register_of(facts, pull))}
    documents = {document.id: document for name in applicable for document in _documents_of(facts, name, rows.get(name))}
    asked = (question for question in trail.questions if not set(question.proves) <= set(out))
    return Demonstration(
        trail=trail,
        answers=tuple(_answer(facts, question, registers) for question in asked),
        applicable=applicable,
        excluded=out,
        registers=tuple(registers.values()),
        documents=tuple(documents.values()),
        who=owners(facts, applicable),
    )


def _included(row: SoaRow) -> bool:
    return row.decision is not None and row.decision.included


def _own(facts: Facts, requirements: tuple[str, ...]) -> Iterator[Pull]:
    """Yield registers of the organization's own that answer a control or clause of a trail."""
    for kind in facts.isms.kinds:
        if kind not in KINDS and set(kind.KIND.clauses) & set(requirements):
            yield Pull(kind.KIND.name)


def register_of(facts: Facts, pull: Pull) -> Register | None:
    """Return a register with its entries of the audited period; the first and the last day count. None where there is no such kind."""
    declaration = next((kind for kind in facts.isms.kinds if kind.KIND.name == pull.kind), None)
    if declaration is None:
        return None
    living = facts.isms.living(declaration)
    kind = declaration.KIND
    dated = bool(pull.day or kind.happened or kind.occasion)
    audited = facts.settings.period(facts.today)
    within = Period(audited.first, min(audited.last, facts.today)) if audited.first <= facts.today else None
    days = ((_day(entry, pull), entry) for entry in living) if dated and within else ()
    found = [(day, entry) for day, entry in days if within and day in within]
    occasion = facts.occasions.registers.get(kind.name)
    return Register(
        declaration=declaration,
        living=len(living),
        dated=dated,
        entries=tuple(entry for _, entry in sorted(found, key=lambda pair: (pair[0] or date.min, pair[1].id), reverse=True)),
        returned=occasion.returned if occasion and not found else (),
    )


def _day(entry: Entry, pull: Pull) -> date | None:
    day: date | None = getattr(entry, pull.day) if pull.day else day_of(entry)
    return day


def _answer(facts: Facts, question: Question, registers: dict[str, Register]) -> Answer:
    held = (registers.get(name) or register_of(facts, Pull(name)) for name in question.kinds)
    evidence, more = _evidence(facts, question)
    return Answer(
        question=question,
        evidence=evidence,
        more=more,
        registers=tuple(register for register in held if register is not None),
        who=owners(facts, question.proves),
    )


def _evidence(facts: Facts, question: Question) -> tuple[tuple[Evidence, ...], int]:
    """Return evidence of the audited period that proves most of what is asked, and how much there is beside it."""
    asked = proving(facts, question.proves)
    found = [evidence for name in asked if (evidence := facts.isms.get(Evidence, name)) and _fits(facts, question, evidence)]
    newest = sorted(found, key=lambda evidence: (evidence.period_to or evidence.taken_on or date.min, evidence.id), reverse=True)
    most = max((asked[evidence.id] for evidence in found), default=0)
    best = [evidence for evidence in newest if asked[evidence.id] == most]
    return tuple(sorted(best, key=lambda evidence: _sort(question, evidence))), len(found) - len(best)


def proving(facts: Facts, names: Iterable[str]) -> Mapping[str, int]:
    """Return the ids of all evidence for clauses and controls, in their order, each with how many of them it proves."""
    names = tuple(names)
    rows = {row.control.id: row.evidence for row in facts.soa if row.control.id in names}
    found: dict[str, int] = defaultdict(int)
    for name in names:
        for identifier in rows[name] if name in rows else facts.trace.sources(name, Evidence, "proves"):
            found[identifier] += 1
    return found


def _fits(facts: Facts, question: Question, evidence: Evidence) -> bool:
    asked = not question.sorts or evidence.kind in question.sorts
    return asked and evidence.living and facts.evidence[evidence.id].state not in _USELESS


def _sort(question: Question, evidence: Evidence) -> int:
    return question.sorts.index(evidence.kind) if evidence.kind in question.sorts else 0


def _documents_of(facts: Facts, name: str, row: SoaRow | None) -> Iterator[Document]:
    """Documents in force that carry out a control or answer a clause."""
    names = row.documents if row is not None else facts.trace.sources(name, Document, "clauses")
    for document in (facts.isms.get(Document, identifier) for identifier in names):
        if document is not None and in_force(facts, document):
            yield document
