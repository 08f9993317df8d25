"""State of each piece of evidence on a day, with a reason, and whether its hash was verified.

Of several states that hold at once the first in the order of `State` counts: what makes evidence worthless comes
before what merely limits it, and where it lies comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from isms_plugin.model.cadence import Period, next_after
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.isms import Isms


class State(Enum):
    """What evidence is worth on a day, in the order in which states are decided."""

    FUTURE = "future"
    FOLLOWED = "followed"
    EXPIRED = "expired"
    OUTSIDE = "outside the period"
    EXPIRING = "expiring"
    UNDATED = "undated"
    ELSEWHERE = "not verifiable here"
    CURRENT = "current"


class Check(Enum):
    """Whether the file is the one that was registered."""

    VERIFIED = "verified"
    CHANGED = "changed"
    MISSING = "missing"
    UNHASHED = "no hash recorded"
    ELSEWHERE = "not verified here"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceStanding:
    """Where a piece of evidence stands: its state and the reason as a sentence, the check of its file and what it rests on."""

    state: State
    reason: str
    check: Check
    checked: str

    unfollowed: tuple[str, ...] = ()
    """Entries it proves for which nothing newer follows."""


def evidence_standings(isms: Isms, audited: Period, today: date, due_soon: int) -> dict[str, EvidenceStanding]:
    """Return the standing of every piece of evidence by its id; `due_soon` is the days before its end from which it is expiring."""
    latest = _latest(isms.of(Evidence), today)
    return {evidence.id: _standing(isms, evidence, latest, audited, today, due_soon) for evidence in isms.of(Evidence)}


def end_of(evidence: Evidence) -> date | None:
    """Return the last day on which it proves something about today: `valid_to`, else one period after the last day it covers."""
    if evidence.valid_to is not None:
        return evidence.valid_to
    covered = evidence.period_to or evidence.taken_on
    return next_after(covered, evidence.every) if covered is not None and evidence.every else None


def in_future(evidence: Evidence, today: date) -> bool:
    """Whether it begins, or was taken, after a day."""
    return any(day is not None and day > today for day in (evidence.period_from, evidence.taken_on))


_Latest = Mapping[tuple[str, str | None, str | None], Evidence]
"""The latest evidence of each sort for each entry it proves: the entry, the cadence, and the kind where it has an end of its own."""


def _latest(all_evidence: Iterable[Evidence], today: date) -> _Latest:
    found: dict[tuple[str, str | None, str | None], Evidence] = {}
    for evidence in all_evidence:
        end = end_of(evidence)
        if end is None or not evidence.living or in_future(evidence, today):
            continue
        for target in evidence.proves:
            for kind in {None, evidence.kind if evidence.valid_to else None}:
                held = found.get((target, evidence.every, kind))
                if held is None or (end, evidence.id) > (end_of(held) or date.min, held.id):
                    found[target, evidence.every, kind] = evidence
    return found


def _standing(isms: Isms, evidence: Evidence, latest: _Latest, audited: Period, today: date, due_soon: int) -> EvidenceStanding:
    followers = {target: _follower(evidence, target, latest) for target in evidence.proves}
    unfollowed = tuple(target for target, follower in followers.items() if follower is None)
    follower = "" if unfollowed else next((item.id for item in followers.values() if item), "")
    state, reason = _state(evidence, follower, audited, today, due_soon)
    check, checked = _check(isms, evidence)
    return EvidenceStanding(state=state, reason=reason, check=check, checked=checked, unfollowed=unfollowed)


def _follower(evidence: Evidence, target: str, latest: _Latest) -> Evidence | None:
    """Return the newest evidence that took its place: of the same cadence or, with an end of its own, of the same kind."""
    mine = end_of(evidence)
    other = latest.get((target, evidence.every, evidence.kind if evidence.valid_to else None))
    its = end_of(other) if other else None
    return other if mine is not None and its is not None and its > mine else None


def _state(evidence: Evidence, follower: str, audited: Period, today: date, due_soon: int) -> tuple[State, str]:
    if in_future(evidence, today):
        begins = max(day for day in (evidence.period_from, evidence.taken_on) if day is not None)
        return State.FUTURE, f"it begins or was taken on {begins}, after {today}"
    end = end_of(evidence)
    near = end is not None and end - today <= timedelta(days=due_soon)
    if near and follower:
        return State.FOLLOWED, f"{follower} took its place"
    if end is not None and end < today:
        return State.EXPIRED, f"it was valid to {end}" if evidence.valid_to else f"the next was due by {end}"
    span = span_of(evidence)
    if span is None:
        return State.UNDATED, "neither its period nor the day it was taken is known"
    if not span.overlaps(audited):
        return State.OUTSIDE, f"it speaks of {span}, the audited period is {audited}"
    if near:
        return State.EXPIRING, f"{'it is valid to' if evidence.valid_to else 'the next is due by'} {end}"
    if evidence.kept_file is None:
        return State.ELSEWHERE, "it lies in another system" if evidence.at else "nothing says where it lies"
    return State.CURRENT, _good_until(evidence, end, audited)


def span_of(evidence: Evidence) -> Period | None:
    """Return the days of which it proves something, from what is known of them."""
    first = evidence.period_from or evidence.period_to or evidence.taken_on
    last = max((day for day in (evidence.period_to, evidence.valid_to) if day is not None), default=None) or first
    return None if first is None or last is None else Period(min(first, last), last)


def _good_until(evidence: Evidence, end: date | None, audited: Period) -> str:
    if end is None:
        return f"it speaks of days of the audited period, {audited}"
    return f"it is valid to {end}" if evidence.valid_to else f"the next is due by {end}"


def _check(isms: Isms, evidence: Evidence) -> tuple[Check, str]:
    kept = evidence.kept_file
    if kept is None:
        how = "`isms evidence verify` fetches it and compares" if evidence.stored else "ask whoever holds it"
        return Check.ELSEWHERE, f"it lies in another system; {how}" if evidence.at else "nothing says where it lies"
    found = isms.digests.get(kept.path)
    if found is None:
        return Check.MISSING, f"{kept.path} is not in the repository"
    if not kept.sha256:
        return Check.UNHASHED, f"the file has SHA-256 {found}"
    if kept.sha256 != found:
        return Check.CHANGED, f"the file has SHA-256 {found}, recorded is {kept.sha256}"
    return (
        Check.VERIFIED,
        "the pointer of Git LFS names the recorded SHA-256" if kept.path in isms.lfs else "the file has the recorded SHA-256",
    )
