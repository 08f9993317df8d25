"""The calendar file keeps RFC 5545: line ends, folding, escaping, and the same bytes each time."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.calendar.schedule import DueItem
from isms_plugin.render.icalendar import fold, icalendar, text
from tests.builders import TODAY, a_person, a_risk


def an_item(title: str = "Theft", day: date = date(2026, 12, 1)) -> DueItem:
    return DueItem(
        day=day, what="review", entry=a_risk(title=title), pointer=("next_review",), owner=a_person(), state="soon", code="overdue"
    )


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_an_item_is_an_event_of_a_whole_day() -> None:
    lines = unfolded(icalendar([an_item()], TODAY, "Kestrel, ISMS"))
    assert lines[lines.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        "UID:RSK-001/next_review@kestrel-isms",
        "DTSTAMP:20261124T000000Z",
        "DTSTART;VALUE=DATE:20261201",
        "SUMMARY:RSK-001 Theft: review",
        "DESCRIPTION:Risk RSK-001.\\nOwner: Anna Berg",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    assert "X-WR-CALNAME:Kestrel\\, ISMS" in lines


def test_the_identity_outlives_the_day() -> None:
    uid = re.compile(rb"UID:.*")
    assert uid.findall(icalendar([an_item()], TODAY, "A")) == uid.findall(icalendar([an_item(day=date(2027, 1, 1))], TODAY, "A"))


def test_the_same_gives_the_same_bytes() -> None:
    assert icalendar([an_item()], TODAY, "A") == icalendar([an_item()], TODAY, "A")


@pytest.mark.parametrize(
    ("value", "escaped"),
    [("a;b,c\\d", "a\\;b\\,c\\\\d"), ("a\r\nb\nc\rd", "a\\nb\\nc\\nd"), ("a\x00\x07b\x7f", "ab"), ("END:VEVENT", "END:VEVENT")],
)
def test_what_has_a_meaning_is_escaped(value: str, escaped: str) -> None:
    assert text(value) == escaped


def test_no_title_begins_a_line_of_its_own() -> None:
    lines = unfolded(icalendar([an_item(title="x\r\nEND:VEVENT\r\nBEGIN:VALARM")], TODAY, "A"))
    assert [line for line in lines if line.startswith(("END:VEVENT", "BEGIN:VALARM"))] == ["END:VEVENT"]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_folding_loses_nothing_and_no_line_is_too_long(line: str) -> None:
    folded = fold(line)
    assert folded.endswith(b"\r\n")
    pieces = folded.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.decode() is not None for piece in pieces)  # no character was broken
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert pieces[0].decode() + "".join(piece[1:].decode() for piece in pieces[1:]) == line


def test_characters_of_several_octets_stay_whole() -> None:
    assert max(map(len, fold("ä" * 100).split(b"\r\n"))) <= 75
    assert b"".join(piece.removeprefix(b" ") for piece in fold("ä" * 100).split(b"\r\n")).decode() == "ä" * 100
