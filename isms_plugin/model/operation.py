"""What is done in operation: changes, exceptions, access reviews, restore tests, exercises, vulnerability runs (clause 8.1)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from isms_plugin.model.entry import (
    ActionRef,
    AnyRef,
    AssetRef,
    Boolean,
    Date,
    Decimal,
    Due,
    FilePlace,
    Integer,
    KeptFile,
    Kind,
    Markdown,
    Part,
    PersonRef,
    RegisterEntry,
    RiskRef,
    Sha256,
    Text,
    column,
)


class ManagedChange(RegisterEntry):
    """A change of the ISMS or of what it protects."""

    KIND: ClassVar[Kind] = Kind(
        name="change", title="Change", plural="Changes", register="changes", prefix="CHG", clauses=("A.8.32", "6.3", "8.1"), body="why",
        group="Operation", happened="approved_on", closed="done_on", due=(Due("due", "change"),),
        occasion="approved_on",
        answers=("isms-changes",),
        about="Significant changes: why, risk looked at, approved by whom, tested how.",
        example="""
            id: CHG-001
            title: Second cloud region for backups
            owner: PER-007
            kind: operational
            why: A region may be lost.
            risk_checked: "[RSK-005] assessed again; no new risk found."
            approved_by: PER-002
            approved_on: 2026-05-11
            reference: Forgeworks request 2214
            tested: Restore from the second region on 2026-05-20.
            done_on: 2026-05-21
            """,
    )  # fmt: skip
    kind: Literal["isms", "operational"] | None = column("Kind", "Of the ISMS itself, or of what it protects.")
    why: Markdown | None = column("Why", "Reason for it.", table=False)
    affects: tuple[AnyRef, ...] = column("Affects", "What it changes.", need="optional", back="Changes", default=())
    significant: Boolean = column("Significant", "Whether risks have to be assessed again.", need="optional", table=False, default=False)
    risk_checked: Markdown | None = column("Risk", "What was looked at, and found.", table=False)
    approved_by: PersonRef | None = column("Approved by", "Who approved it, other than whoever made it.", back="Changes approved")
    approved_on: Date | None = column("Approved on", "Day of the approval.")
    reference: Text | None = column("Reference", "Ticket or request.")
    due: Date | None = column("Due", "Day by which it is made.", need="optional")
    tested: Markdown | None = column("Tested", "How, and with what result.", need="closed", table=False)
    done_on: Date | None = column("Done on", "Day on which it was made.", need="optional")
    side_effects: Markdown | None = column(
        "Side effects", "What nobody had intended, and what was done about it.", need="optional", table=False
    )


class RuleException(RegisterEntry):
    """Leave not to follow a rule, for a time."""

    KIND: ClassVar[Kind] = Kind(
        name="exception", title="Exception", plural="Exceptions", register="exceptions", prefix="EXC",
        clauses=("A.5.36", "8.1"), body="reason",
        group="Operation", closed="ended_on", due=(Due("expires_on", "exception", code="exception-expired"),),
        occasion="approved_on",
        about="Who need not follow which rule, why, with what instead, and until when.",
        example="""
            id: EXC-001
            title: Old build server stays on its operating system
            owner: PER-004
            rule: STD-01
            section: section 3
            scope: build server AST-022 only
            reason: The compiler for one customer runs nowhere else.
            risk: RSK-012
            compensating: No route to the internet; rebuilt from an image every night.
            approved_by: PER-002
            approved_on: 2026-03-18
            expires_on: 2026-12-31
            """,
    )  # fmt: skip
    rule: AnyRef | None = column("Rule", "Document or control that is not followed.", back="Exceptions")
    section: Text | None = column("Section", "Where the rule stands in it.", need="optional", table=False)
    scope: Text | None = column("Scope", "For whom or what it holds.")
    reason: Markdown | None = column("Reason", "Why it is needed.", table=False)
    risk: RiskRef | None = column("Risk", "Risk that is taken with it.", back="Exceptions")
    compensating: Markdown | None = column("Instead", "What is done in place of the rule.", need="optional", table=False)
    approved_by: PersonRef | None = column("Approved by", "Who gave it.", back="Exceptions given")
    approved_on: Date | None = column("Approved on", "First day.")
    expires_on: Date | None = column("Expires on", "Last day.")
    ended_on: Date | None = column("Ended on", "Day on which it ended before.", need="optional", table=False)
    waives: tuple[Text, ...] = column(
        "Waives", "Codes of checks that do not count while it is in force.", need="optional", table=False, default=()
    )
    waives_for: tuple[AnyRef, ...] = column(
        "Waived for", "Entries for which they do not count; empty: for all.", need="optional", table=False, back="Checks waived", default=()
    )

    def in_force(self, day: date) -> bool:
        """Whether it was approved by somebody and runs on a day; the last day counts."""
        approved = bool(self.approved_by) and self.approved_on is not None and self.approved_on <= day
        running = self.expires_on is not None and day <= self.expires_on and (self.ended_on is None or day < self.ended_on)
        return approved and running and self.living


class AccessReview(RegisterEntry):
    """A review of who has access to a system."""

    KIND: ClassVar[Kind] = Kind(
        name="access_review", title="Access review", plural="Access reviews", register="access-reviews", prefix="ARV",
        clauses=("A.5.18", "A.8.2"), group="Operation", happened="reviewed_on", due=(),
        about="Who looked through which accounts, what was removed, and the proof that it was.",
        example="""
            id: ARV-001
            title: Accounts of the identity provider, second quarter
            system: AST-035
            period_from: 2026-04-01
            period_to: 2026-06-30
            export: identity provider, users with groups
            exported_on: 2026-07-02
            population: 64
            reviewer: PER-006
            reviewed_on: 2026-07-06
            kept: 60
            changed: 1
            removed: 3
            removal_proof: tickets TB-4410 to TB-4412
            """,
    )  # fmt: skip
    owner: PersonRef | None = column("Owner", "Not needed: the reviewer answers.", need="optional", table=False)
    system: AssetRef | None = column("System", "Whose accounts were looked at.", back="Access reviews")
    period_from: Date | None = column("Covers from", "First day it speaks of.", table=False)
    period_to: Date | None = column("Covers to", "Last day it speaks of.")
    export: Text | None = column("Export", "List that was looked through.", table=False)
    exported_on: Date | None = column("Exported on", "Day on which the list was taken.", table=False)
    at: FilePlace | None = column("Where", "Path of the list in the repository, or address elsewhere.", need="optional", table=False)
    sha256: Sha256 | None = column("SHA-256", "Hash of the list.", need="optional", table=False)
    population: Integer | None = column("Population", "Accounts there were.", ge=0)
    reviewer: PersonRef | None = column("Reviewer", "Who looked.", back="Access reviews made")
    reviewed_on: Date | None = column("Reviewed on", "Day on which it was finished.")
    kept: Integer | None = column("Kept", "Accounts left as they were.", ge=0)
    changed: Integer | None = column("Changed", "Accounts with other rights afterwards.", ge=0)
    removed: Integer | None = column("Removed", "Accounts taken away.", ge=0)
    removal_proof: Text | None = column("Proof of removal", "Tickets or export afterwards.", need="optional", table=False)
    remarks: Markdown | None = column("Remarks", "What was found.", need="optional", table=False)

    @property
    def kept_file(self) -> KeptFile | None:
        """The list that was looked through, where the repository holds it."""
        return KeptFile(self.at, self.sha256, "at") if self.at and "://" not in self.at else None


class RestoreTest(RegisterEntry):
    """A restore from backup, measured."""

    KIND: ClassVar[Kind] = Kind(
        name="restore_test", title="Restore test", plural="Restore tests", register="restore-tests", prefix="RST",
        clauses=("A.8.13", "A.5.30"), body="restored", group="Operation", happened="tested_on", due=(),
        about="What was restored from which backup, how long it took, and how much was lost.",
        example="""
            id: RST-001
            title: Production database, first half-year
            system: AST-010
            backup_from: 2026-04-13
            restored: Whole database into the isolated environment; row counts and 20 accounts compared.
            tested_on: 2026-04-14
            rto_target: 8
            rto: 5.5
            rpo_target: 1
            rpo: 0.25
            result: passed
            tester: PER-007
            """,
    )  # fmt: skip
    owner: PersonRef | None = column("Owner", "Not needed: the tester answers.", need="optional", table=False)
    system: AssetRef | None = column("System", "What was restored.", back="Restore tests")
    backup_from: Date | None = column("Backup of", "Day of the backup.", table=False)
    restored: Markdown | None = column("What was restored", "And how it was compared.", table=False)
    tested_on: Date | None = column("Tested on", "Day of the test.")
    rto_target: Decimal | None = column("Time, target", "Hours until it works again, at most.", table=False, ge=0)
    rto: Decimal | None = column("Time", "Hours it took.", ge=0)
    rpo_target: Decimal | None = column("Loss, target", "Hours of data lost, at most.", table=False, ge=0)
    rpo: Decimal | None = column("Loss", "Hours of data lost.", ge=0)
    result: Literal["passed", "passed_with_remarks", "failed"] | None = column("Result", "How it ended.")
    tester: PersonRef | None = column("Tester", "Who did it.", back="Restore tests made")
    actions: tuple[ActionRef, ...] = column(
        "Actions", "What is done about it.", need="optional", table=False, back="Tests behind it", default=()
    )


class Exercise(RegisterEntry):
    """An exercise of a plan: continuity, incident, crisis."""

    KIND: ClassVar[Kind] = Kind(
        name="exercise", title="Exercise", plural="Exercises", register="exercises", prefix="BCX", clauses=("A.5.30", "A.5.24", "A.5.29"),
        body="scenario", group="Operation", happened="held_on", due=(),
        about="Which plan was tried, with whom, what came of it.",
        example="""
            id: BCX-001
            title: Stolen administrator session
            plan: PRC-02
            scenario: An attacker uses a stolen session; logs are partly missing.
            kind: table
            held_on: 2026-09-10
            participants: [PER-003, PER-007]
            goals: Decide within one hour; know who calls whom.
            results: Decided after 40 minutes; the number of the insurer was out of date.
            actions: [ACT-007]
            """,
    )  # fmt: skip
    owner: PersonRef | None = column("Owner", "Who led it.", need="optional")
    plan: AnyRef | None = column("Plan", "Document that was tried.", back="Exercises")
    scenario: Markdown | None = column("Scenario", "What was played.", table=False)
    kind: Literal["table", "technical", "full"] | None = column("Kind", "Round a table, on real systems, or both with everyone.")
    held_on: Date | None = column("Held on", "Day of the exercise.")
    participants: tuple[PersonRef, ...] = column("Participants", "Who took part.", back="Exercises taken part in", default=())
    goals: Markdown | None = column("Goals", "What was to be shown.", table=False)
    results: Markdown | None = column("Results", "What was shown.", table=False)
    exercises: tuple[AnyRef, ...] = column(
        "Shows", "Controls whose working it shows.", need="optional", table=False, back="Exercises", alias="shows", default=()
    )
    actions: tuple[ActionRef, ...] = column(
        "Actions", "What follows.", need="optional", table=False, back="Exercises behind it", default=()
    )


class Findings(Part):
    """Weaknesses by severity."""

    critical: Integer | None = column("Critical", "How many.", need="optional", ge=0)
    high: Integer | None = column("High", "How many.", need="optional", ge=0)
    medium: Integer | None = column("Medium", "How many.", need="optional", ge=0)
    low: Integer | None = column("Low", "How many.", need="optional", ge=0)


class VulnerabilityRun(RegisterEntry):
    """A run of a scanner or a penetration test; details stay there."""

    KIND: ClassVar[Kind] = Kind(
        name="vulnerability_run", title="Vulnerability run", plural="Vulnerability runs", register="vulnerability-runs", prefix="VUL",
        clauses=("A.8.8",), group="Operation", happened="run_on", due=(),
        about="What was scanned, how many weaknesses were found, and how many are open past their limit.",
        example="""
            id: VUL-001
            title: Weekly scan of production
            owner: PER-013
            tool: Vantage Scan
            scope: production images and hosts
            run_on: 2026-11-02
            counts: {critical: 0, high: 2, medium: 11, low: 30}
            limits: {critical: 3, high: 14, medium: 60}
            overdue: 0
            """,
    )  # fmt: skip
    tool: Text | None = column("Tool", "Scanner, or who tested.")
    scope: Text | None = column("Scope", "What was looked at.")
    run_on: Date | None = column("Run on", "Day of the run.")
    counts: Findings | None = column("Found", "Weaknesses by severity.")
    limits: Findings | None = column("Limits", "Days by severity in which they are closed.", need="optional", table=False)
    overdue: Integer | None = column("Past limit", "Open longer than the limit.", ge=0)
    exceptions: tuple[AnyRef, ...] = column(
        "Exceptions", "Those given for what stays open.", need="optional", table=False, back="Runs that count on it", default=()
    )
