"""Words of control data that mean one value of ours, and no others."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from isms_plugin.authoring.start.words import folded, meanings

_MONTHS: Final = re.compile(r"(?:(?:at least )?every|alle|mindestens alle)?\s*(\d{1,2})\s*(months?|monate?|years?|jahre?)")
_GERMAN: Final = frozenset(
    ("richtlinie", "leitlinie", "verfahren", "verfahrensanweisung", "arbeitsanweisung", "konzept", "plan", "vorlage", "bericht")
)
"""Words with which compound titles end."""
_LONGEST: Final = 60
"""Months that an interval of reviews may have."""


class Unread(NamedTuple):
    """A value that could not be read, and why."""

    why: str


Reading = Any
"""A value, or Unread."""


def kind_of(text: str) -> str | Unread:
    """Return the kind of document that a word names."""
    return meanings("kinds").get(folded(text)) or Unread("is no kind of document that we know")


def kind_in(word: str) -> str | None:
    """Return the kind of document that a word of a title names; German ones name it with their end, as Sicherheitsrichtlinie does."""
    small = folded(word)
    kinds = meanings("kinds")
    ends = (kind for end, kind in kinds.items() if end in _GERMAN and small.endswith(end))
    return kinds.get(small) or next(ends, None)


def level_of(text: str) -> str | Unread:
    """Return the classification that a text names."""
    return meanings("classifications").get(folded(text)) or Unread("is none of our four classifications")


def interval_of(text: str) -> int | Unread:
    """Return the months between two reviews."""
    months = int(meanings("intervals").get(folded(text), "0"))
    if not months and (found := _MONTHS.fullmatch(folded(text))):
        months = int(found[1]) * (12 if found[2].startswith(("y", "j")) else 1)
    return months if 0 < months <= _LONGEST else Unread("is no interval that we know")


def controls_of(text: str, known: frozenset[str]) -> list[str] | Unread:
    """Return the controls that a text lists; one that is not of the 2022 edition makes all of it doubtful."""
    named = [part for part in re.split(r"[,;\s]+(?:and |und )?", text.strip()) if part]
    wrong = [name for name in named if name not in known]
    return Unread(f"{', '.join(wrong)}: no control of the 2022 edition, written as A.5.1") if wrong else list(dict.fromkeys(named))
