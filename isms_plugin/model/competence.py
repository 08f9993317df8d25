"""Competence and training (clauses 7.2 and 7.3, A.6.3)."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import (
    AnyRef,
    Boolean,
    Date,
    Due,
    Integer,
    Kind,
    PersonRef,
    RegisterEntry,
    RoleRef,
    Text,
    column,
)


class Competence(RegisterEntry):
    """Proof that somebody can do what a role needs."""

    KIND: ClassVar[Kind] = Kind(
        name="competence", title="Competence", plural="Competence", register="competence", prefix="CMP", clauses=("7.2",),
        group="People", happened="judged_on", due=(Due("valid_to", "competence", per=("person", "role", "need"), by="person"),),
        answers=("competence",),
        about="What shows that role holders can do what their role needs. Certificates themselves stay in the HR system.",
        example="""
            id: CMP-001
            title: Lead auditor course
            person: PER-012
            role: ROL-008
            need: Audit technique
            basis: training
            reference: HR file, certificate of 2025-11
            judged_on: 2026-04-20
            judged_by: PER-005
            valid_to: 2028-11-30
            """,
    )  # fmt: skip
    owner: PersonRef | None = column("Owner", "Not needed: whoever judges answers.", need="optional", table=False)
    person: PersonRef | None = column("Person", "Who can do it.", back="Competence")
    role: RoleRef | None = column("Role", "Role that needs it.", back="Competence of holders")
    need: Text | None = column("Need", "What is needed, as the role says.")
    basis: Literal["education", "training", "experience"] | None = column("Basis", "Where it comes from.")
    reference: Text | None = column("Reference", "Where the proof is kept.", need="optional")
    judged_on: Date | None = column("Judged on", "Day on which somebody judged it.")
    judged_by: PersonRef | None = column("Judged by", "Who judged it.", back="Competence judged")
    valid_to: Date | None = column("Valid to", "Last day on which it counts.", need="optional")
    effective: Boolean | None = column("Effective", "Whether training had the effect it was meant to have.", need="optional")


class Training(RegisterEntry):
    """A course or session, and who took part."""

    KIND: ClassVar[Kind] = Kind(
        name="training", title="Training", plural="Training", register="training", prefix="TRN", clauses=("7.2", "7.3", "A.6.3"),
        group="People", happened="held_on",
        answers=("awareness",),
        about="Courses and awareness sessions: what was taught, to whom, who took part. Results of people stay in the learning platform.",
        example="""
            id: TRN-001
            title: Security basics for joiners
            owner: PER-005
            course: Security basics
            held_on: 2026-07-13
            audience: joiners of July
            attendees: [PER-007]
            content: learning platform, course 12, edition 3
            invited: 3
            attended: 3
            passed: 3
            """,
    )  # fmt: skip
    course: Text | None = column("Course", "Which course it was, so that repeats can be told.")
    held_on: Date | None = column("Held on", "Day on which it was held, or ended.")
    audience: Text | None = column("Audience", "For whom it was meant.")
    attendees: tuple[PersonRef, ...] = column(
        "Attendees", "People of the register who took part.", need="optional", table=False, back="Training taken", default=()
    )
    content: Text | None = column("Content", "Where the material is.", table=False)
    covers: tuple[AnyRef, ...] = column(
        "Covers", "Documents and controls that it teaches.", need="optional", table=False, back="Training on it", default=()
    )
    invited: Integer | None = column("Invited", "How many it was meant for.", need="optional", ge=0)
    attended: Integer | None = column("Attended", "How many took part.", need="optional", ge=0)
    passed: Integer | None = column("Passed", "How many passed the test.", need="optional", ge=0)
