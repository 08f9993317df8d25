"""Events and incidents (A.5.24 to A.5.28, A.6.8)."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import ActionRef, AnyRef, Date, Due, Kind, Markdown, Part, PersonRef, RegisterEntry, Severity, Text, column


class Step(Part):
    """One step in handling it."""

    at: Text | None = column("When", "Date, and time where it matters.", need="always")
    what: Text | None = column("What", "What happened or was done.", need="always")


class Notice(Part):
    """Somebody outside who has to be told, by when, and when they were."""

    whom: Text | None = column("Whom", "Authority, customer or other party.", need="always")
    deadline: Text | None = column("Deadline", "Date, and time where it matters.", need="optional")
    sent: Text | None = column("Sent", "Date, and time where it matters.", need="optional")


class Incident(RegisterEntry):
    """Something reported, and what became of it."""

    KIND: ClassVar[Kind] = Kind(
        name="incident", title="Event or incident", plural="Events and incidents", register="incidents", prefix="INC",
        clauses=("A.5.25", "A.5.24", "A.5.26", "A.5.27", "A.5.28", "A.6.8"), body="description",
        group="Operation", happened="detected_on", closed="closed_on", due=(Due("next_review", "incident"),), page="own",
        occasion="detected_on",
        about="What was reported, what was decided, what was done and learned.",
        example="""
            id: INC-001
            title: Laptop left on a train
            owner: PER-003
            detected_on: 2026-09-14
            reported_by: member of staff, ticket TB-4711
            description: An encrypted laptop was left on a train and not found again.
            decision: incident
            decided_by: PER-003
            severity: low
            affected: [AST-035]
            cause: Bag left behind; the disk was encrypted and the account locked within an hour.
            lessons: The emergency number is now printed on the laptop.
            closed_on: 2026-09-28
            """,
    )  # fmt: skip
    detected_on: Date | None = column("Detected on", "Day on which it was noticed.")
    reported_by: Text | None = column("Reported by", "Person or system, and the ticket.", table=False)
    description: Markdown | None = column("Description", "What was noticed.", table=False)
    decision: Literal["event", "incident", "false_alarm"] | None = column("Decision", "What it was found to be.")
    decided_by: PersonRef | None = column("Decided by", "Who decided that.", table=False, back="Incidents decided")
    severity: Severity | None = column("Severity", "How grave it is.")
    affected: tuple[AnyRef, ...] = column(
        "Affected", "Assets, suppliers, risks and controls it concerns.", need="optional", back="Incidents", default=()
    )
    timeline: tuple[Step, ...] = column("Timeline", "What happened when.", need="optional", table=False, default=())
    cause: Markdown | None = column("Cause", "Why it could happen.", need="closed", table=False)
    notify: tuple[Notice, ...] = column("Notices", "Who outside has to be told.", need="optional", table=False, default=())
    evidence_kept: Text | None = column("Evidence kept", "What was secured, and where.", need="optional", table=False)
    lessons: Markdown | None = column("Lessons", "What was learned.", need="closed", table=False)
    actions: tuple[ActionRef, ...] = column(
        "Actions", "What is done so that it does not come back.", need="optional", table=False, back="Incidents behind it", default=()
    )
    closed_on: Date | None = column("Closed on", "Day on which it was closed.", need="optional")
