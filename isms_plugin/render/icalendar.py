"""What falls due as an iCalendar file (RFC 5545), for the calendars that people have open anyway."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from isms_plugin.analysis.calendar.schedule import DueItem

OCTETS: Final = 75
"""Longest line of the format, its end not counted."""


def icalendar(items: Iterable[DueItem], today: date, name: str) -> bytes:
    """Return an all-day event for each item; the same items and day give the same bytes. `name` tells calendars of two ISMS apart."""
    host = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "isms"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mkdocs-isms//isms due//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text(name or 'ISMS')}",
    ]
    for item in items:
        lines += _event(item, today, host)
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def _event(item: DueItem, today: date, host: str) -> list[str]:
    entry = item.entry
    title = "" if entry.name == entry.id else f" {entry.name}"
    owner = f"Owner: {item.owner.name}" if item.owner else "No owner"
    return [
        "BEGIN:VEVENT",
        f"UID:{text(item.uid)}@{host}",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}",
        f"SUMMARY:{text(f'{entry.id}{title}: {item.what}')}",
        f"DESCRIPTION:{text(f'{entry.KIND.title} {entry.id}.') + chr(92) + 'n' + text(owner)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def text(value: str) -> str:
    """Return a value of type TEXT: what has a meaning in the format is escaped, and control characters are left out."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    value = re.sub(r"\r\n|\r|\n", r"\\n", value)
    return "".join(letter for letter in value if letter >= " " and letter != "\x7f")


def fold(line: str) -> bytes:
    """Return a line with its end, broken where it is too long, never inside a character."""
    pieces, room = [b""], OCTETS
    for letter in line:
        octets = letter.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
            room = OCTETS - 1  # the blank that begins a continuation counts
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"
