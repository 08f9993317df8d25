"""The next days that matter: audits, the management review, the end of the certificate; and which audit of the certification comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, NamedTuple

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.model.audit import Audit
from isms_plugin.model.certification import Certification
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.management_review import ManagementReview

Awaited = Literal["external audit", "internal audit", "management review", "end of the certificate"]

STAGES: Final = {
    "stage_1": Stage.STAGE_1, "stage_2": Stage.STAGE_2, "surveillance": Stage.SURVEILLANCE, "recertification": Stage.RECERTIFICATION,
}  # fmt: skip
"""Audits of the certification body by their kind in the register."""


class NextDay(NamedTuple):
    """Something awaited: the entry that plans it, None where nothing is planned, and its day, None where that is unknown."""

    what: Awaited
    entry: Entry | None = None
    day: date | None = None


def next_days(isms: Isms, today: date) -> tuple[NextDay, ...]:
    """Return what comes next of each sort; one whose day is past and that did not take place is still the next."""
    reviews = ((item, item.planned) for item in isms.living(ManagementReview) if _ahead(item.held_on, today))
    certificates = ((item, item.expires_on) for item in isms.living(Certification) if _ahead(item.ended_on, today))
    expiring = _first("end of the certificate", ((item, day) for item, day in certificates if day))
    audits = (_audit("external audit", isms, STAGES, today), _audit("internal audit", isms, ("internal",), today))
    return (*audits, _first("management review", reviews), *([expiring] if expiring.entry else ()))


def next_stage(isms: Isms, today: date) -> Stage:
    """Return the next audit of the certification: the one that is planned, else the one that follows those that took place."""
    planned = _audit("external audit", isms, STAGES, today).entry
    if isinstance(planned, Audit):
        return STAGES[planned.kind or ""]
    ended = [(item.ended_on, item.kind) for item in isms.living(Audit) if item.kind in STAGES and item.ended_on]
    if not ended:
        return Stage.STAGE_1
    _, last = max(ended)
    return Stage.STAGE_2 if last == "stage_1" else Stage.SURVEILLANCE


def distance(day: date, today: date) -> str:
    """Return how far off a day is, in words."""
    days = (day - today).days
    if days == 0:
        return "today"
    counted = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {counted}" if days > 0 else f"{counted} ago"


def _audit(what: Awaited, isms: Isms, kinds: Iterable[str], today: date) -> NextDay:
    wanted = frozenset(kinds)
    return _first(
        what, ((item, item.planned) for item in isms.of(Audit) if item.kind in wanted and item.living and _ahead(item.ended_on, today))
    )


def _first(what: Awaited, found: Iterable[tuple[Entry, date | None]]) -> NextDay:
    entry, day = min(found, key=lambda pair: (pair[1] or date.max, pair[0].id), default=(None, None))
    return NextDay(what, entry, day)


def _ahead(done: date | None, today: date) -> bool:
    """Whether something is still to come on a day; what ends on the day itself is over."""
    return done is None or done > today
