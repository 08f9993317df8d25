"""Block on the page of an exception that waives checks: which codes, and what it waives today."""

from __future__ import annotations

from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.codes import CODES
from isms_plugin.model.entry import Entry
from isms_plugin.model.operation import RuleException
from isms_plugin.render.environment import View

WAIVED_IN_BLOCK: Final = frozenset(("waives",))
"""Fields that the block shows."""


def waiver_block(view: View, entry: Entry) -> str:
    """Return the codes that an exception waives and what they would report today; empty for one that waives none."""
    if not isinstance(entry, RuleException) or not entry.waives:
        return ""
    return view.render(
        "waiver.html.jinja",
        exception=entry,
        codes=[(code, CODES.get(code)) for code in entry.waives],
        counts=any(waiver.id == entry.id for waiver in view.facts.waivers),
        why_not=_why_not(view.facts, entry),
        # Stage 2 asks every check, and asks for results
        waived=[item for item in view.audits[Stage.STAGE_2].waived if item.waiver.id == entry.id],
    )


def _why_not(facts: Facts, entry: RuleException) -> str:
    """Return why an exception that is not in force waives nothing, as far as it can be told."""
    today = facts.today
    if not entry.living:
        return f"it is {'a draft' if entry.draft else 'retired'}"
    if entry.approved_by not in facts.isms.entries:
        return "nobody who is known approved it"
    if entry.approved_on is None or entry.approved_on > today:
        return f"it was not approved by {today}"
    if entry.expires_on is None:
        return "it has no last day"
    if entry.expires_on < today:
        return f"it ran out on {entry.expires_on}"
    return f"it was ended on {entry.ended_on}"
