"""People and the roles they hold (clause 5.3)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from isms_plugin.model.entry import Boolean, Date, Kind, Markdown, Part, PersonRef, RegisterEntry, Text, column


class Person(RegisterEntry):
    """A named person; the register keeps no more than the ISMS needs."""

    KIND: ClassVar[Kind] = Kind(
        name="person", title="Person", plural="People", register="people", prefix="PER", clauses=("5.3",), group="People", due=(),
        meaning=(),
        about="People with a part in the ISMS. Everything private stays in the HR system.",
        example="""
            id: PER-001
            name: Ingrid Solberg
            job: Managing director
            active_from: 2015-04-01
            """,
    )  # fmt: skip
    title: Text | None = column("Name", "Name of the person.", need="always", alias="name")
    owner: PersonRef | None = column("Owner", "Not needed for people.", need="optional", table=False)
    job: Text | None = column("Job", "What they do.")
    active_from: Date | None = column("Active from", "First day.")
    active_to: Date | None = column("Active to", "Last day; empty while they are here.", need="optional")
    identifier: Text | None = column("Identifier", "Staff number under which other systems know them.", need="optional", table=False)

    git: tuple[Text, ...] = column(
        "In git",
        "Names and e-mail addresses of their commits, and their accounts on the platform.",
        need="optional",
        table=False,
        default=(),
    )
    groups: tuple[Text, ...] = column("Groups", "Audiences of documents that they belong to.", need="optional", table=False, default=())

    def known_as(self, *names: str) -> bool:
        """Whether one of the names, addresses or accounts is theirs; upper and lower case and the `@` of an account do not matter."""
        own = {bare for name in (self.title or "", *self.git) if (bare := name.casefold().removeprefix("@"))}
        return any(name.casefold().removeprefix("@") in own for name in names)

    def active(self, day: date) -> bool:
        """Whether the person is here on that day; an unknown first day counts as long ago."""
        return (self.active_from is None or self.active_from <= day) and (self.active_to is None or day <= self.active_to)


class Tenure(Part):
    """A time in which somebody held a role."""

    person: PersonRef | None = column("Person", "Who held the role.", need="always", back="Roles held before")
    since: Date | None = column("Since", "First day.", need="always")
    until: Date | None = column("Until", "Last day.", need="always")


class Role(RegisterEntry):
    """A role with its duties and authorities, held by one person."""

    KIND: ClassVar[Kind] = Kind(
        name="role", title="Role", plural="Roles", register="roles", prefix="ROL", clauses=("5.3", "A.5.2"), body="duties", group="People",
        answers=("roles",),
        meaning=("title", "duties", "authorities"),
        about="Roles of the ISMS: who holds them, what they may decide, what they must know.",
        example="""
            id: ROL-001
            title: Managing director
            holder: PER-001
            deputy: PER-002
            duties: Answers for the ISMS.
            authorities: Approves policies and accepts the largest risks.
            appointed_by: PER-001
            appointed_on: 2026-02-02
            needs: [Basics of ISO/IEC 27001]
            top_management: true
            """,
    )  # fmt: skip
    owner: PersonRef | None = column("Owner", "Not needed for roles: the holder answers.", need="optional", table=False)
    holder: PersonRef | None = column("Holder", "Person who holds the role.", back="Roles held")
    deputy: PersonRef | None = column("Deputy", "Person who stands in.", need="optional", back="Deputy for")
    duties: Markdown | None = column("Duties", "What the role does.", table=False)
    authorities: Markdown | None = column("Authorities", "What the role may decide.", table=False)
    appointed_by: PersonRef | None = column("Appointed by", "Person who gave the role.", table=False)
    appointed_on: Date | None = column("Appointed on", "Day of the appointment.")
    needs: tuple[Text, ...] = column(
        "Competence needs", "What the holder has to know or be able to do.", need="optional", table=False, default=()
    )
    top_management: Boolean = column(
        "Top management", "Whether its holder directs the organization at the highest level.", need="optional", table=False, default=False
    )
    former_holders: tuple[Tenure, ...] = column("Former holders", "Who held it before, and when.", need="optional", table=False, default=())

    def held_by(self, person: str, day: date) -> bool:
        """Whether the person held the role on that day or stood in for its holder; an unknown first day counts as long ago."""
        now = self.appointed_on is None or self.appointed_on <= day
        before = any(tenure.person == person and (tenure.since or day) <= day <= (tenure.until or day) for tenure in self.former_holders)
        return (now and self.holder == person) or (self.deputy == person) or before
