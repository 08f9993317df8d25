"""Reviews of links: who looked at what an entry relies on after that had changed, and found that the link still holds (clause 8.1)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from isms_plugin.model.entry import AnyRef, Date, Form, Kind, Markdown, PersonRef, RegisterEntry, Text, column

Meaning = Annotated[str, Form("code"), StringConstraints(pattern=r"^isms-meaning-[0-9]+:[0-9a-f]{64}$")]
"""Fingerprint of what an entry meant, see `model.meaning`."""


class LinkReview(RegisterEntry):
    """One look at one link, bound to what its target meant on that day."""

    KIND: ClassVar[Kind] = Kind(
        name="link_review", title="Review of a link", plural="Reviews of links", register="link-reviews", prefix="LRV", clauses=("8.1",),
        body="reason", page="rows", record=True, group="Operation", happened="reviewed_on", due=(),
        example="""
            id: LRV-RSK-001-A.8.13
            source: RSK-001
            target: A.8.13
            fingerprint: isms-meaning-1:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            reviewed_by: PER-007
            reviewed_on: 2026-05-27
            reason: Backups are now taken every hour; the risk counts on daily ones, so its level stays.
            """,
        about="Who looked at a link after what it leads to had changed, and why it still holds. `isms review` writes them.",
    )  # fmt: skip
    title: Text | None = column("Title", "Not needed: source and target say it.", need="optional", table=False)
    owner: PersonRef | None = column("Owner", "Not needed: whoever looked answers.", need="optional", table=False)
    source: AnyRef | None = column("Entry", "Entry that holds the link.", need="always", back="Reviews of its links")
    field: Text | None = column(
        "Field", "Field that the link stands in; empty for every field of the entry that leads there.", need="optional", table=False
    )
    target: AnyRef | None = column("Leads to", "Entry that the link leads to.", need="always", back="Reviews of links to it")
    fingerprint: Meaning | None = column("Fingerprint", "Of what the target meant; `isms review` works it out.", need="always", table=False)
    reviewed_by: PersonRef | None = column("Reviewed by", "Who looked.", need="always", back="Links reviewed")
    reviewed_on: Date | None = column("Date", "Day of the review.", need="always")
    reason: Markdown | None = column("Reason", "Why the link still holds.", need="always")

    @property
    def name(self) -> str:
        """What people call it: both ends of the link."""
        return self.title or f"{self.source or '?'} to {self.target or '?'}"
