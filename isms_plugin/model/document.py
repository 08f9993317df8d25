"""Documents: policies, procedures, plans and what else says what shall be done (clause 7.5)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from isms_plugin.model.entry import (
    AnyRef,
    Boolean,
    Classification,
    ClauseRef,
    ControlRef,
    Date,
    DocumentRef,
    Entry,
    Integer,
    Kind,
    Part,
    PersonRef,
    Ref,
    RoleRef,
    Text,
    column,
)

MARKDOWN: Final = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""Endings of Markdown files, as MkDocs knows them."""


def is_markdown(path: str) -> bool:
    """Return whether a path is that of a Markdown file."""
    return path.lower().endswith(MARKDOWN)


class Change(Part):
    """What changed in one version, in plain words."""

    version: Text | None = column("Version", "The version it led to.", need="always")
    on: Date | None = column("Date", "Day of the version.", need="optional")
    by: PersonRef | None = column("Author", "Who made the change.", need="optional")
    note: Text | None = column("What changed", "In plain words.", need="always")


class Document(Entry):
    """A controlled document; its control data stands in the front matter."""

    KIND: ClassVar[Kind] = Kind(
        name="document", title="Document", plural="Documents", register="documents", prefix="POL", clauses=("7.5.3", "7.5.1", "7.5.2"),
        page="own",
        about="Policies, procedures and other documents under control.",
    )  # fmt: skip
    kind: Literal["statement", "policy", "procedure", "standard", "plan", "template", "report", "external"] | None = column(
        "Kind", "What sort of document it is.", need="in force"
    )
    version: Text | None = column("Version", "Version as a person writes it, in quotes.")
    status: Literal["", "draft", "in_review", "approved", "withdrawn"] = column(
        "Status", "Draft, in review, approved or withdrawn; unknown while empty.", need="always", default=""
    )
    owner: Annotated[str, Ref(("person", "role"))] | None = column("Owner", "Person who answers for it, or a role that somebody holds.")
    approver_role: RoleRef | None = column("Approver role", "Role that has to approve it.", table=False, back="Documents it approves")
    approved_by: PersonRef | None = column("Approved by", "Who approved it, where no approval is on record.", need="optional", table=False)
    approved_on: Date | None = column("Approved on", "Day of that approval.", need="optional", table=False)
    effective_from: Date | None = column("Effective from", "Day from which it applies.", need="optional", table=False)
    next_review: Date | None = column("Next review", "Day by which it is reviewed.")
    review_interval: Integer | None = column(
        "Review interval", "Months between two reviews, 1 to 60.", need="optional", table=False, ge=1, le=60
    )
    classification: Classification | None = column("Classification", "Who may read it.")
    audience: tuple[Text, ...] = column("Audience", "Who has to know it.", need="optional", table=False, default=())
    ack_required: Boolean = column("To be acknowledged", "Whether its readers confirm it.", need="optional", table=False, default=False)
    controls: tuple[ControlRef, ...] = column(
        "Controls", "Controls that it carries out.", need="optional", table=False, back="Documents", default=()
    )
    clauses: tuple[ClauseRef, ...] = column(
        "Clauses", "Clauses that it answers.", need="optional", table=False, back="Documents", default=()
    )
    answers: tuple[Text, ...] = column(
        "Answers", "Documented information of the catalogue that it is, such as `scope` or `soa`.", need="optional", table=False, default=()
    )
    supersedes: DocumentRef | None = column("Supersedes", "Document that it replaces.", need="optional", table=False, back="Superseded by")
    related: tuple[AnyRef, ...] = column("See also", "Documents and entries to read with it.", need="optional", table=False, default=())
    changes: tuple[Change, ...] = column("Change notes", "What each version changed.", need="optional", table=False, default=())
    publisher: Text | None = column("Publisher", "Of an external document.", need="optional", table=False)
    edition: Text | None = column("Edition", "Of an external document.", need="optional", table=False)
    held_at: Text | None = column("Held at", "Where an external document is kept.", need="optional", table=False)
    checked_on: Date | None = column("Edition checked on", "When somebody looked for a newer edition.", need="optional", table=False)

    @property
    def identified(self) -> bool:
        """Whether it carries an id of its own; without one its path stands in, so that it is not lost."""
        return not is_markdown(self.id)

    def interval_after(self, day: date) -> date | None:
        """Return the day that lies a review interval after another, None without an interval; a month that is too short ends earlier."""
        if self.review_interval is None:
            return None
        year, month = divmod(day.year * 12 + day.month - 1 + self.review_interval, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

    @property
    def in_force(self) -> bool:
        """Whether it applies today."""
        return self.status == "approved"

    @property
    def draft(self) -> bool:
        """Whether its control data may still be incomplete."""
        return self.status in ("draft", "in_review")
