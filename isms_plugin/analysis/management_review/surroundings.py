"""Inputs on what was decided before, on the surroundings, on what parties say, and on ideas (clause 9.3.2 a, b, c, e, g)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from isms_plugin.analysis.management_review.moment import Found, Item, Moment, counted
from isms_plugin.model.action import Action
from isms_plugin.model.audit import Audit
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Improvement, Nonconformity
from isms_plugin.model.incident import Incident
from isms_plugin.model.organization import ContextIssue, InterestedParty
from isms_plugin.model.requirement import Requirement


def earlier_actions(moment: Moment) -> Found:
    """Return what earlier reviews decided: open actions come back until they are done, those done in this period once."""
    if not moment.earlier:
        return Found(summary="No earlier review.")
    decided: dict[str, list[str]] = {}
    missing = []
    for review in moment.earlier:
        for decision in review.decisions:
            if decision.action:
                decided.setdefault(decision.action, []).append(review.id)
            elif decision.text:
                missing.append(f"{review.id} decided {decision.text!r}, and no action carries it out")
    known = ((moment.isms.get(Action, identifier), reviews) for identifier, reviews in decided.items())
    items = [_decided(moment, action, reviews) for action, reviews in known if action is not None and _returns(moment, action, reviews)]
    done = sum(isinstance(item.entry, Action) and item.entry.closed for item in items)
    late = sum(item.late for item in items)
    open_ones = sum(isinstance(item.entry, Action) and not item.entry.closed and not item.entry.retired for item in items)
    summary = f"{counted(len(items), 'action')} of earlier reviews: {done} done in this period, {open_ones} open, {late} overdue."
    return Found(summary=summary, items=tuple(items), missing=tuple(missing))


def _returns(moment: Moment, action: Action, reviews: list[str]) -> bool:
    """Whether an action is told again: open, done in this period, or given up since the last review."""
    if action.closed:
        return moment.within(action.done_on)
    return not action.retired or reviews[-1] == moment.earlier[-1].id


def _decided(moment: Moment, action: Action, reviews: list[str]) -> Item:
    words, late = action_words(action, moment.day)
    return Item(action, f"{words}; decided in {', '.join(reviews)}", late)


def action_words(action: Action, day: date) -> tuple[str, bool]:
    """Return where an action stands on a day, and whether it is overdue."""
    if action.done_on:
        return f"done on {action.done_on}", False
    if action.retired:
        return "given up", False
    moved = next((item.due for item in action.replanned if item.due), None)
    before = f", at first {moved}" if moved else ""
    if action.due is None:
        return f"open, no day{before}", False
    late = action.due < day
    return f"{'open, was due' if late else 'open, due'} on {action.due}{before}", late


def issues(moment: Moment) -> Found:
    """Return issues that were entered or decided on in this period, and those that were to be looked at again before it ended."""
    known = moment.living(ContextIssue)
    items = [item for issue in known for item in _looked_at(moment, issue, issue.decided_on)]
    new = sum(not item.late for item in items)
    climate = [f"{issue.id}, decided on {issue.decided_on}" for issue in known if issue.climate and issue.decided_on]
    told = f" Climate change: {'; '.join(climate)}." if climate else ""
    return Found(
        summary=f"{counted(len(known), 'issue')}, {new} of them entered or decided on in this period.{told}",
        items=tuple(items),
        missing=() if known else ("no internal or external issue is registered",),
    )


def _looked_at(moment: Moment, entry: Entry, decided: date | None) -> Iterator[Item]:
    if moment.past(entry.next_review):
        yield Item(entry, f"to be looked at again by {entry.next_review}", late=True)
    elif moment.within(decided):
        yield Item(entry, f"decided on {decided}")
    elif moment.within(entry.created):
        yield Item(entry, f"entered on {entry.created}")


def parties(moment: Moment) -> Found:
    """Return expectations that are new or to be looked at again, and duties that are new or were found not to be met in full."""
    known = moment.living(InterestedParty)
    items = [item for party in known for item in _looked_at(moment, party, None)]
    evaluated = [duty for duty in moment.living(Requirement) if moment.within(duty.evaluated_on)]
    unmet = [duty for duty in evaluated if duty.result in ("partly", "not_met")]
    items += [Item(duty, f"{(duty.result or '').replace('_', ' ')}, evaluated on {duty.evaluated_on}") for duty in unmet]
    items += [
        Item(duty, f"entered on {duty.created}") for duty in moment.living(Requirement) if moment.within(duty.created) and duty not in unmet
    ]
    taken = sum(bool(party.taken_on) for party in known)
    return Found(
        summary=f"{counted(len(known), 'expectation')}, {taken} of them taken on; "
        f"{counted(len(evaluated), 'requirement')} evaluated in this period, {len(unmet)} not met in full.",
        items=tuple(items),
        missing=() if known else ("no interested party is registered",),
    )


def feedback(moment: Moment) -> Found:
    """Return what came from outside: complaints, audits of customers, incidents others were told of, ideas that name a party."""
    items = [
        *_complaints(moment),
        *(Item(audit, f"audit by a customer, ended on {audit.ended_on}") for audit in _customer_audits(moment)),
        *(Item(incident, f"{_notices(incident)} told") for incident in moment.living(Incident) if _told_outside(moment, incident)),
        *(Item(idea, f"from {idea.origin}: {_decision(idea)}") for idea in _ideas_of_parties(moment)),
    ]
    return Found(
        summary=f"{counted(len(items), 'entry', 'entries')} of this period that came from interested parties or went to them; "
        "what they said beside the registers is brought to the meeting.",
        items=tuple(items),
    )


def _complaints(moment: Moment) -> Iterator[Item]:
    for item in moment.living(Nonconformity):
        if item.source == "customer" and (moment.within(item.raised_on) or not item.closed):
            yield Item(item, f"raised on {item.raised_on}, {f'closed on {item.closed_on}' if item.closed_on else 'open'}")


def _customer_audits(moment: Moment) -> Iterator[Audit]:
    return (audit for audit in moment.living(Audit) if audit.kind == "customer" and moment.within(audit.ended_on))


def _told_outside(moment: Moment, incident: Incident) -> bool:
    return moment.within(incident.detected_on) and any(notice.whom for notice in incident.notify)


def _notices(incident: Incident) -> str:
    return ", ".join(f"{notice.whom}{'' if notice.sent else ' not yet'}" for notice in incident.notify if notice.whom)


def _ideas_of_parties(moment: Moment) -> Iterator[Improvement]:
    """Yield ideas whose origin names a party of the register by its id or by what it is called."""
    names = {word for party in moment.living(InterestedParty) for word in (party.id, *_called(party.name))}
    patterns = [re.compile(rf"\b{re.escape(name)}s?\b", re.IGNORECASE) for name in sorted(names)]
    for idea in moment.living(Improvement):
        if idea.origin and moment.within(idea.raised_on) and any(pattern.search(idea.origin) for pattern in patterns):
            yield idea


def _called(name: str) -> tuple[str, ...]:
    """Return what a party is called, without what stands in brackets and without the ending of a plural."""
    plain = name.partition("(")[0].strip()
    return (plain.removesuffix("s"),) if plain else ()


def improvement(moment: Moment) -> Found:
    """Return ideas that were raised, decided or carried out in this period, and all that are open."""
    items = [
        Item(idea, _decision(idea), moment.past(idea.next_review) and not idea.closed)
        for idea in moment.living(Improvement)
        if _told(moment, idea)
    ]
    undecided = sum(isinstance(item.entry, Improvement) and item.entry.decision is None for item in items)
    raised = sum(moment.within(idea.raised_on) for idea in moment.living(Improvement))
    return Found(summary=f"{counted(raised, 'idea')} raised in this period; {undecided} without a decision.", items=tuple(items))


def _told(moment: Moment, idea: Improvement) -> bool:
    return not idea.closed or any(map(moment.within, (idea.raised_on, idea.decided_on, idea.done_on)))


def _decision(idea: Improvement) -> str:
    if idea.decision is None:
        return f"raised on {idea.raised_on}, no decision yet" if idea.raised_on else "no decision yet"
    decided = f"decided: {idea.decision}" + (f", on {idea.decided_on}" if idea.decided_on else "")
    done = "" if idea.decision == "no" else f"; done on {idea.done_on}" if idea.done_on else "; open"
    return decided + done
