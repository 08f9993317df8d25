"""Decisions that a change brings along as taken: in whose name, so that they and others see it (clauses 6.1.3, 7.5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from isms_plugin.analysis.changes import EntryChange
from isms_plugin.analysis.facts import Facts
from isms_plugin.model.approval import Approval
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk

_ACCEPTANCE: Final = frozenset(("accepted_by", "accepted_on", "accepted_state"))


class BroughtDecision(NamedTuple):
    """One decision on record: an approval of a document, or the acceptance of a risk."""

    subject: str
    """Id of the document or risk."""
    version: str
    decision: str
    """Such as `approved`, `withdrawn`, `accepted`."""
    person: str
    name: str
    on: str
    """Day as YYYY-MM-DD."""
    method: str
    """How it was given; empty for acceptances."""
    signed: bool
    """Whether the record carries a signature; checks tell whether it is good."""


def brought_decisions(found: Iterable[EntryChange], new: Facts) -> Iterator[BroughtDecision]:
    """Yield decisions whose records come or change, then acceptances of risks."""
    for change in found:
        if change.change == "removed":
            continue
        if change.kind == Approval.KIND.name:
            record = new.isms.get(Approval, change.id)
            if record:
                yield _approval(record, new.isms)
        elif change.kind == Risk.KIND.name:
            risk = new.isms.get(Risk, change.id)
            if risk and risk.accepted_by and (change.change == "added" or any(field.key in _ACCEPTANCE for field in change.fields)):
                yield _acceptance(risk, new.isms)


def _approval(record: Approval, isms: Isms) -> BroughtDecision:
    return BroughtDecision(
        subject=record.document or "", version=record.version or "", decision=(record.decision or "").replace("_", " "),
        person=record.person or "", name=_name(record.person, isms), on=record.decided_on.isoformat() if record.decided_on else "",
        method=record.method or "", signed=bool(record.signature),
    )  # fmt: skip


def _acceptance(risk: Risk, isms: Isms) -> BroughtDecision:
    return BroughtDecision(
        subject=risk.id, version="", decision="accepted", person=risk.accepted_by or "", name=_name(risk.accepted_by, isms),
        on=risk.accepted_on.isoformat() if risk.accepted_on else "", method="", signed=False,
    )  # fmt: skip


def _name(identifier: str | None, isms: Isms) -> str:
    person = isms.get(Person, identifier)
    return person.name if person else identifier or ""
