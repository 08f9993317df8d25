"""Suppliers and what is agreed with them (A.5.19 to A.5.23)."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import REVIEW, Boolean, Date, Due, Kind, Level, Markdown, Part, RegisterEntry, Text, column


class Assurance(Part):
    """A certificate or report that a supplier shows."""

    type: Text | None = column("Type", "Certificate or report.", need="always")
    scope: Text | None = column("Scope", "What it covers.", need="optional")
    valid_to: Date | None = column("Valid to", "Last day.", need="optional")


class Supplier(RegisterEntry):
    """An organization that provides something the ISMS depends on."""

    KIND: ClassVar[Kind] = Kind(
        name="supplier", title="Supplier", plural="Suppliers", register="suppliers", prefix="SUP", clauses=("A.5.19", "A.5.22", "8.1"),
        group="Assets and suppliers", due=(REVIEW, Due("assurance.valid_to", "certificate or report", per=("type",))),
        answers=("external-provision",),
        meaning=(
            "title", "service", "data_shared", "criticality", "security_terms", "personal_data", "result", "sub_suppliers",
            "shared_responsibility",
        ),
        about="Who provides what, what data they see and what is agreed.",
        example="""
            id: SUP-001
            title: Nimbus Cloud
            owner: PER-007
            service: Hosting of the product
            data_shared: restricted
            criticality: high
            contract: K-2019-004
            security_terms: in_contract
            personal_data: true
            assurance: [{type: ISO/IEC 27001 certificate, scope: all regions, valid_to: 2028-03-14}]
            reviewed_on: 2026-10-21
            result: acceptable
            """,
    )  # fmt: skip
    service: Text | None = column("Service", "What they provide.")
    identifier: Text | None = column("Identifier", "Number under which the ledger knows them.", need="optional", table=False)
    data_shared: Literal["none", "public", "internal", "confidential", "restricted"] | None = column(
        "Data shared", "Highest classification they see."
    )
    criticality: Level | None = column("Criticality", "How much depends on them.")
    contract: Text | None = column("Contract", "Where the contract is filed.", table=False)
    security_terms: Literal["in_contract", "separate", "none"] | None = column("Security terms", "Where security is agreed.")
    personal_data: Boolean | None = column("Personal data", "Whether they process any.")
    agreement: Text | None = column("Processing agreement", "Where it is filed.", need="optional", table=False)
    assurance: tuple[Assurance, ...] = column("Assurance", "Certificates and reports seen.", need="optional", table=False, default=())
    reviewed_on: Date | None = column("Reviewed on", "Day of the last review.")
    result: Literal["acceptable", "acceptable_with_actions", "not_acceptable"] | None = column("Result", "Outcome of the last review.")
    sub_suppliers: tuple[Text, ...] = column("Sub-suppliers", "Who they depend on.", need="optional", table=False, default=())
    shared_responsibility: Markdown | None = column("Shared responsibility", "Who does what.", need="optional", table=False)
    exit_plan: Markdown | None = column("Exit plan", "How to leave.", need="optional", table=False)
