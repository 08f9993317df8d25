"""Blocks and columns of nonconformities and findings: the chain from fact to closure, and what became of a finding."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from markupsafe import Markup, escape

from isms_plugin.analysis.corrective_action.certification import listed_under
from isms_plugin.analysis.corrective_action.escalation import effective_grade, escalations
from isms_plugin.analysis.corrective_action.finding import FindingState, finding_state, findings_behind, taken_up_by
from isms_plugin.analysis.corrective_action.state import Progress, actions_of, chain_of, doers, evidence_of, progress, timing
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.people import Person
from isms_plugin.render.cells import chip
from isms_plugin.render.environment import View
from isms_plugin.render.evidence_pages import state_chip

IN_CHAIN: Final = frozenset((
    "facts", "raised_by", "raised_on", "correction", "extent", "cause", "method", "actions", "effect_criterion", "effect_due",
    "effect_result", "verified_by", "verified_on", "follows", "certification_body", "closed_on",
))  # fmt: skip
"""Fields that the chain of a nonconformity shows."""
OF_FINDING: Final = frozenset(("grade", "audit", "becomes", "declined", "declined_why"))
"""Fields that the block of a finding shows."""
NEXT_COLUMNS: Final = ("State", "Next")
FINDING_COLUMNS: Final = ("State",)

Mark = Literal["done", "next", "under way", "missing", "later"]


class Proof(NamedTuple):
    """A piece of evidence, its state as a mark, and the entry that it proves something of."""

    evidence: Evidence
    state: str
    of: Entry


def marks(view: View, item: Nonconformity) -> dict[str, Mark]:
    """Return how far each step of the chain is, by name; of a closed nonconformity what is not there is missing."""
    chain = chain_of(view.facts.isms, item)
    first = next((part.name for part in chain if not part.done), "")
    found: dict[str, Mark] = {
        part.name: "done" if part.done else "missing" if item.closed else "next" if part.name == first and not item.retired else "later"
        for part in chain
    }
    carried_out = found.pop("end of the action")
    if found["corrective action"] == "done" and carried_out != "done":
        found["corrective action"] = "missing" if item.closed else "under way"
    return found


def chain_block(view: View, entry: Entry) -> str:
    """Return the chain of a nonconformity: what is there, what is missing next, and who sees to it by when."""
    assert isinstance(entry, Nonconformity)  # noqa: S101 - for the type checker; the table of blocks goes by kind
    isms, trace, today = view.facts.isms, view.facts.trace, view.facts.today
    actions = actions_of(isms, entry)
    return view.render(
        "nonconformity.html.jinja",
        item=entry,
        raised_by=_named(view, entry.raised_by or ""),
        now=progress(isms, entry, today),
        state=state_mark(progress(isms, entry, today)),
        marks=marks(view, entry),
        grade=effective_grade(isms, trace, entry, today),
        escalations=[escalation.why for escalation in escalations(isms, trace, entry, today)],
        listed=listed_under(view.facts, entry),
        findings=findings_behind(isms, trace, entry),
        actions=[(action, timing(action.due, today)) for action in actions],
        doers=doers(isms, entry),
        proofs=proofs(view, *findings_behind(isms, trace, entry), entry, *actions),
        answer=timing(entry.certification_body.deadline if entry.certification_body else None, today),
    )


def _named(view: View, text: str) -> Markup:
    """Return who noticed it, a person of the register before the first comma as a link."""
    first, comma, rest = text.partition(",")
    person = view.facts.isms.get(Person, first.strip())
    return view.link(person.id) + comma + rest if person else escape(text)


def finding_block(view: View, entry: Entry) -> str:
    """Return the grade of a finding, the audit, and what became of it."""
    assert isinstance(entry, AuditFinding)  # noqa: S101 - for the type checker; the table of blocks goes by kind
    isms, trace = view.facts.isms, view.facts.trace
    taker = taken_up_by(isms, trace, entry)
    return view.render(
        "finding.html.jinja",
        finding=entry,
        state=finding_mark(view, entry),
        taker=taker,
        progress=progress(isms, taker, view.facts.today) if isinstance(taker, Nonconformity) else None,
        mark=state_mark,
        open=finding_state(isms, trace, entry) is FindingState.NOT_TAKEN_UP,
    )


def proofs(view: View, *entries: Entry) -> list[Proof]:
    """Return the evidence of entries, each piece once, with the first entry that it proves something of."""
    found: dict[str, Proof] = {}
    for entry in entries:
        for identifier in evidence_of(view.facts.isms, view.facts.trace, entry):
            evidence = view.facts.isms.get(Evidence, identifier)
            if evidence is not None:
                found.setdefault(identifier, Proof(evidence, state_chip(view.facts.evidence[identifier].state.value), entry))
    return list(found.values())


def state_mark(now: Progress) -> str:
    """Return the state of a nonconformity as a mark."""
    return state_chip(now.state.value)


def finding_mark(view: View, finding: AuditFinding) -> str:
    """Return the state of a finding as a mark."""
    return state_chip(finding_state(view.facts.isms, view.facts.trace, finding).value)


def next_cells(view: View, entry: Entry) -> tuple[str, ...]:
    """Return the cells of the columns that say where a nonconformity stands and what comes next."""
    assert isinstance(entry, Nonconformity)  # noqa: S101 - for the type checker; the table of columns goes by kind
    if entry.retired:
        return (chip(entry.status), "")
    now = progress(view.facts.isms, entry, view.facts.today)
    return (state_mark(now), view.render("next_step.html.jinja", now=now).strip())


def finding_cells(view: View, entry: Entry) -> tuple[str, ...]:
    """Return the cell of the column that says where a finding stands, with the state of the nonconformity that it became."""
    assert isinstance(entry, AuditFinding)  # noqa: S101 - for the type checker; the table of columns goes by kind
    if entry.retired:
        return (chip(entry.status),)
    taker = view.facts.isms.get(Nonconformity, entry.becomes)
    now = f" {state_mark(progress(view.facts.isms, taker, view.facts.today))}" if taker and not taker.closed else ""
    return (f"{finding_mark(view, entry)}{now}",)
