"""What an ISMS begins with: the steps that are still to be done, in an order that works."""

from __future__ import annotations

from typing import Final, NamedTuple

from isms_plugin.model.asset import Asset
from isms_plugin.model.audit import AuditProgramme
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.model.organization import ContextIssue, InterestedParty
from isms_plugin.model.people import Person, Role
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod


class FirstStep(NamedTuple):
    """Something to begin with, and where it is written down: a register or, with `answers`, a document that is this information."""

    text: str
    declaration: type[Entry]
    answers: str = ""


STEPS: Final = (
    FirstStep("Register the people who have a part in the ISMS", Person),
    FirstStep("Give out the roles, top management first", Role),
    FirstStep("Record the issues, inside and outside, that matter", ContextIssue),
    FirstStep("Record who expects what of you", InterestedParty),
    FirstStep("Write down the scope", Document, "scope"),
    FirstStep("Write the information security policy", Document, "policy"),
    FirstStep("Register what has to be protected, each with an owner", Asset),
    FirstStep("Decide how risks are assessed", RiskMethod),
    FirstStep("Assess the risks", Risk),
    FirstStep("Decide on every control", ControlDecision),
    FirstStep("Plan the internal audits", AuditProgramme),
    FirstStep("Plan the first management review", ManagementReview),
)
"""The order is ours: each step rests on those before it."""


def first_steps(isms: Isms) -> tuple[FirstStep, ...]:
    """Return the steps of which nothing is there yet, not even a draft; none in an ISMS that has begun with everything."""
    return tuple(step for step in STEPS if not _begun(isms, step))


def _begun(isms: Isms, step: FirstStep) -> bool:
    entries = (entry for entry in isms.of(step.declaration) if not entry.retired)
    return any(not step.answers or (isinstance(entry, Document) and step.answers in entry.answers) for entry in entries)
