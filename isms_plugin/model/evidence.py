"""Evidence: records in their role for a clause, a control or any other entry."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import (
    AnyRef,
    Boolean,
    Classification,
    Date,
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


class Evidence(RegisterEntry):
    """A record, the period it covers, where it lies and the hash that proves it unchanged."""

    KIND: ClassVar[Kind] = Kind(
        name="evidence", title="Evidence", plural="Evidence", register="evidence", prefix="EVD", clauses=("8.1",), body="what",
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
    population: Integer | None = column("Population", "How many there were.", need="optional", table=False, ge=0)
    sample: Integer | None = column("Sample", "How many were looked at.", need="optional", table=False, ge=0)

    @property
    def kept_file(self) -> KeptFile | None:
        """The file in the repository; none where it lies in another system."""
        return KeptFile(self.at, self.sha256, "at") if self.at and "://" not in self.at else None
