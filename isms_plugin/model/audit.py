"""Audit programme, audits and their findings (clause 9.2, A.5.35)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from isms_plugin.model.entry import (
    REVIEW,
    AnyRef,
    Boolean,
    Date,
    Due,
    FindingGrade,
    Integer,
    Kind,
    Markdown,
    Part,
    PersonRef,
    Ref,
    RegisterEntry,
    Sha256,
    Text,
    column,
)

AuditRef = Annotated[str, Ref(("audit",))]


class PlannedAudit(Part):
    """One audit of the programme: when it is due and what it covers."""

    audit: AuditRef | None = column("Audit", "The audit, once it is registered.", need="optional", back="Programme")
    planned: Date | None = column("Planned for", "Day by which it is done.", need="always")
    covers: tuple[AnyRef, ...] = column("Covers", "Clauses, controls and sites.", need="always", back="Planned in", default=())


class AuditProgramme(RegisterEntry):
    """Audits planned over a cycle, and why these."""

    KIND: ClassVar[Kind] = Kind(
        name="audit_programme", title="Audit programme", plural="Audit programmes", register="audit-programme", prefix="PRG",
        clauses=("9.2", "9.2.2"), body="rationale", group="Evaluation", page="own",
        due=(REVIEW, Due("audits.planned", "audit", unless="audit")),
        answers=("audit-programme",),
        meaning=("title", "methods", "rationale"),
        about="Which clauses, controls and sites are audited when over the cycle.",
        example="""
            id: PRG-001
            title: Audit programme 2026 to 2028
            owner: PER-003
            period_from: 2026-01-01
            period_to: 2028-12-31
            methods: interviews, samples from registers, observation
            rationale: New system, so the whole of clauses 4 to 10 every year; controls by risk.
            audits:
              - {audit: AUD-001, planned: 2026-08-31, covers: ["4.1", "9.2.1", A.5.9]}
            approved_by: PER-001
            approved_on: 2026-04-23
            """,
    )  # fmt: skip
    period_from: Date | None = column("From", "First day.")
    period_to: Date | None = column("To", "Last day.")
    methods: Text | None = column("Methods", "How audits are made.", table=False)
    rationale: Markdown | None = column("Rationale", "Why these, in this order.", table=False)
    audits: tuple[PlannedAudit, ...] = column("Audits", "Audits planned.", table=False, default=())
    approved_by: PersonRef | None = column("Approved by", "Who approved it.", back="Programmes approved")
    approved_on: Date | None = column("Approved on", "Day of the approval.", table=False)


class Sample(Part):
    """What was drawn from which population, and how; with register, seed and hash anybody can draw it again (`isms-draw-1`)."""

    population: Text | None = column("Population", "What it was drawn from.", need="always")
    count: Integer | None = column("Size", "How many there were.", need="optional", ge=0)
    method: Text | None = column("Method", "How it was drawn; `isms-draw-1` for a draw with a seed.", need="optional")
    register_name: Text | None = column("Register", "Name of the register it was drawn from.", need="optional", alias="register")
    period_from: Date | None = column("Drawn from", "First day of what was drawn from, for registers of what happens.", need="optional")
    period_to: Date | None = column("Drawn to", "Last day of what was drawn from.", need="optional")
    seed: Text | None = column("Seed", "Word or number that the draw began with, chosen before it.", need="optional")
    drawn_on: Date | None = column("Drawn on", "Day of the draw.", need="optional")
    population_hash: Sha256 | None = column(
        "Hash of the population", "SHA-256 over the sorted ids that it was drawn from.", need="optional"
    )
    items: tuple[AnyRef, ...] = column("Items", "Entries that were drawn.", need="optional", back="Sampled in", default=())
    others: Text | None = column("Other items", "What was drawn outside of the registers.", need="optional")


class OwnWork(Part):
    """Something that an auditor answers for and that the audit looked at nevertheless, with the reason."""

    auditor: PersonRef | None = column("Auditor", "Who answers for it.", need="always")
    items: tuple[AnyRef, ...] = column("Items", "Entries it is about.", need="always", default=())
    why: Text | None = column("Why", "Why it counts nevertheless, such as who else looked at them.", need="always")


class Audit(RegisterEntry):
    """One audit, internal or external."""

    KIND: ClassVar[Kind] = Kind(
        name="audit", title="Audit", plural="Audits", register="audits", prefix="AUD", clauses=("9.2.1", "9.2", "A.5.35"),
        body="conclusion", group="Evaluation", page="own", happened="ended_on", closed="ended_on", due=(Due("planned", "audit"),),
        answers=("audit-results",),
        about="Audits with scope, criteria, auditors, samples and result.",
        example="""
            id: AUD-001
            title: Internal audit 2026
            owner: PER-003
            kind: internal
            scope: Clauses 4 to 10 and the controls of the programme
            criteria: ISO/IEC 27001:2022 and our documents
            auditors: [PER-012]
            independence: Outside contractor who owns nothing in the scope.
            planned: 2026-08-31
            started_on: 2026-08-17
            ended_on: 2026-08-21
            covered: ["4.1", "9.2.1", A.5.9]
            samples: [{population: asset register, count: 60, method: all laptops, items: [AST-001]}]
            report: Forgeworks, reports/2026-08
            reported_to: PER-001
            conclusion: The ISMS conforms but for the findings.
            """,
    )  # fmt: skip
    kind: Literal["internal", "stage_1", "stage_2", "surveillance", "recertification", "customer"] | None = column(
        "Kind", "What sort of audit it is."
    )
    scope: Text | None = column("Scope", "What is audited.", table=False)
    criteria: Text | None = column("Criteria", "What it is audited against.", table=False)
    auditors: tuple[PersonRef, ...] = column(
        "Auditors", "People of the register who audit.", need="optional", back="Audits made", default=()
    )
    body: Text | None = column("Audit firm", "Certification body or firm, with its auditors.", need="optional", table=False)
    independence: Markdown | None = column("Independence", "Why the auditors do not audit their own work.", table=False)
    own_work: tuple[OwnWork, ...] = column(
        "Own work", "What auditors answer for themselves and audited nevertheless.", need="optional", table=False, default=()
    )
    planned: Date | None = column("Planned for", "Day by which it is done.")
    started_on: Date | None = column("Started on", "First day.", need="optional", table=False)
    ended_on: Date | None = column("Ended on", "Last day.", need="optional")
    covered: tuple[AnyRef, ...] = column(
        "Covered", "Clauses, controls and sites that were audited.", need="closed", table=False, back="Audited in", default=()
    )
    samples: tuple[Sample, ...] = column("Samples", "What was drawn.", need="optional", table=False, default=())
    interviewed: tuple[PersonRef, ...] = column(
        "Interviewed", "Who was talked to.", need="optional", table=False, back="Interviewed in", default=()
    )
    report: Text | None = column("Report", "Where the report is.", need="closed", table=False)
    reported_to: PersonRef | None = column(
        "Reported to", "Manager who received it.", need="closed", table=False, back="Audit reports received"
    )
    conclusion: Markdown | None = column("Conclusion", "What the auditors concluded.", need="closed", table=False)


class AuditFinding(RegisterEntry):
    """Something an audit found."""

    KIND: ClassVar[Kind] = Kind(
        name="audit_finding", title="Audit finding", plural="Audit findings", register="findings", prefix="FND", clauses=("9.2.2", "10.2"),
        body="facts", group="Evaluation", page="own", happened="found_on",
        answers=("audit-results",),
        about="What audits found, graded, and what became of it.",
        example="""
            id: FND-001
            title: Laptop missing from the asset register
            owner: PER-006
            audit: AUD-001
            requirement: A.5.9
            grade: minor
            facts: Of five laptops seen, one was not in the register.
            found_on: 2026-08-19
            becomes: NC-001
            """,
    )  # fmt: skip
    audit: AuditRef | None = column("Audit", "Audit that found it.", back="Findings")
    requirement: AnyRef | None = column("Requirement", "Clause, control or document that it is measured against.", back="Findings")
    grade: FindingGrade | None = column("Grade", "How the auditor graded it.")
    facts: Markdown | None = column("Facts", "What was seen.", table=False)
    found_on: Date | None = column("Found on", "Day on which it was found.")
    concerns: tuple[AnyRef, ...] = column("Concerns", "Entries it is about.", need="optional", table=False, back="Findings", default=())
    becomes: AnyRef | None = column("Becomes", "Nonconformity or improvement that takes it up.", need="optional", back="From finding")
    declined: Boolean = column(
        "Declined", "Whether an opportunity for improvement is not taken up.", need="optional", table=False, default=False
    )
    declined_why: Markdown | None = column("Why declined", "Reason.", need="optional", table=False)
