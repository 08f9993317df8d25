"""The chain through an entry: what calls for a control, the control, its documents, evidence, findings and actions.

Relations are stored once and in whichever entry it was natural; here they all point one way, from what asks to what answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from isms_plugin.analysis.trace import Relation, Trace
from isms_plugin.model.action import Action
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.control import Clause, Control, ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.improvement import Improvement, Nonconformity
from isms_plugin.model.isms import Isms
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.organization import ContextIssue, InterestedParty
from isms_plugin.model.requirement import Requirement
from isms_plugin.model.risk import Risk


class Column(NamedTuple):
    """A step of the chain: what it is called, and the kinds that stand there."""

    title: str
    kinds: tuple[type[Entry], ...]


COLUMNS: Final = (
    Column("Called for by", (Clause, ContextIssue, InterestedParty, Requirement, Risk)),
    Column("Control", (Control,)),
    Column("Document", (Document,)),
    Column("Evidence", (Evidence, NilReturn)),
    Column("Finding", (AuditFinding, Improvement, Nonconformity)),
    Column("Action", (Action,)),
)
"""From left to right."""

_PROOF: Final = 3
"""Column of what proves: it ends a chain, since one record often proves things that have nothing else in common."""

_LOOSE: Final = frozenset(("", "links", "related", "applies_to"))
"""Fields, prose among them, that relate entries without one answering the other."""

_ONWARD: Final = "becomes"
"""Field that leads on within a column: a finding becomes a nonconformity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What leads to one entry and what follows from it: ids by column, the nearest first, and which of them are linked."""

    anchor: str
    columns: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, str], ...]
    """Pairs from left to right, those of the entry itself first."""
    direct: frozenset[str]
    """Those that are linked with the entry itself."""

    @property
    def alone(self) -> bool:
        """Whether there is nothing but the entry."""
        return sum(map(len, self.columns)) <= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """All links between entries that stand in a column; nothing retired."""

    column: Mapping[str, int] = field(default_factory=dict)
    """Number of the column of each entry, from 0."""
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    """Who answers for each entry; for a control whoever answers for the decision on it."""

    def of(self, anchor: str) -> Chain:
        """Return the chain through an entry; empty for one that stands in no column."""
        if anchor not in self.column:
            return Chain(anchor=anchor, columns=((),) * len(COLUMNS), links=(), direct=frozenset())
        found = dict.fromkeys((anchor, *self._reached(anchor, self.before), *self._reached(anchor, self.after)))
        columns = tuple(tuple(name for name in found if self.column[name] == number) for number in range(len(COLUMNS)))
        links = [(left, right) for left in found for right in self.after.get(left, ()) if right in found]
        across = (link for link in links if self.column[link[0]] != self.column[link[1]])
        return Chain(
            anchor=anchor,
            columns=columns,
            links=tuple(sorted(across, key=lambda link: anchor not in link)),
            direct=frozenset((*self.before.get(anchor, ()), *self.after.get(anchor, ()))),
        )

    def _reached(self, anchor: str, step: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
        """Everything that a direction leads to, the nearest first."""
        found = dict.fromkeys((anchor,))
        waiting = [anchor]
        for identifier in waiting:
            if identifier == anchor or self.column[identifier] != _PROOF:
                new = [name for name in step.get(identifier, ()) if name not in found]
                found |= dict.fromkeys(new)
                waiting += new
        return list(found)[1:]


def chains(isms: Isms, trace: Trace) -> Chains:
    """Turn every relation that means something to the chain the right way round; a decision stands for its control."""
    number = {kind: place for place, column in enumerate(COLUMNS) for kind in column.kinds}
    column = {entry.id: number[type(entry)] for entry in isms.entries.values() if type(entry) in number and not entry.retired}
    decisions = {decision.id: decision for decision in isms.of(ControlDecision) if decision.control and not decision.retired}
    stands_for = {identifier: decision.control or "" for identifier, decision in decisions.items()}
    after: dict[str, dict[str, None]] = defaultdict(dict)
    before: dict[str, dict[str, None]] = defaultdict(dict)
    for left, right in _links(trace, column, stands_for):
        after[left][right] = None
        before[right][left] = None
    owners = {entry.id: entry.owner for entry in isms.entries.values() if entry.id in column and entry.owner}
    owners |= {decision.control or "": decision.owner for decision in decisions.values() if decision.owner}
    return Chains(
        column=column,
        after={name: tuple(found) for name, found in after.items()},
        before={name: tuple(found) for name, found in before.items()},
        owners=owners,
    )


def _links(trace: Trace, column: Mapping[str, int], stands_for: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for relations in trace.outgoing.values():
        for relation in relations:
            link = _link(relation, column, stands_for)
            if link is not None:
                yield link


def _link(relation: Relation, column: Mapping[str, int], stands_for: Mapping[str, str]) -> tuple[str, str] | None:
    if relation.field in _LOOSE:
        return None
    source, target = (stands_for.get(name, name) for name in (relation.source, relation.target))
    if source not in column or target not in column or source == target:
        return None
    if column[source] == column[target]:
        return (source, target) if relation.field == _ONWARD else None
    return (source, target) if column[source] < column[target] else (target, source)
