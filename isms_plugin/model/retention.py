"""How long records are kept (clause 7.5.3, A.5.33)."""

from __future__ import annotations

from typing import ClassVar

from isms_plugin.model.entry import Date, Kind, RegisterEntry, Text, column


class RetentionRule(RegisterEntry):
    """How long one type of record is kept, from when, and how it is disposed of."""

    KIND: ClassVar[Kind] = Kind(
        name="retention", title="Retention rule", plural="Retention rules", register="retention", prefix="RET",
        clauses=("A.5.33", "7.5.3", "A.8.10"),
        about="How long each type of record is kept, why, and how it is disposed of.",
        example="""
            id: RET-001
            title: Contracts with suppliers
            owner: PER-008
            where: contract archive
            period: six years
            starts: end of the contract
            basis: commercial law
            disposal: deleted by the archive, list kept
            last_done: 2026-01-20
            """,
    )  # fmt: skip
    title: Text | None = column("Records", "Type of record.", need="always")
    where: Text | None = column("Where", "Where they are kept.")
    period: Text | None = column("How long", "Time they are kept.")
    starts: Text | None = column("Counted from", "Event after which the time runs.")
    basis: Text | None = column("Basis", "Law, contract or need behind it.", need="optional")
    disposal: Text | None = column("Disposal", "How they are disposed of.")
    last_done: Date | None = column("Last disposal", "Day of the last disposal.", need="optional")
