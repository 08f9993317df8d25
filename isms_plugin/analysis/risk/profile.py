"""Risks as a whole: their levels, the bands that these lie in, and the cells of the matrix (clauses 6.1.2 d and e)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod, method_of

Moment = Literal["inherent", "current", "residual"]
"""Without any control, with those of today, after treatment."""

MOMENTS: Final[tuple[Moment, ...]] = ("inherent", "current", "residual")


class Rated(NamedTuple):
    """A risk, the method of its assessment, and its levels; None where one is unknown."""

    risk: Risk
    method: RiskMethod
    inherent_level: int | None
    level: int | None
    residual_level: int | None
    whole: Risk
    """The risk as it is in the register, where something of it is withheld: an acceptance is bound to that."""

    def at(self, moment: Moment) -> int | None:
        """Return the level at a moment."""
        return {"inherent": self.inherent_level, "current": self.level, "residual": self.residual_level}[moment]

    def factors(self, moment: Moment) -> tuple[int | None, int | None]:
        """Return likelihood and consequence at a moment."""
        risk = self.risk
        return {
            "inherent": (risk.inherent_likelihood, risk.inherent_consequence),
            "current": (risk.likelihood, risk.consequence),
            "residual": (risk.residual_likelihood, risk.residual_consequence),
        }[moment]


def rated(isms: Isms) -> list[Rated]:
    """Risks that are not retired with their levels, in the order of the register."""
    return [rate(isms, risk) for risk in isms.of(Risk) if not risk.retired]


def rate(isms: Isms, risk: Risk) -> Rated:
    """Return a risk with its levels."""
    return Rated(risk, method_of(risk.method_version, isms.entries), **risk.worked_out(isms.entries), whole=isms.whole_of(risk))


def by_level(isms: Isms) -> list[Rated]:
    """Risks in force with their levels, the highest residual level first, then the highest current level."""
    return sorted(rated(isms), key=lambda item: (-(item.residual_level or 0), -(item.level or 0), item.risk.id))


def by_method(risks: Iterable[Rated]) -> list[tuple[RiskMethod, list[Rated]]]:
    """Risks by the method of their assessment, the newest method first: levels of two methods do not compare."""
    found: dict[str, tuple[RiskMethod, list[Rated]]] = {}
    for item in risks:
        found.setdefault(item.method.id, (item.method, []))[1].append(item)
    return sorted(found.values(), key=lambda group: str(group[0].valid_from or ""), reverse=True)


def cells(risks: Iterable[Rated], moment: Moment) -> Mapping[tuple[int, int], list[Rated]]:
    """Risks by likelihood and consequence at a moment; those without a level lie in no cell."""
    found: dict[tuple[int, int], list[Rated]] = defaultdict(list)
    for item in risks:
        likelihood, consequence = item.factors(moment)
        if likelihood is not None and consequence is not None and item.at(moment) is not None:
            found[likelihood, consequence].append(item)
    return found
