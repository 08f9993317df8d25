"""Evidence: records in their role for a clause, a control or any other entry."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from isms_plugin.model.cadence import Every, Period
from isms_plugin.model.entry import (
    REVIEW,
    AnyRef,
    Boolean,
    Classification,
    Date,
    Due,
    FilePlace,
    Integer,
    KeptFile,
    Kind,
    Markdown,
    PersonRef,
    RegisterEntry,
    Sha256,
    Text,
    column,
)

STORAGE: Final = ("s3://", "gs://", "az://", "file://")
"""How addresses in object storage begin; `file://` is a folder elsewhere, such as a drive that keeps what is written once."""


class Evidence(RegisterEntry):
    """A record, the period it covers, where it lies and the hash that proves it unchanged."""

    KIND: ClassVar[Kind] = Kind(
        name="evidence", title="Evidence", plural="Evidence", register="evidence", prefix="EVD", clauses=("8.1",), body="what",
        group="Operation", happened="taken_on",
        due=(
            REVIEW,
            Due("valid_to", "evidence runs out", code="", per=("proves", "kind")),
            Due("period_to", "evidence of the next period", code="", per=("proves", "every"), every="every"),
        ),
        example="""
            id: EVD-001
            title: Disk encryption of all laptops
            owner: PER-006
            for: [A.8.1, A.8.24]
            kind: configuration_export
            period_from: 2026-07-01
            period_to: 2026-09-30
            taken_on: 2026-10-02
            taken_by: PER-006
            source: device manager
            method: export
            at: evidence/2026/EVD-001-encryption.csv
            sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            classification: internal
            population: 64
            sample: 64
            """,
        answers=("operation",),
        about="What shows that controls work: which period, from where, taken by whom.",
    )  # fmt: skip
    proves: tuple[AnyRef, ...] = column(
        "For", "Clauses, controls and entries that it proves.", need="always", back="Evidence", alias="for", default=()
    )
    kind: (
        Literal[
            "contract", "ticket", "training_record", "device_build_record", "access_review", "configuration_export",
            "report", "minutes", "log", "attestation", "link",
        ]
        | None
    ) = column("Kind", "What sort of record it is.")  # fmt: skip
    what: Markdown | None = column("What it shows", "In a sentence or two.", need="optional", table=False)
    period_from: Date | None = column("Covers from", "First day it speaks of.")
    period_to: Date | None = column("Covers to", "Last day it speaks of.")
    taken_on: Date | None = column("Taken on", "Day it was taken from its source.")
    taken_by: PersonRef | None = column("Taken by", "Person who took it.", table=False)
    source: Text | None = column("Source", "System or person it comes from.", table=False)
    method: Literal["export", "report", "configuration", "screenshot", "statement"] | None = column(
        "Method", "How it was taken.", table=False
    )
    sha256: Sha256 | None = column("SHA-256", "Hash of the file, 64 hexadecimal digits.", need="optional", table=False)
    at: FilePlace | None = column("Where", "Path in the repository, or address in another system.", table=False)
    classification: Classification | None = column("Classification", "Who may read it.", table=False)
    redacted: Boolean | None = column("Redacted", "Whether something was blacked out.", need="optional", table=False)
    every: Every | None = column(
        "How often", "Calendar period for each of which such evidence is due; periods without are named.", need="optional"
    )
    valid_to: Date | None = column("Valid to", "Last day on which it proves anything, such as that of a certificate.", need="optional")
    held_by: PersonRef | None = column(
        "Held by", "Whom to ask for it, where it lies in another system.", need="optional", table=False, back="Evidence held"
    )
    population: Integer | None = column("Population", "How many there were.", need="optional", table=False, ge=0)
    sample: Integer | None = column("Sample", "How many were looked at.", need="optional", table=False, ge=0)
    findings_accepted: Text | None = column(
        "Findings accepted", "Why what looks like a secret or personal data in the file may stay.", need="optional", table=False
    )

    @property
    def period(self) -> Period | None:
        """The period it covers; None while one end is unknown."""
        return None if self.period_from is None or self.period_to is None else Period(self.period_from, self.period_to)

    @property
    def stored(self) -> bool:
        """Whether it lies in object storage, where it can be fetched and verified."""
        return (self.at or "").startswith(STORAGE)

    @property
    def kept_file(self) -> KeptFile | None:
        """The file in the repository; none where it lies in another system."""
        return KeptFile(self.at, self.sha256, "at") if self.at and "://" not in self.at else None
