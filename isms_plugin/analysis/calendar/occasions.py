"""Registers in which nothing may happen for a long time: whether there was an occasion, a statement that there was none, or silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from isms_plugin.analysis.calendar.nil_returns import happened, nil_returns
from isms_plugin.model.cadence import Period
from isms_plugin.model.control import Control, ControlDecision
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import KINDS, Isms
from isms_plugin.model.nil_return import NilReturn

State = Literal["happened", "nil", "silent"]
"""Something happened in the audited period; a person stated that nothing did; or there is neither, which an auditor asks about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a register of occasions tells of the audited period."""

    declaration: type[Entry]
    entries: tuple[Entry, ...]
    """What happened in the period, the oldest first."""
    returned: tuple[NilReturn, ...]
    """Statements that touch the period and count, the oldest first; neither a gap nor a pass."""

    @property
    def state(self) -> State:
        """Whether there was an occasion; entries outweigh statements."""
        return "happened" if self.entries else "nil" if self.returned else "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasions:
    """The registers of occasions by the name of the kind, and those that each included control waits for, by its id."""

    registers: Mapping[str, Occasion]
    controls: Mapping[str, tuple[Occasion, ...]]

    def waiting(self, control: str) -> tuple[Occasion, ...]:
        """Return the registers of a control in which nothing has happened, if nothing has happened in any; else none."""
        found = self.controls.get(control, ())
        return () if any(item.entries for item in found) else found

    def stated(self, control: str) -> tuple[NilReturn, ...]:
        """Return the nil returns of a control whose occasion has not come: neither a gap nor a pass. None while a register is silent."""
        found = self.waiting(control)
        return tuple(returned for item in found for returned in item.returned) if all(item.returned for item in found) else ()


def occasions(isms: Isms, audited: Period) -> Occasions:
    """Return for each register of occasions, and each control that it answers, what the audited period shows."""
    registers = {kind.KIND.name: _occasion(isms, kind, audited) for kind in isms.kinds if kind.KIND.occasion}
    included = {decision.control for decision in isms.of(ControlDecision) if decision.included and not decision.retired}
    found = {control.id: _of_control(control.id, registers) for control in isms.of(Control) if control.id in included}
    return Occasions(registers=registers, controls={identifier: items for identifier, items in found.items() if items})


def _occasion(isms: Isms, declaration: type[Entry], audited: Period) -> Occasion:
    returned = nil_returns(isms, declaration.KIND.register)
    return Occasion(
        declaration=declaration,
        entries=tuple(happened(isms, declaration, audited)),
        returned=tuple(item for item in returned if item.period is not None and item.period.overlaps(audited)),
    )


def _of_control(control: str, registers: Mapping[str, Occasion]) -> tuple[Occasion, ...]:
    return tuple(
        item
        for item in registers.values()
        if control in item.declaration.KIND.clauses or any(control in returned.controls for returned in item.returned)
    )


def check_occasions(isms: Isms, found: Occasions, audited: Period) -> Iterator[Diagnostic]:
    """Report registers of occasions that are silent although the organization has them, or includes a control that they answer."""
    known = {control.id for control in isms.of(Control)}
    for item in found.registers.values():
        kind = item.declaration.KIND
        controls = [clause for clause in kind.clauses if clause in known]
        included = [control for control in controls if control in found.controls]
        own = item.declaration not in KINDS
        if item.state == "silent" and (included or (own and not controls)):
            yield Diagnostic(
                code="silent-register",
                message=f"{kind.register}: no entry from {audited}, and nobody stated that nothing happened"
                + (f"; {', '.join(included)} {'rests' if len(included) == 1 else 'rest'} on it" if included else ""),
                hint=f"register what happened, or add `- nil_return:` to `{kind.register}` with period, who states it and on what basis",
            )
