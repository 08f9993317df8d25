"""Statement of applicability (clause 6.1.3 d): a row for every control, with what stands behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from isms_plugin.analysis.trace import Trace
from isms_plugin.model.control import Control, ControlDecision
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.isms import Isms
from isms_plugin.model.requirement import Requirement
from isms_plugin.model.risk import Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class SoaRow:
    """A control, the decision on it, and the ids that its relations lead to."""

    control: Control
    decision: ControlDecision | None
    drivers: tuple[str, ...] = ()
    """Risks that it treats, requirements that it meets, and what the decision names besides; nothing retired."""
    documents: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def statement_of_applicability(isms: Isms, trace: Trace) -> list[SoaRow]:
    """One row for each control, Annex A first, then the organization's own."""
    decisions = _decisions(isms)
    return [_row(isms, control, decisions.get(control.id, []), trace) for control in isms.of(Control)]


def _decisions(isms: Isms) -> dict[str, list[ControlDecision]]:
    found: dict[str, list[ControlDecision]] = defaultdict(list)
    for decision in isms.of(ControlDecision):
        if decision.control and not decision.retired:
            found[decision.control].append(decision)
    return found


def _row(isms: Isms, control: Control, decisions: list[ControlDecision], trace: Trace) -> SoaRow:
    decision = decisions[0] if decisions else None
    identifiers = [control.id, *([decision.id] if decision else [])]
    named = {key: list(getattr(decision, key)) if decision else [] for key in ("drivers", "documents", "evidence")}
    return SoaRow(
        control=control,
        decision=decision,
        drivers=_living(
            isms, trace.sources(control.id, Risk, "controls"), trace.sources(control.id, Requirement, "met_by"), named["drivers"]
        ),
        documents=_living(isms, trace.sources(control.id, Document, "controls"), named["documents"]),
        evidence=_living(isms, *(trace.sources(identifier, Evidence, "proves") for identifier in identifiers), named["evidence"]),
    )


def _living(isms: Isms, *lists: list[str]) -> tuple[str, ...]:
    """Each id once, less those of retired entries: a tombstone neither calls for a control nor supports one."""
    named = dict.fromkeys(identifier for found in lists for identifier in found)
    return tuple(identifier for identifier in named if not (identifier in isms.entries and isms.entries[identifier].retired))


def check_soa(isms: Isms, rows: list[SoaRow]) -> Iterator[Diagnostic]:
    """Report controls without a decision and decisions that contradict the registers."""
    if not any(row.decision for row in rows):
        yield Diagnostic(
            code="no-decision",
            message="no control has a decision: there is no statement of applicability",
            hint="decide on every control of Annex A in the register `soa`",
        )
        return
    for identifier, decisions in _decisions(isms).items():
        for second in decisions[1:]:
            yield Diagnostic(
                code="second-decision",
                message=f"{identifier} is decided on more than once",
                hint="keep one row; only the first counts",
                entry=second.id,
                place=isms.place(second),
            )
    for row in rows:
        yield from _check_row(isms, row)


def _check_row(isms: Isms, row: SoaRow) -> Iterator[Diagnostic]:
    decision, control = row.decision, row.control
    if decision is None:
        yield Diagnostic(
            code="no-decision",
            message=f"{control.id} {control.name} has no decision",
            hint=f"add `- control: {control.id}` with decision and reason to the register `soa`",
            entry=control.id,
            place=isms.place(control),
        )
        return
    place = isms.place(decision)
    if decision.decision == "excluded" and row.drivers:
        yield Diagnostic(
            code="exclusion-contradicted",
            message=f"{control.id} is excluded, but {', '.join(row.drivers)} call for it",
            hint="include the control, or take it out of the treatment",
            entry=decision.id,
            place=place.at("decision"),
        )
    if decision.included:
        yield from _check_implementation(row, decision, place)


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
