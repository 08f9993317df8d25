"""Information requests: what an auditor asked for before or during an audit, and what answered it."""

from __future__ import annotations

from typing import ClassVar

from isms_plugin.model.audit import AuditRef
from isms_plugin.model.entry import AnyRef, Boolean, Date, Due, Kind, Markdown, RegisterEntry, Text, column


class InformationRequest(RegisterEntry):
    """One thing an auditor asked for: what, for which days, by when, and the answer."""

    KIND: ClassVar[Kind] = Kind(
        name="information_request", title="Information request", plural="Information requests", register="information-requests",
        prefix="IRQ", body="what", group="Evaluation", happened="asked_on", closed="answered_on",
        due=(Due("due", "answer to an auditor", code="request-late", unless="declined"),),
        about="What auditors asked for, for which days and by when, with the answers.",
        example="""
            id: IRQ-001
            title: All changes of the audited period, to draw from
            owner: PER-004
            audit: AUD-003
            number: "7"
            asked_by: Lead auditor of the certification body
            asked_on: 2026-11-23
            about: [A.8.32, "8.1"]
            what: The whole list, not a selection; five will be drawn from it on the first day.
            period_from: 2025-12-01
            period_to: 2026-11-30
            sample: whole population
            due: 2026-12-11
            answer: 702 merged changes, exported from Forgeworks; the nine significant ones are in the register.
            answers: [EVD-033, CHG-001]
            answered_on: 2026-12-03
            """,
    )  # fmt: skip
    audit: AuditRef | None = column("Audit", "Audit for which it was asked.", back="Information requests")
    number: Text | None = column("Number", "Number in the auditor's own list.", need="optional", table=False)
    asked_by: Text | None = column("Asked by", "Who asked, as a name or function.", table=False)
    asked_on: Date | None = column("Asked on", "Day on which it was asked.")
    about: tuple[AnyRef, ...] = column(
        "About", "Clauses, controls and entries that it is about.", need="optional", back="Information requests", default=()
    )
    what: Markdown | None = column("What is asked", "In the auditor's words, where the title is too short.", need="optional", table=False)
    period_from: Date | None = column("Days from", "First day of which something is asked.", need="optional", table=False)
    period_to: Date | None = column("Days to", "Last day of which something is asked.", need="optional", table=False)
    sample: Text | None = column(
        "Population or sample", "Whether everything is wanted, or how many of how many.", need="optional", table=False
    )
    due: Date | None = column("Due", "Day by which it is to be answered.")
    answer: Markdown | None = column("Answer", "What was said or shown.", need="optional", table=False)
    answers: tuple[AnyRef, ...] = column(
        "Answered with", "Evidence and other entries that answer it.", need="optional", back="Answers requests", default=()
    )
    answered_on: Date | None = column("Answered on", "Day on which it was answered.", need="optional")
    declined: Boolean = column("Declined", "Whether it will not be answered.", need="optional", table=False, default=False)
    declined_why: Markdown | None = column("Why declined", "Reason, as the auditor was told.", need="optional", table=False)

    @property
    def answered(self) -> bool:
        """Whether there is something that answers it: a text, or entries."""
        return bool(self.answer or self.answers)
