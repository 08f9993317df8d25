"""Views that nobody can be told truthfully once registers that they are made of are withheld."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from isms_plugin.analysis.redaction.account import VIEW
from isms_plugin.analysis.redaction.redaction import Redaction
from isms_plugin.model.profile import ALL, Profile, ViewName, Withheld

VIEWS: Final[tuple[ViewName, ...]] = tuple(name for name in get_args(ViewName) if name != "all")
"""All views by name."""

NEEDS: Final[Mapping[ViewName, tuple[str, ...]]] = {
    "employees": ("documents", "roles", "people"),
    "soa": ("soa", "documents"),
    "populations": (),
    "evidence-room": ("evidence",),
    "evidence-coverage": ("evidence",),
    "acknowledgements": ("documents", "people", "acknowledgements"),
    "treatment-plan": ("risks", "risk-methods", "actions", "people"),
    "risk-trend": ("risks", "risk-methods"),
    "versions": ("documents", "approvals"),
    "since-last-audit": ("documents",),
    "baselines": ("documents", "soa", "risks", "risk-methods", "evidence"),
    "certification": ("certifications", "audits", "findings", "nonconformities", "actions"),
    "traceability": ("documents", "soa", "risks", "requirements", "evidence", "people"),
    "calendar": ("people",),
    "promises": ("documents",),
    "work-sheet": ("soa",),
}
"""Registers that have to be shown, by the view that counts or judges what is in them. A view that merely lists what is shown needs none."""

WHOLE: Final[tuple[ViewName, ...]] = ("dashboard", "management", "readiness", "diagnostics")
"""Views that judge the ISMS as a whole: true only where every register is shown and nothing is withheld from any."""

_FIELDS: Final[Mapping[ViewName, tuple[str, tuple[str, ...]]]] = {"soa": ("soa", ("control", "decision"))}
"""Fields of a register that have to be shown, and entries of it that may not be withheld: without them a control seems undecided."""

_JUDGED: Final[Mapping[ViewName, tuple[str, ...]]] = {
    "treatment-plan": ("risks", "risk-methods", "actions"),
    "risk-trend": ("risks", "risk-methods"),
    "certification": ("findings", "nonconformities", "actions"),
    "acknowledgements": ("people", "acknowledgements"),
}
"""Registers from which nothing may be withheld, since levels, states or counts are worked out from their fields."""


def untold(redaction: Redaction) -> dict[ViewName, tuple[str, ...]]:
    """Return the views that cannot be told truthfully, with the registers that they lack."""
    gone = {kind.KIND.register for kind in redaction.kinds if not redaction.rules.allows(kind)}
    registers = [kind.KIND.register for kind in redaction.kinds if kind.KIND.register]
    touched = redaction.touched
    found: dict[ViewName, tuple[str, ...]] = {}
    for view, needed in NEEDS.items():
        lacking = tuple(name for name in needed if name in gone or (name in touched and name in _JUDGED.get(view, ())))
        if lacking or not _fields_shown(redaction, view):
            found[view] = lacking or needed
    for view in WHOLE:
        lacking = tuple(dict.fromkeys(name for name in registers if name in gone or name in touched))
        if lacking:
            found[view] = lacking
    return found


def _fields_shown(redaction: Redaction, view: ViewName) -> bool:
    register, fields = _FIELDS.get(view, ("", ()))
    profile, rules = redaction.profile, redaction.rules
    counted = any(rules.fates[entry.id] == "stub" for entry in redaction.whole.entries.values() if register == entry.KIND.register != "")
    return not counted and all(profile.allows_field(register, field) for field in fields)


def truthful(redaction: Redaction) -> tuple[Profile, tuple[Withheld, ...]]:
    """Return the profile without the views that cannot be told truthfully, and the account with those that it asked for."""
    profile, lacking = redaction.profile, untold(redaction)
    asked = VIEWS if profile.views == ALL else profile.views
    dropped = [view for view in asked if view in lacking]
    if not dropped:
        return profile, redaction.withheld
    left = tuple(view for view in asked if view not in lacking)
    told = (Withheld(VIEW, view, 1, f"it needs {', '.join(lacking[view])}") for view in dropped)
    return profile.model_copy(update={"views": left}), (*redaction.withheld, *told)
