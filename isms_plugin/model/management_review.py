"""Management review (clause 9.3)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import StringConstraints

from isms_plugin.model.entry import ActionRef, AnyRef, Date, Due, Form, Kind, Markdown, Part, PersonRef, RegisterEntry, Text, column

MinutesHash = Annotated[str, Form("code"), StringConstraints(pattern=r"^isms-minutes-[0-9]+:[0-9a-f]{64}$")]

Input = Literal[
    "earlier_actions", "issues", "parties", "nonconformities", "measurements", "audits", "objectives", "feedback", "risks", "improvement",
]  # fmt: skip
"""The inputs of clause 9.3.2, in its order: a, b, c, d 1 to 4, e, f, g."""

INPUTS: tuple[Input, ...] = get_args(Input)


class Answer(Part):
    """One input of the review and what was said about it."""

    input: Input | None = column("Input", "Which input of clause 9.3.2.", need="always")
    summary: Text | None = column("What was found", "In a few sentences; `no change, because` counts.", need="always")
    refs: tuple[AnyRef, ...] = column("See", "Entries it speaks of.", need="optional", back="Discussed in", default=())


class Decision(Part):
    """A decision, and the action that carries it out."""

    text: Text | None = column("Decision", "What was decided.", need="always")
    action: ActionRef | None = column("Action", "Who does it until when.", need="optional", back="Decided in")


class ManagementReview(RegisterEntry):
    """A meeting of top management on the ISMS as a whole."""

    KIND: ClassVar[Kind] = Kind(
        name="management_review", title="Management review", plural="Management reviews", register="management-reviews", prefix="MRV",
        clauses=("9.3", "9.3.1", "9.3.2", "9.3.3"), body="conclusion", group="Evaluation", page="own",
        happened="held_on", closed="held_on", due=(Due("planned", "management review"),),
        answers=("management-review-inputs", "management-review-results", "leadership", "resources"),
        about="What top management looked at, what it concluded and decided.",
        example="""
            id: MRV-001
            title: Management review, May 2026
            owner: PER-003
            planned: 2026-05-29
            held_on: 2026-05-27
            period_from: 2026-02-01
            period_to: 2026-05-20
            chair: PER-001
            attendees: [PER-001, PER-003]
            inputs:
              - {input: risks, summary: "25 risks, two at 10 or above.", refs: [RSK-001]}
            decisions: [{text: Buy hardware keys for administrators, action: ACT-001}]
            conclusion: Suitable and adequate; too early to call it effective.
            approved_by: PER-001
            approved_on: 2026-06-10
            """,
    )  # fmt: skip
    planned: Date | None = column("Planned for", "Day by which it is held.")
    held_on: Date | None = column("Held on", "Day of the meeting.", need="optional")
    period_from: Date | None = column("Covers from", "First day it looked back to.", need="closed", table=False)
    period_to: Date | None = column("Covers to", "Last day it looked at.", need="closed", table=False)
    chair: PersonRef | None = column("Chair", "Member of top management who chaired.", need="closed", back="Management reviews chaired")
    attendees: tuple[PersonRef, ...] = column(
        "Attendees", "Who was there.", need="closed", table=False, back="Management reviews", default=()
    )
    inputs: tuple[Answer, ...] = column("Inputs", "What was said to each input of clause 9.3.2.", need="closed", table=False, default=())
    decisions: tuple[Decision, ...] = column("Decisions", "What was decided.", need="closed", table=False, default=())
    resources: Markdown | None = column("Resources", "Money, people and tools given.", need="optional", table=False)
    conclusion: Markdown | None = column(
        "Conclusion", "Whether the ISMS is suitable, adequate and effective, and why.", need="closed", table=False
    )
    minutes: Text | None = column("Minutes", "Where the minutes are.", need="optional", table=False)
    approved_by: PersonRef | None = column("Minutes approved by", "Who approved the minutes.", need="optional", back="Minutes approved")
    approved_on: Date | None = column("Minutes approved on", "Day of that approval.", need="optional", table=False)
    approved_state: MinutesHash | None = column(
        "State signed", "Hash of the minutes as they were signed; `isms accept` writes it.", need="optional", table=False
    )

    @property
    def unanswered(self) -> tuple[Input, ...]:
        """Inputs that nothing was said on, in their order."""
        answered = {answer.input for answer in self.inputs if answer.summary}
        return tuple(name for name in INPUTS if name not in answered)
