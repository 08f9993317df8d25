"""Objectives and what is measured (clauses 6.2 and 9.1)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from isms_plugin.model.cadence import Every
from isms_plugin.model.entry import (
    REVIEW,
    AnyRef,
    Date,
    Decimal,
    Due,
    Integer,
    Kind,
    Markdown,
    Part,
    PersonRef,
    Ref,
    RegisterEntry,
    Text,
    column,
)

GRACE_DAYS: Final = 30
"""Days after the end of a period within which a value is recorded, where the measure names no other number."""


class Objective(RegisterEntry):
    """An information security objective and the plan to reach it."""

    KIND: ClassVar[Kind] = Kind(
        name="objective", title="Objective", plural="Objectives", register="objectives", prefix="OBJ", clauses=("6.2",), body="plan",
        group="Evaluation", closed="closed_on", due=(Due("due", "objective"),), page="own",
        answers=("objectives",),
        meaning=("title", "target", "plan"),
        about="What information security is to achieve, by when, and how one sees it.",
        example="""
            id: OBJ-001
            title: Nobody keeps access after leaving
            owner: PER-006
            measures: [MET-001]
            target: 100 % of leavers closed by the end of the last working day
            due: 2027-03-31
            plan: Checklist with a second check.
            resources: IT time; no purchase
            follows_from: [RSK-010]
            """,
    )  # fmt: skip
    measures: tuple[Annotated[str, Ref(("measure",))], ...] = column(
        "Measures", "What shows whether it is reached.", back="Objectives", default=()
    )
    target: Text | None = column("Target", "When it counts as reached.")
    due: Date | None = column("Due", "Day by which it is reached.")
    plan: Markdown | None = column("Plan", "What is done to reach it.", table=False)
    resources: Text | None = column("Resources", "Money, time and tools.", table=False)
    follows_from: tuple[AnyRef, ...] = column(
        "Follows from", "Policy, risks and requirements behind it.", need="optional", table=False, back="Objectives from it", default=()
    )
    closed_on: Date | None = column("Closed on", "Day on which it was judged.", need="optional")
    outcome: Literal["reached", "partly", "missed", "dropped"] | None = column("Outcome", "How it ended.", need="closed")


class Measurement(Part):
    """One measured value. A correction is a new value for the same period; what was written stays."""

    period_from: Date | None = column("From", "First day it speaks of.", need="always")
    period_to: Date | None = column("To", "Last day it speaks of.", need="always")
    recorded_on: Date | None = column("Recorded on", "Day on which it was written down.", need="always")
    value: Decimal | None = column("Value", "In the unit of the measure.", need="always")
    by: PersonRef | None = column("By", "Who measured it, where it was somebody else.", need="optional", back="Values measured")
    source: Text | None = column("Source", "Query or export it comes from.", need="optional")
    note: Text | None = column("Note", "What has to be known to read it.", need="optional")


class Measure(RegisterEntry):
    """Something measured regularly, and its values."""

    KIND: ClassVar[Kind] = Kind(
        name="measure", title="Measure", plural="Measures", register="measures", prefix="MET", clauses=("9.1",), body="method",
        group="Evaluation", page="own",
        due=(REVIEW, Due("values.period_to", "value", every="every", days=GRACE_DAYS, grace="grace_days", by="measured_by")),
        answers=("measurement-plan", "measurement-results"),
        meaning=("title", "unit", "method", "source", "every", "target", "direction"),
        about="What is measured, how, how often, who measures and who draws conclusions.",
        example="""
            id: MET-001
            title: Leavers closed in time
            unit: "%"
            method: Last working day against time of deactivation, all leavers of the quarter.
            source: HR system and identity provider
            every: quarter
            measured_by: PER-006
            analysed_by: PER-003
            target: 100
            direction: at_least
            values:
              - {period_from: 2026-07-01, period_to: 2026-09-30, recorded_on: 2026-10-09, value: 100, note: 3 of 3}
            """,
    )  # fmt: skip
    owner: PersonRef | None = column("Owner", "Not needed: whoever analyses it answers.", need="optional", table=False)
    unit: Text | None = column("Unit", "Such as %, hours, number.")
    method: Markdown | None = column("Method", "So plainly that somebody else gets the same value.", table=False)
    source: Text | None = column("Source", "System or register it comes from.", table=False)
    every: Every | None = column("How often", "Calendar period each value covers.")
    grace_days: Integer | None = column(
        "Days of grace",
        "Days after the end of a period within which its value is recorded; default: 30.",
        need="optional",
        table=False,
        ge=0,
        le=366,
    )
    measured_by: PersonRef | None = column("Measured by", "Who takes the value.", back="Measures taken")
    analysed_by: PersonRef | None = column("Analysed by", "Who draws conclusions.", back="Measures analysed")
    target: Decimal | None = column("Target", "Value to reach or keep.", need="optional")
    direction: Literal["at_least", "at_most"] | None = column(
        "Direction", "Whether the target is a least or a most; default: a least.", need="optional", table=False
    )
    values: tuple[Measurement, ...] = column("Values", "What was measured, oldest first.", need="optional", table=False, default=())
