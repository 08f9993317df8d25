"""Documents: policies, procedures, plans and what else says what shall be done (clause 7.5)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from isms_plugin.model.cadence import Every, later
from isms_plugin.model.entry import (
    AnyRef,
    Boolean,
    Classification,
    ClauseRef,
    ControlRef,
    Date,
    DocumentRef,
    Due,
    Entry,
    Integer,
    Kind,
    Part,
    PersonRef,
    Ref,
    RetentionRef,
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


class Promise(Part):
    """Something that the document says is done regularly, and the register that shows it."""

    what: Text | None = column("What", "What is done, in a few words.", need="always")
    every: Every | None = column("How often", "Calendar period in which it is done at least once.", need="always")
    register_name: Text | None = column("Register", "Register in which each time leaves an entry.", need="always", alias="register")
    about: AnyRef | None = column(
        "About", "Entry that each time has to name, such as the system that is restored.", need="optional", back="Promises about it"
    )


class Document(Entry):
    """A controlled document; its control data stands in the front matter."""

    KIND: ClassVar[Kind] = Kind(
        name="document", title="Document", plural="Documents", register="documents", prefix="POL", clauses=("7.5.3", "7.5.1", "7.5.2"),
        page="own", group="Documents", main=True, due=(Due("next_review", "review", code=""),),
        answers=("own-documents", "document-register"),
        meaning=("title", "edition"),
        about="Policies, procedures and other documents under control.",
        example="""
            id: POL-12
            title: Backup policy
            kind: policy
            status: approved
            version: "1.0"
            owner: PER-007
            approver_role: ROL-001
            next_review: 2027-05-05
            review_interval: 12
            classification: internal
            controls: [A.8.13]
            promises: [{what: restore test, every: half_year, register: restore-tests, about: AST-010}]
            changes: [{version: "1.0", on: 2026-05-05, note: First version.}]
            """,
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
    promises: tuple[Promise, ...] = column(
        "Promises", "How often the document says that something is done.", need="optional", table=False, default=()
    )
    retention: RetentionRef | None = column(
        "Retention", "Rule by which it is kept.", need="optional", table=False, back="Documents under it"
    )
    supersedes: DocumentRef | None = column("Supersedes", "Document that it replaces.", need="optional", table=False, back="Superseded by")
    related: tuple[AnyRef, ...] = column("See also", "Documents and entries to read with it.", need="optional", table=False, default=())
    changes: tuple[Change, ...] = column("Change notes", "What each version changed.", need="optional", table=False, default=())
    publisher: Text | None = column("Publisher", "Of an external document.", need="optional", table=False)
    edition: Text | None = column("Edition", "Of an external document.", need="optional", table=False)
    held_at: Text | None = column("Held at", "Where an external document is kept.", need="optional", table=False)
    licence: Text | None = column("Licence", "What an external document may be used for.", need="optional", table=False)
    checked_on: Date | None = column("Edition checked on", "When somebody looked for a newer edition.", need="optional", table=False)

    @property
    def identified(self) -> bool:
        """Whether it carries an id of its own; without one its path stands in, so that it is not lost."""
        return not is_markdown(self.id)

    def interval_after(self, day: date) -> date | None:
        """Return the day that lies a review interval after another, None without an interval; a month that is too short ends earlier."""
        return None if self.review_interval is None else later(day, self.review_interval)

    @property
    def in_force(self) -> bool:
        """Whether it applies today."""
        return self.status == "approved"

    @property
    def draft(self) -> bool:
        """Whether its control data may still be incomplete."""
        return self.status in ("draft", "in_review")
