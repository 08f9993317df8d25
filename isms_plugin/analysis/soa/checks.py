"""What an auditor would object to in the statement of applicability (clause 6.1.3 d)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from isms_plugin.analysis.mentions import mentions
from isms_plugin.analysis.soa.exclusions import check_exclusion
from isms_plugin.analysis.soa.plan import check_plan
from isms_plugin.analysis.soa.statement import SoaRow, decisions_on
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk

COPIES: Final = 3
"""Rows from which on the same reason is taken for a template rather than for a coincidence."""

_RISK: Final = re.compile(r"\brisks?\b(?! (?:assessment|management|register|method|treatment|owner|analysis|based))", re.IGNORECASE)
"""A risk as such, not one of the words for how risks are handled."""


def check_soa(isms: Isms, rows: Sequence[SoaRow], today: date) -> Iterator[Diagnostic]:
    """Report controls without a decision and decisions that contradict the registers or do not convince."""
    if not any(row.decision for row in rows):
        yield Diagnostic(
            code="no-decision",
            message="no control has a decision: there is no statement of applicability",
            hint="decide on every control of Annex A in the register `soa`",
        )
        return
    yield from _second_decisions(isms)
    for row in rows:
        yield from _check_row(isms, row, today)
    yield from _copied_reasons(isms, rows)


def _second_decisions(isms: Isms) -> Iterator[Diagnostic]:
    for identifier, decisions in decisions_on(isms).items():
        for second in decisions[1:]:
            yield Diagnostic(
                code="second-decision",
                message=f"{identifier} is decided on more than once",
                hint="keep one row; only the first counts",
                entry=second.id,
                place=isms.place(second),
            )


def _check_row(isms: Isms, row: SoaRow, today: date) -> Iterator[Diagnostic]:
    decision, control = row.decision, row.control
    if decision is None:
        yield Diagnostic(
            code="no-decision",
            message=f"{control.id} {control.name} has no decision",
            hint=f"add `- control: {control.id}` with decision and reason to the register `soa`",
            entry=control.id,
            place=isms.place(control),
        )
    elif decision.decision == "excluded":
        yield from check_exclusion(isms, row, decision)
    elif decision.included:
        yield from _check_driver(isms, row, decision)
        yield from _check_implementation(row, decision, isms.place(decision))
        yield from check_plan(isms, row, decision, today)


def _check_driver(isms: Isms, row: SoaRow, decision: ControlDecision) -> Iterator[Diagnostic]:
    """Report what is in without a cause; drafts may still lack one."""
    if decision.draft:
        return
    place = isms.place(decision)
    if not row.driven:
        yield Diagnostic(
            code="no-driver",
            message=f"{row.control.id} is included, but no risk, requirement or decision of management calls for it",
            hint=f"name {row.control.id} in the risk that it treats or the requirement that it meets, or fill `business_decision`",
            entry=decision.id,
            place=place.at("decision"),
        )
    reason = decision.reason or ""
    named = (isms.get(Risk, mention.target) for mention in mentions(reason))
    unlinked = list(dict.fromkeys(risk.id for risk in named if risk and not risk.retired and risk.id not in row.risks))
    if unlinked or (not row.risks and _RISK.search(reason)):
        told = f"{', '.join(unlinked)}, which it does not treat" if unlinked else "a risk, but it treats none"
        yield Diagnostic(
            code="risk-not-linked",
            message=f"the reason for {row.control.id} names {told}",
            hint=f"add {row.control.id} to `controls` of the risk, or give another reason",
            entry=decision.id,
            place=place.at("reason"),
        )


def _check_implementation(row: SoaRow, decision: ControlDecision, place: Place) -> Iterator[Diagnostic]:
    if decision.state is None:
        yield Diagnostic(
            code="missing-field",
            message=f"{decision.id} has no state",
            hint="say how far the control is implemented",
            entry=decision.id,
            place=place,
        )
    elif not decision.implemented and decision.due is None:
        yield Diagnostic(
            code="planned-without-date",
            message=f"{row.control.id} is {decision.state.replace('_', ' ')} and has no due date",
            hint="add `due` with the planned date",
            entry=decision.id,
            place=place.at("state"),
        )
    elif decision.implemented and not row.documents and not row.evidence:
        yield Diagnostic(
            code="implemented-unsupported",
            message=f"{row.control.id} is implemented, but no document and no evidence stands behind it",
            hint="name the document that carries it out, or register evidence for it",
            entry=decision.id,
            place=place.at("state"),
        )


def _copied_reasons(isms: Isms, rows: Sequence[SoaRow]) -> Iterator[Diagnostic]:
    """Report reasons that stand in several rows, once each, at the first; layout and case do not tell them apart."""
    found: dict[tuple[str | None, str], list[ControlDecision]] = defaultdict(list)
    for row in rows:
        if row.decision and row.decision.reason and not row.decision.draft:
            found[row.decision.decision, " ".join(row.decision.reason.split()).casefold()].append(row.decision)
    for alike in found.values():
        if len(alike) >= COPIES:
            yield Diagnostic(
                code="reason-copied",
                message=f"{', '.join(str(decision.control) for decision in alike)} have the same reason",
                hint="say for each control what calls for it, or makes it needless, in this organization",
                entry=alike[0].id,
                place=isms.place(alike[0]).at("reason"),
            )
