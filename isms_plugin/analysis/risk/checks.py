"""What an auditor would object to in risks, and in their assessment first of all (clauses 6.1.2, 6.1.3 a and b, 8.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from isms_plugin.analysis.risk.acceptance import check_acceptance
from isms_plugin.analysis.risk.profile import MOMENTS, Moment, Rated, rated
from isms_plugin.analysis.risk.treatment_plan import check_treatment
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk_method import PRODUCT, RiskMethod

_FIELDS: dict[Moment, tuple[str, str]] = {
    "inherent": ("inherent_likelihood", "inherent_consequence"),
    "current": ("likelihood", "consequence"),
    "residual": ("residual_likelihood", "residual_consequence"),
}


def check_risks(isms: Isms, relations: Trace, today: date) -> Iterator[Diagnostic]:
    """Report what is wrong with risks: their assessment, their acceptance, their treatment."""
    yield from check_assessments(isms, today)
    yield from check_acceptance(isms, today)
    yield from check_treatment(isms, relations)


def check_assessments(isms: Isms, today: date) -> Iterator[Diagnostic]:
    """Report assessments that do not follow their method, are out of date, or contradict themselves."""
    methods = [method for method in isms.of(RiskMethod) if not method.retired]
    found = rated(isms)
    if found and not methods:
        yield Diagnostic(
            code="no-risk-method",
            message="there are risks, and the method they are assessed with is not registered",
            hint="write scales, bands and limits into the register `risk-methods`; until then a level is likelihood times consequence",
        )
    for item in found:
        yield from _method(isms, item, methods)
        yield from _scales(isms, item)
        yield from _levels(isms, item)
        if not item.risk.draft:
            yield from _review(isms, item, today)
            yield from _treatment(isms, item)


def _at(isms: Isms, item: Rated, code: str, field: str, message: str, hint: str) -> Diagnostic:
    risk = item.risk
    return Diagnostic(code=code, message=f"{risk.id} {message}", hint=hint, entry=risk.id, place=isms.place(risk).at(field))


def _method(isms: Isms, item: Rated, methods: list[RiskMethod]) -> Iterator[Diagnostic]:
    risk, method = item.risk, item.method
    if method is PRODUCT:
        if methods and risk.method_version:
            known = ", ".join(repr(known.version) for known in methods if known.version)
            hint = f"registered are {known}; name one of them, or register the version in `risk-methods`"
            told = f"names method {risk.method_version!r}, which is not registered"
            yield _at(isms, item, "method-unknown", "method_version", told, hint)
    elif risk.assessed_on and method.valid_from and risk.assessed_on < method.valid_from:
        told = f"was assessed on {risk.assessed_on}; {method.id} is valid from {method.valid_from} only"
        hint = "name the version that was in force on that day, or assess again"
        yield _at(isms, item, "assessed-before-method", "assessed_on", told, hint)


def _scales(isms: Isms, item: Rated) -> Iterator[Diagnostic]:
    """Report factors that are no step of the scales of the method."""
    scales = (item.method.likelihood, item.method.consequence)
    for moment in MOMENTS:
        for field, value, scale in zip(_FIELDS[moment], item.factors(moment), scales, strict=True):
            steps = [step.value for step in scale if step.value is not None]
            if value is not None and steps and value not in steps:
                told = f"has {field.replace('_', ' ')} {value}; the scale of {item.method.id} has {', '.join(map(str, steps))}"
                yield _at(isms, item, "factor-off-scale", field, told, "choose a step of the scale; until then the level is unknown")


def _levels(isms: Isms, item: Rated) -> Iterator[Diagnostic]:
    inherent, level, residual = item.inherent_level, item.level, item.residual_level
    if inherent is not None and level is not None and level > inherent:
        told = f"has level {inherent} without controls and {level} with them"
        hint = "correct the assessment: controls do not raise a risk"
        yield _at(isms, item, "current-above-inherent", "likelihood", told, hint)
    if level is not None and residual is not None and residual > level:
        told = f"has level {level} before treatment and {residual} after it"
        hint = "correct the assessment: treatment does not raise a risk"
        yield _at(isms, item, "residual-above", "residual_likelihood", told, hint)


def _review(isms: Isms, item: Rated, today: date) -> Iterator[Diagnostic]:
    risk = item.risk
    if risk.next_review and risk.next_review < today:
        assessed = f", assessed last on {risk.assessed_on}" if risk.assessed_on else ""
        told = f"was to be assessed again by {risk.next_review}{assessed}"
        yield _at(isms, item, "assessment-overdue", "next_review", told, "assess it again: new `assessed_on`, new `next_review`")


def _treatment(isms: Isms, item: Rated) -> Iterator[Diagnostic]:
    risk, level, residual = item.risk, item.level, item.residual_level
    if risk.treatment == "modification" and not risk.controls:
        hint = "name the controls that modify it, or choose another treatment"
        yield _at(isms, item, "modification-without-controls", "treatment", "is modified, and no control does it", hint)
    elif level is not None and residual is not None and residual < level and not risk.controls and not risk.actions:
        told = f"falls from level {level} to {residual}, and no control or action brings that about"
        hint = "name the controls or actions that lower it, or leave the level where it is"
        yield _at(isms, item, "residual-unexplained", "residual_likelihood", told, hint)
