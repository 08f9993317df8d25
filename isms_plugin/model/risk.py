"""Information security risks (clauses 6.1.2, 6.1.3, 8.2, 8.3)."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import AssetRef, ControlRef, Date, Integer, Kind, Markdown, PersonRef, RegisterEntry, SupplierRef, Text, column


class Risk(RegisterEntry):
    """A risk with its level before and after treatment; likelihood and consequence count from 1."""

    KIND: ClassVar[Kind] = Kind(
        name="risk", title="Risk", plural="Risks", register="risks", prefix="RSK", clauses=("6.1.2", "6.1.3", "8.2", "8.3"),
        page="own", body="scenario",
        computed=(("level", "Level"), ("residual_level", "Residual level")),
        about="What could go wrong, how bad it would be, and what is done about it.",
    )  # fmt: skip
    owner: PersonRef | None = column("Risk owner", "Person who may accept it.")
    scenario: Markdown | None = column("Scenario", "What happens, to what, and why it matters.", table=False)
    assets: tuple[AssetRef, ...] = column("Assets", "What it concerns.", table=False, back="Risks to it", default=())
    suppliers: tuple[SupplierRef, ...] = column(
        "Suppliers", "Suppliers it comes from or hits.", need="optional", table=False, back="Risks with it", default=()
    )
    threat: Text | None = column("Threat", "What acts.", need="optional", table=False)
    weakness: Text | None = column("Weakness", "What lets it.", need="optional", table=False)
    affects: tuple[Literal["confidentiality", "integrity", "availability"], ...] = column(
        "Affects", "What is lost.", need="optional", table=False, default=()
    )
    method_version: Text | None = column("Method version", "Version of the method it was assessed with.", table=False)
    likelihood: Integer | None = column("Likelihood", "Before treatment, on the scale of the method.", ge=1, le=10)
    consequence: Integer | None = column("Consequence", "Before treatment, on the scale of the method.", ge=1, le=10)
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
    residual_likelihood: Integer | None = column("Residual likelihood", "After treatment.", table=False, ge=1, le=10)
    residual_consequence: Integer | None = column("Residual consequence", "After treatment.", table=False, ge=1, le=10)
    accepted_by: PersonRef | None = column("Accepted by", "Risk owner who accepted what remains.", need="optional")
    accepted_on: Date | None = column("Accepted on", "Day of acceptance.", need="optional", table=False)
    assessed_on: Date | None = column("Assessed on", "Day of the assessment.")

    @property
    def level(self) -> int | None:
        """Level of risk before treatment: likelihood times consequence; None while one is unknown."""
        return _product(self.likelihood, self.consequence)

    @property
    def residual_level(self) -> int | None:
        """Level of risk after treatment; None while one factor is unknown."""
        return _product(self.residual_likelihood, self.residual_consequence)


def _product(likelihood: int | None, consequence: int | None) -> int | None:
    return None if likelihood is None or consequence is None else likelihood * consequence
