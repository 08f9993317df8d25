"""Certification: what was applied for, or what a certificate says, and until when it holds."""

from __future__ import annotations

from typing import ClassVar

from isms_plugin.model.audit import AuditRef
from isms_plugin.model.entry import Date, Due, Kind, Markdown, RegisterEntry, Text, column


class Certification(RegisterEntry):
    """A certificate, from the application on."""

    KIND: ClassVar[Kind] = Kind(
        name="certification", title="Certification", plural="Certifications", register="certifications", prefix="CRT", clauses=("4.3",),
        group="Evaluation", page="own", closed="ended_on", due=(Due("expires_on", "recertification"),),
        meaning=("title", "standard", "scope"),
        about="What was applied for at the certification body, what its certificate says, and until when it holds.",
        example="""
            id: CRT-001
            title: Certificate ISO/IEC 27001
            owner: PER-003
            body: Northmark Certification
            standard: ISO/IEC 27001:2022 with Amendment 1:2024
            scope: Development, operation and support of the service, from the offices in Leeds and Utrecht.
            applied_on: 2026-07-20
            audits: [AUD-002]
            soa_version: "1.2"
            """,
    )  # fmt: skip
    body: Text | None = column("Certification body", "Who certifies.")
    standard: Text | None = column("Standard", "With its edition and amendments.")
    scope: Markdown | None = column("Scope", "Word for word as in the application or on the certificate.", table=False)
    applied_on: Date | None = column("Applied on", "Day of the application.")
    audits: tuple[AuditRef, ...] = column(
        "Audits", "Audits of the certification body, the oldest first.", need="optional", table=False, back="Certification", default=()
    )
    soa_version: Text | None = column(
        "Version of the statement", "Version of the statement of applicability that it names.", need="optional", table=False
    )
    number: Text | None = column("Number", "Number of the certificate.", need="optional")
    issued_on: Date | None = column("Issued on", "Day of the certificate.", need="optional")
    expires_on: Date | None = column("Expires on", "Last day of the certificate.", need="optional")
    mark_use: Markdown | None = column("Use of the mark", "Where certificate and mark are shown.", need="optional", table=False)
    ended_on: Date | None = column("Ended on", "Day on which it was withdrawn or replaced.", need="optional", table=False)
