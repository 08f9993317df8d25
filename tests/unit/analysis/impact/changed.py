"""An ISMS before and after a change, and what the change means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from isms_plugin.analysis.check_report import CheckReport
from isms_plugin.analysis.impact.impact import Compared, Impact, Side, impact
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.entry import Entry
from isms_plugin.model.state import state_of
from tests.builders import TODAY, facts_of

COMPARED = Compared(base="main", head="change")


def side(entries: Iterable[Entry], today: date = TODAY, **parts: Any) -> Side:
    """One side of a change, with some entries of its own."""
    facts = facts_of(*entries, today=today, **parts)
    return Side(facts=facts, state=state_of(facts.isms))


def impact_of(old: Iterable[Entry], new: Iterable[Entry], today: date = TODAY, **parts: Any) -> Impact:
    """What a change from some entries to others means; `parts` are those of the new side."""
    report = CheckReport(reported=(), threshold=Grade.MINOR, today=today)
    return impact(side(old, today), side(new, today, **parts), COMPARED, report)
