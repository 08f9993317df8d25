"""What top management has to know and decide: decisions that are wanted, and incidents by severity (clauses 5.1 and 9.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.management_review.checks import top_roles
from isms_plugin.analysis.management_review.pack import next_review, pack_of, reviews
from isms_plugin.analysis.management_review.risk_position import acceptance_words, settled
from isms_plugin.analysis.management_review.surroundings import action_words
from isms_plugin.analysis.risk.treatment_plan import treatment_plan
from isms_plugin.model.action import Action
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.incident import Incident
from isms_plugin.model.operation import RuleException

SEVERITIES: Final = ("critical", "high", "medium", "low")
"""Severities of incidents, the gravest first."""


class Wanted(NamedTuple):
    """Something that waits for a decision of management: what is asked, about which entry, and why."""

    ask: str
    entry: Entry
    why: str


def decisions_wanted(facts: Facts) -> tuple[Wanted, ...]:
    """Return what waits for a decision, by what is asked."""
    return (*_risks(facts), *_actions(facts), *_documents(facts), *_exceptions(facts), *_inputs(facts))


def _risks(facts: Facts) -> Iterator[Wanted]:
    """Yield risks that may not stay as they are: above the limit, or not accepted where that is needed."""
    for item in treatment_plan(facts.isms, facts.trace, facts.today):
        if not settled(item) and not item.rated.risk.draft:
            level = item.rated.method.words(item.rated.residual_level)
            yield Wanted("Risk to be treated further or accepted", item.rated.risk, f"{level}, {acceptance_words(item)}")


def _actions(facts: Facts) -> Iterator[Wanted]:
    """Yield actions that management decided and that are overdue."""
    decided = dict.fromkeys(decision.action for review in reviews(facts.isms) if review.closed for decision in review.decisions)
    for identifier in decided:
        action = facts.isms.get(Action, identifier)
        if action is not None and not action.retired:
            words, late = action_words(action, facts.today)
            if late:
                yield Wanted("Decided action that is overdue", action, words)


def _documents(facts: Facts) -> Iterator[Wanted]:
    """Yield documents that a role of top management has to approve: in review, or in force without an approval of their text."""
    top = {role.id for role in top_roles(facts.isms)}
    for document in facts.isms.of(Document):
        if document.approver_role not in top or document.retired:
            continue
        state = facts.standings[document.id].state
        if document.status == "in_review":
            yield Wanted("Document to be approved", document, f"version {document.version or 'unknown'} is in review")
        elif document.in_force and state in ("changed", "never"):
            yield Wanted("Document to be approved", document, "changed since its approval" if state == "changed" else "never approved")


def _exceptions(facts: Facts) -> Iterator[Wanted]:
    """Yield exceptions that run out soon or have run out."""
    for item in facts.schedule:
        if isinstance(item.entry, RuleException) and item.state != "later" and item.pointer == ("expires_on",):
            yield Wanted("Exception that ends", item.entry, f"{'ran' if item.state == 'overdue' else 'runs'} out on {item.day}")


def _inputs(facts: Facts) -> Iterator[Wanted]:
    """Yield inputs that are missing for the next review."""
    review = next_review(reviews(facts.isms))
    if review is not None:
        yield from (Wanted("Input missing for the next review", review, told) for told in pack_of(facts, review).missing)


def incidents_by_severity(facts: Facts, since: date | None, until: date) -> dict[str, int]:
    """Return how many incidents were noticed in a time, by severity, the gravest first; events and false alarms do not count."""
    found = (item for item in facts.isms.of(Incident) if item.decision == "incident" and item.living)
    counts = Counter(item.severity or "" for item in found if item.detected_on and (since or date.min) <= item.detected_on <= until)
    return {severity: counts[severity] for severity in SEVERITIES}
