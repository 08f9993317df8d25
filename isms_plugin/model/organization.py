"""The organization and its surroundings: sites, issues, interested parties, communication (clauses 4.1 to 4.3, 7.4)."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import (
    AnyRef,
    Boolean,
    Date,
    Kind,
    Markdown,
    Part,
    PersonRef,
    RegisterEntry,
    RequirementRef,
    Text,
    column,
)


class Site(RegisterEntry):
    """A place or unit of the organization, inside the scope or not."""

    KIND: ClassVar[Kind] = Kind(
        name="site", title="Site or unit", plural="Sites and units", register="sites", prefix="SIT", clauses=("4.3", "A.7.1"),
        about="Places and units, and whether the scope of the ISMS takes them in.",
        example="""
            id: SIT-001
            title: Head office
            owner: PER-001
            kind: site
            address: 1 Harbour Street, Leeds
            in_scope: true
            """,
    )  # fmt: skip
    kind: Literal["site", "unit", "remote"] | None = column("Kind", "Place, part of the organization, or work from elsewhere.")
    address: Text | None = column("Address", "Where it is.", need="optional")
    in_scope: Boolean | None = column("In scope", "Whether the scope takes it in.")
    reason_out: Markdown | None = column("Reason outside", "Why the scope leaves it out.", need="optional")


class ContextIssue(RegisterEntry):
    """Something inside or outside the organization that bears on the ISMS."""

    KIND: ClassVar[Kind] = Kind(
        name="context_issue", title="Context issue", plural="Context issues", register="issues", prefix="CTX",
        clauses=("4.1",), body="effect",
        answers=("context",),
        about="Internal and external issues, climate change included, and what follows from each.",
        example="""
            id: CTX-001
            title: Heavy rain and heat
            owner: PER-001
            kind: external
            effect: An office or a cloud region may be out of use for days.
            climate: true
            leads_to: [RSK-005]
            decided_on: 2026-02-12
            """,
    )  # fmt: skip
    kind: Literal["internal", "external"] | None = column("Kind", "Inside or outside.")
    effect: Markdown | None = column("Effect", "How it bears on the ISMS.")
    leads_to: tuple[AnyRef, ...] = column("Leads to", "Risks, documents and controls that take it up.", back="Issues behind it", default=())
    climate: Boolean = column("Climate", "Whether it comes from climate change (Amendment 1:2024).", need="optional", default=False)
    decided_on: Date | None = column("Decided on", "Day on which it was found relevant or not.")


class InterestedParty(RegisterEntry):
    """A party and one thing it expects of information security."""

    KIND: ClassVar[Kind] = Kind(
        name="interested_party", title="Interested party", plural="Interested parties", register="parties", prefix="PTY", clauses=("4.2",),
        body="expectation",
        answers=("interested-parties",),
        about="Who expects what, whether the ISMS takes it on, and what meets it.",
        example="""
            id: PTY-001
            title: Customers
            owner: PER-001
            expectation: Their data stays confidential, and they hear of breaches.
            taken_on: true
            requirements: [REQ-001]
            """,
    )  # fmt: skip
    title: Text | None = column("Party", "Who it is.", need="always")
    expectation: Markdown | None = column("Expectation", "What they expect of information security.")
    taken_on: Boolean | None = column("Taken on", "Whether the ISMS addresses it.")
    reason: Markdown | None = column("Reason", "Why it is not taken on.", need="optional")
    requirements: tuple[RequirementRef, ...] = column(
        "Requirements", "Duties in which it is written down.", need="optional", back="Parties behind it", default=()
    )
    met_by: tuple[AnyRef, ...] = column(
        "Met by", "Documents and controls that meet it.", need="optional", back="Expectations it meets", default=()
    )
    climate: Boolean = column("Climate", "Whether it is about climate change (Amendment 1:2024).", need="optional", default=False)


class Told(Part):
    """One time at which something was communicated."""

    told_on: Date | None = column("Date", "Day on which it was told.", need="always")
    reference: Text | None = column("Reference", "Where it can be seen.", need="optional")


class Communication(RegisterEntry):
    """Something that is communicated, to whom, when, by whom and how."""

    KIND: ClassVar[Kind] = Kind(
        name="communication", title="Communication", plural="Communications", register="communication", prefix="COM", clauses=("7.4",),
        group="People",
        answers=("communication-plan",),
        meaning=("title", "audience", "when", "how"),
        about="What is told about information security, to whom, when, by whom and how.",
        example="""
            id: COM-001
            title: New and changed policies
            owner: PER-003
            audience: all staff
            when: within five working days of the approval
            by: PER-003
            how: staff chat and monthly meeting
            done: [{told_on: 2026-06-02, reference: "minutes of June"}]
            """,
    )  # fmt: skip
    title: Text | None = column("What", "What is told.", need="always")
    owner: PersonRef | None = column("Owner", "Not needed: whoever tells it answers.", need="optional", table=False)
    audience: Text | None = column("To whom", "Who is told.")
    when: Text | None = column("When", "On which occasion, or how often.")
    by: PersonRef | None = column("By whom", "Who tells it.", back="Communicates")
    how: Text | None = column("How", "By which means.")
    done: tuple[Told, ...] = column("Done", "When it was told.", need="optional", table=False, default=())
