"""Acknowledgements: who confirmed to have read which text of which document (clause 7.3, A.6.3)."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.approval import TextHash
from isms_plugin.model.entry import Date, DocumentRef, Kind, PersonRef, RegisterEntry, Text, column


class Acknowledgement(RegisterEntry):
    """One person's confirmation of one text."""

    KIND: ClassVar[Kind] = Kind(
        name="acknowledgement", title="Acknowledgement", plural="Acknowledgements", register="acknowledgements", prefix="ACK",
        clauses=("7.3", "A.6.3"), page="rows", record=True, group="People", due=(), happened="acknowledged_on",
        example="""
            id: ACK-POL-01-PER-007
            person: PER-007
            document: POL-01
            version: "1.1"
            content_hash: isms-text-1:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            acknowledged_on: 2026-06-01
            method: lms
            source: export of 2026-06-30
            """,
        answers=("awareness",),
        about="Who confirmed to have read which version. `isms ack` and `isms ack --from FILE.csv` write them.",
    )  # fmt: skip
    title: Text | None = column("Title", "Not needed.", need="optional", table=False)
    owner: PersonRef | None = column("Owner", "Not needed: the person answers.", need="optional", table=False)
    person: PersonRef | None = column("Person", "Who confirmed.", need="always", back="Acknowledgements")
    document: DocumentRef | None = column("Document", "What was read.", need="always", back="Acknowledgements")
    version: Text | None = column("Version", "Version of the text, in quotes.", need="always")
    content_hash: TextHash | None = column("Hash of the text", "Algorithm and hash of the text that was read.", need="always", table=False)
    acknowledged_on: Date | None = column("Date", "Day of the confirmation.", need="always")
    method: Literal["form", "request", "lms", "paper"] | None = column(
        "Method", "How it was given: form, pull request, learning platform, paper.", need="always"
    )
    source: Text | None = column("Source", "Where it can be seen: export, form, binder.")

    @property
    def name(self) -> str:
        """What people call it: person, document and version."""
        return self.title or f"{self.person or '?'} {self.document or '?'} {self.version or '?'}"
