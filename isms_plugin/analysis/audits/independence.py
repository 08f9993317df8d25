"""Auditors who answer for something that they audit (clause 9.2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from isms_plugin.analysis.completeness import ANSWERING
from isms_plugin.analysis.soa.statement import decisions_on
from isms_plugin.model.audit import Audit
from isms_plugin.model.control import Control, ControlDecision
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms

_SELF: Final = "the person"


class Involvement(NamedTuple):
    """An auditor who answers for something that is audited: as what, and why it counts nevertheless, empty where nothing is recorded."""

    auditor: str
    item: str
    as_what: str
    reason: str = ""


def involvements(isms: Isms, audit: Audit, named: Iterable[str]) -> list[Involvement]:
    """Return which auditors answer today for which of the named entries; for a control whoever answers for the decision on it does."""
    decisions = decisions_on(isms)
    return [
        Involvement(auditor, identifier, as_what, _reason(audit, auditor, identifier))
        for auditor in dict.fromkeys(audit.auditors)
        for identifier in dict.fromkeys(named)
        if (as_what := _answers_as(isms, decisions, auditor, identifier))
    ]


def looked_at(audit: Audit) -> tuple[str, ...]:
    """Return ids of everything that an audit sampled or covered, each once."""
    return tuple(dict.fromkeys((*(item for sample in audit.samples for item in sample.items), *audit.covered)))


def _answers_as(isms: Isms, decisions: dict[str, list[ControlDecision]], auditor: str, identifier: str) -> str:
    entry = isms.entries.get(identifier)
    if entry is None:
        return ""
    if identifier == auditor:
        return _SELF
    found = next(_fields(entry, auditor), "")
    if not found and isinstance(entry, Control) and _owned(decisions.get(identifier, ()), auditor):
        return "owner of the decision"
    return found


def _fields(entry: Entry, person: str) -> Iterator[str]:
    return (name for name in ANSWERING if getattr(entry, name, None) == person)


def _owned(decisions: Iterable[ControlDecision], person: str) -> bool:
    return any(decision.owner == person for decision in decisions)


def _reason(audit: Audit, auditor: str, identifier: str) -> str:
    return next((work.why for work in audit.own_work if work.auditor == auditor and identifier in work.items and work.why), "")
