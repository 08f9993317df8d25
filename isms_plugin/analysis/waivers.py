"""Checks that do not count for a time, because somebody approved an exception (A.5.36)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.near import did_you_mean
from isms_plugin.model.operation import RuleException


def waivers(isms: Isms, today: date) -> tuple[RuleException, ...]:
    """Return the exceptions in force that waive checks, in the order of the register."""
    return tuple(item for item in isms.of(RuleException) if item.waives and item.in_force(today) and item.approved_by in isms.entries)


def waiver_of(found: Iterable[RuleException], item: Diagnostic) -> RuleException | None:
    """Return the exception that waives a diagnostic, the first where there are more."""
    return next((waiver for waiver in found if item.code in waiver.waives and _concerned(waiver, item)), None)


def _concerned(waiver: RuleException, item: Diagnostic) -> bool:
    return not waiver.waives_for or item.entry in waiver.waives_for


def waived_in_words(waiver: RuleException | None) -> str:
    """Return by which exception something is waived, and its last day; empty without one."""
    return f"waived by {waiver.id} until {waiver.expires_on}" if waiver else ""


def check_waivers(isms: Isms) -> Iterator[Diagnostic]:
    """Report exceptions that waive what is no code."""
    for waiver in isms.of(RuleException):
        for position, code in enumerate(waiver.waives):
            if code not in CODES and not waiver.retired:
                yield Diagnostic(
                    code="waiver-unknown",
                    message=f"{waiver.id} waives {code!r}, which is no code",
                    hint=did_you_mean(code, CODES) or "codes are listed on the page Diagnostics",
                    entry=waiver.id,
                    place=isms.place(waiver).at("waives", position),
                )
