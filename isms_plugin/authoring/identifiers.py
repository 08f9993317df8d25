"""Ids and file names for new records, made of what they are about."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, count

from isms_plugin.model.entry import ID_PATTERN


def plain(text: str) -> str:
    """Return a text with nothing but what ids and file names may hold."""
    return re.sub(r"([-.])[-.]+", r"\1", re.sub(r"[^A-Za-z0-9.-]+", "-", text)).strip("-.")


def free_id(wanted: str, taken: Callable[[str], bool]) -> str:
    """Return an id as wanted, with a number behind it where it would be none or is taken."""
    name = plain(wanted)
    whole = re.fullmatch(ID_PATTERN, name) is not None
    numbered = (f"{name}-{number}" for number in count(2 if whole else 1))
    return next(candidate for candidate in chain([name] if whole else [], numbered) if not taken(candidate))
