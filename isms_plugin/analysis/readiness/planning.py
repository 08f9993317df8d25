"""What is missing in planning: an assessment of risks (clauses 6.1.2 and 8.2)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage, register_place
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.risk import Risk


def find_assessment(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report that no risk was assessed; whether it was done in time is asked of each risk."""
    risks = [risk for risk in facts.isms.of(Risk) if not risk.retired]
    if not any(risk.assessed_on is not None and risk.assessed_on <= facts.today for risk in risks if not risk.draft):
        yield Diagnostic(
            code="no-risk-assessment",
            message=f"none of {len(risks)} risks is more than a draft and was assessed up to {facts.today}"
            if risks
            else "no risk is registered",
            hint="assess the risks by the method, and register each in `risks` with its levels and `assessed_on`",
            place=register_place(facts, Risk),
        )
