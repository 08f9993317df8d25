"""The evidence room: evidence as auditors ask for it, each piece with its days, source, hash, state and where it lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from isms_plugin.analysis.evidence.room import EvidenceRoom, Stand, evidence_room
from isms_plugin.analysis.evidence.state import Check, EvidenceStanding, State
from isms_plugin.model.evidence import Evidence
from isms_plugin.render.addresses import ROWS_PER_PAGE, table_page
from isms_plugin.render.cells import plain_value
from isms_plugin.render.environment import View
from isms_plugin.render.evidence_pages import COVERAGE, state_chip
from isms_plugin.render.evidence_places import Place, held_files, place_of, size_in_words, whom_to_ask
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.tables import csv_file

ROOM: Final = "evidence-room.md"
CSV: Final = "evidence-room.csv"
_NAMED: Final = 5
"""Entries of a register that are named; of more the rest is counted."""
_SHORT: Final = 12
"""Digits of a hash that people compare at a glance."""
_HEADINGS: Final = (
    "trail", "question", "id", "title", "for", "period_from", "period_to", "source", "taken_on", "taken_by", "state", "reason", "file",
    "bytes", "sha256", "at", "ask",
)  # fmt: skip


class Item(NamedTuple):
    """A piece of evidence under a question; `full` where it comes up for the first time, further down its first place is named."""

    piece: Evidence
    standing: EvidenceStanding
    place: Place
    full: bool
    again: bool


class _Desk:
    """Lays pieces out: in full once, up to as many as a browser can lay out."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.held = held_files(view)
        self.shown: set[str] = set()

    def items(self, pieces: Iterable[Evidence]) -> list[Item]:
        """Return pieces as they are shown under one question."""
        return [self._item(piece) for piece in pieces]

    def _item(self, piece: Evidence) -> Item:
        again = piece.id in self.shown
        full = not again and len(self.shown) < ROWS_PER_PAGE
        if full:
            self.shown.add(piece.id)
        return Item(piece, self.view.facts.evidence[piece.id], place_of(self.view, piece, self.held), full, again)


def evidence_room_pages(view: View) -> tuple[Page, SiteFile]:
    """Return all evidence by trail and question with what no trail leads to, as a page and as rows."""
    room = evidence_room(view.facts)
    return _page(view, room), _csv(view, room)


def _page(view: View, room: EvidenceRoom) -> Page:
    desk = _Desk(view)
    sections = {f"trail-{stand.trail.name}": _stand(view, room, desk, stand) for stand in room.stands}
    titles = {f"trail-{stand.trail.name}": stand.trail.title for stand in room.stands}
    if room.others:
        sections["others"] = _render(view, "evidence_room_others.html.jinja", room, items=desk.items(room.others))
        titles["others"] = "Other evidence"
    return Page(
        uri=ROOM,
        title="Evidence room",
        markdown="\n\n".join(("# Evidence room", part("head"), *(f"## {title}\n\n{part(name)}" for name, title in titles.items()))),
        parts={"head": _head(view, room)},
        late=sections,
        meta={"hide": ["navigation"]},
    )


def _head(view: View, room: EvidenceRoom) -> str:
    pieces = view.facts.isms.living(Evidence)
    standings = [view.facts.evidence[piece.id] for piece in pieces]
    states = [standing.state for standing in standings]
    return view.render(
        "evidence_room_head.html.jinja",
        room=room,
        kept=sum(piece.kept_file is not None for piece in pieces),
        missing=sum(standing.check is Check.MISSING for standing in standings),
        counts=[(state, states.count(state)) for state in State if state in states],
        chip=state_chip,
        period=view.facts.settings.period(view.facts.today),
        csv=CSV,
        register=table_page(Evidence),
        coverage=COVERAGE,
        rest=max(room.total - ROWS_PER_PAGE, 0),
    )


def _stand(view: View, room: EvidenceRoom, desk: _Desk, stand: Stand) -> str:
    shelves = [(shelf.answer, desk.items(shelf.evidence)) for shelf in stand.shelves]
    return _render(view, "evidence_room.html.jinja", room, stand=stand, shelves=shelves, beside=desk.items(stand.beside), named=_NAMED)


def _render(view: View, template: str, room: EvidenceRoom, **values: object) -> str:
    return view.render(template, room=room, chip=state_chip, size=size_in_words, ask=whom_to_ask, short=_SHORT, **values)


def _csv(view: View, room: EvidenceRoom) -> SiteFile:
    """Return a row for each piece under each question, what no trail leads to at the end."""
    held = held_files(view)
    rows = (_cells(view, row, place_of(view, row.piece, held)) for row in _rows(room))
    return SiteFile(uri=CSV, content=csv_file(_HEADINGS, ([cells[heading] for heading in _HEADINGS] for cells in rows)))


class _Row(NamedTuple):
    trail: str
    question: str
    piece: Evidence


def _rows(room: EvidenceRoom) -> Iterator[_Row]:
    for stand in room.stands:
        for shelf in stand.shelves:
            yield from (_Row(stand.trail.title, shelf.answer.question.ask, piece) for piece in shelf.evidence)
        yield from (_Row(stand.trail.title, "", piece) for piece in stand.beside)
    yield from (_Row("", "", piece) for piece in room.others)


def _cells(view: View, row: _Row, place: Place) -> Mapping[str, str]:
    piece, standing = row.piece, view.facts.evidence[row.piece.id]
    profile = view.facts.profile
    return {
        "trail": row.trail,
        "question": row.question,
        "id": piece.id,
        "title": piece.name,
        "for": "; ".join(piece.proves),
        "period_from": plain_value(piece.period_from),
        "period_to": plain_value(piece.period_to),
        "source": piece.source or "",
        "taken_on": plain_value(piece.taken_on),
        "taken_by": piece.taken_by or "",
        "state": standing.state.value,
        "reason": standing.reason,
        "file": standing.check.value,
        "bytes": plain_value(place.size),
        "sha256": place.digest,
        "at": piece.at or "",
        "ask": piece.held_by or (profile.ask if profile else "") or piece.owner or "",
    }
