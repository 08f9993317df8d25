"""Where a chain from requirement to record breaks off: one table of rules, each with the entries that it finds.

These are views for whoever prepares an audit, not verdicts: what an auditor would object to is a diagnostic, and is named beside
the rule. Drafts and what is retired are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.action import Action
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.control import Control, ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.improvement import Improvement, Nonconformity
from isms_plugin.model.objective import Objective
from isms_plugin.model.requirement import Requirement
from isms_plugin.model.risk import Risk
from isms_plugin.model.supplier import Supplier


class Break(NamedTuple):
    """An entry at which a chain breaks off, what is missing there, and the entry to write it in where that is another."""

    entry: Entry
    what: str
    written: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way in which a chain can break: what it looks for, why that matters, and the codes that report the worst of it."""

    name: str
    title: str
    why: str
    find: Callable[[Facts], Iterator[Break]]
    codes: tuple[str, ...] = ()


def broken_chains(facts: Facts) -> list[tuple[Rule, list[Break]]]:
    """Return every rule with what it found, the order of the sources kept; a rule that found nothing is there too."""
    return [(rule, list(rule.find(facts))) for rule in RULES]


def _left(facts: Facts, identifiers: Iterable[str]) -> list[str]:
    """Those that are registered and not retired."""
    entries = facts.isms.entries
    return [identifier for identifier in identifiers if identifier in entries and not entries[identifier].retired]


def _included(facts: Facts) -> Iterator[tuple[SoaRow, ControlDecision]]:
    for row in facts.soa:
        if row.decision is not None and row.decision.included and not row.decision.draft:
            yield row, row.decision


def _named(facts: Facts, identifier: str) -> bool:
    """Whether a field of a living entry names an entry; prose does not count."""
    sources = (relation.source for relation in facts.trace.incoming.get(identifier, ()) if relation.field)
    return bool(_left(facts, sources))


def _undriven(facts: Facts) -> Iterator[Break]:
    for row, decision in _included(facts):
        if not row.driven:
            yield Break(row.control, "no risk, requirement or decision of management calls for it", decision)


def _undocumented(facts: Facts) -> Iterator[Break]:
    for row, decision in _included(facts):
        if not row.documents:
            yield Break(row.control, "no document says how it is done", decision)


def _unproved(facts: Facts) -> Iterator[Break]:
    for row, decision in _included(facts):
        if decision.implemented and not row.evidence and not facts.occasions.stated(row.control.id):
            yield Break(row.control, "no evidence", decision)


def _untreated(facts: Facts) -> Iterator[Break]:
    for risk in facts.isms.living(Risk):
        if risk.treatment is None:
            yield Break(risk, "no treatment is chosen")
        elif risk.treatment == "modification" and not _left(facts, (*risk.controls, *risk.actions)):
            yield Break(risk, "to be modified, but no control and no action is named")


def _unmet(facts: Facts) -> Iterator[Break]:
    for requirement in facts.isms.living(Requirement):
        if requirement.result != "not_applicable" and not _left(facts, requirement.met_by):
            yield Break(requirement, "nothing is named that meets it")


def _unplaced(facts: Facts) -> Iterator[Break]:
    for document in facts.isms.of(Document):
        rules = document.kind in ("policy", "procedure", "standard") and document.in_force
        if rules and not _left(facts, (*document.controls, *document.clauses)) and not _decided(facts, document):
            yield Break(document, "names no control and no clause")


def _decided(facts: Facts, document: Document) -> bool:
    return bool(_left(facts, facts.trace.sources(document.id, ControlDecision, "documents")))


def _orphaned(facts: Facts) -> Iterator[Break]:
    excluded = {row.control.id for row in facts.soa if row.decision and row.decision.decision == "excluded"}
    excluded |= {row.decision.id for row in facts.soa if row.decision and row.control.id in excluded}
    for evidence in facts.isms.living(Evidence):
        living = _left(facts, evidence.proves)
        if [identifier for identifier in living if identifier not in excluded] or _named(facts, evidence.id):
            continue
        if living:
            yield Break(evidence, f"proves only what is excluded: {', '.join(living)}")
        elif evidence.proves:
            yield Break(evidence, f"proves only what is retired or unknown: {', '.join(evidence.proves)}")
        else:
            yield Break(evidence, "proves nothing")


def _unmeasured(facts: Facts) -> Iterator[Break]:
    for objective in facts.isms.living(Objective):
        if not _left(facts, objective.measures):
            yield Break(objective, "no measure shows whether it is reached")


def _aimless(facts: Facts) -> Iterator[Break]:
    for action in facts.isms.living(Action):
        if not _left(facts, action.purpose) and not _named(facts, action.id):
            yield Break(action, "serves nothing, and nothing names it")


