"""Ids and file names for new records, made of what they are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count
from typing import Final

from isms_plugin.model.entry import ID_PATTERN

_DIGITS: Final = 3
"""Digits of a number where none is taken yet."""


def plain(text: str) -> str:
    """Return a text with nothing but what ids and file names may hold."""
    return re.sub(r"([-.])[-.]+", r"\1", re.sub(r"[^A-Za-z0-9.-]+", "-", text)).strip("-.")


def free_id(wanted: str, taken: Callable[[str], bool]) -> str:
    """Return an id as wanted, with a number behind it where it would be none or is taken."""
    name = plain(wanted)
    whole = re.fullmatch(ID_PATTERN, name) is not None
    numbered = (f"{name}-{number}" for number in count(2 if whole else 1))
    return next(candidate for candidate in chain([name] if whole else [], numbered) if not taken(candidate))


def numbered_ids(prefix: str, taken: Iterable[str]) -> Iterator[str]:
    """Return the next ids of a prefix without end: above the highest number that is taken, with as many digits."""
    numbers = [match[1] for name in taken if (match := re.fullmatch(rf"{re.escape(prefix)}-([0-9]+)", name, re.IGNORECASE))]
    digits = max((len(number) for number in numbers), default=_DIGITS)
    return (f"{prefix}-{number:0{digits}}" for number in count(max(map(int, numbers), default=0) + 1))
