"""What is worked out of an entry, told only where nothing that it is worked out of is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.entry import Entry

MADE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "measure": ("objectives",),
    "management_review": (
        "actions", "issues", "parties", "nonconformities", "findings", "audits", "measures", "objectives", "incidents", "risks",
        "improvements", "requirements", "suppliers",
    ),
    "nonconformity": ("actions", "evidence", "findings", "audits"),
    "audit_finding": ("audits", "nonconformities", "improvements", "actions", "evidence"),
    "audit": ("audit-programme", "findings", "nonconformities", "people"),
    "audit_programme": ("audits",),
    "risk": ("risk-methods",),
    "information_request": ("evidence",),
}  # fmt: skip
"""Registers, besides its own, that a judgement on an entry is made of, by kind."""

_STANDING: Final = ("evidence",)
"""Kinds whose state was worked out of the whole ISMS."""


def judged(facts: Facts, declaration: type[Entry]) -> bool:
    """Whether a register may be judged: it and what the judgement is made of are shown, and nothing is withheld from it."""
    if facts.profile is None:
        return True
    touched = any(item.source == declaration.KIND.register for item in facts.withheld)
    return _shown(facts, declaration) and (not touched or declaration.KIND.name in _STANDING)


def judged_entry(facts: Facts, entry: Entry) -> bool:
    """Whether an entry may be judged: nothing is withheld from it, and what the judgement is made of is shown."""
    return facts.profile is None or (_shown(facts, type(entry)) and not facts.isms.withheld_from(entry))


def _shown(facts: Facts, declaration: type[Entry]) -> bool:
    needed = MADE_OF.get(declaration.KIND.name, ())
    return facts.profile is None or all(map(facts.profile.allows_register, needed))
