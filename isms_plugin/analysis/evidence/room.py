"""Evidence as auditors ask for it: by trail and question, each piece at least once, what speaks of the audited period first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from isms_plugin.analysis.evidence.state import in_future, span_of
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.show_me import Answer, Demonstration, proving, show_me
from isms_plugin.analysis.readiness.trails import Question, Trail
from isms_plugin.model.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A question of a trail, the evidence that answers it, and the registers that do."""

    answer: Answer
    evidence: tuple[Evidence, ...]
    """Of the audited period first, then what proves most, the best sort, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The evidence of one trail."""

    trail: Trail
    shelves: tuple[Shelf, ...]
    beside: tuple[Evidence, ...]
    """What is about its clauses and controls, and no question of any trail asks for."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Each piece once, in the order in which it is shown."""
        shown = (piece for shelf in self.shelves for piece in shelf.evidence)
        return tuple({piece.id: piece for piece in (*shown, *self.beside)}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRoom:
    """All living evidence."""

    stands: tuple[Stand, ...]
    others: tuple[Evidence, ...]
    """What no trail leads to."""
    within: frozenset[str]
    """Ids of what speaks of the audited period."""
    total: int
    left_out: int
    """Drafts and retired pieces, which prove nothing."""


def evidence_room(facts: Facts) -> EvidenceRoom:
    """Return every living piece of evidence under the questions it answers; trails whose controls are all excluded are left out."""
    living = {evidence.id: evidence for evidence in facts.isms.of(Evidence) if evidence.living}
    within = frozenset(name for name, evidence in living.items() if _of_period(facts, evidence))
    walked = [(item, tuple(_shelves(facts, item, living, within))) for item in show_me(facts)]
    placed = {piece.id for _, shelves in walked for shelf in shelves for piece in shelf.evidence}
    stands = []
    for item, shelves in walked:
        near = proving(facts, item.applicable)
        beside = _sorted((living[name] for name in near if name in living and name not in placed), within, near, ())
        placed.update(piece.id for piece in beside)
        stands.append(Stand(trail=item.trail, shelves=shelves, beside=beside))
    others = _sorted((piece for name, piece in living.items() if name not in placed), within, {}, ())
    total = sum(1 for _ in facts.isms.of(Evidence))
    return EvidenceRoom(stands=tuple(stands), others=others, within=within, total=len(living), left_out=total - len(living))


def _of_period(facts: Facts, evidence: Evidence) -> bool:
    """Whether it speaks of a day of the audited period that has been."""
    span = span_of(evidence)
    return span is not None and span.overlaps(facts.settings.period(facts.today)) and not in_future(evidence, facts.today)


def _shelves(facts: Facts, item: Demonstration, living: Mapping[str, Evidence], within: frozenset[str]) -> Iterator[Shelf]:
    for answer in item.answers:
        found = proving(facts, answer.question.proves)
        pieces = [living[name] for name in found if name in living and _fits(answer.question, living[name])]
        yield Shelf(answer=answer, evidence=_sorted(pieces, within, found, answer.question.sorts))


def _fits(question: Question, evidence: Evidence) -> bool:
    return not question.sorts or evidence.kind in question.sorts


def _sorted(
    pieces: Iterable[Evidence], within: frozenset[str], found: Mapping[str, int], sorts: tuple[str, ...]
) -> tuple[Evidence, ...]:  # fmt: skip
    def order(evidence: Evidence) -> tuple[bool, int, int, int, str]:
        newest = evidence.period_to or evidence.taken_on or date.min
        sort = sorts.index(evidence.kind) if evidence.kind in sorts else len(sorts)
        return evidence.id not in within, -found.get(evidence.id, 0), sort, -newest.toordinal(), evidence.id

    return tuple(sorted(pieces, key=order))
