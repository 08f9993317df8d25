"""Information security risks (clauses 6.1.2, 6.1.3, 8.2, 8.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import StringConstraints

from isms_plugin.model.entry import (
    ActionRef,
    AssetRef,
    ControlRef,
    Date,
    Due,
    Entry,
    Form,
    Integer,
    Kind,
    Markdown,
    PersonRef,
    RegisterEntry,
    SupplierRef,
    Text,
    column,
)
from isms_plugin.model.risk_method import method_of

StateHash = Annotated[str, Form("code"), StringConstraints(pattern=r"^isms-risk-[0-9]+:[0-9a-f]{64}$")]


class Risk(RegisterEntry):
    """A risk with its level before any control, with those of today, and after treatment; factors are steps of the method's scales."""

    KIND: ClassVar[Kind] = Kind(
        name="risk", title="Risk", plural="Risks", register="risks", prefix="RSK", clauses=("6.1.2", "6.1.3", "8.2", "8.3"),
        page="own", body="scenario", group="Risk", main=True,
        computed=(("inherent_level", "Inherent level"), ("level", "Current level"), ("residual_level", "Residual level")),
        due=(Due("next_review", "assessment", code=""), Due("accepted_until", "acceptance of risk", code="")),
        answers=("risk-assessment-results", "risk-acceptance"),
        meaning=(
            "title", "scenario", "threat", "weakness", "affects", "likelihood", "consequence", "treatment",
            "residual_likelihood", "residual_consequence",
        ),
        about="What could go wrong, how bad it would be, and what is done about it.",
        example="""
            id: RSK-001
            title: Backups cannot be restored
            owner: PER-007
            scenario: After deletion of the production database the backups prove incomplete.
            assets: [AST-010]
            category: availability
            method_version: "1.1"
            likelihood: 2
            consequence: 5
            treatment: modification
            controls: [A.8.13]
            actions: [ACT-004]
            residual_likelihood: 1
            residual_consequence: 5
            assessed_on: 2026-03-05
            """,
    )  # fmt: skip
    owner: PersonRef | None = column("Risk owner", "Person who may accept it.")
    scenario: Markdown | None = column("Scenario", "What happens, to what, and why it matters.", table=False)
    assets: tuple[AssetRef, ...] = column("Assets", "What it concerns.", table=False, back="Risks to it", default=())
    suppliers: tuple[SupplierRef, ...] = column(
        "Suppliers", "Suppliers it comes from or hits.", need="optional", table=False, back="Risks with it", default=()
    )
    threat: Text | None = column("Threat", "What acts.", need="optional", table=False)
    weakness: Text | None = column("Weakness", "What lets it.", need="optional", table=False)
    category: Text | None = column("Category", "Group of risks that the method may set limits for.", need="optional")
    affects: tuple[Literal["confidentiality", "integrity", "availability"], ...] = column(
        "Affects", "What is lost.", need="optional", table=False, default=()
    )
    method_version: Text | None = column("Method version", "Version of the method it was assessed with.", table=False)
    inherent_likelihood: Integer | None = column("Inherent likelihood", "Without any control.", need="optional", table=False, ge=1, le=10)
    inherent_consequence: Integer | None = column("Inherent consequence", "Without any control.", need="optional", table=False, ge=1, le=10)
    likelihood: Integer | None = column("Likelihood", "With the controls that work today.", ge=1, le=10)
    consequence: Integer | None = column("Consequence", "With the controls that work today.", ge=1, le=10)
    reasoning: Markdown | None = column("Reasoning", "Why these steps.", need="optional", table=False)
    existing: tuple[ControlRef, ...] = column(
        "Existing controls",
        "Controls that the assessment counted on.",
        need="optional",
        table=False,
        back="Risks that count on it",
        default=(),
    )
    treatment: Literal["modification", "avoidance", "sharing", "retention"] | None = column("Treatment", "What is done about it.")
    controls: tuple[ControlRef, ...] = column(
        "Treated by", "Controls that treat it.", need="optional", table=False, back="Risks it treats", default=()
    )
    actions: tuple[ActionRef, ...] = column(
        "Actions", "What is still to be done.", need="optional", table=False, back="Risks it treats", default=()
    )
    residual_likelihood: Integer | None = column("Residual likelihood", "After treatment.", table=False, ge=1, le=10)
    residual_consequence: Integer | None = column("Residual consequence", "After treatment.", table=False, ge=1, le=10)
    accepted_by: PersonRef | None = column("Accepted by", "Risk owner who accepted what remains.", need="optional")
    accepted_on: Date | None = column("Accepted on", "Day of acceptance.", need="optional", table=False)
    accepted_until: Date | None = column("Accepted until", "Last day on which the acceptance counts.", need="optional", table=False)
    accepted_state: StateHash | None = column(
        "State accepted", "Hash of what was accepted; `isms accept` writes it.", need="optional", table=False
    )
    assessed_on: Date | None = column("Assessed on", "Day of the assessment.")

    def worked_out(self, entries: Mapping[str, Entry]) -> Mapping[str, Any]:
        """Return the levels of risk as the method of the assessment computes them; None where one is unknown."""
        method = method_of(self.method_version, entries)
        return {
            "inherent_level": method.level(self.inherent_likelihood, self.inherent_consequence),
            "level": method.level(self.likelihood, self.consequence),
            "residual_level": method.level(self.residual_likelihood, self.residual_consequence),
        }

    def worked_out_words(self, entries: Mapping[str, Entry]) -> Mapping[str, str]:
        """Return the levels with the names of their bands: 12 high."""
        method = method_of(self.method_version, entries)
        return {name: method.words(level) for name, level in self.worked_out(entries).items()}
