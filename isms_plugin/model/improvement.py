"""Nonconformities and improvements (clauses 10.1 and 10.2)."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import ActionRef, AnyRef, Date, Due, Kind, Markdown, Part, PersonRef, RegisterEntry, Text, column


class BodyFinding(Part):
    """What the certification body says of it."""

    number: Text | None = column("Number", "Number of the certification body.", need="always")
    deadline: Date | None = column("Deadline", "Day by which it wants an answer.", need="optional")
    accepted_on: Date | None = column("Accepted on", "Day on which it accepted the answer.", need="optional")


class Nonconformity(RegisterEntry):
    """A requirement that was not met, from facts to the check that the cause is gone."""

    KIND: ClassVar[Kind] = Kind(
        name="nonconformity", title="Nonconformity", plural="Nonconformities", register="nonconformities", prefix="NC", clauses=("10.2",),
        body="facts", group="Improvement", page="own", happened="raised_on",
        closed="closed_on", occasion="raised_on",
        due=(
            Due("effect_due", "check of effect", unless="verified_on"),
            Due("certification_body.deadline", "answer to the certification body", unless="accepted_on"),
        ),
        answers=("nonconformities", "corrective-action-results"),
        about="What was not met, why, what was done, and whether it worked.",
        example="""
            id: NC-001
            title: Laptop missing from the asset register
            owner: PER-006
            source: internal_audit
            requirement: A.5.9
            facts: Of five laptops seen, one was not in the register.
            grade: minor
            raised_by: PER-012
            raised_on: 2026-08-19
            correction: Laptop registered the same day.
            extent: All 64 laptops of the device manager compared; two more were missing.
            cause: Laptops bought by the Utrecht office skipped the ticket that makes the entry.
            method: five whys
            actions: [ACT-009]
            effect_criterion: No difference in two monthly comparisons.
            effect_due: 2026-11-30
            """,
    )  # fmt: skip
    source: Literal["internal_audit", "certification_body", "incident", "self", "customer", "management_review"] | None = column(
        "Source", "Where it was noticed."
    )
    requirement: AnyRef | None = column("Requirement", "Clause, control or document that is not met.", back="Nonconformities")
    facts: Markdown | None = column("Facts", "What was seen.", table=False)
    grade: Literal["minor", "major"] | None = column("Grade", "How grave it is.")
    raised_by: Text | None = column("Raised by", "Who noticed it.", table=False)
    raised_on: Date | None = column("Raised on", "Day on which it was noticed.")
    concerns: tuple[AnyRef, ...] = column(
        "Concerns", "Entries it is about.", need="optional", table=False, back="Nonconformities", default=()
    )
    correction: Markdown | None = column("Correction", "What put this case right.", need="closed", table=False)
    extent: Markdown | None = column("Extent", "Where else one looked, and what was found.", need="closed", table=False)
    cause: Markdown | None = column("Root cause", "Why it was possible.", need="closed", table=False)
    method: Text | None = column("Method", "How the cause was found, such as five whys.", need="optional", table=False)
    actions: tuple[ActionRef, ...] = column(
        "Corrective action", "What removes the cause.", need="closed", back="Nonconformities behind it", default=()
    )
    effect_criterion: Markdown | None = column("Criterion", "By what one sees that it works, set before.", need="closed", table=False)
    effect_due: Date | None = column("Check of effect", "Day by which that is checked.", need="closed", table=False)
    effect_result: Markdown | None = column("Effect", "What the check showed.", need="closed", table=False)
    verified_by: PersonRef | None = column("Verified by", "Who checked it, other than the doer.", need="closed", back="Effects verified")
    verified_on: Date | None = column("Verified on", "Day of the check.", need="closed", table=False)
    follows: AnyRef | None = column(
        "Repeats", "Earlier nonconformity that has come back.", need="optional", table=False, back="Repeated as"
    )
    certification_body: BodyFinding | None = column("Certification body", "Its number, deadline and answer.", need="optional", table=False)
    closed_on: Date | None = column("Closed on", "Day on which it was closed.", need="optional")


class Improvement(RegisterEntry):
    """An idea, and the decision on it."""

    KIND: ClassVar[Kind] = Kind(
        name="improvement", title="Improvement", plural="Improvements", register="improvements", prefix="IMP",
        clauses=("10.1",), body="idea",
        group="Improvement", happened="raised_on", closed="done_on",
        answers=("improvements",),
        about="Ideas and opportunities, what was decided and why.",
        example="""
            id: IMP-001
            title: Compare registers with the device manager by script
            owner: PER-006
            origin: internal audit, FND-001
            idea: A monthly comparison finds what people forget to register.
            raised_on: 2026-08-21
            decision: do
            decided_on: 2026-09-08
            why: Half a day of work; closes the cause of NC-001.
            actions: [ACT-009]
            """,
    )  # fmt: skip
    origin: Text | None = column("Origin", "Where it comes from.")
    idea: Markdown | None = column("Idea", "What could be better.", table=False)
    raised_on: Date | None = column("Raised on", "Day on which it was raised.")
    decision: Literal["do", "later", "no"] | None = column("Decision", "What was decided.", need="optional")
    decided_on: Date | None = column("Decided on", "Day of the decision.", need="optional", table=False)
    why: Markdown | None = column("Why", "Reason for the decision.", need="optional", table=False)
    actions: tuple[ActionRef, ...] = column(
        "Actions", "What carries it out.", need="optional", table=False, back="Improvements behind it", default=()
    )
    done_on: Date | None = column("Done on", "Day on which it was in place, or dropped.", need="optional")