def _served(facts: Facts, entry: Entry, actions: Iterable[str]) -> bool:
    """Whether an entry names an action, or an action says that it serves the entry."""
    return bool(_left(facts, (*actions, *facts.trace.sources(entry.id, Action, "purpose"))))


def _uncorrected(facts: Facts) -> Iterator[Break]:
    for nonconformity in facts.isms.living(Nonconformity):
        if not _served(facts, nonconformity, nonconformity.actions):
            yield Break(nonconformity, "no action removes its cause")


def _untaken(facts: Facts) -> Iterator[Break]:
    for finding in facts.isms.living(AuditFinding):
        open_grade = finding.grade in ("minor", "major") or (finding.grade == "ofi" and not finding.declined)
        taken = _left(facts, (finding.becomes,) if finding.becomes else ())
        if open_grade and not taken and not _served(facts, finding, ()):
            yield Break(finding, f"graded {finding.grade}, and no nonconformity, improvement or action takes it up")


def _unstarted(facts: Facts) -> Iterator[Break]:
    for improvement in facts.isms.living(Improvement):
        waiting = improvement.decision == "do" and not improvement.closed
        if waiting and not _served(facts, improvement, improvement.actions):
            yield Break(improvement, "decided to be done, and no action does it")


def _unreviewed(facts: Facts) -> Iterator[Break]:
    for supplier in facts.isms.living(Supplier):
        if supplier.reviewed_on is None:
            yield Break(supplier, "was never reviewed")
        elif supplier.result is None:
            yield Break(supplier, f"the review of {supplier.reviewed_on.isoformat()} has no result")


def _uncalled(facts: Facts) -> Iterator[Break]:
    for control in facts.isms.of(Control):
        if control.own and not control.retired and not any(row.control.id == control.id and row.decision for row in facts.soa):
            yield Break(control, "is the organization's own, and nobody decided on it")


RULES: Final = (
    Rule(
        name="control-without-driver", title="Controls that nothing calls for", find=_undriven, codes=("no-driver",),
        why="A control is included because of a risk, a requirement or a decision of management (clause 6.1.3).",
    ),
    Rule(
        name="own-control-undecided", title="Own controls without a decision", find=_uncalled, codes=("no-decision",),
        why="A control of the organization's own belongs into the statement of applicability as the others do.",
    ),
    Rule(
        name="control-without-document", title="Applicable controls without a document", find=_undocumented,
        codes=("implemented-unsupported",), why="People do what is written; a control may still be too plain to need a text of its own.",
    ),
    Rule(
        name="control-without-evidence", title="Implemented controls without evidence", find=_unproved, codes=("implemented-unsupported",),
        why="What is said to work leaves a trace: that is what an auditor draws samples from.",
    ),
    Rule(
        name="risk-without-treatment", title="Risks without treatment", find=_untreated, codes=("modification-without-controls",),
        why="Each risk is modified, avoided, shared or retained, and something does it (clause 6.1.3).",
    ),
    Rule(
        name="requirement-unmet", title="Requirements that nothing meets", find=_unmet, codes=("missing-field",),
        why="Each duty from outside leads to the document or control that meets it (A.5.31).",
    ),
    Rule(
        name="document-unplaced", title="Rules that carry out nothing", find=_unplaced,
        why="A policy, procedure or standard in force says which controls or clauses it answers, or nobody finds it from there.",
    ),
    Rule(
        name="evidence-orphaned", title="Evidence that proves nothing in force", find=_orphaned, codes=("missing-field",),
        why="Evidence whose subject is gone, or out of scope, is either misplaced or no longer needed.",
    ),
    Rule(
        name="objective-unmeasured", title="Objectives without a measure", find=_unmeasured, codes=("missing-field",),
        why="Objectives are measurable where practicable (clause 6.2).",
    ),
    Rule(
        name="action-aimless", title="Actions for nothing", find=_aimless, codes=("missing-field",),
        why="An action serves a risk, control, finding or decision, or nobody can tell whether it was enough.",
    ),
    Rule(
        name="nonconformity-without-action", title="Nonconformities without an action", find=_uncorrected,
        why="Corrective action removes the cause, also while the nonconformity is still open (clause 10.2).",
    ),
    Rule(
        name="finding-not-taken-up", title="Findings that nothing takes up", find=_untaken,
        why="A finding becomes a nonconformity or an improvement, or an opportunity is declined with a reason (clause 10.2).",
    ),
    Rule(
        name="improvement-not-started", title="Improvements decided, but without an action", find=_unstarted,
        why="What was decided is carried out by somebody, by a day (clause 10.1).",
    ),
    Rule(
        name="supplier-not-reviewed", title="Suppliers without a review", find=_unreviewed, codes=("missing-field",),
        why="Suppliers are reviewed, and the review has an outcome (A.5.22).",
    ),
)  # fmt: skip
"""Every rule, in the order of the chain."""
