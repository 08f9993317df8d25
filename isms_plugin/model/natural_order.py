"""The order in which people expect ids and clauses: `RSK-2` before `RSK-10`, `9.2` before `10.1`."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"([0-9]+)")


def natural(text: str) -> list[str | int]:
    """Return what a text is sorted by: words and numbers in turn, so that what is compared is of one kind."""
    return [int(part) if position % 2 else part for position, part in enumerate(_NUMBER.split(text))]
