"""Legal, regulatory and contractual requirements (A.5.31)."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import AnyRef, Date, Kind, Markdown, PersonRef, RegisterEntry, Text, column


class Requirement(RegisterEntry):
    """A duty from outside or inside, and what meets it."""

    KIND: ClassVar[Kind] = Kind(
        name="requirement", title="Requirement", plural="Requirements", register="requirements", prefix="REQ", clauses=("A.5.31", "4.2"),
        body="asks",
        meaning=("title", "source", "citation", "jurisdiction", "asks"),
        about="Laws, contracts and other duties, what they ask and what meets them.",
        example="""
            id: REQ-001
            title: Security of processing
            owner: PER-009
            source: law
            citation: Regulation (EU) 2016/679, article 32
            asks: Measures that fit the risk to people, tested regularly.
            met_by: [POL-03, A.8.13]
            evaluated_on: 2026-06-11
            evaluated_by: PER-009
            result: met
            """,
    )  # fmt: skip
    source: Literal["law", "regulation", "contract", "standard", "internal"] | None = column("Source", "Where the duty comes from.")
    citation: Text | None = column("Citation", "Where it is written.")
    jurisdiction: Text | None = column("Jurisdiction", "Where it applies.", need="optional")
    asks: Markdown | None = column("What it asks", "In own words.", table=False)
    applies_to: tuple[AnyRef, ...] = column(
        "Applies to", "Assets, suppliers, sites it concerns.", need="optional", table=False, back="Requirements on it", default=()
    )
    met_by: tuple[AnyRef, ...] = column("Met by", "Documents and controls that meet it.", back="Requirements it meets", default=())
    evaluated_on: Date | None = column("Evaluated on", "When compliance was last evaluated.")
    evaluated_by: PersonRef | None = column("Evaluated by", "Person who evaluated it.", table=False)
    result: Literal["met", "partly", "not_met", "not_applicable"] | None = column("Result", "What the evaluation found.")
