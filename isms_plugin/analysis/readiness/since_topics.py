"""What happened since the last audit, topic by topic as surveillance always looks at it (clauses 6.2, 9.2, 9.3, 10.1 and 10.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from isms_plugin.analysis.corrective_action.finding import finding_state, taken_up_by
from isms_plugin.analysis.corrective_action.state import progress
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.measurement import measure_state, period_name
from isms_plugin.analysis.readiness.since import Since, within
from isms_plugin.model.approval import Approval
from isms_plugin.model.audit import Audit, AuditFinding
from isms_plugin.model.certification import Certification
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Improvement, Nonconformity
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.model.objective import Measure, Objective
from isms_plugin.model.operation import ManagedChange
from isms_plugin.model.organization import Site
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk


class Line(NamedTuple):
    """One entry of a topic: its day, if it has one, and where it stands, in a few words."""

    entry: Entry
    day: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that is always looked at: what is asked, and how it is found."""

    name: str
    title: str
    question: str
    find: Callable[[Facts, Since], Iterable[Line]]
    nothing: str
    """What is said where there is nothing."""


class Told(NamedTuple):
    """A topic with what there is of it."""

    topic: Topic
    lines: tuple[Line, ...]


def topics(facts: Facts, after: Since) -> list[Told]:
    """Return every topic with its entries, the newest first."""
    return [Told(topic, tuple(topic.find(facts, after))) for topic in TOPICS]


def _newest(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.day or date.min, line.entry.id), reverse=True)


def _internal_audits(facts: Facts, after: Since) -> Iterable[Line]:
    audits = (audit for audit in facts.isms.living(Audit) if audit.kind == "internal" and within(facts, after, audit.ended_on))
    return _newest(Line(audit, audit.ended_on, "ended") for audit in audits)


def _reviews(facts: Facts, after: Since) -> Iterable[Line]:
    held = (review for review in facts.isms.living(ManagementReview) if within(facts, after, review.held_on))
    return _newest(Line(review, review.held_on, "held") for review in held)


def _earlier_findings(facts: Facts, after: Since) -> Iterable[Line]:
    """Yield what was open when the day was over, and where it stands now; a nonconformity stands for its findings."""
    for item in facts.isms.of(Nonconformity):
        if not item.retired and _stood_open(after, item.raised_on, item.closed_on):
            yield Line(item, item.raised_on, f"{item.grade or 'not graded'}; {progress(facts.isms, item, facts.today).sentence}")
    for finding in facts.isms.living(AuditFinding):
        taker = taken_up_by(facts.isms, facts.trace, finding)
        state = finding_state(facts.isms, facts.trace, finding)
        if finding.grade == "compliant" or isinstance(taker, Nonconformity):
            continue
        settled = getattr(taker, taker.KIND.closed) if taker is not None and taker.closed else None
        if _stood_open(after, finding.found_on, settled):
            yield Line(finding, finding.found_on, f"{finding.grade or 'not graded'}; {state.value}" + (f" by {taker.id}" if taker else ""))


def _stood_open(after: Since, began: date | None, ended: date | None) -> bool:
    if began is None or after.day is None:
        return False  # nothing came before, or nobody knows when
    return began <= after.day and (ended is None or ended > after.day)


def _feedback(facts: Facts, after: Since) -> Iterable[Line]:
    """Return what people told: complaints that became nonconformities, audits by customers, what reviews heard."""
    lines = [
        Line(item, item.raised_on, "raised by a customer")
        for item in facts.isms.living(Nonconformity)
        if item.source == "customer" and within(facts, after, item.raised_on)
    ]
    lines += [
        Line(audit, audit.ended_on, "audit by a customer")
        for audit in facts.isms.living(Audit)
        if audit.kind == "customer" and within(facts, after, audit.ended_on)
    ]
    lines += [
        Line(review, review.held_on, answer.summary or "")
        for review in facts.isms.living(ManagementReview)
        if within(facts, after, review.held_on)
        for answer in review.inputs
        if answer.input == "feedback"
    ]
    return _newest(lines)


def _objectives(facts: Facts, after: Since) -> Iterable[Line]:
    """Yield objectives in force, and those judged since."""
    for objective in facts.isms.living(Objective):
        if objective.closed_on is None or within(facts, after, objective.closed_on):
            told = objective.outcome or _course(facts, objective)
            yield Line(objective, objective.closed_on, f"target: {objective.target or 'none'}; {told}")


