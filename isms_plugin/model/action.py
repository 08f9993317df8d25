"""Actions: treatment of risks, corrective action, decisions of reviews (clauses 6.1.3 e, 6.2, 9.3.3, 10.2)."""

from __future__ import annotations

from typing import ClassVar

from isms_plugin.model.entry import AnyRef, Date, Due, Kind, Markdown, Part, RegisterEntry, Text, column


class Replanned(Part):
    """A due date that was given up, and why."""

    due: Date | None = column("Was due", "Day that was given up.", need="always")
    on: Date | None = column("Moved on", "Day of the decision.", need="optional", alias="moved_on")
    why: Text | None = column("Why", "Reason for the new day.", need="always")


class Action(RegisterEntry):
    """Something one person has to do by a day."""

    KIND: ClassVar[Kind] = Kind(
        name="action", title="Action", plural="Actions", register="actions", prefix="ACT", clauses=("6.1.3", "8.3", "10.2"), body="what",
        group="Operation", closed="done_on", due=(Due("due", "action"),),
        answers=("risk-treatment-plan", "risk-treatment-results"),
        meaning=("title", "what"),
        about="What is done about risks, nonconformities and decisions: by whom, by when, with what result.",
        example="""
            id: ACT-001
            title: Hardware keys for all administrators
            owner: PER-006
            for: [RSK-001]
            what: Buy 12 keys, hand them out against signature, switch off app codes.
            due: 2026-05-31
            resources: GBP 600, two days
            replanned: [{due: 2026-04-30, why: delivery came late}]
            done_on: 2026-05-15
            result: 12 of 12 handed out; app codes are off.
            """,
    )  # fmt: skip
    purpose: tuple[AnyRef, ...] = column(
        "For", "Risks, controls, findings and decisions that it serves.", back="Actions", alias="for", default=()
    )
    what: Markdown | None = column("What is done", "So plainly that somebody else could tell whether it is done.", table=False)
    due: Date | None = column("Due", "Day by which it is done.")
    resources: Text | None = column("Resources", "Money, time and tools.", need="optional", table=False)
    replanned: tuple[Replanned, ...] = column("Replanned", "Days that were given up, with reasons.", need="optional", default=())
    done_on: Date | None = column("Done on", "Day on which it was done.", need="optional")
    result: Markdown | None = column("Result", "What came of it.", need="closed", table=False)
