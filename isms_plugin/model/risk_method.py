"""The risk method as data: scales, matrix, criteria and appetite, by version (clause 6.1.2 a and b)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from isms_plugin.model.entry import Date, DocumentRef, Entry, Integer, Kind, Markdown, Part, RegisterEntry, Text, column


class ScaleStep(Part):
    """One step of a scale."""

    value: Integer | None = column("Value", "Number of the step, counted from 1.", need="always", ge=1)
    name: Text | None = column("Name", "What it is called.", need="always")
    meaning: Text | None = column("Meaning", "So plainly that two people choose the same.", need="always")


class MatrixRow(Part):
    """The levels of one likelihood, by rising consequence."""

    likelihood: Integer | None = column("Likelihood", "Step of the likelihood.", need="always", ge=1)
    levels: tuple[Integer, ...] = column("Levels", "Level of risk for each step of the consequence.", need="always", default=())


class Band(Part):
    """A range of levels under one name."""

    name: Text | None = column("Name", "What people call it.", need="always")
    start: Integer | None = column("From", "Lowest level of it.", need="always", alias="from")
    meaning: Text | None = column("Meaning", "What it asks for.", need="optional")


class Appetite(Part):
    """The highest level that is acceptable for risks of one category."""

    category: Text | None = column("Category", "As risks name it.", need="always")
    acceptable: Integer | None = column("Acceptable up to", "Level that needs no decision.", need="always")
    with_acceptance: Integer | None = column("With acceptance up to", "Level that a risk owner may accept in writing.", need="optional")


class RiskMethod(RegisterEntry):
    """One version of the method. Versions stay: an assessment keeps the one it was made with."""

    KIND: ClassVar[Kind] = Kind(
        name="risk_method", title="Risk method", plural="Risk methods", register="risk-methods", prefix="MTH", clauses=("6.1.2",),
        key="version", page="own", group="Risk", body="note",
        about="Scales, matrix and criteria that levels of risk are computed with, version by version.",
        example="""
            version: "1.0"
            title: Risk method
            owner: PER-003
            valid_from: 2026-02-12
            likelihood:
              - {value: 1, name: rare, meaning: less than once in ten years}
              - {value: 2, name: possible, meaning: once in one to ten years}
              - {value: 3, name: frequent, meaning: every year or more often}
            consequence:
              - {value: 1, name: minor, meaning: "up to 10,000"}
              - {value: 2, name: moderate, meaning: "up to 100,000"}
              - {value: 3, name: severe, meaning: "more, survival at stake"}
            bands: [{name: low, from: 1}, {name: medium, from: 3}, {name: high, from: 6}]
            acceptable: 2
            with_acceptance: 4
            """,
    )  # fmt: skip
    version: Text | None = column("Version", "Version of the method, in quotes.", need="always")
    valid_from: Date | None = column("Valid from", "Day from which assessments use it.")
    document: DocumentRef | None = column("Document", "Document that describes it.", need="optional", back="Method as data")
    likelihood: tuple[ScaleStep, ...] = column("Likelihood", "Steps of the likelihood.", table=False, default=())
    consequence: tuple[ScaleStep, ...] = column("Consequence", "Steps of the consequence.", table=False, default=())
    matrix: tuple[MatrixRow, ...] = column(
        "Matrix", "Levels by likelihood and consequence; default: their product.", need="optional", table=False, default=()
    )
    bands: tuple[Band, ...] = column("Bands", "Names of ranges of levels, the lowest first.", table=False, default=())
    acceptable: Integer | None = column("Acceptable up to", "Residual level that needs no decision.", ge=0)
    with_acceptance: Integer | None = column(
        "With acceptance up to",
        "Residual level that the risk owner may accept in writing; above it treatment goes on.",
        need="optional",
        ge=0,
    )
    appetite: tuple[Appetite, ...] = column(
        "Appetite", "Other limits for some categories of risk.", need="optional", table=False, default=()
    )
    criteria: Markdown | None = column("Criteria", "When risks are assessed, and how steps are chosen.", need="optional", table=False)

    def level(self, likelihood: int | None, consequence: int | None) -> int | None:
        """Return the level of risk; None while one factor is unknown or not on the scale."""
        if likelihood is None or consequence is None or not self.on_scale(likelihood, consequence):
            return None
        if not self.matrix:
            return likelihood * consequence
        row = next((row.levels for row in self.matrix if row.likelihood == likelihood), ())
        return row[consequence - 1] if consequence <= len(row) else None

    def on_scale(self, likelihood: int, consequence: int) -> bool:
        """Whether both are steps of the scales; a method without scales takes any."""
        scales = ((self.likelihood, likelihood), (self.consequence, consequence))
        return all(not scale or any(step.value == value for step in scale) for scale, value in scales)

    def band(self, level: int | None) -> str:
        """Return the name of the range that a level lies in; empty when it lies in none."""
        found = [band for band in self.bands if level is not None and band.start is not None and band.start <= level]
        return (max(found, key=lambda band: band.start or 0).name or "") if found else ""

    def words(self, level: int | None) -> str:
        """Return a level with the name of its band, such as 12 high; empty where it is unknown."""
        return "" if level is None else f"{level} {self.band(level)}".rstrip()

    def limits(self, category: str | None) -> tuple[int | None, int | None]:
        """Return the levels up to which a risk of a category needs no decision, and may be accepted by its owner."""
        own = next((appetite for appetite in self.appetite if category and appetite.category == category), None)
        return (own.acceptable, own.with_acceptance) if own else (self.acceptable, self.with_acceptance)


PRODUCT = RiskMethod(id="MTH-0")
"""Stands in where the method of an assessment is not registered: likelihood times consequence, no limits."""


def method_of(version: str | None, entries: Mapping[str, Entry]) -> RiskMethod:
    """Return the method of a version, or the plain product where it is not registered."""
    found = entries.get(f"{RiskMethod.KIND.prefix}-{version}")
    return found if isinstance(found, RiskMethod) else PRODUCT
