"""What auditors ask to be shown in an audit of Stage 2, trail by trail, in our words: explain, then demonstrate on real items.

Trails and samples are those that certification bodies and auditors publish about their audits; the order is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple


class Question(NamedTuple):
    """One thing that is asked to be shown, and where the answer lies."""

    ask: str
    proves: tuple[str, ...]
    """Clauses and controls whose evidence answers it."""
    sorts: tuple[str, ...] = ()
    """Kinds of evidence that answer it, the best first; empty: any."""
    kinds: tuple[str, ...] = ()
    """Names of kinds of entries that answer it."""


class Pull(NamedTuple):
    """A register that samples are pulled from: the name of its kind, and the field with the day of an entry if its kind names none."""

    kind: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """A path through the ISMS that an auditor walks with the people who do the work."""

    name: str
    title: str
    questions: tuple[Question, ...]
    requirements: tuple[str, ...]
    """Clauses and controls that it is about."""
    pulls: tuple[Pull, ...] = ()


TRAILS: Final = (
    Trail(
        "risk", "Risk",
        (
            Question(
                "One risk from the register: how it was scored by the method, and who answers for it", ("6.1.2", "8.2"), (), ("risk",),
            ),
            Question("Which controls were chosen for it, and why those", ("6.1.3",), (), ("risk",)),
            Question("What was done of the treatment plan, and the owner's acceptance of what remains", ("8.3",), (), ("action",)),
        ),
        ("6.1.1", "6.1.2", "6.1.3", "8.2", "8.3"), (Pull("risk", "assessed_on"), Pull("action", "done_on")),
    ),
    Trail(
        "joiner", "Joiner",
        (
            Question("The signed contract of the last person who joined", ("A.6.2",), ("contract",)),
            Question("Their screening, cleared before the first day", ("A.6.1",)),
            Question("The helpdesk ticket that set up their accounts: who asked, who approved", ("A.5.16", "A.5.18"), ("ticket",)),
            Question("Proof that they have read the policies", ("A.5.1", "A.5.10", "7.3"), ("report",), ("acknowledgement",)),
            Question(
                "The build record of their laptop: disk encryption is on", ("A.8.1",), ("device_build_record", "configuration_export"),
            ),
            Question(
                "Anti-virus on that laptop, running and reporting", ("A.8.7",), ("device_build_record", "report", "configuration_export")
            ),
            Question("Their first training, and on which day", ("A.6.3",), ("training_record", "report"), ("training",)),
        ),
        ("A.6.1", "A.6.2", "A.6.3", "A.6.6", "A.5.16", "A.5.17", "A.5.18", "A.8.1", "A.8.7"),
        (Pull("person", "active_from"), Pull("acknowledgement"), Pull("training")),
    ),
    Trail(
        "leaver", "Mover and leaver",
        (
            Question(
                "The last day of the last leaver against the hour at which access ended", ("A.6.5", "A.5.18"), ("report", "ticket", "log"),
            ),
            Question("What they handed back, and what became of it", ("A.5.11",)),
            Question("Somebody who moved: the rights of the old job, taken away", ("A.5.18", "A.6.5"), ("ticket",)),
        ),
        ("A.6.4", "A.6.5", "A.5.11", "A.5.18"), (Pull("person", "active_to"), Pull("asset", "state_on")),
    ),
    Trail(
        "access", "Access",
        (
            Question(
                "The last review of privileged accounts: who made it, from which list", ("A.8.2",), ("access_review",), ("access_review",),
            ),
            Question("What it removed, and the proof that it is gone", ("A.8.2", "A.5.18"), ("ticket", "log")),
            Question("The rules for signing in, as the system has them", ("A.8.5", "A.5.17"), ("configuration_export",)),
            Question("Two people where one alone could do harm", ("A.5.3",)),
        ),
        ("A.5.3", "A.5.15", "A.5.16", "A.5.17", "A.5.18", "A.8.2", "A.8.3", "A.8.4", "A.8.5", "A.8.18"), (Pull("access_review"),),
    ),
    Trail(
        "assets", "Assets and information",
        (
            Question("A device in the room: is it in the asset register, under the person who has it", ("A.5.9",), (), ("asset",)),
            Question("A document or folder: its class, its label, and with whom it is shared", ("A.5.12", "A.5.13", "A.5.14")),
            Question("Something that had to be deleted or destroyed, and the record that it was", ("A.8.10", "A.7.14", "A.7.10")),
        ),
        ("A.5.9", "A.5.10", "A.5.11", "A.5.12", "A.5.13", "A.5.14", "A.7.9", "A.7.10", "A.7.14", "A.8.10", "A.8.11", "A.8.12", "A.8.24"),
        (Pull("asset"),),
    ),
    Trail(
        "change", "Change and development",
        (
            Question(
                "Some changes picked from the full list: risk looked at, approved by another person, tested", ("A.8.32",), (), ("change",)
            ),
            Question("How tests of security are part of the way to production", ("A.8.25", "A.8.29", "A.8.28")),
            Question("That development, test and production are apart, and test data is harmless", ("A.8.31", "A.8.33")),
            Question("A change of the ISMS itself, planned before it was made", ("6.3",), (), ("change",)),
        ),
        (
            "6.3", "A.5.8", "A.8.4", "A.8.19", "A.8.25", "A.8.26", "A.8.27", "A.8.28", "A.8.29", "A.8.30", "A.8.31", "A.8.32", "A.8.33",
            "A.5.37",
        ),
        (Pull("change"),),
    ),
    Trail(
        "incident", "Incident",
        (
            Question(
                "One incident from report to lessons: who decided what it was, and when", ("A.5.25", "A.5.26", "A.5.27"), (), ("incident",)
            ),
            Question("How somebody of the staff would report one", ("A.6.8",)),
            Question("The plan, tried in an exercise, and what came of it", ("A.5.24",), (), ("exercise",)),
            Question("What was kept as proof, and whom one had to tell", ("A.5.28", "A.5.5")),
        ),
        ("A.5.5", "A.5.6", "A.5.7", "A.5.24", "A.5.25", "A.5.26", "A.5.27", "A.5.28", "A.6.8"), (Pull("incident"), Pull("exercise")),
    ),
    Trail(
        "supplier", "Suppliers",
        (
            Question("One critical supplier: how it was assessed, and the last review", ("A.5.19", "A.5.22"), (), ("supplier",)),
            Question("Its contract, with what it says of security", ("A.5.20",), ("contract", "link")),
            Question("How you would leave it", ("A.5.23", "A.5.21", "A.5.30")),
        ),
        ("8.1", "A.5.19", "A.5.20", "A.5.21", "A.5.22", "A.5.23", "A.8.30"), (Pull("supplier", "reviewed_on"),),
    ),
    Trail(
        "continuity", "Backup and continuity",
        (
            Question("The last restore: from which backup, and how long it took", ("A.8.13",), (), ("restore_test",)),
            Question("The last continuity exercise, and what was done about its results", ("A.5.29", "A.5.30"), (), ("exercise",)),
            Question("That capacity and spare systems suffice", ("A.8.6", "A.8.14")),
        ),
        ("A.5.29", "A.5.30", "A.8.6", "A.8.13", "A.8.14"), (Pull("restore_test"), Pull("exercise")),
    ),
    Trail(
        "vulnerability", "Vulnerabilities and configuration",
        (
            Question("The last scan, and what in it is past its limit", ("A.8.8",), ("report", "link"), ("vulnerability_run",)),
            Question("A weakness that was left open: who accepted it, until when", ("A.8.8", "A.5.36"), (), ("exception",)),
            Question("A system against the configuration it should have", ("A.8.9",), ("configuration_export", "device_build_record")),
        ),
        ("A.5.36", "A.8.7", "A.8.8", "A.8.9", "A.8.19", "A.8.34"), (Pull("vulnerability_run"), Pull("exception", "approved_on")),
    ),
    Trail(
        "logging", "Logging and networks",
        (
            Question("That somebody looks at the logs, and what came of it", ("A.8.15", "A.8.16"), ("minutes", "log", "report", "link")),
            Question("That clocks agree, and nobody can change a log", ("A.8.17", "A.8.15"), ("configuration_export",)),
            Question("How networks are separated, and what may pass", ("A.8.20", "A.8.21", "A.8.22"), ("configuration_export",)),
        ),
        ("A.8.15", "A.8.16", "A.8.17", "A.8.20", "A.8.21", "A.8.22", "A.8.23"),
    ),
    Trail(
        "physical", "Physical",
        (
            Question("A walk through the office: doors, desks, screens", ("A.7.1", "A.7.3", "A.7.7"), ("report",)),
            Question("Who came in: visitors, and badges against the list of staff", ("A.7.2",), ("log", "access_review")),
            Question("What a remote worker has to do at home", ("A.6.7", "A.7.9")),
        ),
        (
            "A.6.7", "A.7.1", "A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.7.6", "A.7.7", "A.7.8", "A.7.9", "A.7.10", "A.7.11", "A.7.12",
            "A.7.13",
            "A.7.14",
        ),
        (Pull("site"),),
    ),
    Trail(
        "legal", "Legal and privacy",
        (
            Question("Which laws and contracts apply, when that was last evaluated, and by whom", ("A.5.31",), (), ("requirement",)),
            Question("Personal data: what is processed, and one duty followed to its end", ("A.5.34",)),
            Question("How long records are kept, and that licences suffice", ("A.5.33", "A.5.32"), (), ("retention",)),
        ),
        ("4.2", "A.5.31", "A.5.32", "A.5.33", "A.5.34"), (Pull("requirement", "evaluated_on"), Pull("retention", "last_done")),
    ),
    Trail(
        "leadership", "Leadership",
        (
            Question("In a talk with a director: aims, risks, decisions, money", ("5.1", "7.1"), ("minutes",), ("management_review",)),
            Question("The policy, signed by somebody at the top, and how it was told", ("5.2", "A.5.1"), (), ("communication",)),
            Question("Who has which role, and whether they know it", ("5.3", "A.5.2"), ("attestation", "link"), ("role",)),
            Question(
                "The last management review: each input, each decision with its action", ("9.3.2", "9.3.3"), (), ("management_review",),
            ),
        ),
        ("4.1", "4.3", "4.4", "5.1", "5.2", "5.3", "6.2", "7.1", "7.4", "9.3.1", "9.3.2", "9.3.3", "A.5.1", "A.5.2", "A.5.4"),
        (Pull("management_review"), Pull("role", "appointed_on"), Pull("communication")),
    ),
    Trail(
        "documents", "Documents",
        (
            Question("One document: its version, who approved it when, and that the text is still that one", ("7.5.2", "7.5.3")),
            Question("A document that was withdrawn: that nobody works by it", ("7.5.3",), (), ("approval",)),
        ),
        ("7.5.1", "7.5.2", "7.5.3", "A.5.33", "A.5.37"), (Pull("approval"),),
    ),
    Trail(
        "measurement", "Measurement",
        (
            Question("One figure, traced back to where it comes from", ("9.1",), (), ("measure",)),
            Question("An objective: its target, its value today, and what is done if it is missed", ("6.2",), (), ("objective",)),
        ),
        ("6.2", "9.1"), (Pull("measure"), Pull("objective")),
    ),
    Trail(
        "internal-audit", "Internal audit",
        (
            Question(
                "The programme against the reports: what was covered, what is still to come", ("9.2.2",), (), ("audit_programme", "audit"),
            ),
            Question("Which samples were drawn, from how many", ("9.2.1", "9.2.2"), ("report",), ("audit",)),
            Question("That the auditor can do it, and did not audit their own work", ("A.5.35",), (), ("competence",)),
        ),
        ("9.2.1", "9.2.2", "A.5.35", "A.5.36"), (Pull("audit_programme", "approved_on"), Pull("audit"), Pull("audit_finding")),
    ),
    Trail(
        "improvement", "Improvement",
        (
            Question("One nonconformity from the finding to the check of its effect", ("10.2",), (), ("nonconformity",)),
            Question("An idea that was taken up, and one that was not, with the reason", ("10.1",), (), ("improvement",)),
        ),
        ("10.1", "10.2"), (Pull("nonconformity"), Pull("improvement")),
    ),
    Trail(
        "people", "People",
        (
            Question(
                "In talks with two or three people, one new, one in a key role: the policy, their own part, whom to tell",
                ("7.3", "A.6.3"), (), ("training",),
            ),
            Question("That everybody was trained, and who is missing", ("7.3", "A.6.3"), ("training_record", "report"), ("training",)),
            Question("For one role, the proof of each thing its holder has to be able to do", ("7.2",), (), ("competence",)),
        ),
        ("7.2", "7.3", "A.5.4", "A.5.10", "A.6.3", "A.6.4", "A.6.8"), (Pull("acknowledgement"), Pull("training"), Pull("competence")),
    ),
)  # fmt: skip
"""Every trail, in the order in which they are shown."""
