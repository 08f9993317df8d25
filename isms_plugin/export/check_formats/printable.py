"""Texts of an ISMS as reports may carry them: whatever somebody wrote into a file, it is shown and never obeyed."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from isms_plugin.analysis.check_report import CheckReport, Reported

_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, line ends of every kind, marks that turn the direction of writing, and what no text may hold."""


def printable(text: str) -> str:
    r"""Return a text in one line, with what is not for printing written out: a line end as `\n`, an escape as `\x1b`."""
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def file_of(report: CheckReport, found: Reported) -> str:
    """Return the file of a diagnostic as seen from the top of the repository; empty where it has none."""
    path = found.item.place.path
    return posixpath.normpath(report.prefix + path) if path else ""


def message_of(found: Reported) -> str:
    """Return message and hint, and what excuses it, in one line each."""
    item = found.item
    lines = [printable(item.message), printable(item.hint), f"({printable(found.excuse)})" if found.excuse else ""]
    return "\n".join(filter(None, lines))


def name_of(found: Reported) -> str:
    """Return the message, headed by the id of its entry where that does not stand in it."""
    item = found.item
    return printable(item.message if not item.entry or item.entry in item.message else f"{item.entry}: {item.message}")
