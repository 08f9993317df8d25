"""Risks as a whole, and what contradicts itself in one (clause 6.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk


def check_risks(isms: Isms) -> Iterator[Diagnostic]:
    """Report risks whose treatment is said to make them worse."""
    for risk in isms.of(Risk):
        level, residual = risk.level, risk.residual_level
        if level is not None and residual is not None and residual > level:
            yield Diagnostic(
                code="residual-above",
                message=f"{risk.id} has level {level} before treatment and {residual} after it",
                hint="correct the assessment: treatment does not raise a risk",
                entry=risk.id,
                place=isms.place(risk).at("residual_likelihood"),
            )


def by_level(isms: Isms) -> list[Risk]:
    """Risks in force, the highest residual level first, then the highest level before treatment."""
    risks = [risk for risk in isms.of(Risk) if not risk.retired]
    return sorted(risks, key=lambda risk: (-(risk.residual_level or 0), -(risk.level or 0), risk.id))
