"""What is missing about the organization: issues, parties, assets (clauses 4.1 to 4.3, A.5.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage, register_place
from isms_plugin.analysis.readiness.documented_information import documents_of
from isms_plugin.model.asset import Asset
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import NO_TEXT
from isms_plugin.model.organization import ContextIssue, InterestedParty
from isms_plugin.model.people import Person

_CLIMATE: Final = re.compile(r"\bclimate\b", re.IGNORECASE)


def find_scope(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report a missing register of assets, or one in which nobody answers for anything."""
    assets = facts.isms.living(Asset)
    if not assets:
        yield Diagnostic(
            code="no-asset-register",
            message="no asset is registered",
            hint="register information, systems, equipment and places in `assets`, each with its owner",
            place=register_place(facts, Asset),
        )
    elif not any(_answers(facts, asset.owner) for asset in assets):
        yield Diagnostic(
            code="assets-without-owner",
            message=f"{len(assets)} assets are registered, and none has an owner who is here on {facts.today}",
            hint="name for each asset a person who answers for it and is here",
            place=register_place(facts, Asset),
        )


def _answers(facts: Facts, owner: str | None) -> bool:
    person = facts.isms.get(Person, owner)
    return person is not None and not person.retired and person.active(facts.today)


def find_context(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report missing issues, parties and decision on climate change; a document may hold them in place of a register."""
    issues = facts.isms.living(ContextIssue)
    told = documents_of(facts.isms, "context")
    if not issues and not told:
        yield Diagnostic(
            code="no-context-issue",
            message="no internal or external issue is recorded",
            hint="register in `issues` what inside and outside of the organization bears on the ISMS, each with its day",
            place=register_place(facts, ContextIssue),
        )
    in_prose = any(_CLIMATE.search(facts.isms.texts.get(document.id, NO_TEXT).body) for document in told)
    if not in_prose and not any(issue.climate for issue in issues):
        yield Diagnostic(
            code="no-climate-decision",
            message="nothing says whether climate change is a relevant issue",
            hint="add an issue with `climate: true`, the day of the decision, and how it bears on the ISMS, also if it does not",
            place=register_place(facts, ContextIssue),
        )
    if not facts.isms.living(InterestedParty) and not documents_of(facts.isms, "interested-parties"):
        yield Diagnostic(
            code="no-interested-party",
            message="no interested party is recorded",
            hint="register in `parties` who expects what, and whether the ISMS takes it on",
            place=register_place(facts, InterestedParty),
        )
