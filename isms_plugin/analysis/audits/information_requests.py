"""What became of what auditors asked for: open, late, answered or declined, for each audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from isms_plugin.model.audit import Audit
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.information_request import InformationRequest
from isms_plugin.model.isms import Isms


class RequestState(Enum):
    """Where a request stands on a day, what presses most first."""

    LATE = "late"
    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class RequestList:
    """The requests of one audit by state, each in the order of the register; without an audit those that name none."""

    audit: Audit | None
    requests: dict[RequestState, list[InformationRequest]]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(map(len, self.requests.values()))

    @property
    def next_due(self) -> date | None:
        """The next day by which something is to be answered, past ones included; None where nothing waits."""
        waiting = [*self.requests[RequestState.LATE], *self.requests[RequestState.OPEN]]
        return min((request.due for request in waiting if request.due), default=None)


def request_state(request: InformationRequest, today: date) -> RequestState:
    """Return where a request stands; on the due day itself it is not late, and an answer counts from its day."""
    if request.answered_on is not None and request.answered_on <= today and request.answered:
        return RequestState.ANSWERED
    if request.declined:
        return RequestState.DECLINED
    return RequestState.LATE if request.due is not None and request.due < today else RequestState.OPEN


def request_lists(isms: Isms, today: date) -> list[RequestList]:
    """Return the requests of each audit in the order of the audits, those that name none last; drafts and retired ones are left out."""
    found: dict[str, RequestList] = {audit.id: _empty(audit) for audit in isms.of(Audit)}
    found[""] = _empty(None)
    for request in isms.of(InformationRequest):
        if request.living:
            held = found.get(request.audit or "", found[""])
            held.requests[request_state(request, today)].append(request)
    return [item for item in found.values() if item.total]


def _empty(audit: Audit | None) -> RequestList:
    return RequestList(audit, {state: [] for state in RequestState})


def check_information_requests(isms: Isms, today: date) -> Iterator[Diagnostic]:
    """Report requests that count as answered or declined without anything that says with what or why, or on an impossible day."""
    for request in isms.of(InformationRequest):
        if not request.living:
            continue
        for field, message, hint in _objections(request, today):
            yield Diagnostic(
                code="request-unanswered",
                message=f"{request.id} {message}",
                hint=hint,
                entry=request.id,
                place=isms.place(request).at(field),
            )


def _objections(request: InformationRequest, today: date) -> Iterator[tuple[str, str, str]]:
    answered, asked = request.answered_on, request.asked_on
    if answered is not None and not request.answered:
        yield "answered_on", f"was answered on {answered}, and nothing says with what", "write it in `answer`, or name entries in `answers`"
    if answered is not None and answered > today:
        yield "answered_on", f"was answered on {answered}, which is still to come on {today}", "correct the day"
    if answered is not None and asked is not None and answered < asked:
        yield "answered_on", f"was answered on {answered} and asked on {asked}", "correct one of the two days"
    if request.declined and not request.declined_why:
        yield "declined", "was declined, and no reason says why", "give the reason in `declined_why`, as the auditor was told"
