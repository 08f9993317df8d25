"""Block and column of audits: the report, from the plan to the conclusion (clause 9.2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from html import escape
from typing import Final, NamedTuple

from isms_plugin.analysis.audits.independence import involvements, looked_at
from isms_plugin.analysis.audits.programme import AuditState, CoverageGroup, audit_state
from isms_plugin.analysis.audits.sampling import Repeat, repeat
from isms_plugin.analysis.audits.scope import audit_scope, findings_of, grouped
from isms_plugin.analysis.corrective_action.finding import taken_up_by
from isms_plugin.analysis.corrective_action.state import progress
from isms_plugin.model.audit import Audit, AuditFinding, Sample
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.render.cells import chip, day
from isms_plugin.render.corrective_action_blocks import finding_mark, state_mark
from isms_plugin.render.environment import View
from isms_plugin.render.evidence_pages import state_chip
from isms_plugin.render.linked_text import linked
from isms_plugin.render.tables import Row, table

IN_REPORT: Final = frozenset((
    "kind", "scope", "criteria", "auditors", "body", "independence", "own_work", "planned", "started_on", "ended_on", "covered", "samples",
    "interviewed", "report", "reported_to", "conclusion",
))  # fmt: skip
"""Fields that the report of an audit shows."""
AUDIT_COLUMNS: Final = ("State",)

_AGAIN: Final = {
    Repeat.SAME: '<span class="isms-chip isms-chip--done">same items</span>',
    Repeat.CHANGED: '<span class="isms-none">register has changed since</span>',
    Repeat.NONE: "",
}


class Difference(NamedTuple):
    """A way in which what was covered differs from what was planned, and what it is about, in groups."""

    title: str
    groups: list[CoverageGroup]


def audit_mark(view: View, audit: Audit) -> str:
    """Return where an audit stands as a mark."""
    return state_chip(audit_state(audit, audit.planned, view.facts.today, view.facts.settings.due_soon).value)


def audit_cells(view: View, entry: Entry) -> tuple[str, ...]:
    """Return the cell of the column that says where an audit stands."""
    assert isinstance(entry, Audit)  # noqa: S101 - for the type checker; the table of columns goes by kind
    return (chip(entry.status) if entry.retired else audit_mark(view, entry),)


def audit_block(view: View, entry: Entry) -> str:
    """Return the report of an audit: plan, what was covered against it, samples, findings, interviews, conclusion."""
    assert isinstance(entry, Audit)  # noqa: S101 - for the type checker; the table of blocks goes by kind
    facts = view.facts
    scope = audit_scope(facts.isms, entry)
    over = audit_state(entry, entry.planned, facts.today) is AuditState.DONE
    differences = (
        Difference("Planned and not covered", grouped(facts.isms, scope.left_out)),
        Difference("Covered beyond the plan", grouped(facts.isms, scope.added)),
    )
    return view.render(
        "audit.html.jinja",
        audit=entry,
        state=audit_mark(view, entry),
        over=over,
        linked=partial(linked, view),
        scope=scope,
        reached=grouped(facts.isms, scope.covered if over else scope.subjects),
        differences=[item for item in differences if item.groups] if over and scope.programme else [],
        own=_own_work(view, entry),
        samples=_samples(view, entry),
        findings=_findings(view, entry),
        counts=Counter(finding.grade for finding in findings_of(facts.isms, entry)),
    )


def _own_work(view: View, audit: Audit) -> dict[tuple[str, str, str], list[str]]:
    """Return what auditors answer for and audited, by auditor, as what, and the reason why it counts nevertheless."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for auditor, item, as_what, reason in involvements(view.facts.isms, audit, looked_at(audit)):
        found[auditor, as_what, reason].append(item)
    return found


def _samples(view: View, audit: Audit) -> str:
    again = any(sample.seed for sample in audit.samples)
    headings = ("Population", "Size", "Drawn", "Method", *(("Drawn again today",) if again else ()), "Items")
    rows = [_sample(view, sample, again=again) for sample in audit.samples]
    return table(headings, rows, caption=f"Samples of {audit.id}", css="isms-table--samples") if rows else ""


def _sample(view: View, sample: Sample, *, again: bool) -> Row:
    method = [escape(sample.method or "")]
    if sample.seed:
        method.append(f"seed <code>{escape(sample.seed)}</code>")
    if sample.drawn_on:
        method.append(f"on {day(sample.drawn_on)}")
    items = [str(view.link(item)) for item in sample.items] + ([linked(view, sample.others)] if sample.others else [])
    return Row(
        cells=(
            escape(sample.population or "") or '<span class="isms-missing">missing</span>',
            "" if sample.count is None else str(sample.count),
            str(len(sample.items)) if sample.items and not sample.others else "",
            ", ".join(filter(None, method)),
            *((_again(view, sample),) if again else ()),
            ", ".join(items) or '<span class="isms-none">none recorded</span>',
        )
    )


def _again(view: View, sample: Sample) -> str:
    found = repeat(view.facts.isms, sample)
    return _AGAIN.get(found.outcome, f'<span class="isms-missing">{escape(found.why)}</span>')


def _findings(view: View, audit: Audit) -> str:
    rows = [_finding(view, finding) for finding in findings_of(view.facts.isms, audit)]
    headings = ("Finding", "Grade", "Requirement", "Taken up by", "State")
    return table(headings, rows, caption=f"Findings of {audit.id}", css="isms-table--findings") if rows else ""


def _finding(view: View, finding: AuditFinding) -> Row:
    taker = taken_up_by(view.facts.isms, view.facts.trace, finding)
    state = finding_mark(view, finding)
    if isinstance(taker, Nonconformity) and not taker.closed:
        state = f"{state} {state_mark(progress(view.facts.isms, taker, view.facts.today))}"
    return Row(
        cells=(
            f"{view.link(finding.id)} {escape(finding.name)}",
            chip(finding.grade) if finding.grade else '<span class="isms-missing">missing</span>',
            str(view.link(finding.requirement)) if finding.requirement else "",
            f"{view.link(taker.id)} {escape(taker.name)}" if taker else "",
            state,
        )
    )
