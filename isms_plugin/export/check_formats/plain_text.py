"""A check for people: a line for what is wrong, a line for what would clear it, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from isms_plugin.analysis.check_report import CheckReport, Comparison, Reported
from isms_plugin.export.check_formats.printable import printable
from isms_plugin.model.diagnostic import Grade

_COMMAND: Final = re.compile(r"##(?=\w*\[)")


def plain_text(report: CheckReport) -> str:
    """Return the report as lines of text."""
    compared = report.comparison
    lines = _lines(report.reported) if compared is None else _compared(report.reported, compared)
    return "".join(f"{line}\n" for line in lines)


def _lines(found: Sequence[Reported]) -> Iterator[str]:
    yield from map(_line, found)
    yield f"{_counts(found)}." if found else "Nothing found."


def _compared(found: Sequence[Reported], compared: Comparison) -> Iterator[str]:
    for title, items in (("new", found), ("fixed", compared.fixed)):
        if items:
            yield f"{title}:"
            yield from map(_line, items)
    merged = ", merged with it" if compared.merged else ""
    yield f"Compared with {printable(compared.base)} ({compared.commit[:10]}){merged}."
    if compared.gap:
        yield f"{printable(compared.gap)}."
    new = f" ({_counts(found)})" if found else ""
    yield f"new: {len(found)}{new}, fixed: {len(compared.fixed)}, still there: {compared.standing}"


def _line(found: Reported) -> str:
    item = found.item
    path = f"{item.place}: " if item.place.path else ""
    clause = f", {item.clause}" if item.clause else ""
    mark = f" ({found.excuse})" if found.excuse else ""
    line = _harmless(f"{path}{found.grade.word}: {item.message} [{item.code}{clause}]{mark}")
    return line + (f"\n    {_harmless(item.hint)}" if item.hint else "")


def _harmless(text: str) -> str:
    """Return a text that no runner takes for a command: those of GitHub begin with two colons, those of others hold `##name[`."""
    text = _COMMAND.sub("# #", printable(text))
    return f"./{text}" if text.lstrip().startswith("::") else text


def _counts(found: Iterable[Reported]) -> str:
    grades = [item.grade for item in found]
    counts = [f"{grades.count(grade)} {grade.word}" for grade in sorted(Grade, reverse=True) if grade in grades]
    known = sum(item.known is not None for item in found)
    return ", ".join(counts) + (f"; {known} of them known" if known else "")
