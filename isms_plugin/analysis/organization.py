"""Scope, interested parties and changes: where what is written disagrees (clauses 4.2, 4.3, 6.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, TypeVar

from isms_plugin.analysis.scope_text import names_site, nearest, same_words
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.action import Action
from isms_plugin.model.certification import Certification
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import NO_TEXT, Isms
from isms_plugin.model.operation import ManagedChange
from isms_plugin.model.organization import InterestedParty, Site
from isms_plugin.model.risk import Risk

E = TypeVar("E", bound=Entry)

SCOPE: Final = "scope"
"""What the scope document answers."""


def check_organization(isms: Isms, trace: Trace, today: date) -> Iterator[Diagnostic]:
    """Report a scope told in two ways, places left open, expectations that nothing meets, and changes without an assessment."""
    told = scope_texts(isms)
    if told:  # without any scope document that alone is what is missing
        yield from _certifications(isms, told)
    yield from _sites(isms, told)
    yield from _expectations(isms, trace)
    yield from _changes(isms, trace, today)


def scope_texts(isms: Isms) -> dict[str, str]:
    """Return the texts of the scope documents by id, drafts included."""
    documents = (document for document in isms.of(Document) if SCOPE in document.answers and not document.retired)
    return {document.id: isms.texts.get(document.id, NO_TEXT).body for document in documents}


def _certifications(isms: Isms, told: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Report scopes of certificates and applications that stand in no scope document; those that ended are history."""
    for item in isms.of(Certification):
        scope = item.scope or ""
        if not item.living or item.closed or not scope.strip() or any(same_words(scope, body) for body in told.values()):
            continue
        near = next(filter(None, (nearest(scope, body) for body in told.values())), "")
        yield Diagnostic(
            code="scope-disagrees",
            message=f"{item.id}: the scope stands in {', '.join(told)} in other words" + (f", the nearest: {near!r}" if near else ""),
            hint="let the scope document say it word for word as a sentence of its own; tell the certification body first where the scope"
            " itself changes",
            entry=item.id,
            place=isms.place(item).at("scope"),
        )


def _sites(isms: Isms, told: Mapping[str, str]) -> Iterator[Diagnostic]:
    sites = isms.living(Site)
    places = [site for site in sites if site.kind == "site"]
    for site in sites:
        if site.in_scope is False and not site.reason_out:
            message, hint = f"{site.id} {site.name} is outside of the scope, and nothing says why", "add `reason_out`"
        elif site.in_scope and site.kind == "site" and told and not any(names_site(site, places, body) for body in told.values()):
            message = f"{site.id} {site.name} is in the scope, and {', '.join(told)} does not name it"
            hint = "name it in the scope document by its title or place; or set `in_scope: false` and say why"
        else:
            continue
        yield Diagnostic(
            code="site-outside", message=message, hint=hint, entry=site.id, place=isms.place(site).at("in_scope")
        )  # fmt: skip


def _expectations(isms: Isms, trace: Trace) -> Iterator[Diagnostic]:
    for party in isms.of(InterestedParty):
        if not party.living:
            continue
        answered = party.met_by or party.requirements or trace.sources(party.id, ControlDecision, "drivers")
        if party.taken_on and not answered:
            message = f"{party.id} {party.name}: the expectation is taken on, and nothing meets it"
            hint = "name in `met_by` the documents and controls that meet it, or in `requirements` where it is written down"
        elif party.taken_on is False and not party.reason:
            message, hint = f"{party.id} {party.name}: the expectation is not taken on, and nothing says why", "add `reason`"
        else:
            continue
        yield Diagnostic(
            code="expectation-unanswered", message=message, hint=hint, entry=party.id, place=isms.place(party).at("taken_on")
        )  # fmt: skip


def _changes(isms: Isms, trace: Trace, today: date) -> Iterator[Diagnostic]:
    """Report significant changes that were made without an assessment from the day of their approval on."""
    for change in isms.of(ManagedChange):
        made = change.done_on is not None and change.done_on <= today
        since = change.approved_on or change.done_on
        if not change.living or not change.significant or not made or since is None:
            continue
        named = _named(isms, trace, change, Risk)
        looked_at = named or isms.living(Risk)
        if _is_treatment(isms, trace, change, named) or any(
            risk.assessed_on is not None and since <= risk.assessed_on <= today for risk in looked_at
        ):
            continue
        told = f"none of {', '.join(risk.id for risk in named)}" if named else "no risk at all"
        yield Diagnostic(
            code="change-not-assessed",
            message=f"{change.id} {change.name}: significant, approved on {since}, made on {change.done_on}; {told} was assessed since",
            hint="assess the risks that it touches again, or link the action of their treatment that it carries out",
            entry=change.id,
            place=isms.place(change).at("significant"),
        )


def _is_treatment(isms: Isms, trace: Trace, change: ManagedChange, risks: Iterable[Risk]) -> bool:
    """Whether it carries out an action by which a risk is treated: then it was looked at when the treatment was chosen."""
    actions = {action.id for action in _named(isms, trace, change, Action)}
    return any(actions.intersection((*risk.actions, *trace.sources(risk.id, Action, "purpose"))) for risk in risks if risk.assessed_on)


def _named(isms: Isms, trace: Trace, change: ManagedChange, declaration: type[E]) -> list[E]:
    """Return the entries of a kind that a change names, or that name it, in fields and in prose."""
    related = [relation.target for relation in trace.outgoing.get(change.id, ())]
    related += [relation.source for relation in trace.incoming.get(change.id, ())]
    return [entry for identifier in dict.fromkeys(related) if (entry := isms.get(declaration, identifier))]
