"""Risks as a whole, and what contradicts itself in one (clause 6.1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk


class Rated(NamedTuple):
    """A risk and its levels; None where one is unknown."""

    risk: Risk
    inherent_level: int | None
    level: int | None
    residual_level: int | None


def check_risks(isms: Isms) -> Iterator[Diagnostic]:
    """Report risks whose treatment is said to make them worse."""
    for risk in isms.of(Risk):
        levels = risk.worked_out(isms.entries)
        level, residual = levels["level"], levels["residual_level"]
        if level is not None and residual is not None and residual > level:
            yield Diagnostic(
                code="residual-above",
                message=f"{risk.id} has level {level} before treatment and {residual} after it",
                hint="correct the assessment: treatment does not raise a risk",
                entry=risk.id,
                place=isms.place(risk).at("residual_likelihood"),
            )


def by_level(isms: Isms) -> list[Rated]:
    """Risks in force with their levels, the highest residual level first, then the highest current level."""
    rated = [Rated(risk, **risk.worked_out(isms.entries)) for risk in isms.of(Risk) if not risk.retired]
    return sorted(rated, key=lambda item: (-(item.residual_level or 0), -(item.level or 0), item.risk.id))
