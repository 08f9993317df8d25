"""What stands between the organization and its certificate: open majors, and minors of the certification body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from isms_plugin.analysis.corrective_action.escalation import effective_grade, escalations
from isms_plugin.analysis.corrective_action.finding import (
    finding_state,
    found_by_body,
    nonconforming,
    raised_by_body,
    taken_up_by,
)
from isms_plugin.analysis.corrective_action.state import State, actions_of, evidence_of, progress
from isms_plugin.analysis.facts import Facts
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Nonconformity

Listed = Literal["majors", "minors", "others"]
"""The lists of the view."""


class Blocker(NamedTuple):
    """A nonconformity, or a finding that became none, with what is open about it."""

    entry: Nonconformity | AuditFinding
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationView:
    """What blocks the certificate, and what is open beside that."""

    majors: tuple[Blocker, ...] = ()
    """Open majors of any source."""
    minors: tuple[Blocker, ...] = ()
    """Minors of the certification body that are not yet where it wants them."""
    others: tuple[Blocker, ...] = ()
    """What is open and blocks nothing."""
    strict: bool = True
    """Whether minors have to be resolved with evidence; else a plan that the certification body has accepted is enough."""

    @property
    def blocked(self) -> bool:
        """Whether anything blocks the certificate."""
        return bool(self.majors or self.minors)

    @property
    def sentence(self) -> str:
        """What blocks the certificate, in a sentence."""
        lacking = "without resolution and evidence" if self.strict else "without a plan that the certification body has accepted"
        told = (_counted(len(self.majors), "open major", ""), _counted(len(self.minors), "minor", f" {lacking}"))
        return f"blocked by: {'; '.join(filter(None, told))}" if self.blocked else "nothing blocking"


def certification_view(facts: Facts) -> CertificationView:
    """Return what blocks the certificate on the day of the facts; drafts count, since an open major is open however it is written down."""
    found: dict[Listed, list[Blocker]] = {"majors": [], "minors": [], "others": []}
    for item in facts.isms.of(Nonconformity):
        listed = listed_under(facts, item)
        if listed:
            found[listed].append(Blocker(item, _why(facts, item)))
    for listed, blocker in _findings(facts):
        found[listed].append(blocker)
    return CertificationView(
        majors=tuple(found["majors"]),
        minors=tuple(found["minors"]),
        others=tuple(found["others"]),
        strict=facts.settings.minors_before_certificate == "resolved",
    )


def listed_under(facts: Facts, item: Nonconformity) -> Listed | None:
    """Return the list that a nonconformity belongs on; None once it is done with."""
    isms, trace = facts.isms, facts.trace
    by_body = raised_by_body(isms, trace, item)
    if item.retired or (item.closed and (not by_body or evidence_of(isms, trace, item, *actions_of(isms, item)))):
        return None
    if effective_grade(isms, trace, item, facts.today) == "major":
        return "majors"
    accepted = facts.settings.minors_before_certificate == "planned" and plan_accepted(facts, item)
    return "minors" if by_body and item.grade == "minor" and not accepted else "others"


def plan_accepted(facts: Facts, item: Nonconformity) -> bool:
    """Whether correction, cause and actions with days are there, and the certification body has accepted them."""
    body = item.certification_body
    actions = actions_of(facts.isms, item)
    accepted = body is not None and body.accepted_on is not None and body.accepted_on <= facts.today
    return accepted and bool(item.correction and item.cause and actions) and all(action.due or action.closed for action in actions)


def _why(facts: Facts, item: Nonconformity) -> str:
    now = progress(facts.isms, item, facts.today)
    told = [escalation.why for escalation in escalations(facts.isms, facts.trace, item, facts.today)]
    if now.state is State.CLOSED:
        return f"closed on {item.closed_on}, but no evidence is there"
    body = item.certification_body
    if body is not None and body.accepted_on is None:
        told.append(_answer(body.deadline, facts.today))
    return "; ".join((now.sentence, *told))


def _answer(deadline: date | None, today: date) -> str:
    if deadline is None:
        return "answer not accepted yet"
    return f"answer due on {deadline}{', overdue' if deadline < today else ', today' if deadline == today else ''}"


def _findings(facts: Facts) -> Iterator[tuple[Listed, Blocker]]:
    """Yield open findings that no nonconformity stands for."""
    for finding in facts.isms.of(AuditFinding):
        taker = taken_up_by(facts.isms, facts.trace, finding)
        if finding.retired or isinstance(taker, Nonconformity):
            continue
        by_body = nonconforming(finding) and found_by_body(facts.isms, finding)
        why = _open_finding(facts, finding, taker, by_body=by_body)
        if why:
            yield "majors" if finding.grade == "major" else "minors" if by_body else "others", Blocker(finding, why)


def _open_finding(facts: Facts, finding: AuditFinding, taker: Entry | None, *, by_body: bool) -> str:
    """Return what is open about a finding; empty when nothing is."""
    state = finding_state(facts.isms, facts.trace, finding)
    if state.open:
        return state.value if taker is None else f"taken up by {taker.id}, which is open"
    if by_body and taker is not None and not evidence_of(facts.isms, facts.trace, taker):
        return f"{taker.id} is done, but no evidence is there"
    return ""


def _counted(number: int, what: str, after: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}{after}" if number else ""
