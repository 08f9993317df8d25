"""Findings and nonconformities that are open, by what they are about: an auditor sees them whatever the checks say (clause 10.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from isms_plugin.analysis.corrective_action.escalation import effective_grade
from isms_plugin.analysis.corrective_action.finding import finding_state, taken_up_by
from isms_plugin.analysis.corrective_action.state import progress
from isms_plugin.analysis.facts import Facts
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.improvement import Nonconformity


class OpenFinding(NamedTuple):
    """A nonconformity that is not closed, or a finding that became none, with its grade and where it stands."""

    entry: Nonconformity | AuditFinding
    grade: Grade
    state: str


OpenFindings = Mapping[str, tuple[OpenFinding, ...]]
"""By the id of the clause, control or other entry that they are about, the gravest first."""

_UNGRADED: Final = Grade.OFI
"""What is open without a grade counts for the least that asks for anything."""


def open_findings(facts: Facts) -> OpenFindings:
    """Return what is open on the day of the facts; a decision on a control stands for the control."""
    found: dict[str, dict[str, OpenFinding]] = defaultdict(dict)
    for item in (*_nonconformities(facts), *_findings(facts)):
        for identifier in (item.entry.requirement, *item.entry.concerns):
            about = facts.isms.entries.get(identifier or "")
            if about is not None:
                key = about.control or about.id if isinstance(about, ControlDecision) else about.id
                found[key][item.entry.id] = item
    return {key: tuple(sorted(items.values(), key=lambda item: -item.grade)) for key, items in found.items()}


def _nonconformities(facts: Facts) -> Iterator[OpenFinding]:
    for item in facts.isms.of(Nonconformity):
        if not item.closed and not item.retired:
            grade = effective_grade(facts.isms, facts.trace, item, facts.today)
            yield OpenFinding(item, Grade.of(grade) if grade else _UNGRADED, progress(facts.isms, item, facts.today).sentence)


def _findings(facts: Facts) -> Iterator[OpenFinding]:
    """Yield findings that nothing has settled; those that a nonconformity stands for are seen there."""
    for finding in facts.isms.of(AuditFinding):
        state = finding_state(facts.isms, facts.trace, finding)
        taker = taken_up_by(facts.isms, facts.trace, finding)
        if finding.retired or not state.open or isinstance(taker, Nonconformity):
            continue
        told = f"{state.value} by {taker.id}" if taker is not None else state.value
        yield OpenFinding(finding, Grade.of(finding.grade) if finding.grade else _UNGRADED, told)
