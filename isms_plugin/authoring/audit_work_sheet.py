"""The work sheet of an audit: plan, independence, what to follow up, and each clause and control in scope with places for notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from isms_plugin.analysis.audits.independence import involvements
from isms_plugin.analysis.audits.scope import AuditScope, audit_scope, grouped
from isms_plugin.analysis.corrective_action.finding import FindingState, finding_state, findings_behind
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.mock_audit import mock_audit
from isms_plugin.analysis.soa.statement import decisions_on
from isms_plugin.authoring.work_sheet_subjects import NOTES, Known, finding_words, named, one_line, subject_lines
from isms_plugin.model.audit import Audit, AuditFinding, Sample
from isms_plugin.model.control import Control
from isms_plugin.model.improvement import Nonconformity

_UNSAID: Final = "*not recorded*"
_STAGES: Final = {
    "stage_1": Stage.STAGE_1,
    "surveillance": Stage.SURVEILLANCE,
    "recertification": Stage.RECERTIFICATION,
}
"""What a mock audit is asked about, by kind of audit; Stage 2 for all others."""


def work_sheet(facts: Facts, audit: Audit) -> str:
    """Return the work sheet of an audit as Markdown; the same ISMS on the same day gives the same sheet."""
    return "\n".join(_lines(facts, audit)).rstrip("\n") + "\n"


def _lines(facts: Facts, audit: Audit) -> Iterator[str]:
    scope = audit_scope(facts.isms, audit)
    commit = f", commit {facts.history.head[:10]}" if facts.history.head else ""
    yield from (f"# Work sheet of {audit.id}: {one_line(audit.name)}", "")
    yield from (f"State of the ISMS: {facts.today}{commit}. Yours to fill in; nothing reads it again.", "")
    yield from _plan(facts, audit, scope)
    yield from _independence(facts, audit, scope)
    yield from _follow_up(facts, audit)
    yield from _samples(audit)
    yield from _subjects(facts, audit, scope)
    yield from _people(facts, audit, scope)
    yield from ("## Conclusion", "", "", "Findings go into the register `findings`, each with `audit`, `requirement`, `grade` and `facts`;")
    yield f"what was audited goes into `covered` of {audit.id}, samples into `samples`."


def _plan(facts: Facts, audit: Audit, scope: AuditScope) -> Iterator[str]:
    yield from ("## Plan", "")
    yield f"- Kind: {(audit.kind or _UNSAID).replace('_', ' ')}"
    yield f"- Scope: {one_line(audit.scope or _UNSAID)}"
    yield f"- Criteria: {one_line(audit.criteria or _UNSAID)}"
    yield f"- Auditors: {named(facts, audit.auditors) or audit.body or _UNSAID}"
    if audit.auditors and audit.body:
        yield f"- Audit firm: {one_line(audit.body)}"
    yield f"- Independence: {one_line(audit.independence or _UNSAID)}"
    yield f"- Planned for: {audit.planned or _UNSAID}"
    yield f"- Held: from {audit.started_on or '..........'} to {audit.ended_on or '..........'}"
    if scope.programme is not None:
        counts = ", ".join(f"{group.title}: {len(group.subjects)}" for group in grouped(facts.isms, scope.planned))
        yield f"- Programme: {scope.programme.id} {one_line(scope.programme.name)} ({counts or 'it names nothing to cover'})"
        if scope.programme.methods:
            yield f"- Methods: {one_line(scope.programme.methods)}"
    yield ""


def _independence(facts: Facts, audit: Audit, scope: AuditScope) -> Iterator[str]:
    yield from ("## Own work of the auditors", "")
    items = dict.fromkeys((*(item for sample in audit.samples for item in sample.items), *scope.subjects))
    found = involvements(facts.isms, audit, items)
    for auditor, item, as_what, reason in found:
        told = one_line(reason) or "no reason is recorded, so somebody else audits it"
        yield f"- {named(facts, [auditor]) or auditor} is {as_what} of {item}: {told}"
    if not audit.auditors:
        yield "No auditor is a person of the register, so nothing shows whether they audit their own work."
    elif not found:
        yield "None of the auditors answers for anything in scope."
    yield ""


def _follow_up(facts: Facts, audit: Audit) -> Iterator[str]:
    """Yield findings of other audits with what became of them, and nonconformities from elsewhere that are open."""
    isms, trace = facts.isms, facts.trace
    yield from ("## To follow up", "")
    earlier = [item for item in isms.of(AuditFinding) if item.audit != audit.id and item.living]
    found = [item for item in earlier if finding_state(isms, trace, item) is not FindingState.COMPLIANT]
    others = [item for item in isms.of(Nonconformity) if not (item.closed or not item.living or findings_behind(isms, trace, item))]
    follow: list[AuditFinding | Nonconformity] = [*found, *others]
    for item in follow:
        audited = f" ({item.audit})" if isinstance(item, AuditFinding) else ""
        yield f"- [ ] {finding_words(facts, item)}{audited}"
    yield from ("" if follow else "Nothing was found before.", "", "Notes:", "", "")


def _samples(audit: Audit) -> Iterator[str]:
    yield from ("## Samples drawn", "")
    yield from (f"- {_sample(sample)}" for sample in audit.samples)
    if not audit.samples:
        yield f"None yet. `isms audit sample REGISTER --n N --seed SEED --audit {audit.id} --write` draws one and records it."
    yield ""


def _sample(sample: Sample) -> str:
    size = f", {len(sample.items)} of {sample.count}" if sample.count is not None and sample.items else ""
    method = f"; {one_line(sample.method)}" if sample.method else ""
    seed = f", seed {sample.seed}" if sample.seed else ""
    items = "; ".join(filter(None, (", ".join(sample.items), one_line(sample.others or ""))))
    return f"{one_line(sample.population or 'population not recorded')}{size}{method}{seed}: {items or 'no items recorded'}"


def _subjects(facts: Facts, audit: Audit, scope: AuditScope) -> Iterator[str]:
    known = Known.of(facts, audit, mock_audit(facts, _STAGES.get(audit.kind or "", Stage.STAGE_2)))
    groups = grouped(facts.isms, scope.subjects)
    for group in groups:
        yield from (f"## {group.title}", "")
        for subject in group.subjects:
            yield from subject_lines(known, subject)
    if not groups:
        yield from ("## Scope", "", f"No programme says what {audit.id} covers, and its `covered` names nothing.", "", *NOTES, "")


def _people(facts: Facts, audit: Audit, scope: AuditScope) -> Iterator[str]:
    """Yield who answers for what is in scope, as people to talk to."""
    yield from ("## Interviews", "")
    decisions = decisions_on(facts.isms)
    owned: dict[str, list[str]] = defaultdict(list)
    for name in scope.subjects:
        entry = facts.isms.entries.get(name)
        owners = (
            [decision.owner for decision in decisions.get(name, ())] if isinstance(entry, Control) else [entry.owner if entry else None]
        )
        for owner in filter(None, owners):
            owned[owner].append(name)
    yield from (
        f"- Talked to: {one_line(facts.isms.entries[name].name)} ({name})" for name in audit.interviewed if name in facts.isms.entries
    )
    yield from (f"- [ ] {named(facts, [owner]) or owner}, answers for {', '.join(names)}" for owner, names in sorted(owned.items()))
    yield from ("", "Who, when, what they said:", "", "")
