"""Controls (Annex A and the organization's own), clauses, and decisions on applicability."""

from __future__ import annotations

from typing import ClassVar, Literal

from isms_plugin.model.entry import (
    REVIEW,
    ActionRef,
    AnyRef,
    Boolean,
    ClauseRef,
    ControlRef,
    Date,
    DocumentRef,
    Due,
    Entry,
    Kind,
    Markdown,
    Part,
    RegisterEntry,
    Text,
    column,
)

Theme = Literal["organizational", "people", "physical", "technological"]


class DocumentedInformation(Part):
    """Something written that a clause or control asks for, or that auditors ask to see."""

    id: Text | None = column("Id", "Name within the catalogue.", need="optional")
    kind: Literal["document", "record"] = column("Kind", "A document says what is done, a record what was done.", default="document")
    basis: Literal["explicit", "implied"] = column("Basis", "Asked for in the standard, or only by auditors.", default="implied")
    name: Text = column("What", "What it is, in our words.", default="")


class Clause(Entry):
    """A clause of ISO/IEC 27001, 4 to 10.2."""

    KIND: ClassVar[Kind] = Kind(
        name="clause", title="Clause", plural="Clauses", about="The requirements of ISO/IEC 27001, clauses 4 to 10.", page="own",
        meaning=(),
    )  # fmt: skip
    parent: ClauseRef | None = column("Part of", "The clause above it.", need="optional", table=False, back="Sub-clauses")
    heading: Boolean = column("Heading", "Whether it only groups others.", need="optional", table=False, default=False)
    documented_information: tuple[DocumentedInformation, ...] = column(
        "Documented information", "What has to be written down, in our words.", need="optional", default=()
    )


class Control(RegisterEntry):
    """A control: one of the 93 of Annex A, or one of the organization's own."""

    KIND: ClassVar[Kind] = Kind(
        name="control", title="Control", plural="Controls", register="controls", prefix="CTL", clauses=("6.1.3",),
        page="own", body="description", group="Risk", meaning=("title", "theme", "description"),
        example="""
            id: CTL-001
            title: Release only by two people
            owner: PER-011
            theme: technological
            description: Whoever prepared a payment file cannot release it.
            """,
        about="The 93 controls of Annex A and the organization's own.",
    )  # fmt: skip
    theme: Theme | None = column("Theme", "Organizational, people, physical or technological.")
    description: Markdown | None = column("What it does", "The control in the organization's words.", need="optional")
    documented_information: tuple[DocumentedInformation, ...] = column(
        "Documented information", "What has to be written down, in our words.", need="optional", table=False, default=()
    )
    new_in_2022: Boolean | None = column("New in 2022", "Whether the 2013 edition had no such control.", need="optional", table=False)
    predecessors_2013: tuple[Text, ...] = column("Numbers in 2013", "What it was called before.", need="optional", table=False, default=())
    control_types: tuple[Text, ...] = column("Control types", "Attribute of ISO/IEC 27002.", need="optional", table=False, default=())
    security_properties: tuple[Text, ...] = column("Protects", "Attribute of ISO/IEC 27002.", need="optional", table=False, default=())
    cybersecurity_concepts: tuple[Text, ...] = column("Concepts", "Attribute of ISO/IEC 27002.", need="optional", table=False, default=())
    operational_capabilities: tuple[Text, ...] = column(
        "Capabilities", "Attribute of ISO/IEC 27002.", need="optional", table=False, default=()
    )
    security_domains: tuple[Text, ...] = column("Domains", "Attribute of ISO/IEC 27002.", need="optional", table=False, default=())

    @property
    def own(self) -> bool:
        """Whether it is the organization's, not one of Annex A."""
        return not self.id.startswith("A.")


class ControlDecision(RegisterEntry):
    """One row of the statement of applicability."""

    KIND: ClassVar[Kind] = Kind(
        name="control_decision", title="Decision on applicability", plural="Decisions on applicability", register="soa", prefix="SOA",
        clauses=("6.1.3",), key="control", page="shared", group="Risk", main=True,
        due=(REVIEW, Due("due", "implementation", code="", unless="implemented")), meaning=("decision", "state", "how"),
        example="""
            control: A.5.7
            owner: PER-003
            decision: included
            reason: Attacks on our open-source libraries are announced days before they hit.
            state: planned
            due: 2027-01-31
            """,
        about="Why each control is in or out, and how far it is implemented.",
    )  # fmt: skip
    title: Text | None = column("Title", "Not needed: the control has one.", need="optional", table=False)
    control: ControlRef | None = column("Control", "The control decided on.", need="always", back="Decision")
    decision: Literal["included", "excluded"] | None = column("Decision", "Whether the control is applicable.")
    drivers: tuple[AnyRef, ...] = column(
        "Drivers",
        "Risks and requirements that call for it, beyond those that link here themselves.",
        need="optional",
        back="Controls it calls for",
        default=(),
    )
    business_decision: Markdown | None = column(
        "Business decision", "Decision of management that calls for it, where no risk or requirement does.", need="optional"
    )
    reason: Markdown | None = column("Reason", "Why it is in, or the specific reason why it is out.")
    state: Literal["implemented", "partly", "planned", "not_implemented"] | None = column(
        "Implementation", "How far it is implemented.", need="optional"
    )
    due: Date | None = column("Due", "When it will be implemented, if it is not yet.", need="optional")
    actions: tuple[ActionRef, ...] = column(
        "Actions",
        "What is still to be done, beyond actions that name the control.",
        need="optional",
        back="Decisions it carries out",
        default=(),
    )
    how: Markdown | None = column("How it is done here", "One or two sentences.", need="optional")
    documents: tuple[DocumentRef, ...] = column(
        "Documents", "Documents beyond those that name the control.", need="optional", back="Decisions on controls", default=()
    )
    verified_on: Date | None = column("Last verified", "When somebody last saw it work.", need="optional")

    @property
    def name(self) -> str:
        """The control stands for the decision."""
        return f"Decision on {self.control}" if self.control else self.id

    @property
    def included(self) -> bool:
        """Whether the control is applicable."""
        return self.decision == "included"

    @property
    def implemented(self) -> bool:
        """Whether the control is said to work already."""
        return self.included and self.state == "implemented"