def _course(facts: Facts, objective: Objective) -> str:
    measures = (facts.isms.get(Measure, name) for name in objective.measures)
    return "; ".join(_latest(facts, measure) for measure in measures if measure is not None) or "not measured"


def _latest(facts: Facts, measure: Measure) -> str:
    state = measure_state(measure, facts.today)
    if state.latest is None or state.latest.value is None:
        return f"{measure.id}: no value"
    unit = f" {measure.unit}" if measure.unit else ""
    stale = ", stale" if not state.current else ""
    return f"{measure.id}: {state.latest.value:g}{unit} in {period_name(measure, state.latest)}, {state.result}{stale}"


def _improvement(facts: Facts, after: Since) -> Iterable[Line]:
    """Return ideas raised, decided or carried out since, and nonconformities closed since."""
    lines = [
        Line(item, item.done_on or item.decided_on or item.raised_on, _decided(item))
        for item in facts.isms.living(Improvement)
        if any(within(facts, after, day) for day in (item.raised_on, item.decided_on, item.done_on))
    ]
    lines += [
        Line(item, item.closed_on, "closed, its effect verified" if item.verified_on else "closed")
        for item in facts.isms.living(Nonconformity)
        if within(facts, after, item.closed_on)
    ]
    return _newest(lines)


def _decided(item: Improvement) -> str:
    if item.decision is None:
        return "not decided"
    if item.done_on is not None:
        return "not taken up" if item.decision == "no" else "done"
    return {"do": "to be done", "later": "later", "no": "not taken up"}[item.decision]


def _changes(facts: Facts, after: Since) -> Iterable[Line]:
    """Return what changed: managed changes, texts that were approved, people who came and went, sites, risks."""
    changes = (
        (item, item.approved_on, "significant" if item.significant else item.kind or "change") for item in facts.isms.living(ManagedChange)
    )
    texts = ((item, item.decided_on, _approved(facts, item)) for item in facts.isms.living(Approval))
    joined = ((person, person.active_from, "joined") for person in facts.isms.living(Person))
    left = ((person, person.active_to, "left") for person in facts.isms.living(Person))
    sites = ((site, site.created, "entered") for site in facts.isms.living(Site))
    risks = ((risk, risk.assessed_on, "assessed") for risk in facts.isms.living(Risk))
    return _newest(Line(*found) for found in chain(changes, texts, joined, left, sites, risks) if within(facts, after, found[1]))


def _approved(facts: Facts, item: Approval) -> str:
    document = facts.isms.entries.get(item.document or "")
    name = document.name if document is not None else item.document or "a document"
    return f"{name}, version {item.version or 'unknown'}: {item.decision or 'not decided'}"


def _mark(facts: Facts, _: Since) -> Iterable[Line]:
    return [Line(item, item.issued_on, item.mark_use) for item in facts.isms.living(Certification) if item.mark_use and not item.closed]


TOPICS: Final = (
    Topic(
        "internal-audits", "Internal audits", "Which internal audits took place since?", _internal_audits,
        "No internal audit has ended since.",
    ),
    Topic("reviews", "Management reviews", "Has top management reviewed the ISMS since?", _reviews, "No management review was held since."),
    Topic(
        "findings", "Actions on earlier findings", "What became of what was open at the end of that day?", _earlier_findings,
        "Nothing was open then.",
    ),
    Topic(
        "feedback", "Complaints and feedback", "What did customers, staff and others say?", _feedback,
        "No complaint, no audit by a customer and no review that heard feedback is registered since.",
    ),
    Topic(
        "objectives", "Objectives", "Were objectives reached, and how are those in force doing?", _objectives,
        "No objective is in force, and none was judged since.",
    ),
    Topic("improvement", "Progress of improvement", "What was improved?", _improvement, "Nothing was raised, decided or closed since."),
    Topic(
        "changes", "Changes", "What changed in scope, sites, people, documents, risks and what is protected?", _changes,
        "No change is registered since.",
    ),
    Topic("mark", "Use of the mark", "Where are certificate and mark shown?", _mark, "Nothing says where certificate or mark are shown."),
)  # fmt: skip
"""What is always looked at, in the order in which it is shown; operational control has a table of its own."""
