"""Information and other associated assets (A.5.9)."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import Boolean, Classification, Date, Kind, Level, PersonRef, RegisterEntry, SupplierRef, Text, column


class Asset(RegisterEntry):
    """Something of value that a risk can concern."""

    KIND: ClassVar[Kind] = Kind(
        name="asset", title="Asset", plural="Assets", register="assets", prefix="AST", clauses=("A.5.9",), group="Assets and suppliers",
        meaning=("title", "kind", "classification", "location", "personal_data", "criticality", "state"),
        about="Information, systems, equipment and places, with their owners.",
        example="""
            id: AST-001
            title: Laptops of staff
            owner: PER-006
            kind: hardware
            classification: confidential
            location: with their users
            personal_data: true
            criticality: medium
            state: in_use
            """,
    )  # fmt: skip
    kind: Literal["information", "software", "hardware", "service", "facility", "other"] | None = column(
        "Kind", "What sort of asset it is."
    )
    classification: Classification | None = column("Classification", "Of the information in it.")
    identifier: Text | None = column(
        "Identifier", "Serial number, inventory number or host name under which other systems know it.", need="optional", table=False
    )
    custodian: PersonRef | None = column("Custodian", "Person who looks after it day by day.", need="optional", table=False)
    location: Text | None = column("Location", "Where it is.")
    personal_data: Boolean | None = column("Personal data", "Whether it holds any.")
    criticality: Level | None = column("Criticality", "How much depends on it.")
    supplier: SupplierRef | None = column("Supplier", "Who provides it.", need="optional", back="Assets it provides")
    state: Literal["in_use", "returned", "disposed"] | None = column("State", "Whether it is in use.")
    state_on: Date | None = column("State since", "Day of that state.", need="optional", table=False)
    source: Literal["manual", "import"] | None = column("Source", "How it came into the register.", need="optional", table=False)
    synced: Date | None = column("Synchronized", "Day of the last import.", need="optional", table=False)
