"""Requests of auditors as readers see them: counts for each audit above the register, a column, and what answers a request."""

from __future__ import annotations

from typing import Final

from isms_plugin.analysis.audits.information_requests import RequestState, request_lists, request_state
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.information_request import InformationRequest
from isms_plugin.render.cells import chip
from isms_plugin.render.environment import View
from isms_plugin.render.evidence_pages import state_chip
from isms_plugin.render.evidence_places import held_files, place_of, size_in_words

REQUEST_COLUMNS: Final = ("State",)
IN_REQUEST: Final = frozenset((
    "asked_by", "asked_on", "number", "period_from", "period_to", "sample", "due", "answer", "answers", "answered_on", "declined",
    "declined_why",
))  # fmt: skip
"""Fields that the block of a request shows."""


def request_summary(view: View) -> str:
    """Return for each audit how many of its requests are late, open, answered and declined."""
    return view.render(
        "information_requests.html.jinja", lists=request_lists(view.facts.isms, view.facts.today), states=RequestState, chip=state_chip
    )


def request_cells(view: View, entry: Entry) -> tuple[str, ...]:
    """Return the cell of the column that says where a request stands."""
    assert isinstance(entry, InformationRequest)  # noqa: S101 - for the type checker; the table of columns goes by kind
    return (_mark(view, entry),)


def request_block(view: View, entry: Entry) -> str:
    """Return what was asked and what answers it, with the files of evidence."""
    assert isinstance(entry, InformationRequest)  # noqa: S101 - for the type checker; the table of blocks goes by kind
    found = [view.facts.isms.entries[name] for name in entry.answers if name in view.facts.isms.entries]
    held = held_files(view)
    return view.render(
        "information_request.html.jinja",
        request=entry,
        mark=_mark(view, entry),
        answers=[(item, place_of(view, item, held) if isinstance(item, Evidence) else None) for item in found],
        size=size_in_words,
    )


def _mark(view: View, request: InformationRequest) -> str:
    if not request.living:
        return chip(request.status)
    return state_chip(request_state(request, view.facts.today).value)
